"""Forget whose badge was whose, and who registered, on the promised day; a job keeps the promise by itself."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from aumenta.listening.attempts import KEPT_FOR
from aumenta.listening.models import Attempt, BadgeHolder, Registration

AT = time(3, 10)


@transaction.atomic
def forget_people(*, today: date) -> int:
    """Delete every badge-person tie whose date has come, and the registrations of events whose date has come.

    With a registration go its deliveries. What the tables said stays: it was never tied to a person. Returns how many
    records were deleted. Nobody's permission is asked: the promise was made to the participants.
    """
    BadgeHolder.objects.filter(forget_on__lte=today).delete()
    Attempt.objects.filter(at__lt=timezone.now() - KEPT_FOR).delete()
    deleted, _by_model = Registration.objects.filter(event__forget_people_on__lte=today).delete()
    return deleted


@task()
def forget_people_daily() -> None:
    """What the worker does every night; whatever happens, the next night is in the queue."""
    try:
        forget_people(today=timezone.localdate())
    finally:
        queue_forgetting()


def queue_forgetting() -> bool:
    """See to it that one night is in the queue, for the next ten past three; whether it had to be added."""
    waiting = DBTaskResult.objects.filter(task_path=forget_people_daily.module_path, status=TaskResultStatus.READY)
    if waiting.exists():
        return False
    tomorrow = timezone.localdate() + timedelta(days=1)
    when = timezone.make_aware(datetime.combine(tomorrow, AT))
    forget_people_daily.using(run_after=when).enqueue()
    return True
