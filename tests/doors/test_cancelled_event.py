"""A cancelled event says so wherever it stands: every page that names an event is asked."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from aumenta.events.cancel_event import cancel_event
from aumenta.events.models import Event, Registration
from aumenta.events.participants.links import link_of
from aumenta.events.participants.register import confirm, register
from aumenta.events.wall_link import make_wall_link
from tests.cast import somebody
from tests.events_cast import an_event
from tests.markup import words

pytestmark = pytest.mark.django_db
WHY = "Allerta meteo in tutta la provincia"


@pytest.fixture
def event() -> Event:
    office = somebody("approver")
    made = an_event(by=office, votes_by_phone=True)
    begins = timezone.now() + timedelta(days=7)
    Event.objects.filter(pk=made.pk).update(starts_at=begins, ends_at=begins + timedelta(hours=5))
    made = Event.objects.get(pk=made.pk)
    register(event=made, now=timezone.now(), name="Ada", email="ada@esempio.it")
    confirm(registration=Registration.objects.get(email="ada@esempio.it"))
    make_wall_link(person=office, place=made)
    cancel_event(person=office, event=made, why_it=WHY, why_en="Weather warning")
    return Event.objects.get(pk=made.pk)


def _public(event: Event) -> list[str]:
    mine = link_of(Registration.objects.get(email="ada@esempio.it"))
    names = ("event", "registration", "registration_sent", "event_phone")
    return [
        reverse("site:events"),
        *(reverse(f"site:{name}", args=[event.slug]) for name in names),
        reverse("site:my_registration", args=[event.slug, mine]),
        f"{reverse('site:search')}?q=strategie+azioni",
    ]


def test_every_public_page_of_the_event_says_that_it_does_not_take_place(client: Client, event: Event) -> None:
    for address in _public(event):
        page = client.get(address).content.decode()
        assert "annullato" in words(page).casefold(), address
        assert f'{reverse("site:registration", args=[event.slug])}"' not in page or "breadcrumb" in page, address
    page = client.get(reverse("site:event", args=[event.slug])).content.decode()
    assert WHY in page
    assert "EventCancelled" in page
    assert "Iscriviti" not in page
    assert "Weather warning" in client.get(f"/en/eventi/{event.slug}/").content.decode()


def test_its_calendar_file_takes_it_out_of_calendars(client: Client, event: Event) -> None:
    answer = client.get(reverse("site:event_calendar", args=[event.slug]))
    assert "method=CANCEL" in answer["Content-Type"]
    assert b"STATUS:CANCELLED" in answer.content


def test_every_page_of_the_desk_and_of_the_regia_about_it_says_so(client: Client, event: Event) -> None:
    client.force_login(somebody("administrator"))
    names = (
        "event",
        "event_data",
        "event_programme",
        "event_questions",
        "event_tables",
        "event_people",
        "event_entrance",
        "event_prints",
        "event_reports",
        "event_preview",
        "cancel_event",
    )
    pages = [reverse("desk:events"), *(reverse(f"desk:{name}", args=[event.slug]) for name in names)]
    pages += [reverse("regia-events"), reverse("regia", args=[event.slug])]
    for address in pages:
        assert "annullato" in words(client.get(address).content.decode()).casefold(), address


def test_the_desk_says_who_will_be_written_to_cancels_and_takes_it_back(client: Client, event: Event) -> None:
    client.force_login(somebody("administrator"))
    address = reverse("desk:cancel_event", args=[event.slug])
    assert "Una persona iscritta riceve" in client.get(address).content.decode()
    _posted(client, address, {"verb": "hold"})
    event.refresh_from_db()
    assert event.cancelled_at is None
    empty = client.post(address, {"verb": "cancel", "why_it": ""})
    assert empty.status_code == 200
    event.refresh_from_db()
    assert event.cancelled_at is None
    page = _posted(client, address, {"verb": "cancel", "why_it": WHY})
    assert "annullato" in page
    event.refresh_from_db()
    assert event.cancelled_why_it == WHY
    assert "non è cambiato nulla" in _posted(client, address, {"verb": "cancel", "why_it": WHY}).casefold()


def _posted(client: Client, address: str, data: dict[str, Any]) -> str:
    return client.post(address, data, follow=True).content.decode()
