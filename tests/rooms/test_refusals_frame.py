"""Every way in which a change to the frame of an edition, or the taking away of a seal, is refused: each met."""

import pytest

from aumenta.plan.models import Axis, Strategy
from aumenta.review.editions.correct_release import remove_release
from aumenta.review.frame.decide_change import approve_change, submit_change
from aumenta.review.frame.propose_change import edit_change, propose_change, propose_to_put_back
from aumenta.review.models import FrameProposal
from tests.frame_cast import Office, a_day_later, sealed
from tests.refusals_met import Refusals, office

pytestmark = pytest.mark.django_db
REFUSALS = Refusals()
Kind = FrameProposal.Kind


@REFUSALS.get("change_open")
def a_second_person_rewrites_an_axis() -> object:
    place = Office()
    place.opened(Kind.AXIS_TEXT)
    return place.opened(Kind.AXIS_TEXT, by=place.judge)


@REFUSALS.get("change_open_yours")
def she_rewrites_an_axis_in_two_windows() -> object:
    place = Office()
    place.opened(Kind.AXIS_TEXT)
    return place.opened(Kind.AXIS_TEXT, title_it="In un'altra finestra")


@REFUSALS.get("change_not_writable")
def what_was_sent_is_written_on() -> object:
    made = Office().sent(Kind.AXIS_TEXT)
    return edit_change(person=made.author, change=made, revision=made.revision, content={"title_it": "X"}, reason="")


@REFUSALS.get("change_written_meanwhile")
def two_windows_write_one_draft() -> object:
    made = Office().opened(Kind.AXIS_TEXT)
    edit_change(person=made.author, change=made, revision=1, content={"title_it": "Uno"}, reason="")
    return edit_change(person=made.author, change=made, revision=1, content={"title_it": "Due"}, reason="")


@REFUSALS.get("frame_changed")
def the_name_changed_meanwhile() -> object:
    place = Office()
    made = place.opened(Kind.STRATEGY_TEXT)
    Strategy.objects.filter(pk=place.strategy.pk).update(title_it="Un altro")
    return submit_change(person=made.author, change=made, revision=made.revision)


@REFUSALS.get("frame_thing_gone")
def what_it_is_about_is_gone() -> object:
    place = Office()
    made = place.sent(Kind.DROP_STRATEGY)
    Strategy.objects.filter(number=2).delete()
    return approve_change(person=place.judge, change=made, revision=made.revision)


@REFUSALS.get("frame_not_empty")
def an_axis_with_strategies_is_taken_out() -> object:
    place = Office()
    made = place.opened(Kind.DROP_AXIS)
    Strategy.objects.create(axis=Axis.objects.get(number=3), number=1, title_it="Una")
    return submit_change(person=made.author, change=made, revision=made.revision)


@REFUSALS.get("code_of_nothing")
def an_action_is_moved_to_a_strategy_that_is_not_there() -> object:
    return Office().sent(Kind.MOVE_ACTION, code="1.9.1")


@REFUSALS.get("code_taken")
def an_action_of_a_public_edition_takes_anothers_code() -> object:
    return Office().sent(Kind.MOVE_ACTION, code="1.1.1")


@REFUSALS.get("code_was_given")
def an_action_takes_the_code_of_one_that_was_taken_out() -> object:
    place = Office()
    place.removed()
    place.action = place.strategy.actions.get(number=1)
    return place.sent(Kind.MOVE_ACTION, code="1.1.2")


@REFUSALS.get("move_reason_required")
def a_strategy_is_renumbered_without_a_reason() -> object:
    place = Office()
    made = propose_change(person=place.judge, kind=Kind.MOVE_AXIS, about=place.axis, content={"code": "7"})
    return submit_change(person=made.author, change=made, revision=made.revision)


@REFUSALS.get("removed_too_long_ago")
def a_sheet_is_put_back_after_a_year() -> object:
    place = Office()
    removed = place.removed()
    made = propose_to_put_back(person=place.editor, removed=removed)
    removed.delete()
    return submit_change(person=made.author, change=made, revision=made.revision)


@REFUSALS.get("frame_text_too_long")
def a_name_is_too_long() -> object:
    return Office().opened(Kind.AXIS_TEXT, title_it="à" * 301)


@REFUSALS.get("release_gone")
def it_is_taken_away_twice() -> object:
    release = sealed()
    remove_release(person=office(), release=release)
    return remove_release(person=office(), release=release)


@REFUSALS.get("release_stays")
def everybody_read_it_for_days() -> object:
    release = sealed()
    with a_day_later():
        return remove_release(person=office(), release=release)


@pytest.mark.parametrize("code", sorted(REFUSALS.attempts))
def test_somebody_is_refused_and_told_why(code: str) -> None:
    REFUSALS.check(code)
