"""Two operators at one regia: nobody's rename is reverted, nobody's placing is undone unasked, no theme stays empty."""

import json

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aumenta.people.refusals import RefusedError
from aumenta.themes.group_themes import (
    merge,
    place,
    rename,
    split,
    take_back,
)
from aumenta.themes.models import Theme, ThemeSource
from tests.cast import somebody
from tests.events_cast import a_facilitator, an_event
from tests.themes_cast import said, where

pytestmark = pytest.mark.django_db


def test_a_stale_form_never_reverts_a_colleagues_rename():
    event, by = an_event(), a_facilitator()
    (a,) = said(event, 1)
    theme = place(person=by, event=event, observations=[a.pk], theme=None, name="Treni")
    seen = ("Treni", "")
    rename(person=somebody("approver"), theme=theme, name="Treni la sera", keywords="sera", seen=seen)
    with pytest.raises(RefusedError, match=r"renamed_meanwhile.*Treni la sera"):
        rename(person=by, theme=theme, name="Treni", keywords="orari", seen=seen)
    theme.refresh_from_db()
    assert (theme.name, theme.keywords) == ("Treni la sera", "sera")
    rename(person=by, theme=theme, name="Treni", keywords="orari", seen=("Treni la sera", "sera"))
    theme.refresh_from_db()
    assert (theme.name, theme.keywords) == ("Treni", "orari")


def test_the_same_voices_placed_twice_ask_and_go_where_the_second_says_only_when_she_is_sure(client):
    event, by = an_event(), a_facilitator()
    a, b = said(event, 2)
    place(person=somebody("approver"), event=event, observations=[a.pk], theme=None, name="Treni", seen={a.pk: None})
    with pytest.raises(RefusedError, match=r"moved_meanwhile.*«Treni»"):
        place(person=by, event=event, observations=[a.pk, b.pk], theme=None, name="Bus", seen={a.pk: None, b.pk: None})
    assert where(event) == {"Detta 0": "Treni"}
    client.force_login(by)
    body = {"verb": "place", "observations": [a.pk, b.pk], "name": "Bus", "seen": {a.pk: None, b.pk: None}}
    address = f"/it/regia/{event.slug}/temi/passo"
    asked = client.post(address, json.dumps(body), content_type="application/json")
    assert asked.status_code == 409
    assert asked.json()["ask"] is True
    assert [theme["name"] for theme in asked.json()["themes"]] == ["Treni"]
    del body["seen"]
    assert client.post(address, json.dumps(body), content_type="application/json").status_code == 200
    assert where(event) == {"Detta 0": "Bus", "Detta 1": "Bus"}
    # Who puts a voice where a colleague has put it already is not asked: both want the same.
    theme = Theme.objects.get(name="Bus")
    place(person=by, event=event, observations=[a.pk], theme=theme, seen={a.pk: None})


@pytest.mark.parametrize("seen", ["x", [1], {"x": None}, {"1": "x"}, 7])
def test_what_somebody_says_to_have_seen_and_makes_no_sense_is_a_bad_request(client, seen):
    event, by = an_event(), a_facilitator()
    (a,) = said(event, 1)
    theme = place(person=by, event=event, observations=[a.pk], theme=None, name="Treni")
    assert theme is not None
    client.force_login(by)
    for body in (
        {"verb": "place", "observations": [a.pk], "name": "Bus", "seen": seen},
        {"verb": "rename", "theme": theme.pk, "name": "Bus", "seen": seen},
    ):
        answer = client.post(f"/it/regia/{event.slug}/temi/passo", json.dumps(body), content_type="application/json")
        assert answer.status_code == 400, body


def test_a_theme_that_loses_its_last_voice_is_in_use_no_more_and_comes_back_with_it():
    event, by = an_event(), a_facilitator()
    a, b = said(event, 2)
    trains = place(person=by, event=event, observations=[a.pk], theme=None, name="Treni")
    place(person=by, event=event, observations=[a.pk], theme=None)
    assert not Theme.objects.filter(active=True).exists()
    take_back(person=by, step=event.theme_steps.latest("pk"))
    assert Theme.objects.get(active=True) == trains
    place(person=by, event=event, observations=[a.pk, b.pk], theme=None, name="Trasporti")
    assert [theme.name for theme in Theme.objects.filter(active=True)] == ["Trasporti"]


def test_nothing_is_placed_where_nothing_was_chosen():
    event, by = an_event(), a_facilitator()
    with pytest.raises(RefusedError):
        place(person=by, event=event, observations=[], theme=None, name="Vuoto")
    assert not Theme.objects.exists()


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["new", "into", "inbox", "merge", "split", "undo"]), st.integers(0, 7), st.integers(0, 7)
    ),
    max_size=12,
)


def test_whatever_two_operators_do_no_theme_in_use_is_empty_and_no_voice_is_in_one_out_of_use():
    event, by = an_event(), a_facilitator()
    keys = [one.pk for one in said(event, 4)]

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(steps=STEPS)
    def whatever(steps):
        with transaction.atomic():
            for verb, one, other in steps:
                themes = list(Theme.objects.filter(active=True))
                picked = [keys[one % 4], keys[other % 4]]
                theme = themes[one % len(themes)] if themes else None
                try:
                    if verb == "new":
                        place(person=by, event=event, observations=picked, theme=None, name=f"Tema {one}")
                    elif verb == "into" and theme:
                        place(person=by, event=event, observations=picked, theme=theme)
                    elif verb == "inbox":
                        place(person=by, event=event, observations=picked, theme=None)
                    elif verb == "merge" and theme:
                        merge(person=by, theme=theme, into=themes[other % len(themes)])
                    elif verb == "split" and theme:
                        split(person=by, theme=theme, observations=picked, name="Parte")
                    elif verb == "undo" and event.theme_steps.exists():
                        steps_so_far = list(event.theme_steps.all())
                        take_back(person=by, step=steps_so_far[one % len(steps_so_far)])
                except RefusedError:
                    continue
                full = set(ThemeSource.objects.values_list("theme_id", flat=True))
                assert set(Theme.objects.filter(active=True).values_list("pk", flat=True)) == full
            transaction.set_rollback(True)

    whatever()
