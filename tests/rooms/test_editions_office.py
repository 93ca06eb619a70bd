"""What the office says of an edition: in force by its word and by dates, renamed, removed, put right."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from aumenta.people.refusals import RefusedError
from aumenta.plan.describe_edition import EditionFacts, describe_edition
from aumenta.plan.models import Action, Edition
from aumenta.review.editions.correct_release import correct_release
from aumenta.review.editions.figures import held_by
from aumenta.review.editions.freeze import freeze
from aumenta.review.editions.open_edition import open_edition
from aumenta.review.editions.rename import remove_edition, rename_edition
from aumenta.review.models import Release, Version
from aumenta.review.propose import propose
from aumenta.review.queries import release_is_intact
from tests.cast import a_plan, a_small_plan, somebody

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 28)


def three_editions() -> dict[str, Edition]:
    plans = [a_plan(label=label, axes=1, strategies=1, actions=2) for label in ("2021-2023", "2024-2026", "2027-2029")]
    return {edition.label: edition for edition in plans}


def shown(today: date = TODAY) -> str:
    current = Edition.objects.current(today)
    return current.label if current else ""


def test_where_nobody_says_anything_the_years_that_have_begun_decide_and_not_the_highest_label() -> None:
    three_editions()
    assert shown() == "2024-2026"
    assert shown(date(2027, 1, 1)) == "2027-2029"
    assert shown(date(2020, 1, 1)) == "2021-2023"


def say(edition: Edition, standing: str, since: date | None = None) -> None:
    facts = EditionFacts(standing=standing, in_force_since=since)
    describe_edition(person=somebody("administrator"), edition=edition, facts=facts)


def test_the_office_s_word_comes_before_the_years_from_the_day_it_names() -> None:
    editions = three_editions()
    say(editions["2021-2023"], "in_force")
    assert shown() == "2021-2023"
    tomorrow = timezone.localdate() + timedelta(days=1)
    say(editions["2024-2026"], "in_force", tomorrow)
    assert shown(timezone.localdate()) == "2021-2023"
    assert shown(tomorrow) == "2024-2026"
    say(editions["2024-2026"], "in_force", date(2026, 1, 1))
    assert shown() == "2024-2026"
    assert Edition.objects.get(label="2021-2023").standing == "past"


def test_a_proposal_is_never_shown_first_where_there_is_a_plan() -> None:
    editions = three_editions()
    say(editions["2024-2026"], "proposal")
    assert shown() == "2021-2023"


def test_an_edition_goes_on_from_the_one_it_was_opened_from_whatever_the_years() -> None:
    editions = three_editions()
    administrator = somebody("administrator")
    new = open_edition(
        person=administrator, source=editions["2021-2023"], label="2030-2032", title_it="Dalla prima edizione"
    )
    assert new.earlier == editions["2021-2023"]
    assert editions["2027-2029"].earlier == editions["2024-2026"]
    assert editions["2021-2023"].earlier is None


def test_an_edition_in_preparation_gets_other_years_and_a_public_one_only_other_titles() -> None:
    old, administrator = a_small_plan(), somebody("administrator")
    new = open_edition(person=administrator, source=old, label="2024-2027", title_it="Nuova")
    new = rename_edition(person=administrator, edition=new, label="2024-2026", title_it="  Esempia  2024 ")
    assert (new.label, new.last_year, new.title_it) == ("2024-2026", 2026, "Esempia 2024")
    assert rename_edition(person=administrator, edition=old, label="2021-2023", title_it="Altro").title_it == "Altro"
    for label, code in (("2022-2023", "years_are_public"), ("2021-2023", "title_required")):
        with pytest.raises(RefusedError) as refused:
            rename_edition(
                person=administrator, edition=old, label=label, title_it="" if code == "title_required" else "Altro"
            )
        assert refused.value.code == code
    with pytest.raises(RefusedError, match="label_taken"):
        rename_edition(person=administrator, edition=new, label="2021-2023", title_it="Nuova")
    with pytest.raises(RefusedError, match="words_too_long"):
        rename_edition(person=administrator, edition=new, label="2024-2026", title_it="x" * 301)


def test_an_edition_opened_by_mistake_goes_whole_and_leaves_the_one_before_as_it_is() -> None:
    old, administrator = a_small_plan(), somebody("administrator")
    sheets, versions = Action.objects.of(old).count(), Version.objects.filter(edition=old).count()
    new = open_edition(person=administrator, source=old, label="2024-2026", title_it="Nuova")
    remove_edition(person=administrator, edition=new)
    assert list(Edition.objects.values_list("label", flat=True)) == ["2021-2023"]
    assert (Action.objects.count(), Version.objects.count()) == (sheets, versions)
    with pytest.raises(RefusedError, match="not_in_preparation"):
        remove_edition(person=administrator, edition=old)


def test_an_edition_in_which_somebody_wrote_is_not_removed_with_her_words() -> None:
    old, administrator = a_small_plan(), somebody("administrator")
    new = open_edition(person=administrator, source=old, label="2024-2026", title_it="Nuova")
    propose(person=administrator, action=Action.objects.of(new)[0], content={"title_it": "Mio"})
    with pytest.raises(RefusedError, match="edition_has_work"):
        remove_edition(person=administrator, edition=new)
    assert Action.objects.of(new).exists()


def test_a_dated_version_is_put_right_and_carries_its_act_while_its_seal_stays() -> None:
    edition, administrator = a_small_plan(), somebody("administrator")
    release = freeze(person=administrator, edition=edition, title_it="Adozzione", dated=date(2022, 1, 1), act="N. 1")
    seal = release.content_hash
    correct_release(
        person=administrator,
        release=release,
        title_it="Adozione",
        dated=date(2022, 12, 22),
        act="Deliberazione n. 12/2022",
        act_address="https://esempio.it/12",
    )
    release.refresh_from_db()
    assert (release.title_it, release.act, release.content_hash) == ("Adozione", "Deliberazione n. 12/2022", seal)
    assert release_is_intact(release)
    with pytest.raises(RefusedError, match="bad_act_address"):
        correct_release(
            person=administrator, release=release, title_it="x", dated=TODAY, act_address="javascript:alert(1)"
        )
    with pytest.raises(DatabaseError), transaction.atomic():
        Release.objects.update(structure={})


def test_an_edition_with_hardly_any_sheets_is_known_to_be_sparse() -> None:
    full = a_plan(axes=2, strategies=4, actions=9)
    Action.objects.of(full).order_by().update(description_it="<p>Testo.</p>")
    assert not held_by(full).sparse
    few = a_plan(label="2024-2026", axes=2, strategies=4, actions=2)
    assert held_by(few).sparse
