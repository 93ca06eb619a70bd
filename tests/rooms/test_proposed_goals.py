"""Goals proposed from the words of the sheets: nobody's alignment before a person confirms it."""

import pytest
from django.test import Client
from django.urls import reverse

from aumenta.people.permission import NotAllowedError
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Action, Alignment, AlignmentProposal, Edition
from aumenta.plan.propose_alignments import goals_of, propose_alignments
from aumenta.plan.sheet_content import read_content
from aumenta.review.editions.decide_alignments import decide_alignments
from aumenta.review.models import Version
from aumenta.review.queries import sheets_beside_their_version
from tests.cast import a_small_plan, somebody
from tests.markup import words

pytestmark = pytest.mark.django_db

ENERGY = "Comunità energetiche"
TEXT = "<p>Nascono comunità energetiche con fotovoltaico sui tetti e meno emissioni.</p>"


@pytest.fixture
def edition() -> Edition:
    """A small edition, one sheet of which speaks of energy."""
    edition = a_small_plan()
    Action.objects.of(edition).update(title_it="Titolo", summary_it="", description_it="")
    first = Action.objects.of(edition)[0]
    Action.objects.filter(pk=first.pk).update(title_it=ENERGY, description_it=TEXT)
    propose_alignments(edition=edition)
    return edition


def proposal(edition: Edition) -> AlignmentProposal:
    """The proposal about energy."""
    return AlignmentProposal.objects.get(action__strategy__axis__edition=edition, item__code="7")


@pytest.mark.parametrize(
    ("title", "text", "goals"),
    [
        (ENERGY, f"{ENERGY} e fotovoltaico", ["7"]),
        ("Un titolo", "Un solo bosco", []),
        ("Boschi", "Boschi e foreste: i boschi delle valli, un bosco, la biodiversità, e l'acqua", ["15"]),
        ("", "boschivendolo e disboscare", []),
        ("Acqua", "acqua, acque; salute, sanitaria; lavoro, occupazione; scuola, scuole", ["6", "3", "4"]),
        ("", "", []),
    ],
)
def test_two_words_of_a_goal_or_one_in_the_title_point_to_it_and_three_goals_at_most(
    title: str, text: str, goals: list[str]
) -> None:
    assert [one.code for one in goals_of(title, f"{title} · {text}" if title not in text else text)] == goals


def test_what_is_proposed_says_by_which_words_and_is_no_alignment(edition: Edition) -> None:
    one = proposal(edition)
    assert "comunità energetiche" in one.found_words
    assert "fotovoltaico" in one.found_words
    assert not Alignment.objects.filter(item__framework__code="sdg").exists()
    page = words(Client().get(f"/it/{edition.label}/azioni/{one.action.code}/").content.decode())
    assert "Energia pulita" not in page


def test_confirmed_it_is_an_alignment_of_the_sheet_with_a_version_of_its_own(edition: Edition) -> None:
    one = proposal(edition)
    before = read_content(one.action)
    assert decide_alignments(person=somebody("approver"), edition=edition, confirmed=[one.pk], declined=[]) == (1, 0)
    after = read_content(one.action)
    assert after["alignments"][:-1] == before["alignments"]
    assert after["alignments"][-1]["framework"] == "sdg"
    assert {**after, "alignments": 0} == {**before, "alignments": 0}
    assert one.action.code not in sheets_beside_their_version(edition)
    assert Version.objects.filter(action=one.action).count() == 2
    one.refresh_from_db()
    assert one.state == AlignmentProposal.State.CONFIRMED


def test_what_was_decided_is_not_proposed_again_and_what_no_longer_follows_goes(edition: Edition) -> None:
    one = proposal(edition)
    others = AlignmentProposal.objects.exclude(pk=one.pk).count()
    decide_alignments(person=somebody("approver"), edition=edition, confirmed=[], declined=[one.pk])
    Action.objects.of(edition).update(title_it="Titolo", description_it="")
    report = propose_alignments(edition=edition)
    assert (report.added, report.withdrawn) == (0, others)
    assert [left.state for left in AlignmentProposal.objects.all()] == ["declined"]
    Action.objects.filter(pk=one.action_id).update(description_it=TEXT + TEXT)
    propose_alignments(edition=edition)
    one.refresh_from_db()
    assert one.state == AlignmentProposal.State.DECLINED


def test_only_approvers_decide_and_nothing_of_a_frozen_edition(edition: Edition) -> None:
    one = proposal(edition)
    with pytest.raises(NotAllowedError):
        decide_alignments(person=somebody("editor"), edition=edition, confirmed=[one.pk], declined=[])
    Edition.objects.update(frozen_at="2026-01-01T00:00Z")
    with pytest.raises(RefusedError, match="frozen"):
        decide_alignments(person=somebody("approver"), edition=edition, confirmed=[one.pk], declined=[])
    one.refresh_from_db()
    assert one.state == AlignmentProposal.State.PROPOSED


def test_the_page_asks_for_each_and_takes_the_answers(edition: Edition, client: Client) -> None:
    one = proposal(edition)
    client.force_login(somebody("approver"))
    address = reverse("desk:proposed_goals", args=[edition.label])
    page = words(client.get(address).content.decode())
    assert ENERGY in page
    assert "per le parole: comunità energetiche" in page
    answer = client.post(address, {f"goal-{one.pk}": "yes", "goal-x": "no", "goal-999999": "no"}, follow=True)
    assert "Confermati: 1; respinti: 0." in words(answer.content.decode())
