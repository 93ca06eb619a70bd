"""Work that comes back, in the queue once: every room's daily and hourly jobs."""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult


def queue_once(job: Task[Any, Any], *, run_after: datetime | None = None) -> bool:
    """See to it that the job is in the queue, not before `run_after`; whether it had to be added."""
    if DBTaskResult.objects.filter(task_path=job.module_path, status=TaskResultStatus.READY).exists():
        return False
    (job.using(run_after=run_after) if run_after else job).enqueue()
    return True


def tomorrow_at(hour: time) -> datetime:
    """That hour of the clock tomorrow, where the territory is."""
    return timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=1), hour))
