"""Words replaced in many sheets at once: shown first, proposed one by one, nothing half written."""

import pytest
from django.test import Client

from aumenta.people.models import User
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Action, Edition, Example
from aumenta.plan.sheet_content import normal_content, read_content
from aumenta.review.approve import approve
from aumenta.review.models import Proposal
from aumenta.review.propose import propose
from aumenta.review.record import record_import
from aumenta.review.replace_text import find_and_replace, replaced
from aumenta.review.spreadsheet import propose_rows
from aumenta.review.submit import submit
from tests.cast import a_small_plan, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    made = a_small_plan()
    record_import(edition=made)
    return made


def sheet(code: str) -> Action:
    return Action.objects.with_code(code).get()


def approved(action: Action, **new: str) -> None:
    author, approver = somebody("administrator"), somebody("approver")
    proposal = propose(person=author, action=action, content={**read_content(action), **new})
    proposal = submit(person=author, proposal_id=proposal.pk, revision=proposal.revision)
    approve(person=approver, proposal_id=proposal.pk, revision=proposal.revision)


def test_whole_words_only_and_neither_tags_nor_addresses() -> None:
    content = normal_content(
        {
            "title_it": "Arte e parte dell'arte",
            "description_it": '<p>Una <strong>arte</strong> su <a href="https://arte.it/arte">arte</a> &amp; altro</p>',
            "examples": [{"text_it": "arte", "text_en": "art"}],
            "links": [{"address": "https://arte.it/", "label": "arte"}],
        }
    )
    new = replaced(content, "arte", "cultura")
    assert new["title_it"] == "Arte e parte dell'cultura"
    assert new["description_it"] == (
        '<p>Una <strong>cultura</strong> su <a href="https://arte.it/arte">cultura</a> &amp; altro</p>'
    )
    assert new["examples"] == [{"text_it": "cultura", "text_en": "art"}]
    assert new["links"] == content["links"]
    assert replaced(content, "strong", "x")["description_it"].count("<strong>") == 1


def test_words_with_signs_are_looked_for_as_they_are_written(edition: Edition) -> None:
    content = normal_content(
        {"title_it": "Ricerca & sviluppo (R&S)", "description_it": "<p>Ricerca &amp; sviluppo</p>"}
    )
    new = replaced(content, "Ricerca & sviluppo", "Innovazione & sviluppo")
    assert new["title_it"] == "Innovazione & sviluppo (R&S)"
    assert new["description_it"] == "<p>Innovazione &amp; sviluppo</p>"


def test_what_is_put_in_never_becomes_a_tag() -> None:
    content = normal_content({"title_it": "a", "description_it": "<p>La rete</p>"})
    assert replaced(content, "rete", "<b>rete</b> <script>x</script>")["description_it"] == (
        "<p>La &lt;b&gt;rete&lt;/b&gt; &lt;script&gt;x&lt;/script&gt;</p>"
    )


def test_a_preview_writes_nothing_and_says_what_would_change(edition: Edition) -> None:
    Example.objects.create(action=sheet("1.1.1"), position=1, text_it="Una rete ciclabile")
    rows = find_and_replace(person=somebody("approver"), edition=edition, words="rete ciclabile", by="rete delle bici")
    assert [row.code for row in rows] == ["1.1.1", "1.1.2", "2.1.1", "2.1.2"]
    assert any("bici" in change for change in rows[0].changes)
    assert not Proposal.objects.exists()
    assert find_and_replace(person=somebody("approver"), edition=edition, words="non c'è", by="x") == []
    with pytest.raises(RefusedError):
        find_and_replace(person=somebody("approver"), edition=edition, words="  ", by="x")


def test_only_the_sheets_she_may_change_are_looked_through(edition: Edition) -> None:
    people = {
        "editor": somebody("editor", axes=(edition.axes.get(number=1),)),
        "referent": somebody("referent", answers_for=(sheet("2.1.2"),)),
        "reader": somebody("reader"),
    }
    found = {
        role: [row.code for row in find_and_replace(person=person, edition=edition, words="rete", by="maglia")]
        for role, person in people.items()
    }
    assert found == {"editor": ["1.1.1", "1.1.2"], "referent": ["2.1.2"], "reader": []}


def test_a_sheet_that_somebody_else_has_open_is_told_and_left_alone(edition: Edition) -> None:
    action, other = sheet("1.1.1"), somebody("administrator")
    held = propose(person=other, action=action, content={**read_content(action), "title_it": "Altro"})
    approver = somebody("approver")
    rows = find_and_replace(person=approver, edition=edition, words="rete", by="maglia")
    assert str(other) in rows[0].problems[0]
    made = propose_rows(person=approver, rows=rows, reason="Parole nuove")
    assert [row.code for row, _proposal, _why in made] == ["1.1.2", "2.1.1", "2.1.2"]
    held.refresh_from_db()
    assert held.content["title_it"] == "Altro"


def test_a_sheet_that_changed_after_the_preview_is_not_written_over(edition: Edition) -> None:
    approver = somebody("approver")
    rows = find_and_replace(person=approver, edition=edition, words="rete", by="maglia")
    approved(sheet("1.1.1"), summary_it="Cambiata nel frattempo.")
    outcomes = {row.code: (proposal, why) for row, proposal, why in propose_rows(person=approver, rows=rows, reason="")}
    proposal, why = outcomes["1.1.1"]
    assert proposal is None
    assert "Administrator" in why, "it says who changed it"
    assert not Proposal.objects.open().filter(action=sheet("1.1.1")).exists()
    assert Proposal.objects.open().count() == 3


def test_a_replacement_that_can_t_be_a_sheet_is_told_and_not_proposed(edition: Edition) -> None:
    rows = find_and_replace(person=somebody("approver"), edition=edition, words="Una frase", by="x" * 400)
    assert all(row.problems and not row.proposes for row in rows)
    assert propose_rows(person=somebody("approver"), rows=rows, reason="") == []


# --- at the desk --------------------------------------------------------------------------------------------------

ADDRESS = "/it/scrivania/sostituisci/"
ASKED = {"edizione": "2021-2023", "cerca": "rete ciclabile", "con": "rete delle bici"}


def chair(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_three_chairs_find_theirs_others_and_nothing(edition: Edition) -> None:
    editor = somebody("editor", axes=(edition.axes.get(number=1),))
    seen = {}
    for name, person in (("owner", editor), ("colleague", somebody("approver")), ("reader", somebody("reader"))):
        answer = chair(person).get(ADDRESS, ASKED)
        seen[name] = answer.status_code if answer.status_code != 200 else answer.content.decode().count('name="sheet"')
    assert seen == {"owner": 2, "colleague": 4, "reader": 403}
    assert Client().get(ADDRESS).status_code == 302


def test_only_the_rows_that_were_ticked_become_drafts(edition: Edition) -> None:
    approver = somebody("approver")
    answer = chair(approver).post(
        ADDRESS, {**ASKED, "sheet": ["1.1.2", "2.1.1"], "reason": "Parole nuove"}, follow=True
    )
    assert answer.status_code == 200
    made = Proposal.objects.order_by("code")
    assert [proposal.code for proposal in made] == ["1.1.2", "2.1.1"]
    assert {proposal.reason for proposal in made} == {"Parole nuove"}
    assert "<p>La rete delle bici collega i comuni.</p>" in {proposal.content["description_it"] for proposal in made}


def test_without_a_tick_nothing_is_opened_and_the_page_says_so(edition: Edition) -> None:
    answer = chair(somebody("approver")).post(ADDRESS, ASKED)
    assert answer.status_code == 409
    assert not Proposal.objects.exists()


def test_a_row_of_somebody_else_s_sheet_that_is_posted_by_hand_opens_nothing(edition: Edition) -> None:
    editor = somebody("editor", axes=(edition.axes.get(number=1),))
    chair(editor).post(ADDRESS, {**ASKED, "sheet": ["2.1.1", "1.1.1"]})
    assert [proposal.code for proposal in Proposal.objects.all()] == ["1.1.1"]


def test_a_sheet_that_changed_between_the_preview_and_the_press_is_not_proposed(edition: Edition) -> None:
    approver = somebody("approver")
    client = chair(approver)
    text = client.get(ADDRESS, ASKED).content.decode()
    assert 'name="version-1.1.1" value="1"' in text
    approved(sheet("1.1.1"), summary_it="Cambiata nel frattempo.")
    posted = {**ASKED, "sheet": ["1.1.1", "1.1.2"], "version-1.1.1": "1", "version-1.1.2": "1"}
    answer = client.post(ADDRESS, posted, follow=True)
    assert [proposal.code for proposal in Proposal.objects.open()] == ["1.1.2"]
    assert "1.1.1" in answer.content.decode()
