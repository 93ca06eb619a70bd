"""The backup of every night, where the settings say where and for whom."""

from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from aumenta.config.backups.back_up import back_up

AT: Final = time(2, 20)
"""Before the night's forgetting: what is forgotten then is in one backup more, and in none of the next night."""


@task()
def back_up_daily() -> None:
    """What the worker does every night; whatever happens, the next night is in the queue."""
    try:
        if settings.BACKUPS and settings.BACKUP_KEY:
            back_up(folder=Path(settings.BACKUPS), key=settings.BACKUP_KEY)
    finally:
        queue_backup()


def queue_backup() -> bool:
    """See to it that one night is in the queue; whether it had to be added."""
    waiting = DBTaskResult.objects.filter(task_path=back_up_daily.module_path, status=TaskResultStatus.READY)
    if waiting.exists():
        return False
    tomorrow = timezone.localdate() + timedelta(days=1)
    back_up_daily.using(run_after=timezone.make_aware(datetime.combine(tomorrow, AT))).enqueue()
    return True
