"""How much one device may send: so that one that is broken, or in wrong hands, spoils neither table nor event.

A device that sends too fast waits, and loses nothing. One that has sent more than a whole morning at a table has is
held: nothing more is taken from it until the regia lets it go on, or shuts it out. Both are kept in the database, for
all processes; a device is known by the secret it shows, never by what it says of itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, Q, Sum, TextField
from django.db.models.functions import Cast, Length

from aumenta.core.tablelog.operation import PHOTO, TEXT, Operation
from aumenta.events.models import TableDevice, TableOperation

MINUTE: Final = timedelta(minutes=1)
MOST_ENTRIES_A_MINUTE: Final = 2_000
"""A table that was offline for a morning hands over as much at once."""
MOST_SIZE_A_MINUTE: Final = 2 * 1024 * 1024
MOST_ENTRIES: Final = 10_000
MOST_TEXTS: Final = 1_000
"""Observations and photos written or changed: a table of ten people says some two hundred in a morning."""
MOST_SIZE: Final = 8 * 1024 * 1024
"""Signs of all it sent: every other device of its table must fetch them. A thousand long texts are two million."""
_LOOK_EVERY: Final = 100
"""Entries of a minute after which it is counted how many there are in all, and once for each minute in which it sends:
whoever sends slowly is counted too, and most exchanges cost no count."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What a device sends at once: its operations, and how many bytes they came in."""

    operations: Sequence[Operation]
    size: int


def must_wait(device: TableDevice, sent: Sent, now: datetime) -> str:
    """Why nothing of this is taken now, «held» or «too-fast»; "" where it is, and then it is counted in `device`.

    The caller writes the device's counts: COUNTS.
    """
    if not sent.operations:
        return ""
    if device.held_for:
        return "held"
    first = device.minute_at is None or now - device.minute_at >= MINUTE
    if first:
        device.minute_at, device.minute_entries, device.minute_size = now, 0, 0
    if device.minute_entries and (
        device.minute_entries + len(sent.operations) > MOST_ENTRIES_A_MINUTE * device.allowed
        or device.minute_size + sent.size > MOST_SIZE_A_MINUTE * device.allowed
    ):
        return "too-fast"
    before = device.minute_entries
    device.minute_entries += len(sent.operations)
    device.minute_size += sent.size
    if first or before // _LOOK_EVERY != device.minute_entries // _LOOK_EVERY:
        device.held_for = _too_much(device)
    return "held" if device.held_for else ""


COUNTS: Final = ("minute_at", "minute_entries", "minute_size", "held_for")
"""The columns of a device that `must_wait` changes."""


def _too_much(device: TableDevice) -> str:
    """Whether what is on disk from this device is more than a morning has: what was sent twice counts once."""
    kept = TableOperation.objects.filter(sent_by=device).aggregate(
        entries=Count("pk"),
        texts=Count("pk", filter=Q(what__in=[TEXT, PHOTO])),
        size=Sum(Length(Cast("value", TextField())) + Length(Cast("over", TextField())) + Length("reason"), default=0),
    )
    if kept["size"] >= MOST_SIZE * device.allowed:
        return TableDevice.Held.ENTRIES
    if kept["texts"] >= MOST_TEXTS * device.allowed:
        return TableDevice.Held.TEXTS
    return TableDevice.Held.ENTRIES if kept["entries"] >= MOST_ENTRIES * device.allowed else ""
