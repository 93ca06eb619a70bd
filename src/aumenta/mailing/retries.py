"""Mails that could not be sent are tried again by the worker, after growing pauses, and then given up with a word."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.utils import timezone

PAUSES: Final = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=8))
"""After the first attempt, the second, and so on: five attempts within eleven hours."""


def name_of_fault(fault: Exception) -> str:
    """The name of a fault with the mail server's number, without its words."""
    number = getattr(fault, "smtp_code", None)
    recipients = getattr(fault, "recipients", None)
    if number is None and isinstance(recipients, dict) and recipients:
        number = next(iter(recipients.values()))[0]
    return f"{type(fault).__name__} {number or ''}".strip()[:80]


def outcome_of(task: Any, number: int, fault: Exception | None, *, until: datetime | None = None) -> dict[str, Any]:
    """The fields of a MailAttempt that say what came of attempt `number`; after a fault, when the next one is.

    There is no next one after the last pause, nor from `until` on, when nobody needs the mail any more. `task` is the
    job that would do it: a queue that cannot wait tries nothing again.
    """
    now = timezone.now()
    again = None
    if fault is not None and number <= len(PAUSES) and task.get_backend().supports_defer:
        again = now + PAUSES[number - 1]
    return {
        "number": number,
        "at": now,
        "failure": "" if fault is None else name_of_fault(fault),
        "again_at": again if again is not None and (until is None or again < until) else None,
    }
