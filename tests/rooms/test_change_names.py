"""Other wordings of one thing: editors say them, documents and sheets follow from then on."""

import pytest

from aumenta.activity.models import ActivityEntry
from aumenta.people.permission import NotAllowedError
from aumenta.people.refusals import RefusedError
from aumenta.plan.change_names import add_alias, change_alias, drop_alias
from aumenta.plan.models import Actor, ActorAlias, FrameworkItem, ItemAlias
from aumenta.plan.names import Names
from tests.cast import a_small_plan, somebody

pytestmark = pytest.mark.django_db


def two_actors() -> tuple[Actor, Actor]:
    return (
        Actor.objects.create(slug="gal-uno", name_it="Gruppo di azione uno"),
        Actor.objects.create(slug="gal-due", name_it="Gruppo di azione due"),
    )


def test_a_wording_is_followed_from_then_on_whatever_its_case_and_signs() -> None:
    one, _two = two_actors()
    add_alias(person=somebody("editor"), printed="G.A.L.  Uno", meant=one)
    assert Names().actors("g.a.l. uno") == [one]


def test_a_changed_wording_means_only_the_new_thing_and_the_log_tells_both_acts() -> None:
    one, two = two_actors()
    alias = add_alias(person=somebody("editor"), printed="Il GAL", meant=one)
    change_alias(person=somebody("approver"), alias=alias, meant=two)
    assert Names().actors("Il GAL") == [two]
    codes = list(ActivityEntry.objects.order_by("pk").values_list("code", flat=True))
    assert codes[-3:] == ["names.added", "names.dropped", "names.added"]


def test_one_wording_may_mean_two_things() -> None:
    one, two = two_actors()
    for actor in (one, two):
        add_alias(person=somebody("administrator"), printed="I due GAL", meant=actor, besides=actor == two)
    assert Names().actors("I due GAL") == [one, two]


def test_a_wording_that_was_dropped_is_a_new_name_again() -> None:
    one, _two = two_actors()
    editor = somebody("editor")
    drop_alias(person=editor, alias=add_alias(person=editor, printed="GAL primo", meant=one))
    assert Names().actors("GAL primo") != [one]


def test_items_of_frameworks_have_wordings_too() -> None:
    a_small_plan()
    item = FrameworkItem.objects.select_related("framework").first()
    assert item is not None
    add_alias(person=somebody("editor"), printed="Un nome mai sentito", meant=item)
    assert Names().items(item.framework.code, "un nome mai sentito") == [item]


@pytest.mark.parametrize(("printed", "code"), [("  ", "no_wording"), ("...", "no_wording"), ("IL GAL", "alias_taken")])
def test_a_wording_that_says_nothing_or_nothing_new_is_refused(printed: str, code: str) -> None:
    one, _two = two_actors()
    editor = somebody("editor")
    add_alias(person=editor, printed="Il GAL", meant=one)
    with pytest.raises(RefusedError) as refusal:
        add_alias(person=editor, printed=printed, meant=one)
    assert refusal.value.code == code
    assert ActorAlias.objects.count() + ItemAlias.objects.count() == 1


@pytest.mark.parametrize("role", ["referent", "facilitator", "reader"])
def test_whoever_does_not_edit_the_plan_may_not_say_what_a_wording_means(role: str) -> None:
    one, _two = two_actors()
    person = somebody(role)
    with pytest.raises(NotAllowedError):
        add_alias(person=person, printed="Il GAL", meant=one)
    assert not ActorAlias.objects.exists()
