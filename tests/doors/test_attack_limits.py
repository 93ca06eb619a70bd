"""Limits of the doors without an account, from two sides: each stops who attacks, and lets the honest in."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from aumenta.events.edit_event import renew_access
from aumenta.events.models import Event, Registration, Table
from aumenta.events.participants.phone_votes import phone_codes
from aumenta.events.tables.open_table import WRONG_PINS, WRONG_PINS_ANYWHERE, wrong_pins
from aumenta.people.models import Attempt
from aumenta.people.rate_limit import network_of
from aumenta.site.events import forms, views_phone
from tests import form_marks
from tests.cast import somebody
from tests.events_cast import an_event, table

pytestmark = pytest.mark.django_db
ATTACKER, HONEST = "203.0.113.66", "198.51.100.7"


def open_with(client: Client, at: Table, pin: str, address: str) -> str:
    body = {"code": at.code, "pin": pin, "device": str(uuid4())}
    answer = client.post("/api/tavolo/apri", body, content_type="application/json", REMOTE_ADDR=address).json()
    return str(answer.get("code", "open"))


def test_who_guesses_a_pin_shuts_herself_out_and_not_the_table(client: Client) -> None:
    at = table(an_event(strategies=3))
    told = [open_with(client, at, f"{n:06d}", ATTACKER) for n in range(40)]
    assert told.count("wrong-pin") == WRONG_PINS.most
    assert open_with(client, at, "123456", ATTACKER) == "locked", "not even with the right one"
    assert open_with(client, at, "123456", HONEST) == "open"
    assert wrong_pins(at) == 41, "the desk is told of all that came, not only of those that were looked at"


def test_a_pin_is_not_guessed_from_many_networks_and_a_new_code_lets_the_table_in(client: Client) -> None:
    at = table(an_event(strategies=3))
    told = [open_with(client, at, "000000", f"2001:db8:{n:x}::1") for n in range(WRONG_PINS_ANYWHERE.most + 20)]
    assert told.count("wrong-pin") == WRONG_PINS_ANYWHERE.most
    renewed = renew_access(person=somebody("approver"), table=at)
    assert open_with(client, renewed, renewed.pin, HONEST) == "open"


def test_a_whole_subscriber_is_one_network(client: Client) -> None:
    at = table(an_event(strategies=3))
    told = [open_with(client, at, "000000", f"2001:db8:0:1::{n:x}") for n in range(20)]
    assert told.count("wrong-pin") == WRONG_PINS.most
    assert network_of("2001:db8:0:1::5") != network_of("2001:db8:0:2::5")


@pytest.fixture
def phone_event() -> Event:
    event = an_event(strategies=3, votes_by_phone=True)
    now = timezone.now()
    Event.objects.filter(pk=event.pk).update(starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=3))
    event.refresh_from_db()
    return event


def test_codes_are_not_guessed_and_a_venue_that_types_its_own_is_never_stopped(
    client: Client, phone_event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = views_phone.WRONG_CODES
    monkeypatch.setattr(views_phone, "WRONG_CODES", type(limit)(limit.what, 8, limit.within))
    address = reverse("site:event_phone", args=[phone_event.slug])
    codes = list(phone_codes(table(phone_event)).values())
    for _ in range(5):
        for code in codes:
            assert client.post(address, {"codice": code}, REMOTE_ADDR=HONEST).status_code == 200
    told = [client.post(address, {"codice": "AAAAAAAA"}, REMOTE_ADDR=ATTACKER).status_code for _ in range(12)]
    assert told == [409] * 8 + [429] * 4
    assert client.post(address, {"codice": codes[0]}, REMOTE_ADDR=HONEST).status_code == 200


def register(client: Client, event: Event, email: str, address: str) -> int:
    where = reverse("site:registration", args=[event.slug])
    shown = form_marks.shown(forms.RegistrationForm, 10)
    form = {"name": "Ada Prova", "email": email, "organisation_kind": "citizen", "read_notice": "on", "shown": shown}
    return client.post(where, form, REMOTE_ADDR=address).status_code


def test_nobody_gets_a_flood_of_mails_because_a_stranger_types_her_address(
    client: Client, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    event = an_event(strategies=3)
    now = timezone.now()
    Event.objects.filter(pk=event.pk).update(
        starts_at=now + timedelta(days=9), ends_at=now + timedelta(days=9, hours=4)
    )
    with django_capture_on_commit_callbacks(execute=True):
        for n in range(20):
            assert register(client, event, f"ada+{n}@esempio.it", ATTACKER) == 302, (
                "the page says the same to everybody"
            )
    assert len(mail.outbox) == forms.MAILBOX_HERE.most
    with django_capture_on_commit_callbacks(execute=True):
        register(client, event, "ada@esempio.it", HONEST)
    assert Registration.objects.filter(email="ada@esempio.it").exists(), "she herself still gets in"


def test_nothing_that_was_counted_names_anybody(client: Client) -> None:
    at = table(an_event(strategies=3))
    open_with(client, at, "000000", ATTACKER)
    kept = str(list(Attempt.objects.values()))
    assert ATTACKER not in kept
    assert at.code not in kept
