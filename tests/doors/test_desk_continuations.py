"""What goes on from what, said at the desk: on the own axes alone, and a code that is not there is named."""

from collections.abc import Callable

import pytest
from django.test import Client

from aumenta.people.models import Grant, User
from aumenta.people.permission import NotAllowedError
from aumenta.plan.models import Action, ActionContinuation, Axis, AxisEditor, Edition, Strategy, StrategyContinuation
from aumenta.review.editions.continuations import continue_action, continue_strategy, end_continuation
from tests.cast import a_small_plan, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def editions() -> tuple[Edition, Edition]:
    return a_small_plan(), a_small_plan(label="2024-2026", state="preparation")


def axis(edition: Edition, number: int) -> Axis:
    return edition.axes.get(number=number)


def of(edition: Edition, code: str) -> Action:
    return Action.objects.of(edition).with_code(code).get()


def strategy(edition: Edition, code: str) -> Strategy:
    return Strategy.objects.of(edition).with_code(code).get()


def tie_action(person: User, old: Edition, new: Edition) -> object:
    return continue_action(person=person, older=of(old, "1.1.1"), newer=of(new, "2.1.1"), kind="reworded")


def tie_strategy(person: User, old: Edition, new: Edition) -> object:
    return continue_strategy(person=person, older=strategy(old, "1.1"), newer=strategy(new, "2.1"), kind="reworded")


def untie_action(person: User, old: Edition, new: Edition) -> object:
    made = ActionContinuation.objects.get_or_create(older=of(old, "1.1.1"), newer=of(new, "2.1.1"), kind="kept")[0]
    return end_continuation(person=person, tie=made)


def untie_strategy(person: User, old: Edition, new: Edition) -> object:
    older, newer = strategy(old, "1.1"), strategy(new, "2.1")
    made = StrategyContinuation.objects.get_or_create(older=older, newer=newer, kind="kept")[0]
    return end_continuation(person=person, tie=made)


VERBS = [tie_action, tie_strategy, untie_action, untie_strategy]


@pytest.mark.parametrize("verb", VERBS)
def test_who_has_the_later_axis_ties_and_nobody_else_does(
    verb: Callable[[User, Edition, Edition], object], editions: tuple[Edition, Edition]
) -> None:
    old, new = editions
    whose = {
        "the later one": axis(new, 2),
        "the other one of the same edition": axis(new, 1),
        "the earlier one": axis(old, 1),
        "that of the same number in the old edition": axis(old, 2),
    }
    for which, held in whose.items():
        editor = somebody("editor", axes=(held,))
        if which == "the later one":
            verb(editor, old, new)
            continue
        with pytest.raises(NotAllowedError):
            verb(editor, old, new)
    for role in ("referent", "facilitator", "reader"):
        with pytest.raises(NotAllowedError):
            verb(somebody(role), old, new)
    former = somebody("editor", axes=(axis(new, 2),))
    Grant.objects.filter(person=former).delete()
    assert AxisEditor.objects.filter(person=former).exists()
    with pytest.raises(NotAllowedError):
        verb(User.objects.get(pk=former.pk), old, new)
    verb(somebody("approver"), old, new)


CODES = [
    ("continuita", {"tie-older": "1.1.1", "tie-newer": "9.9.9", "tie-kind": "kept"}, "9.9.9"),
    ("continuita", {"tie-older": "9.9", "tie-newer": "1.1", "tie-kind": "kept"}, "9.9"),
    ("aggiungi", {"add-strategy": "9.9", "add-title_it": "In più"}, "9.9"),
    ("togli", {"drop-code": "9.9.9", "drop-reason": "Assorbita"}, "9.9.9"),
]


@pytest.mark.parametrize(("page", "given", "code"), CODES)
def test_a_code_that_is_not_there_is_named(
    page: str, given: dict[str, str], code: str, editions: tuple[Edition, Edition], client: Client
) -> None:
    before = Action.objects.count()
    client.force_login(somebody("administrator"))
    answer = client.post(f"/it/scrivania/edizioni/2024-2026/{page}/", given)
    assert answer.status_code == 409
    assert f"«{code}»" in answer.content.decode(), "it is named, and what was typed stands there still"
    assert not ActionContinuation.objects.exists()
    assert not StrategyContinuation.objects.exists()
    assert Action.objects.count() == before
