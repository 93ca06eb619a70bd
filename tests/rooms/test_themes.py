"""Grouping by hand: nothing is lost, everything has its history, every step can be taken back."""

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aumenta.events.models import Observation
from aumenta.people.refusals import RefusedError
from aumenta.themes.group_themes import merge, place, rename, split, take_back
from aumenta.themes.models import Theme, ThemeSource, ThemeStep
from aumenta.themes.rules import ThemeKind, theme_kinds
from aumenta.themes.theme_queries import last_steps
from tests.cast import a_person, somebody
from tests.events_cast import a_facilitator, an_event
from tests.themes_cast import said, where

pytestmark = pytest.mark.django_db


def test_observations_are_placed_renamed_merged_split_and_every_step_is_remembered():
    event, by = an_event(), a_facilitator()
    a, b, c, d = said(event)
    trains = place(person=by, event=event, observations=[a.pk, b.pk], theme=None, name="  Treni   ")
    buses = place(person=by, event=event, observations=[c.pk], theme=None, name="Autobus")
    rename(person=by, theme=trains, name="Treni la sera", keywords="treni, sera")
    merge(person=by, theme=buses, into=trains)
    assert where(event) == {"Detta 0": "Treni la sera", "Detta 1": "Treni la sera", "Detta 2": "Treni la sera"}
    split(person=by, theme=trains, observations=[b.pk], name="Stazioni")
    assert where(event)["Detta 1"] == "Stazioni"
    place(person=by, event=event, observations=[a.pk, d.pk], theme=None)
    assert set(where(event)) == {"Detta 1", "Detta 2"}
    assert [step.verb for step in event.theme_steps.all()] == ["place", "place", "rename", "merge", "split", "place"]


def test_every_step_says_which_themes_it_was_about_so_that_the_right_one_is_taken_back():
    event, by = an_event(), a_facilitator()
    a, b, *_others = said(event)
    trains = place(person=by, event=event, observations=[a.pk], theme=None, name="Treni")
    buses = place(person=by, event=event, observations=[b.pk], theme=None, name="Autobus")
    merge(person=by, theme=buses, into=trains)
    place(person=by, event=event, observations=[a.pk], theme=None)
    assert [(step["themes"], step["observations"]) for step in last_steps(event)] == [
        ([], 1),
        (["Treni", "Autobus"], 1),
        (["Autobus"], 1),
        (["Treni"], 1),
    ]


def test_a_theme_that_a_colleague_has_filled_meanwhile_stays_in_use_when_the_step_that_made_it_is_taken_back():
    event, one, other = an_event(), somebody("editor"), somebody("editor")
    a, b, *_others = said(event)
    trains = place(person=one, event=event, observations=[a.pk], theme=None, name="Treni")
    step = event.theme_steps.last()
    place(person=other, event=event, observations=[b.pk], theme=trains)
    take_back(person=one, step=step)
    assert where(event) == {"Detta 1": "Treni"}
    assert Theme.objects.get(pk=trains.pk).active


def test_a_voice_returns_into_a_theme_that_is_in_use_again_where_another_step_had_emptied_it_since():
    event, by = an_event(), a_facilitator()
    a, b, c, _d = said(event)
    trains = place(person=by, event=event, observations=[a.pk, b.pk], theme=None, name="Treni")
    buses = place(person=by, event=event, observations=[c.pk], theme=None, name="Autobus")
    place(person=by, event=event, observations=[a.pk], theme=buses)
    step = event.theme_steps.last()
    place(person=by, event=event, observations=[b.pk], theme=buses)
    assert not Theme.objects.get(pk=trains.pk).active
    take_back(person=by, step=step)
    assert where(event) == {"Detta 0": "Treni", "Detta 1": "Autobus", "Detta 2": "Autobus"}
    assert Theme.objects.get(pk=trains.pk).active


def test_each_step_can_be_taken_back_and_done_again():
    event, by = an_event(), a_facilitator()
    a, b, _c, _d = said(event)
    trains = place(person=by, event=event, observations=[a.pk], theme=None, name="Treni")
    buses = place(person=by, event=event, observations=[b.pk], theme=None, name="Autobus")
    merge(person=by, theme=buses, into=trains)
    undo = take_back(person=by, step=event.theme_steps.last())
    assert where(event) == {"Detta 0": "Treni", "Detta 1": "Autobus"}
    take_back(person=by, step=undo)
    assert where(event) == {"Detta 0": "Treni", "Detta 1": "Treni"}
    assert not Theme.objects.get(pk=buses.pk).active
    with pytest.raises(RefusedError):
        take_back(person=by, step=undo)


def test_taking_back_leaves_alone_what_somebody_else_changed_since():
    event, one, two = an_event(), somebody("editor"), somebody("editor")
    a, b, _c, _d = said(event)
    place(person=one, event=event, observations=[a.pk, b.pk], theme=None, name="Treni")
    step = event.theme_steps.last()
    place(person=two, event=event, observations=[a.pk], theme=None, name="Sera")
    take_back(person=one, step=step)
    assert where(event) == {"Detta 0": "Sera"}
    place(person=two, event=event, observations=[b.pk], theme=None, name="Stazioni")
    with pytest.raises(RefusedError):
        take_back(person=one, step=event.theme_steps.get(undoes=step))


def test_taking_a_renaming_back_leaves_the_name_that_a_colleague_gave_since():
    event, one, two = an_event(), somebody("editor"), somebody("editor")
    a, *_others = said(event)
    trains = place(person=one, event=event, observations=[a.pk], theme=None, name="Treni")
    rename(person=one, theme=trains, name="Treni la sera")
    step = event.theme_steps.last()
    rename(person=two, theme=Theme.objects.get(pk=trains.pk), name="Treni e autobus")
    with pytest.raises(RefusedError) as refused:
        take_back(person=one, step=step)
    assert refused.value.code == "changed_since"
    assert Theme.objects.get(pk=trains.pk).name == "Treni e autobus"


def test_nobody_groups_into_a_merged_theme_another_event_or_without_the_right():
    event, by = an_event(), a_facilitator()
    a, b, _c, _d = said(event)
    one = place(person=by, event=event, observations=[a.pk], theme=None, name="Uno")
    two = place(person=by, event=event, observations=[b.pk], theme=None, name="Due")
    merge(person=by, theme=two, into=one)
    with pytest.raises(RefusedError):
        place(person=by, event=event, observations=[a.pk], theme=two)
    with pytest.raises(RefusedError):
        place(person=by, event=event, observations=[10**6], theme=one)
    with pytest.raises(RefusedError):
        merge(person=by, theme=one, into=one)
    with pytest.raises(RefusedError):
        rename(person=by, theme=one, name="  ")
    for stranger in (a_person(), somebody("referent"), somebody("reader")):
        with pytest.raises(PermissionDenied):
            rename(person=stranger, theme=one, name="No")


@pytest.mark.parametrize(
    ("zones", "strategies", "axes", "kinds"),
    [
        (3, 3, 2, [ThemeKind.ONE_OFF]),
        (4, 1, 1, [ThemeKind.RECURRING]),
        (1, 4, 1, [ThemeKind.CROSSING]),
        (1, 3, 3, [ThemeKind.CROSSING]),
        (4, 4, 3, [ThemeKind.RECURRING, ThemeKind.CROSSING]),
    ],
)
def test_the_kind_of_a_theme_follows_the_organisers_rule(zones, strategies, axes, kinds):
    event = an_event(recurring_from_zones=4, crossing_from_strategies=4, crossing_from_axes=3)
    assert list(theme_kinds(event, zones=zones, strategies=strategies, axes=axes)) == kinds


moves = st.lists(
    st.tuples(st.sampled_from(["place", "inbox", "merge", "split", "undo"]), st.integers(0, 9), st.integers(0, 9)),
    max_size=12,
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=moves)
def test_whatever_operators_do_no_observation_is_lost_or_in_two_themes_or_in_a_theme_out_of_use(moves, db):
    event, by = an_event_once(), somebody("administrator")
    keys = [o.pk for o in said(event)]
    for verb, first, second in moves:
        themes = list(Theme.objects.filter(event=event, active=True))
        theme, other = (themes[first % len(themes)], themes[second % len(themes)]) if themes else (None, None)
        try:
            if verb == "place":
                place(person=by, event=event, observations=keys[: first % 4], theme=theme, name=f"Tema {second}")
            elif verb == "inbox":
                place(person=by, event=event, observations=[keys[first % 4]], theme=None)
            elif verb == "merge" and theme:
                merge(person=by, theme=theme, into=other)
            elif verb == "split" and theme:
                split(person=by, theme=theme, observations=keys[second % 4 :], name="Nuovo")
            elif verb == "undo":
                steps = list(ThemeStep.objects.filter(event=event))
                if steps:
                    take_back(person=by, step=steps[first % len(steps)])
        except RefusedError:
            pass
        assert Observation.objects.filter(pk__in=keys).count() == len(keys)
        assert not ThemeSource.objects.filter(theme__event=event, theme__active=False).exists()


def an_event_once():
    from aumenta.events.models import Event
    from aumenta.plan.models import Edition

    Event.objects.all().delete()
    Edition.objects.all().delete()
    from aumenta.events.models import Process

    Process.objects.all().delete()
    return an_event(strategies=2)
