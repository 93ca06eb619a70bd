"""Mails that a server refuses are tried again after growing pauses, each attempt is shown, then a person is told."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from aumenta.events.models import Registration, RegistrationMailAttempt
from aumenta.events.participants.register import withdraw, write_again
from aumenta.events.participants.registration_mail import send_registration_mail
from aumenta.mailing.retries import PAUSES, name_of_fault
from aumenta.results import send_reports
from aumenta.results.models import Delivery, Snapshot
from aumenta.results.publish_results import publish_results
from aumenta.results.take_snapshot import take_snapshot
from tests.cast import a_person, somebody
from tests.events_cast import an_event
from tests.mail_catcher import a_catcher

pytestmark = pytest.mark.django_db


@pytest.fixture
def catcher(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with a_catcher() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield server


@pytest.fixture
def event():
    made, now = an_event(), timezone.now()
    made.starts_at, made.ends_at = now + timedelta(days=2), now + timedelta(days=2, hours=4)
    made.save()
    return made


@pytest.fixture
def person(event):
    return Registration.objects.create(event=event, name="Ada Neri", email="ada@esempio.it", wants_report=True)


def work(after=timedelta(0)):
    """What the worker does when it looks `after` from now: the jobs that are due, once each."""
    done = 0
    for job in DBTaskResult.objects.filter(status="READY").order_by("run_after", "enqueued_at"):
        # A job that waits for nothing carries the end of time.
        if job.run_after.year == 9999 or job.run_after <= timezone.now() + after:
            args, kwargs = job.args_kwargs["args"], job.args_kwargs["kwargs"]
            task = job.task
            job.delete()
            task.call(*args, **kwargs)
            done += 1
    return done


def test_a_refused_confirmation_is_tried_five_times_with_growing_pauses_and_then_given_up(client, catcher, person):
    catcher.answer = "550"
    send_registration_mail.call("confirmed", person.pk)
    for number, pause in enumerate(PAUSES, 1):
        tried = RegistrationMailAttempt.objects.get(number=number)
        assert tried.again_at - tried.at == pause
        assert work(pause - timedelta(minutes=1)) == 0
        assert work(pause) == 1
    assert work(timedelta(days=9)) == 0
    assert len(catcher.refused) == 5
    assert [one.failure for one in RegistrationMailAttempt.objects.all()] == ["SMTPRecipientsRefused 550"] * 5
    assert "esempio.it" not in str(list(RegistrationMailAttempt.objects.values()))
    page = reverse("desk:event_person", args=[person.event.slug, person.pk])
    for chair, status in ((a_person(), 403), (somebody("editor"), 403), (somebody("approver"), 200)):
        client.force_login(chair)
        assert client.get(page).status_code == status
    shown = client.get(page).content.decode()
    assert len(re.findall(r"SMTPRecipientsRefused 550\s*</li>", shown)) == 5
    assert "Non riuscita:" in shown


def test_while_it_is_tried_again_the_office_reads_when(client, catcher, person):
    catcher.answer = "451"
    send_registration_mail.call("confirmed", person.pk)
    client.force_login(somebody("approver"))
    shown = client.get(reverse("desk:event_person", args=[person.event.slug, person.pk])).content.decode()
    assert "SMTPRecipientsRefused 451" in shown
    assert "riprovata da sola il" in shown
    assert "Non riuscita:" not in shown
    catcher.answer = ""
    work(PAUSES[0])
    person.refresh_from_db()
    assert person.mail_failure == ""
    assert [bool(one.failure) for one in RegistrationMailAttempt.objects.all()] == [True, False]
    assert len(catcher.taken) == 1


def test_a_mail_that_tells_how_things_stand_now_takes_the_place_of_the_one_that_waits(
    catcher, person, django_capture_on_commit_callbacks
):
    catcher.answer = "451"
    send_registration_mail.call("waiting", person.pk)
    catcher.answer = ""
    with django_capture_on_commit_callbacks(execute=True):
        write_again(person=somebody("approver"), registration=person)
    assert work() == 1
    assert work(PAUSES[0]) == 1
    assert len(catcher.taken) == 1


def test_nobody_who_withdrew_is_written_to_again_and_no_attempt_is_left(catcher, person):
    catcher.answer = "550"
    send_registration_mail.call("confirmed", person.pk)
    withdraw(registration=person)
    assert not RegistrationMailAttempt.objects.exists()
    catcher.answer = ""
    work(PAUSES[0])
    assert catcher.taken == []


def test_a_confirmation_is_not_tried_again_after_the_event(catcher, person):
    person.event.starts_at, person.event.ends_at = timezone.now(), timezone.now() + timedelta(minutes=10)
    person.event.save()
    catcher.answer = "451"
    send_registration_mail.call("confirmed", person.pk)
    work(PAUSES[0])
    assert [one.again_at is None for one in RegistrationMailAttempt.objects.all()] == [False, True]


def test_a_refused_report_goes_back_into_the_queue_and_ends_as_failed_with_what_to_do(
    client, catcher, person, django_capture_on_commit_callbacks
):
    by = somebody("approver")
    client.force_login(by)
    taken = take_snapshot(person=by, event=person.event)
    publish_results(person=by, snapshot=taken)
    catcher.answer = "550"
    with django_capture_on_commit_callbacks(execute=True):
        send_reports.send_reports(person=by, snapshot=Snapshot.objects.get())
    work()
    log = reverse("desk:event_reports", args=[person.event.slug])
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts) == ("queued", 1)
    assert "riprovata da sola il" in client.get(log).content.decode()
    for pause in PAUSES:
        assert work(pause) == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("failed", 5)
    shown = client.get(log).content.decode()
    assert len(re.findall(r"SMTPRecipientsRefused 550\s*</li>", shown)) == 5
    assert "chiedi a chi tiene il server della posta" in shown
    catcher.answer = ""
    with django_capture_on_commit_callbacks(execute=True):
        assert send_reports.send_again(person=by, snapshot=Snapshot.objects.get()) == 1
    work()
    assert Delivery.objects.get().state == "sent"
    assert len(catcher.taken) == 1


def test_a_queue_that_cannot_wait_fails_at_once(settings, catcher, person):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    catcher.answer = "550"
    send_registration_mail.call("confirmed", person.pk)
    assert [one.again_at for one in RegistrationMailAttempt.objects.all()] == [None]


def test_a_fault_is_named_without_its_words():
    assert name_of_fault(OSError("ada@esempio.it")) == "OSError"
