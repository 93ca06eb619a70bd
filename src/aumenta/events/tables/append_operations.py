"""Keep what a table sends: each operation once, in whatever order, confirmed only when it is written."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max

from aumenta.core.tablelog.operation import BadOperationError, Operation, read_operation
from aumenta.events.models import Table, TableDevice, TableOperation

MOST_AT_ONCE = 500
MOST_DRIFT = 100_000
"""How far an operation's clock may be ahead of the highest of its table: a morning has some thousand operations."""
# Any fixed number: those who append to the log take turns, so that keys grow in the order of commits and a reader who
# has seen key 100 will never be shown key 99 later. SQLite has one writer at a time anyway.
_APPEND_TURN = 5_051_224


@dataclass(frozen=True, slots=True)
class Refused:
    """A record that was not kept: its identifier as sent, and what is wrong with it."""

    id: str
    code: str
    field: str


@dataclass(slots=True)
class AppendResult:
    """The outcome for one batch. `kept` are on disk, now or from before."""

    kept: list[str] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


def read_records(
    table: Table, records: Sequence[object], device: TableDevice | None = None
) -> tuple[list[Operation], list[Refused]]:
    """Check records that came for `table`, by a `device` where it is one; one bad record never stops the others."""
    operations: list[Operation] = []
    refused: list[Refused] = []
    expected = str(table.public_id)
    for record in records:
        try:
            operation = read_operation(record)
            if operation.table != expected:
                raise BadOperationError("other-table", "table")
        except BadOperationError as fault:
            identifier = record.get("id") if isinstance(record, dict) else None
            refused.append(Refused(str(identifier)[:36], fault.code, fault.field))
        else:
            operations.append(operation)
    far = {operation.id for operation in _too_far_ahead(table, operations)}
    refused += [Refused(identifier, "out-of-range", "clock") for identifier in far]
    forged = {operation.id for operation in _by_devices_of_nobody(device, operations)} - far
    refused += [Refused(identifier, "unknown-device", "device") for identifier in forged]
    return [operation for operation in operations if operation.id not in far | forged], refused


def _by_devices_of_nobody(device: TableDevice | None, operations: Sequence[Operation]) -> list[Operation]:
    """Operations in the name of a device that was never opened at this table. A browser in which the table was opened
    anew hands over what it wrote under its former name."""
    others = [] if device is None else [o for o in operations if o.device != str(device.public_id)]
    if not others or device is None:
        return []
    known = TableDevice.objects.filter(table=device.table_id, public_id__in={o.device for o in others})
    names = {str(public_id) for public_id in known.values_list("public_id", flat=True)}
    return [operation for operation in others if operation.device not in names]


def _too_far_ahead(table: Table, operations: Sequence[Operation]) -> list[Operation]:
    """Operations whose clock has run away: every later one of the table would have to pass it, until none could."""
    high = [operation for operation in operations if operation.clock > MOST_DRIFT]
    if not high:
        # The usual case, which costs no question to the database.
        return []
    last = TableOperation.objects.filter(table=table).aggregate(last=Max("clock"))["last"] or 0
    return [operation for operation in high if operation.clock > last + MOST_DRIFT]


def append(batches: Sequence[tuple[Table, TableDevice | None, Sequence[Operation]]]) -> set[tuple[int, str]]:
    """Write several tables' operations, each with the device that sent it, in one transaction; returns (table's key,
    operation) of all that are on disk."""
    wanted = [
        (table.pk, device.pk if device else None, operation)
        for table, device, operations in batches
        for operation in operations
    ]
    if not wanted:
        return set()
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_APPEND_TURN])
        TableOperation.objects.bulk_create([_row(*one) for one in wanted], ignore_conflicts=True)
        found = TableOperation.objects.filter(public_id__in=[operation.id for *_, operation in wanted])
        return {(key, str(public_id)) for key, public_id in found.values_list("table_id", "public_id")}


def append_operations(*, table: Table, records: Sequence[object]) -> AppendResult:
    """Keep the records of one table, whose device or operator the caller has already recognised."""
    operations, refused = read_records(table, records)
    return outcome(table, operations, refused, append([(table, None, operations)]))


def outcome(
    table: Table, operations: Sequence[Operation], refused: list[Refused], on_disk: set[tuple[int, str]]
) -> AppendResult:
    """Sort a batch into kept and refused, once it is known what is on disk."""
    result = AppendResult(refused=refused)
    for operation in operations:
        if (table.pk, operation.id) in on_disk:
            result.kept.append(operation.id)
        else:
            result.refused.append(Refused(operation.id, "identifier-taken", "id"))
    return result


def _row(table: int, device: int | None, operation: Operation) -> TableOperation:
    return TableOperation(
        public_id=UUID(operation.id),
        table_id=table,
        sent_by_id=device,
        device=UUID(operation.device),
        clock=operation.clock,
        verb=operation.verb,
        what=operation.what,
        key=operation.key,
        value=operation.value,
        over=list(operation.over),
        at=operation.at,
        reason=operation.reason,
    )
