"""A cancelled event says so wherever it stands: every page that names an event is asked."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from aumenta.console.sync import Batch, process
from aumenta.events.cancel_event import cancel_event
from aumenta.events.models import Event, Registration
from aumenta.events.participants.links import link_of
from aumenta.events.participants.register import confirm, register
from aumenta.events.tables.open_table import open_table
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


def test_a_table_that_is_open_on_a_device_is_told_at_its_next_exchange(client: Client, event: Event) -> None:
    table = event.tables.all()[0]
    Event.objects.filter(pk=event.pk).update(cancelled_at=None, cancelled_why_it="", cancelled_why_en="")
    opened = open_table(code=table.code, pin=table.pin, device=uuid4(), now=timezone.now())
    assert process([Batch(opened.secret, 0)])[0].as_json()["call"] is None
    cancel_event(person=somebody("approver"), event=Event.objects.get(pk=event.pk), why_it=WHY)
    told = process([Batch(opened.secret, 0)])[0].as_json()["call"]
    assert told is not None
    assert "Annullato" in told["text"]
    assert WHY in told["text"]


@pytest.mark.parametrize("kind", ["manifesti", "fogli", "accesso", "partecipanti", "cartellini"])
def test_every_print_for_its_tables_says_so_on_its_sheets(client: Client, event: Event, kind: str) -> None:
    client.force_login(somebody("administrator"))
    answer = client.get(reverse("print-kit", args=[event.slug, kind]))
    pages = pypdfium2.PdfDocument(answer.content)
    assert len(pages)
    assert all("Annullato" in page.get_textpage().get_text_range() for page in pages)


def test_its_open_data_say_so(client: Client, event: Event) -> None:
    Event.objects.filter(pk=event.pk).update(results_published_at=timezone.now())
    page = words(client.get(reverse("site:open_data")).content.decode())
    assert f"{event.title_it} (annullato)" in page


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
