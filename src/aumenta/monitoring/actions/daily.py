"""What the worker does every morning for the monitoring: it asks for updates that are due."""

from datetime import time
from typing import Final

from django.utils import timezone
from django_tasks import task

from aumenta.mailing.queued import queue_once, tomorrow_at
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
    return queue_once(ask_daily, run_after=tomorrow_at(AT))
