"""An event is cancelled, not made to vanish: everybody registered learns of it, and nobody registers any more."""

from datetime import timedelta
from typing import Any

import icalendar
import pytest
from django.core import mail
from django.test import TestCase
from django.utils import timezone

from aumenta.activity.models import ActivityEntry
from aumenta.events import cancel_event as verbs
from aumenta.events.models import Event, Registration
from aumenta.events.participants.at_the_door import register_at_the_door
from aumenta.events.participants.register import (
    confirm,
    fill_seats,
    register,
    seat_at,
    tell_all,
    withdraw,
    write_again,
)
from aumenta.people.permission import NotAllowedError
from aumenta.people.refusals import RefusedError
from tests.cast import somebody
from tests.events_cast import an_event, table

pytestmark = pytest.mark.django_db
WHY = "Allerta meteo in tutta la provincia"


@pytest.fixture(autouse=True)
def _mails_at_once(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def office() -> Any:
    return somebody("approver")


@pytest.fixture
def event(office: Any) -> Event:
    """In a week, with two seats: Ada and Bruno have one, Carla waits, Dino came by telephone without an address."""
    made = an_event(by=office, seats=2)
    begins = timezone.now() + timedelta(days=7)
    Event.objects.filter(pk=made.pk).update(starts_at=begins, ends_at=begins + timedelta(hours=5))
    made = Event.objects.get(pk=made.pk)
    for name in ("ada", "bruno", "carla"):
        register(event=made, now=timezone.now(), name=name.title(), email=f"{name}@esempio.it")
        confirm(registration=Registration.objects.get(email=f"{name}@esempio.it"))
    register(event=made, now=timezone.now(), name="Asked", email="chiede@esempio.it")
    register_at_the_door(person=office, event=made, table=table(made), name="Dino")
    mail.outbox.clear()
    return made


def cancelled(office: Any, event: Event, **words: str) -> int:
    with TestCase.captureOnCommitCallbacks(execute=True):
        return verbs.cancel_event(person=office, event=event, why_it=WHY, **words)


def calendar_in(message: Any) -> tuple[Any, str]:
    name, content, kind = next(part for part in message.attachments if part[0] == "incontro.ics")
    assert name
    return icalendar.Calendar.from_ical(content), kind


def test_everybody_with_an_address_is_told_why_and_calendars_let_go_of_it(office: Any, event: Event) -> None:
    before = event.calendar_version
    assert cancelled(office, event) == 3
    assert sorted(message.to[0] for message in mail.outbox) == [f"{n}@esempio.it" for n in ("ada", "bruno", "carla")]
    for message in mail.outbox:
        assert message.subject == f"Annullato: {event.title_it}"
        assert WHY in message.body
        assert "codice per l" not in message.body, "there is no entrance to show a code at"
    [ada] = [message for message in mail.outbox if message.to == ["ada@esempio.it"]]
    calendar, kind = calendar_in(ada)
    [entry] = calendar.walk("VEVENT")
    assert (calendar["METHOD"], entry["STATUS"]) == ("CANCEL", "CANCELLED")
    assert "method=CANCEL" in kind
    assert entry["SEQUENCE"] == before + 1
    assert "ORGANIZER" in entry
    [carla] = [message for message in mail.outbox if message.to == ["carla@esempio.it"]]
    assert not carla.attachments, "she had no seat, and nothing in her calendar"


def test_while_it_is_cancelled_every_mail_says_so_and_no_seat_is_given(office: Any, event: Event) -> None:
    cancelled(office, event)
    mail.outbox.clear()
    ada, carla, asked = (Registration.objects.get(email=f"{name}@esempio.it") for name in ("ada", "carla", "chiede"))
    with TestCase.captureOnCommitCallbacks(execute=True):
        write_again(person=office, registration=ada)
        withdraw(registration=ada)
        assert fill_seats(person=office, event=event) == 0
    assert {message.subject for message in mail.outbox} <= {f"Annullato: {event.title_it}"}
    assert Registration.objects.get(pk=carla.pk).state == "waiting"
    for attempt, code in (
        (lambda: register(event=event, now=timezone.now(), name="Eva", email="eva@esempio.it"), "registration_closed"),
        (lambda: seat_at(person=office, registration=carla, table=table(event)), "event_is_cancelled"),
        (lambda: confirm(registration=asked), "event_is_cancelled"),
        (lambda: tell_all(person=office, event=event), "event_is_cancelled"),
        (
            lambda: register_at_the_door(person=office, event=event, table=table(event), name="Eva"),
            "event_is_cancelled",
        ),
        (lambda: verbs.cancel_event(person=office, event=event, why_it=WHY), "event_is_cancelled"),
    ):
        with pytest.raises(RefusedError) as refused:
            attempt()
        assert refused.value.code == code


def test_a_cancellation_is_taken_back_with_seats_and_codes_as_they_were(office: Any, event: Event) -> None:
    seats = list(Registration.objects.values_list("email", "state", "table", "badge_holder__badge__code"))
    cancelled(office, event)
    mail.outbox.clear()
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert verbs.hold_event(person=office, event=event) == 3
    event.refresh_from_db()
    assert (event.cancelled_at, event.cancelled_why_it) == (None, "")
    assert seats == list(Registration.objects.values_list("email", "state", "table", "badge_holder__badge__code"))
    [ada] = [message for message in mail.outbox if message.to == ["ada@esempio.it"]]
    calendar, kind = calendar_in(ada)
    [entry] = calendar.walk("VEVENT")
    assert (calendar["METHOD"], entry["STATUS"], entry["SEQUENCE"]) == ("PUBLISH", "CONFIRMED", event.calendar_version)
    assert "method=PUBLISH" in kind
    assert ada.subject == f"Si svolge regolarmente: {event.title_it}"
    with pytest.raises(RefusedError, match="event_not_cancelled"):
        verbs.hold_event(person=office, event=event)
    said = list(ActivityEntry.objects.filter(code__startswith="event.").values_list("code", flat=True))
    assert {"event.cancelled", "event.takes_place"} <= set(said)


def test_what_can_not_be_cancelled_says_why(office: Any, event: Event) -> None:
    for words, code in (
        ({"why_it": "  "}, "cancel_reason_required"),
        ({"why_it": "x" * 501}, "cancel_reason_too_long"),
        ({"why_it": "Sì", "why_en": "x" * 501}, "cancel_reason_too_long"),
    ):
        with pytest.raises(RefusedError) as refused:
            verbs.cancel_event(person=office, event=event, **words)
        assert refused.value.code == code
    for role in ("editor", "facilitator", "reader"):
        with pytest.raises(NotAllowedError):
            verbs.cancel_event(person=somebody(role), event=event, why_it=WHY)
        with pytest.raises(NotAllowedError):
            verbs.hold_event(person=somebody(role), event=event)
    begins = timezone.now() - timedelta(days=2)
    Event.objects.filter(pk=event.pk).update(starts_at=begins, ends_at=begins + timedelta(hours=5))
    with pytest.raises(RefusedError, match="over_not_cancelled"):
        verbs.cancel_event(person=office, event=event, why_it=WHY)
    Event.objects.filter(pk=event.pk).update(cancelled_at=begins, cancelled_why_it=WHY)
    with pytest.raises(RefusedError, match="over_not_cancelled"):
        verbs.hold_event(person=office, event=event)
    assert not mail.outbox
