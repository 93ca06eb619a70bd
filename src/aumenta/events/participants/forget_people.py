"""Forget whose badge was whose, and who registered, on the promised day; a job keeps the promise by itself."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from aumenta.events.models import BadgeHolder, Event, PhotoPiece, Registration, Table, Venue
from aumenta.events.models.participant import HELD_FOR
from aumenta.mailing.queued import queue_once, tomorrow_at
from aumenta.people.forget_accounts import forget_closed_accounts
from aumenta.people.forgetting import forget_what_is_over, overwrite_what_went
from aumenta.people.rate_limit import forget_old_attempts

AT = time(3, 10)
# Finished jobs, and mails written to files where no server sends them: long enough to look into a fault.
TRACES_KEPT_FOR = timedelta(days=7)


@transaction.atomic
def forget_people(*, today: date) -> int:
    """Delete every badge-person tie whose date has come, and the registrations of events whose date has come; with
    them the names of who was in charge of a venue and who facilitated at a table, and pieces of photos that were never
    whole.

    With a registration go its deliveries. What the tables said stays: it was never tied to a person. Returns how many
    records were deleted. Nobody's permission is asked: the promise was made to the participants.
    """
    BadgeHolder.objects.filter(forget_on__lte=today).delete()
    over = Event.objects.filter(forget_people_on__lte=today)
    Venue.objects.filter(event__in=over).exclude(in_charge="").update(in_charge="")
    Table.objects.filter(event__in=over).exclude(facilitator="").update(facilitator="")
    PhotoPiece.objects.filter(photo__table__event__in=over).delete()
    deleted, _by_model = Registration.objects.filter(event__forget_people_on__lte=today).delete()
    return deleted


def forget_unconfirmed(*, now: datetime) -> int:
    """Delete what was asked for a day ago and never confirmed by its link; returns how many registrations went."""
    over = Registration.objects.filter(state=Registration.State.ASKED, registered_at__lte=now - HELD_FOR)
    return over.delete()[1].get(Registration._meta.label, 0)


def forget_traces(*, now: datetime) -> int:
    """Delete finished jobs and mails kept as files that are older than a week, sessions that ended, and attempts that
    no limit counts any more; returns how many.

    A job that failed keeps its traceback, and a mail keeps its recipient: neither may outlive the promise by long.
    """
    before = now - TRACES_KEPT_FOR
    finished = DBTaskResult.objects.filter(
        status__in=[TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED], finished_at__lt=before
    )
    deleted, _by_model = finished.delete()
    deleted += forget_old_attempts(now)
    deleted += Session.objects.filter(expire_date__lt=now).delete()[0]
    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        for file in Path(settings.EMAIL_FILE_PATH).glob("*.log"):
            if file.stat().st_mtime < before.timestamp():
                file.unlink(missing_ok=True)
                deleted += 1
    return deleted


def forget_over(*, now: datetime) -> None:
    """Everything whose time is over at `now`, in every room, out of the files of the database too."""
    forget_people(today=timezone.localdate(now))
    forget_unconfirmed(now=now)
    forget_traces(now=now)
    forget_closed_accounts(now=now)
    forget_what_is_over(now)
    overwrite_what_went()


@task()
def forget_people_daily() -> None:
    """What the worker does every night; whatever happens, the next night is in the queue."""
    try:
        forget_over(now=timezone.now())
    finally:
        queue_forgetting()


def queue_forgetting() -> bool:
    """See to it that one night is in the queue, for the next ten past three; whether it had to be added."""
    return queue_once(forget_people_daily, run_after=tomorrow_at(AT))
