"""Open a table from a device: the table's QR code and PIN give the device a secret of its own."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from aumenta.events.models import Table, TableDevice
from aumenta.people.rate_limit import Limit, attempts_of, note_attempt, take_back
from aumenta.people.refusals import RefusedError

WRONG_PINS: Final = Limit("pin", 5, timedelta(minutes=2))
"""Of one table from one network: whoever guesses shuts herself out, and nobody else."""
WRONG_PINS_ANYWHERE: Final = Limit("pin-anywhere", 60, timedelta(hours=1))
"""Of one table from all networks: it takes two years to try half of all PINs, and a new QR code begins anew."""

PINS_WHILE_LOCKED: Final = Limit("pin-while-locked", 1000, timedelta(hours=1))
"""Tried at a table that was locked: they shut nothing, but the desk is told of all that came."""


@dataclass(frozen=True, slots=True)
class OpenedTable:
    """What a device keeps: the secret is shown this once."""

    table: Table
    secret: str


def digest(secret: str) -> str:
    """How secrets are kept. They are long and random, so a plain hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def open_table(*, code: str, pin: str, device: UUID, now: datetime, network: str = "unknown") -> OpenedTable:
    """Give `device` a secret for the table with this QR code; refused as unknown_table,
    over, locked, wrong_pin, other_table, shut_out.

    Five wrong PINs from one `network` shut the table to its new devices for two minutes; those already open go on
    working, and so do other networks. A device that was open at this table before is let in with the right PIN all the
    same: its name cannot be guessed, so whoever only holds the QR code cannot keep those who work there outside.
    """
    table = Table.objects.select_related("event").filter(code=code).first()
    if table is None:
        raise RefusedError("unknown_table")
    if table.event.tables_shut_at <= now:
        raise RefusedError("over")
    # Outside any transaction, so that the refusal cannot undo the count.
    noted = [
        note_attempt(limit=WRONG_PINS, subject=f"{network} {code}", now=now),
        note_attempt(limit=WRONG_PINS_ANYWHERE, subject=code, now=now),
    ]
    attempts = [attempt for attempt in noted if attempt is not None]
    known_here = TableDevice.objects.filter(public_id=device, table=table, left_out=False).exists()
    if len(attempts) < len(noted) and not known_here:
        take_back(attempts)
        note_attempt(limit=PINS_WHILE_LOCKED, subject=code, now=now)
        raise RefusedError("locked")
    if not secrets.compare_digest(pin.strip().encode(), table.pin.encode()):
        raise RefusedError("wrong_pin")
    take_back(attempts)
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        known = TableDevice.objects.filter(public_id=device).first()
        if known is not None and known.table_id != table.pk:
            # A device keeps one identity for each table, or its entries would be told apart no longer.
            raise RefusedError("other_table")
        if known is not None and known.left_out:
            # Its name is struck out: a device that comes back in good hands takes a new one.
            raise RefusedError("shut_out")
        TableDevice.objects.update_or_create(
            public_id=device,
            defaults={"table": table, "secret_digest": digest(secret), "shut_at": None, "last_seen_at": now},
        )
    return OpenedTable(table, secret)


def wrong_pins(table: Table, now: datetime | None = None) -> int:
    """How many attempts came for this table's QR code in the last hour, wrong or while it was locked, where they are
    enough to be told; else 0."""
    found = attempts_of(limit=WRONG_PINS_ANYWHERE, subject=table.code, now=now)
    found += attempts_of(limit=PINS_WHILE_LOCKED, subject=table.code, now=now)
    return found if found >= WRONG_PINS.most else 0


def leave_table(*, device: TableDevice, now: datetime) -> None:
    """The device has handed over all it held and forgets the table; nothing of it is held back any more."""
    TableDevice.objects.filter(pk=device.pk).update(shut_at=now, waiting=0)
