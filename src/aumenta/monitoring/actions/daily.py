"""What the worker does every morning for the monitoring: it asks for updates that are due."""

from datetime import datetime, time, timedelta
from typing import Final

from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from aumenta.monitoring.actions.rounds import ask_who_is_due

AT: Final = time(7, 40)


@task()
def ask_daily() -> None:
    """Ask who is due today; whatever happens, the next morning is in the queue."""
    try:
        ask_who_is_due(now=timezone.now())
    finally:
        queue_asking()


def queue_asking() -> bool:
    """See to it that one morning is in the queue, for the next twenty to eight; whether it had to be added."""
    waiting = DBTaskResult.objects.filter(task_path=ask_daily.module_path, status=TaskResultStatus.READY)
    if waiting.exists():
        return False
    tomorrow = timezone.localdate() + timedelta(days=1)
    ask_daily.using(run_after=timezone.make_aware(datetime.combine(tomorrow, AT))).enqueue()
    return True
