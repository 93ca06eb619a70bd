"""What somebody was let in to see ends with her right to see it, and stays in no cache that others share."""

from collections.abc import AsyncIterator
from functools import partial
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse

from aumenta.events.models import Table
from aumenta.live import views
from aumenta.people.models import User
from tests.cast import somebody
from tests.desk_things import ROUTES
from tests.events_cast import a_facilitator, a_small_event
from tests.pages_with_forms import public_things

pytestmark = pytest.mark.django_db


def parts_told(still_allowed: list[bool]) -> list[bytes]:
    """What a screen gets of a stream without end while the answers to «may she still?» are these."""
    answers = iter(still_allowed)

    async def endless() -> AsyncIterator[bytes]:
        for n in range(100):
            yield b"%d" % n

    async def listen() -> list[bytes]:
        return [part async for part in views.while_allowed(endless(), lambda: next(answers))]

    return async_to_sync(listen)()


def test_a_stream_ends_when_it_is_no_longer_hers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "ASKED_AGAIN", 0.0)
    assert parts_told([True, True, False]) == [b"0", b"1"]


@pytest.mark.parametrize("ending", ["closed", "password", "role", "table", "signed out"])
def test_whatever_takes_the_right_away_ends_the_stream(client: Client, ending: str) -> None:
    event = a_small_event("suo")
    person = a_facilitator()
    client.force_login(person)
    key = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    allowed: Any = partial(views._still_watched, key, event.slug)
    assert allowed()
    if ending == "closed":
        User.objects.filter(pk=person.pk).update(is_active=False)
    elif ending == "password":
        person.set_password("un'altra parola lunga")
        person.save()
    elif ending == "role":
        person.grants.all().delete()
    elif ending == "table":
        Table.objects.update(facilitated_by=None)
    else:
        client.logout()
    assert not allowed()


def test_pages_of_who_is_signed_in_are_private_and_those_of_strangers_are_not(client: Client) -> None:
    event = a_small_event("suo")
    assert "private" not in client.get("/it/eventi/").headers.get("Cache-Control", "")
    client.force_login(a_facilitator())
    for address in ("/it/eventi/", reverse("regia", args=[event.slug]), reverse("desk:inbox"), reverse("desk:me")):
        assert "private" in client.get(address).headers["Cache-Control"], address


def test_no_page_of_the_desk_stays_in_a_browser_after_signing_out(client: Client) -> None:
    things = public_things()
    client.force_login(somebody("administrator", email="capo@esempio.it"))
    asked = 0
    for name in ROUTES:
        answer = client.get(things.address(name))
        if answer.status_code == 200:
            asked += 1
            assert "no-store" in answer.headers.get("Cache-Control", ""), name
    assert asked > 60
