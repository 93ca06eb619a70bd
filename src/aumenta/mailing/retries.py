"""Mails that could not be sent are tried again by the worker, after growing pauses, and then given up with a word."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.utils import timezone

from aumenta.listening.models import Delivery, MailAttempt, Registration

PAUSES: Final = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=8))
"""After the first attempt, the second, and so on: five attempts within eleven hours."""


def name_of_fault(fault: Exception) -> str:
    """The name of a fault with the mail server's number, without its words."""
    number = getattr(fault, "smtp_code", None)
    recipients = getattr(fault, "recipients", None)
    if number is None and isinstance(recipients, dict) and recipients:
        number = next(iter(recipients.values()))[0]
    return f"{type(fault).__name__} {number or ''}".strip()[:80]


def keep_attempt(
    task: Any, registration: Registration, number: int, fault: Exception | None, *, delivery: Delivery | None = None
) -> MailAttempt:
    """Write down what came of attempt `number`; after a fault, when the next one is (never: too many, or too late).

    `task` is the job that would do it: a queue that cannot wait tries nothing again.
    """
    now = timezone.now()
    again = None
    if fault is not None and number <= len(PAUSES) and task.get_backend().supports_defer:
        again = _in_time(registration, delivery, now + PAUSES[number - 1])
    return MailAttempt.objects.create(
        registration=registration,
        delivery=delivery,
        number=number,
        at=now,
        failure="" if fault is None else name_of_fault(fault),
        again_at=again,
    )


def _in_time(registration: Registration, delivery: Delivery | None, when: datetime) -> datetime | None:
    """Nobody needs the confirmation of a seat when the event is over; a report may come later."""
    return when if delivery is not None or when < registration.event.ends_at else None
