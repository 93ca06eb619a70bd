"""Asking for a seat and confirming it: nothing is held until the mailed link is opened; what is kept goes in time."""

import os
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from aumenta.events.models import BadgeHolder, Event, Registration
from aumenta.events.participants import register as verbs
from aumenta.events.participants.at_the_door import register_at_the_door
from aumenta.events.participants.forget_people import forget_people_daily
from aumenta.events.participants.links import link_of
from aumenta.events.participants.registration_mail import send_registration_mail
from tests.cast import somebody
from tests.events_cast import an_event, table

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


@pytest.fixture
def ask(event, django_capture_on_commit_callbacks):
    """Ask for a seat as the form does, and let the worker do what was queued; returns what is kept of it."""

    def asked(name: str = "Ada Prova", email: str = "ada@esempio.it") -> Registration:
        with django_capture_on_commit_callbacks(execute=True):
            verbs.register(event=event, now=timezone.now(), name=name, email=email, organisation_kind="citizen")
        return Registration.objects.get(email=email)

    return asked


def own_page(event: Event, person: Registration) -> str:
    return reverse("site:my_registration", args=[event.slug, link_of(person)])


def test_who_only_asks_holds_no_seat_until_the_mailed_link_is_opened_and_confirmed(
    client, ask, event, django_capture_on_commit_callbacks
):
    ask()
    person = Registration.objects.get()
    assert (person.state, person.table) == ("asked", None)
    assert not BadgeHolder.objects.exists()
    (asking,) = mail.outbox
    assert "Conferma l’iscrizione" in asking.subject
    # The name was typed by somebody whom nobody knows yet: it does not travel to an address nobody confirmed.
    assert "Ada" not in asking.body
    assert not asking.attachments
    assert f"/it/eventi/{event.slug}/la-mia-iscrizione/" in asking.body
    # Programs that look through mails open every link: opening alone changes nothing.
    assert "Conferma" in client.get(own_page(event, person)).content.decode()
    assert Registration.objects.get().state == "asked"
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(own_page(event, person), {"conferma": "1"}, follow=True)
    assert answer.status_code == 200
    assert Registration.objects.get().state == "confirmed"
    assert BadgeHolder.objects.get().badge.code in mail.outbox[1].body
    # Pressed twice, it is said once.
    with django_capture_on_commit_callbacks(execute=True):
        client.post(own_page(event, person), {"conferma": "1"})
    assert len(mail.outbox) == 2


def test_other_peoples_addresses_fill_no_seats(ask):
    Event.objects.update(seats=1)
    for n in range(5):
        ask(email=f"altri{n}@esempio.it")
    verbs.confirm(registration=ask())
    assert Registration.objects.get(email="ada@esempio.it").state == "confirmed"


def test_what_is_not_confirmed_within_a_day_is_forgotten(client, ask, event, settings):
    ask()
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    person = Registration.objects.get()
    Registration.objects.update(registered_at=timezone.now() - timedelta(hours=23, minutes=59))
    forget_people_daily.call()
    assert client.get(own_page(event, person)).status_code == 200
    Registration.objects.update(registered_at=timezone.now() - timedelta(hours=24, minutes=1))
    # The link is dead at the promised hour, whenever the nightly job comes.
    assert client.post(own_page(event, person), {"conferma": "1"}).status_code == 404
    forget_people_daily.call()
    assert not Registration.objects.exists()


def test_who_did_not_ask_deletes_what_a_stranger_wrote(client, ask, event):
    ask()
    page = client.post(own_page(event, Registration.objects.get())).content.decode()
    assert "cancellati" in page
    assert not Registration.objects.exists()


def test_asking_anew_before_confirming_counts_as_told_last_and_shuts_the_earlier_link(client, ask, event):
    ask(name="Uno Strano")
    first = own_page(event, Registration.objects.get())
    ask(name="Ada Prova")
    assert Registration.objects.get().name == "Ada Prova"
    assert client.get(first).status_code == 404


def test_nothing_is_confirmed_once_the_event_is_over(client, ask, event):
    ask()
    now = timezone.now()
    Event.objects.update(starts_at=now - timedelta(hours=4), ends_at=now - timedelta(minutes=1))
    assert client.post(own_page(event, Registration.objects.get()), {"conferma": "1"}).status_code == 409
    assert Registration.objects.get().state == "asked"


def test_nobody_who_only_asked_is_written_to_about_changes_and_the_desk_says_so(
    client, ask, event, django_capture_on_commit_callbacks
):
    ask()
    mail.outbox.clear()
    office = somebody("approver")
    with django_capture_on_commit_callbacks(execute=True):
        assert verbs.tell_all(person=office, event=event) == 0
        verbs.write_again(person=office, registration=Registration.objects.get())
    assert ["Conferma l’iscrizione" in one.subject for one in mail.outbox] == [True]
    client.force_login(office)
    assert "non ancora confermata" in client.get(reverse("desk:event_people", args=[event.slug])).content.decode()


def test_who_asked_and_stands_at_the_door_gets_her_badge(ask, event):
    ask()
    register_at_the_door(
        person=somebody("approver"), event=event, table=table(event), name="Ada Prova", email="ada@esempio.it"
    )
    assert Registration.objects.get().state == "confirmed"


def test_finished_jobs_and_mails_kept_as_files_go_after_a_week(settings, tmp_path):
    from django_tasks_db.models import DBTaskResult

    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    week = timezone.now() - timedelta(days=7, minutes=1)
    for name, then in (("old.log", week), ("new.log", timezone.now()), ("old.txt", week)):
        (tmp_path / name).write_text("To: ada@esempio.it")
        os.utime(tmp_path / name, (then.timestamp(), then.timestamp()))
    for status, then in (("FAILED", week), ("SUCCESSFUL", week), ("FAILED", timezone.now()), ("READY", None)):
        job = send_registration_mail.enqueue("again", 0)
        DBTaskResult.objects.filter(pk=job.id).update(status=status, finished_at=then, traceback="ada@esempio.it")
    forget_people_daily.call()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["new.log", "old.txt"]
    left = DBTaskResult.objects.filter(task_path=send_registration_mail.module_path)
    assert sorted(left.values_list("status", flat=True)) == ["FAILED", "READY"]
