"""Events for everybody: what is public, registering, the queue, giving a seat back, and what is forgotten."""

import time
from datetime import timedelta

import pytest
from django.core import mail, signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from aumenta.listening import register as verbs
from aumenta.listening.forget_people import forget_people_daily, queue_forgetting
from aumenta.listening.models import Attempt, Badge, BadgeHolder, Event, Registration, Table
from aumenta.listening.register import link_of
from aumenta.site.registering import SHOWN
from aumenta.territory.models import Municipality
from tests.cast import somebody
from tests.listening_cast import an_event, table, zones

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _mails_at_once(settings):
    """The worker's jobs are done at once."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def event():
    now = timezone.now()
    made = an_event(contact="piano@esempio.it")
    Event.objects.filter(pk=made.pk).update(starts_at=now + timedelta(days=9), ends_at=now + timedelta(days=9, hours=4))
    made.refresh_from_db()
    return made


def shown(seconds_ago: float = 10) -> str:
    return signing.dumps(str(time.time() - seconds_ago), salt=SHOWN)


def given(**changed: object) -> dict[str, object]:
    fields = {
        "name": "Ada Prova",
        "email": "ada@esempio.it",
        "organisation_kind": "citizen",
        "read_notice": "on",
        "shown": shown(),
    }
    return fields | changed


@pytest.fixture
def send(client, event, django_capture_on_commit_callbacks):
    """Send the form as a browser does, and let the worker do what was queued."""

    def post(**changed: object):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(reverse("site:registration", args=[event.slug]), given(**changed))

    return post


def test_an_event_that_is_not_published_is_nobodys(client, event):
    Event.objects.update(published_at=None)
    for person in (None, somebody("reader"), somebody("administrator")):
        chair = Client()
        if person:
            chair.force_login(person)
        for name in ("event", "registration", "registration_sent", "event_calendar"):
            assert chair.get(reverse(f"site:{name}", args=[event.slug])).status_code == 404
        assert event.title_it not in chair.get(reverse("site:events")).content.decode()


def test_the_page_says_when_where_what_and_how_data_are_used(client, event):
    page = client.get(reverse("site:event", args=[event.slug])).content.decode()
    for words in ("Sede in valle", "Sessione 1", "Zona inventata 3", "piano@esempio.it", "Come vengono usati"):
        assert words in page


def test_whoever_registers_gets_a_seat_at_a_table_of_her_zone_and_a_mail(send, event):
    town = Municipality.objects.create(
        istat_code="999001",
        name="Esempiano",
        territory=zones(3)[0].territory,
        zone=zones(3)[1],
        zone_confidence="official",
    )
    answer = send(municipality=town.pk, organisation="Pro loco")
    assert answer.headers["Location"] == reverse("site:registration_sent", args=[event.slug])
    person = Registration.objects.get()
    assert (person.state, person.zone, person.table.number) == ("confirmed", zones(3)[1], 2)
    assert person.badge_holder.forget_on == event.forget_people_on
    message = mail.outbox[0]
    assert message.to == ["ada@esempio.it"]
    assert person.badge_holder.badge.code in message.body
    assert f"/it/eventi/{event.slug}/la-mia-iscrizione/" in message.body
    (_name, ics, kind), (_picture, png, png_kind) = message.attachments
    assert kind.startswith("text/calendar")
    assert png_kind == "image/png"
    assert png.startswith(b"\x89PNG")
    calendar = Calendar.from_ical(ics)
    (entry,) = calendar.events
    assert entry.start == event.starts_at.replace(microsecond=0)
    assert entry["location"] == "Sede centrale, Via Inventata 1"
    assert "Ada" not in ics


def test_the_calendar_file_keeps_to_the_standard(client, event):
    Event.objects.update(title_it="Dalle strategie; alle azioni, in più sedi: " + "lungo " * 20)
    content = client.get(reverse("site:event_calendar", args=[event.slug])).content
    lines = content.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in content.replace(b"\r\n", b"")
    for wanted in (b"VERSION:2.0", b"PRODID:", b"UID:", b"DTSTAMP:", b"DTSTART:", b"DTEND:", b"BEGIN:VEVENT"):
        assert any(line.startswith(wanted) for line in lines), wanted
    assert Calendar.from_ical(content).errors == []


def test_a_second_registration_changes_nothing_and_tells_a_stranger_nothing(send, event):
    first = send()
    second = send(name="Un'altra", email="ADA@esempio.it")
    assert (first.status_code, first.headers["Location"]) == (second.status_code, second.headers["Location"])
    assert Registration.objects.get().name == "Ada Prova"
    assert len(mail.outbox) == 2
    assert "iscritto di nuovo" in mail.outbox[1].body


def test_who_finds_no_seat_waits_and_gets_the_first_that_becomes_free(
    client, send, event, django_capture_on_commit_callbacks
):
    Table.objects.update(seats=1)
    zone = zones(3)[0].pk
    for n in range(3):
        send(name=f"Persona {n}", email=f"p{n}@esempio.it", zone=zone)
    assert [r.state for r in Registration.objects.all()] == ["confirmed", "waiting", "waiting"]
    send(name="Altrove", email="altrove@esempio.it", zone=zones(3)[1].pk)
    assert Registration.objects.get(email="altrove@esempio.it").state == "confirmed"
    assert "lista d'attesa" in mail.outbox[1].subject
    assert not mail.outbox[1].attachments
    first = Registration.objects.get(email="p0@esempio.it")
    address = reverse("site:my_registration", args=[event.slug, link_of(first)])
    assert "Persona 0" in client.get(address).content.decode()
    assert Registration.objects.get(pk=first.pk).state == "confirmed"
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address).status_code == 200
    gone = Registration.objects.get(pk=first.pk)
    assert (gone.state, gone.name, gone.email, gone.table) == ("withdrawn", "", "", None)
    assert [r.state for r in Registration.objects.filter(email__in=["p1@esempio.it", "p2@esempio.it"])] == [
        "confirmed",
        "waiting",
    ]
    assert mail.outbox[-1].to == ["p1@esempio.it"]
    assert "Si è liberato un posto" in mail.outbox[-1].subject
    assert client.get(address).status_code == client.post(address).status_code == 404
    assert Badge.objects.filter(holder__isnull=False).count() == 2
    # The address is free again.
    send(name="Persona 0", email="p0@esempio.it", zone=zone)
    assert Registration.objects.get(email="p0@esempio.it").state == "waiting"


def test_the_seats_of_the_event_are_never_exceeded(send, event):
    Event.objects.update(seats=2)
    for n in range(4):
        send(email=f"p{n}@esempio.it")
    assert Registration.objects.filter(state="confirmed").count() == 2


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"email": "non-un-indirizzo"}, "indirizzo"),
        ({"name": ""}, "obbligatorio"),
        ({"organisation_kind": ""}, "obbligatorio"),
        ({"read_notice": ""}, "informativa"),
        ({"website": "https://spam.example"}, "campo nascosto"),
        ({"shown": "rubbish"}, "troppo a lungo"),
        ({"municipality": "1"}, "scelta"),
    ],
)
def test_bad_input_is_told_and_nothing_is_kept(send, changed, words):
    answer = send(**changed)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not Registration.objects.exists()
    assert not mail.outbox


def test_a_machine_is_slowed_down_and_its_address_is_not_kept(send, monkeypatch):
    assert "più veloce" in send(shown=shown(0)).content.decode()
    monkeypatch.setattr("aumenta.site.views.events.tries_too_often.__defaults__", (3,))
    for n in range(5):
        answer = send(email=f"p{n}@esempio.it")
    assert answer.status_code == 429
    assert Registration.objects.count() == 2
    assert "127.0.0.1" not in {attempt.source for attempt in Attempt.objects.all()}


def test_registration_shuts_when_the_organiser_says(client, send, event):
    Event.objects.update(registration_until=timezone.now() - timedelta(minutes=1))
    assert "chiuse" in send().content.decode()
    assert not Registration.objects.exists()
    with pytest.raises(verbs.RegistrationClosedError):
        verbs.register(event=event, now=timezone.now(), name="Ada", email="ada@esempio.it", organisation_kind="other")


def test_a_changed_link_opens_nothing(client, send, event):
    send()
    token = link_of(Registration.objects.get())
    for bad in (token[:-1], f"x{token}", Registration.objects.get().link):
        assert client.get(reverse("site:my_registration", args=[event.slug, bad])).status_code == 404


def test_a_mail_in_the_queue_of_somebody_who_withdrew_is_not_sent(send, event):
    send()
    person = Registration.objects.get()
    verbs.withdraw(registration=person)
    mail.outbox.clear()
    verbs.send_registration_mail.call("confirmed", person.pk)
    assert mail.outbox == []


def test_the_office_moves_and_withdraws_people(send, event):
    send(zone=zones(3)[0].pk)
    person, office = Registration.objects.get(), somebody("approver")
    verbs.seat_at(by=office, registration=person, table=table(event, 3))
    assert Registration.objects.get().table.number == 3
    assert BadgeHolder.objects.get().badge.table.number == 3
    verbs.withdraw_for(by=office, registration=person)
    assert not BadgeHolder.objects.exists()


def test_every_night_has_a_next_one_and_forgets_registrations(send, event, settings):
    send()
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    from django_tasks_db.models import DBTaskResult

    assert queue_forgetting()
    assert not queue_forgetting()
    night = DBTaskResult.objects.get()
    assert timezone.localtime(night.run_after).strftime("%H:%M") == "03:10"
    DBTaskResult.objects.update(status="SUCCESSFUL")
    Event.objects.update(forget_people_on=timezone.localdate())
    forget_people_daily.call()
    assert not Registration.objects.exists()
    assert DBTaskResult.objects.filter(status="READY").count() == 1
