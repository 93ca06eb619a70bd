"""Two people write different fields of one sheet: each field says what whoever changed it wrote; nothing is lost."""

from itertools import permutations
from typing import Any, Final

import pytest

from aumenta.people.models import User
from aumenta.plan.models import Action
from aumenta.plan.sheet_content import FIELDS, SheetContent, content_hash, content_with, normal_content
from aumenta.review.drafts.merge_fields import REASON, Texts, marks_after, marks_decided, marks_of, merge
from aumenta.review.edit_draft import edit_draft
from aumenta.review.models import Proposal, Version
from aumenta.review.propose import propose
from aumenta.review.rebase import rebase
from aumenta.review.record import current_content, record_version
from aumenta.review.refusals import StaleBaseError, StaleRevisionError
from tests.cast import a_small_plan, somebody

pytestmark = pytest.mark.django_db

OTHER: Final[dict[str, str | list[dict[str, str]]]] = {
    "title_it": "Un altro titolo",
    "title_en": "Another title",
    "summary_it": "Un'altra sintesi.",
    "summary_en": "Another summary.",
    "for_whom_it": "<p>Altre persone.</p>",
    "for_whom_en": "<p>Other people.</p>",
    "description_it": "<p>Un'altra descrizione.</p>",
    "description_en": "<p>Another description.</p>",
    "examples": [{"text_it": "Un altro esempio", "text_en": ""}],
    "actors": [{"actor": "", "printed": "Un altro attore"}],
    "alignments": [{"framework": "pnrr", "item": "", "role": "primary", "printed": "M9C9"}],
    "links": [{"address": "https://esempio.it/", "label": ""}],
    "rows": [{"label": "Tempi", "text_it": "Dieci anni", "text_en": ""}],
}
"""Another value for each field of a sheet."""


@pytest.fixture
def action() -> Action:
    return Action.objects.of(a_small_plan()).with_code("1.1.1").get()


@pytest.fixture
def people(action: Action) -> tuple[User, User]:
    return somebody("editor", axes=(action.strategy.axis,)), somebody("editor", axes=(action.strategy.axis,))


def seen(content: SheetContent, reason: str = "") -> str:
    return marks_of(Texts(content, reason))


def test_the_table_of_other_values_has_every_field() -> None:
    assert set(OTHER) == set(FIELDS)


def test_what_two_people_write_in_different_fields_is_all_in_the_draft(
    action: Action, people: tuple[User, User]
) -> None:
    """Every field against every other."""
    anna, bruno = people
    start = normal_content(current_content(action))
    drawn = seen(start)
    draft = propose(person=anna, action=action, content=start, base=1, seen=drawn)
    for hers, his in permutations(FIELDS, 2):
        Proposal.objects.update(content=start)
        edit_draft(person=anna, proposal_id=draft.pk, revision=0, content={**start, hers: OTHER[hers]}, seen=drawn)
        edit_draft(person=bruno, proposal_id=draft.pk, revision=0, content={**start, his: OTHER[his]}, seen=drawn)
        assert Proposal.objects.get().content == {**start, hers: OTHER[hers], his: OTHER[his]}
    assert draft.editors.get().person == bruno, "he wrote in it: he does not decide on it"


def test_where_both_changed_one_field_the_second_is_refused_and_the_first_stays(
    action: Action, people: tuple[User, User]
) -> None:
    """In every field."""
    anna, bruno = people
    start = normal_content(current_content(action))
    drawn = seen(start)
    draft = propose(person=anna, action=action, content=start, base=1, seen=drawn)
    for name, other in OTHER.items():
        third: Any = "Il terzo"
        if isinstance(other, list):
            third = [{**other[0], ("label" if name in {"links", "rows"} else "text_it"): "Terzo", "printed": "Terzo"}]
        Proposal.objects.update(content=start)
        edit_draft(person=anna, proposal_id=draft.pk, revision=0, content={**start, name: other}, seen=drawn)
        with pytest.raises(StaleRevisionError):
            edit_draft(person=bruno, proposal_id=draft.pk, revision=0, content={**start, name: third}, seen=drawn)
        assert Proposal.objects.get().content[name] == other


def test_who_comes_second_to_a_sheet_without_a_draft_writes_in_the_one_that_was_opened(
    action: Action, people: tuple[User, User]
) -> None:
    anna, bruno = people
    start = current_content(action)
    drawn = seen(start)
    propose(person=anna, action=action, content={**start, "title_it": "Di Anna"}, base=1, reason="Suo", seen=drawn)
    propose(person=bruno, action=action, content={**start, "summary_it": "Di Bruno"}, base=1, seen=drawn)
    draft = Proposal.objects.get()
    assert (draft.content["title_it"], draft.content["summary_it"], draft.reason) == ("Di Anna", "Di Bruno", "Suo")


def test_a_form_drawn_from_the_version_before_takes_up_what_was_approved_meanwhile(
    action: Action, people: tuple[User, User]
) -> None:
    anna, _bruno = people
    start = current_content(action)
    record_version(action=action, content=start, origin=Version.Origin.IMPORTED)
    newer = content_with(start, {"title_it": "Approvato intanto"})
    record_version(action=action, content=newer, origin=Version.Origin.IMPORTED)
    with pytest.raises(StaleBaseError):
        propose(person=anna, action=action, content={**start, "title_it": "Suo"}, base=1, seen=seen(start))
    draft = propose(person=anna, action=action, content={**start, "summary_it": "Sua"}, base=1, seen=seen(start))
    assert draft.content == {**newer, "summary_it": "Sua"}
    assert draft.base.number == 2


def test_going_on_from_the_newest_version_takes_nothing_back_that_was_approved(
    action: Action, people: tuple[User, User]
) -> None:
    anna, _bruno = people
    start = current_content(action)
    draft = propose(person=anna, action=action, content={**start, "summary_it": "Sua"})
    record_version(action=action, content={**start, "title_it": "Nuovo"}, origin=Version.Origin.IMPORTED)
    moved = rebase(person=anna, proposal_id=draft.pk, revision=draft.revision, base=2)
    assert moved.content == {**start, "title_it": "Nuovo", "summary_it": "Sua"}


def test_marks_of_another_kind_of_sheet_merge_nothing() -> None:
    assert merge(Texts({}), Texts({}), "a-b-c") is None
    assert merge(Texts({}), Texts({}), "") is None


def test_marks_after_a_saving_keep_what_she_has_not_seen(action: Action) -> None:
    start = Texts(current_content(action))
    mine = Texts({**start.content, "title_it": "Mio"})
    theirs = Texts({**start.content, "summary_it": "Loro"}, "Perché sì")
    both = merge(mine, theirs, marks_of(start))
    assert both is not None
    assert sorted(both.theirs) == [REASON, "summary_it"]
    after = marks_after(marks_of(start), mine, both.texts)
    # She types on in her field: the others' are still theirs.
    again = merge(Texts({**mine.content, "title_it": "Mio, ancora"}), both.texts, after)
    assert again is not None
    assert (again.clashes, again.texts.content["summary_it"]) == ([], "Loro")
    # She changes a field of which she has not seen their text: both are shown.
    clash = merge(Texts({**mine.content, "summary_it": "Mia"}), both.texts, after)
    assert clash is not None
    assert clash.clashes == ["summary_it"]
    # She keeps hers: only where both wrote something.
    decided = merge(
        Texts({**mine.content, "summary_it": "Mia"}), both.texts, marks_decided(after, both.texts, ["summary_it"])
    )
    assert decided is not None
    assert (decided.texts.content["summary_it"], decided.texts.reason) == ("Mia", "Perché sì")
    assert content_hash(dict(both.texts.content)) != content_hash(dict(decided.texts.content))
