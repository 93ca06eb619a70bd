"""The pulse of the workers: each says now and then that it lives, so that the desk can say when none does."""

from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

from aumenta.mailing.models import WorkerPulse

PULSE_EVERY: Final = 15.0
"""Seconds between two heartbeats."""
MISSED: Final = timedelta(seconds=90)
_KEPT: Final = timedelta(days=1)


def send_heartbeat(name: str) -> None:
    """This worker lives now; those that have been silent for a day are forgotten."""
    now = timezone.now()
    WorkerPulse.objects.update_or_create(name=name, defaults={"at": now})
    WorkerPulse.objects.filter(at__lt=now - _KEPT).delete()


def silent_since(now: datetime | None = None) -> datetime | None:
    """Since when no worker has been heard, where that is too long; None while one lives.

    An installation where none has ever beaten says the beginning of time: 1 January of the year 1.
    """
    last = WorkerPulse.objects.order_by("-at").values_list("at", flat=True).first()
    if last is None:
        return datetime.min.replace(tzinfo=timezone.get_default_timezone())
    return last if (now or timezone.now()) - last > MISSED else None
