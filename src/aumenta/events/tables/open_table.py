"""Open a table from a device: the table's QR code and PIN give the device a secret of its own."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from aumenta.events.models import Table, TableDevice

MOST_WRONG_PINS = 5
LOCKED_FOR = timedelta(minutes=2)


class TableNotOpenedError(Exception):
    """The table stays shut. `code`: unknown-table, wrong-pin, locked, other-table."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class OpenedTable:
    """What a device keeps: the secret is shown this once."""

    table: Table
    secret: str


def digest(secret: str) -> str:
    """How secrets are kept. They are long and random, so a plain hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def open_table(*, code: str, pin: str, device: UUID, now: datetime) -> OpenedTable:
    """Give `device` a secret for the table with this QR code; raises TableNotOpenedError.

    Five wrong PINs in a row shut the table to new devices for two minutes; those already open go on working.
    """
    table = Table.objects.select_related("event").filter(code=code).first()
    if table is None:
        raise TableNotOpenedError("unknown-table")
    if table.locked_until and table.locked_until > now:
        raise TableNotOpenedError("locked")
    if not secrets.compare_digest(pin.strip().encode(), table.pin.encode()):
        # Outside any transaction, so that the refusal cannot undo the count.
        Table.objects.filter(pk=table.pk).update(wrong_pins=F("wrong_pins") + 1)
        Table.objects.filter(pk=table.pk, wrong_pins__gte=MOST_WRONG_PINS).update(
            wrong_pins=0, locked_until=now + LOCKED_FOR
        )
        raise TableNotOpenedError("wrong-pin")
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        Table.objects.filter(pk=table.pk).update(wrong_pins=0, locked_until=None)
        known = TableDevice.objects.filter(public_id=device).first()
        if known is not None and known.table_id != table.pk:
            # A device keeps one identity for each table, or its entries would be told apart no longer.
            raise TableNotOpenedError("other-table")
        TableDevice.objects.update_or_create(
            public_id=device,
            defaults={"table": table, "secret_digest": digest(secret), "shut_at": None, "last_seen_at": now},
        )
    return OpenedTable(table, secret)
