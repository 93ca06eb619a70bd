"""The backup of every night, where the settings say where and for whom."""

from datetime import time
from pathlib import Path
from typing import Final

from django.conf import settings
from django_tasks import task

from aumenta.config.backups.back_up import back_up
from aumenta.mailing.queued import queue_once, tomorrow_at

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
    return queue_once(back_up_daily, run_after=tomorrow_at(AT))
