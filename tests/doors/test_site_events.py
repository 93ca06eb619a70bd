"""Events for everybody: what is public, registering, the queue, giving a seat back, and what is forgotten."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from aumenta.events.models import Badge, BadgeHolder, Event, Registration, Table
from aumenta.events.participants import register as verbs
from aumenta.events.participants.forget_people import forget_people_daily, queue_forgetting
from aumenta.events.participants.links import link_of
from aumenta.events.participants.registration_mail import send_registration_mail
from aumenta.people.models import Attempt
from aumenta.people.rate_limit import Limit
from aumenta.people.refusals import RefusedError
from aumenta.site.events.forms import RegistrationForm
from aumenta.territory.models import Municipality
from tests import form_marks
from tests.cast import somebody
from tests.events_cast import an_event, table, zones

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
    return form_marks.shown(RegistrationForm, seconds_ago)


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
def ask(client, event, django_capture_on_commit_callbacks):
    """Send the form as a browser does, and let the worker do what was queued."""

    def post(**changed: object):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(reverse("site:registration", args=[event.slug]), given(**changed))

    return post


@pytest.fixture
def send(ask, django_capture_on_commit_callbacks):
    """Ask for a seat, then confirm as the link in the mail lets one do; of the mails those that come after it stay."""

    def post(**changed: object):
        before = len(mail.outbox)
        answer = ask(**changed)
        asked = Registration.objects.filter(state="asked", email=given(**changed)["email"]).first()
        if asked is not None:
            del mail.outbox[before:]
            with django_capture_on_commit_callbacks(execute=True):
                verbs.confirm(registration=asked)
        return answer

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
    assert "lista d’attesa" in mail.outbox[1].subject
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
        ({"name": "Hai vinto! Vai su https://truffa.example"}, "solo nome e cognome"),
        ({"name": "Regali su www.truffa.example"}, "solo nome e cognome"),
        ({"name": "Regali su truffa.com"}, "solo nome e cognome"),
        ({"name": "Scrivi a ada@truffa.example"}, "solo nome e cognome"),
        ({"name": "Chiama il 333 1234567"}, "solo nome e cognome"),
    ],
)
def test_bad_input_is_told_and_nothing_is_kept(send, changed, words):
    answer = send(**changed)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not Registration.objects.exists()
    assert not mail.outbox


def test_a_machine_is_slowed_down_and_its_address_is_not_kept(send, monkeypatch):
    assert "verificare l’invio" in send(shown=shown(-30)).content.decode()
    monkeypatch.setattr("aumenta.site.events.forms.REGISTRATIONS", Limit("register", 3, timedelta(minutes=10)))
    for n in range(5):
        answer = send(email=f"p{n}@esempio.it")
    assert answer.status_code == 429
    assert Registration.objects.count() == 2
    assert "127.0.0.1" not in {attempt.subject for attempt in Attempt.objects.all()}


def test_registration_shuts_when_the_organiser_says(client, send, event):
    Event.objects.update(registration_until=timezone.now() - timedelta(minutes=1))
    assert "chiuse" in send().content.decode()
    assert not Registration.objects.exists()
    with pytest.raises(RefusedError):
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
    send_registration_mail.call("confirmed", person.pk)
    assert mail.outbox == []


def test_the_office_moves_and_withdraws_people(send, event, django_capture_on_commit_callbacks):
    Table.objects.update(seats=1)
    send(zone=zones(3)[0].pk)
    send(email="aspetta@esempio.it", zone=zones(3)[0].pk)
    person, office = Registration.objects.get(email="ada@esempio.it"), somebody("approver")
    badge = BadgeHolder.objects.get().badge
    Badge.objects.filter(pk=badge.pk).update(phone_code_used=True)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        verbs.seat_at(person=office, registration=person, table=table(event, 3))
    person.refresh_from_db()
    assert person.table.number == 3
    # The code in her mail still opens the entrance, and that of the phone can't be used a second time.
    kept = person.badge_holder.badge
    assert (kept.pk, kept.code, kept.table.number, kept.phone_code_used) == (badge.pk, badge.code, 3, True)
    moved, promoted = sorted(mail.outbox, key=lambda message: message.to)
    assert (moved.to, promoted.to) == (["ada@esempio.it"], ["aspetta@esempio.it"])
    assert "Il tuo tavolo è cambiato" in moved.subject
    assert badge.code in moved.body
    assert "Si è liberato un posto" in promoted.subject
    assert Registration.objects.get(email="aspetta@esempio.it").table.number == 1
    verbs.withdraw_for(person=office, registration=person)
    assert BadgeHolder.objects.count() == 1
    with pytest.raises(RefusedError):
        verbs.seat_at(person=office, registration=person, table=table(event, 3))


def test_saving_the_table_somebody_sits_at_changes_nothing(client, send, event, django_capture_on_commit_callbacks):
    send(zone=zones(3)[0].pk)
    person, badge = Registration.objects.get(), BadgeHolder.objects.get().badge
    mail.outbox.clear()
    client.force_login(somebody("approver"))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("desk:event_person", args=[event.slug, person.pk]), {"table": person.table_id})
    assert BadgeHolder.objects.get().badge == badge
    assert mail.outbox == []


def test_who_was_confirmed_before_there_were_tables_gets_her_badge_and_its_code(
    send, event, django_capture_on_commit_callbacks
):
    send()
    Badge.objects.all().delete()
    Registration.objects.update(table=None)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        verbs.seat_at(person=somebody("approver"), registration=Registration.objects.get(), table=table(event, 2))
    assert BadgeHolder.objects.get().badge.code in mail.outbox[0].body
    assert "Iscrizione confermata" in mail.outbox[0].subject


def test_a_name_is_one_line_of_the_mail(send):
    send(name="Ada\r\n\r\n  Prova")
    assert Registration.objects.get().name == "Ada Prova"
    assert "Ada Prova," in mail.outbox[0].body


@pytest.mark.parametrize("name", ["Dott.ssa Anna Rossi", "G. D'Angelo-Müller", "Prof. Li", "Ada Rossi (Pro loco)"])
def test_a_real_name_is_taken(send, name):
    send(name=name)
    assert Registration.objects.get().name == name


def test_an_address_typed_again_and_again_gets_one_mail_more_a_day(send):
    # Once it is confirmed; before, each time, within the limits of `site/events/forms.py`.
    for _ in range(4):
        send()
    assert len(mail.outbox) == 2
    Registration.objects.update(reminded_on=timezone.localdate() - timedelta(days=1))
    send()
    assert len(mail.outbox) == 3


def test_nobody_gets_a_seat_at_an_event_that_is_over(send, event, django_capture_on_commit_callbacks):
    Event.objects.update(seats=1)
    send()
    send(email="aspetta@esempio.it")
    now = timezone.now()
    Event.objects.update(starts_at=now - timedelta(hours=4), ends_at=now - timedelta(minutes=1))
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        verbs.withdraw(registration=Registration.objects.get(email="ada@esempio.it"))
    waiting = Registration.objects.get(email="aspetta@esempio.it")
    assert waiting.state == "waiting"
    # The office still corrects who sat where; nobody is written to about it.
    with django_capture_on_commit_callbacks(execute=True):
        verbs.seat_at(person=somebody("approver"), registration=waiting, table=table(event, 1))
    assert Registration.objects.get(pk=waiting.pk).state == "confirmed"
    assert mail.outbox == []


def test_a_mail_that_is_refused_is_shown_at_the_desk_and_sent_again_and_its_address_is_kept_nowhere_else(
    client, send, event, monkeypatch, django_capture_on_commit_callbacks
):
    real = EmailMessage.send

    def refuse(self, *given):
        raise SMTPRecipientsRefused({"ada@esempio.it": (550, b"no such user")})

    monkeypatch.setattr(EmailMessage, "send", refuse)
    send()
    # What a job raises stays in the queue's own table with its words.
    send_registration_mail.call("confirmed", Registration.objects.get().pk)
    person = Registration.objects.get()
    assert person.mail_failure == "SMTPRecipientsRefused 550"
    client.force_login(somebody("approver"))
    assert "e-mail non partita" in client.get(reverse("desk:event_people", args=[event.slug])).content.decode()
    address = reverse("desk:event_person", args=[event.slug, person.pk])
    assert "SMTPRecipientsRefused" in client.get(address).content.decode()
    monkeypatch.setattr(EmailMessage, "send", real)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"scrivi": "1"})
    assert mail.outbox[0].to == ["ada@esempio.it"]
    assert Registration.objects.get().mail_failure == ""


def test_who_withdraws_leaves_nothing_of_what_she_told(send):
    send(zone=zones(3)[0].pk, organisation="Pro loco", organisation_kind="firm", needs="rampa", wants_report="on")
    Registration.objects.update(mail_failure="OSError", reminded_on=timezone.localdate())
    verbs.withdraw(registration=Registration.objects.get())
    left = dict(Registration.objects.values().get())
    for field in ("id", "event_id", "state", "link", "registered_at", "language"):
        del left[field]
    assert not any(left.values()), left


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
