"""Work the tables' log into counts, choices and observations.

Entries are only appended when they arrive, which is what makes 500 a second possible; this turns what is new into
rows that people can read. It is run by whoever is about to read: the regia's poller, a report, a freeze.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple, cast
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from aumenta.core.tablelog import operation as o
from aumenta.core.tablelog.operation import Operation
from aumenta.core.tablelog.register import Register, read_register
from aumenta.core.tablelog.state import read_observation
from aumenta.events.models import Badge, Choice, Event, Observation, Photo, StickerCount, TableOperation, TableSummary
from aumenta.events.models.log import TableOperations

_OBSERVATION = (o.TEXT, o.PLACE, o.PRIVATE, o.WITHDRAWN)
_AT_ONCE = 2_000


def project_log(event: Event) -> int:
    """Derive what is in the log of `event` now; returns the key of the last operation the derived rows contain.

    What arrives meanwhile is left to the next look: under load something always does, and nobody would ever be shown.
    """
    newest = TableOperation.objects.counted().filter(table__event=event).aggregate(last=Max("pk"))["last"] or 0
    while True:
        done = Event.objects.values_list("projected_up_to", flat=True).get(pk=event.pk)
        if newest <= done:
            return done
        _project_batch(event, done)


def rebuild_projection(event: Event) -> None:
    """Throw the derived rows' progress away and derive all of them anew from the log."""
    with transaction.atomic():
        StickerCount.objects.filter(table__event=event).delete()
        Choice.objects.filter(table__event=event).delete()
        TableSummary.objects.filter(table__event=event).delete()
        Event.objects.filter(pk=event.pk).update(projected_up_to=0)
    project_log(event)


def _project_batch(event: Event, done: int) -> None:
    """Derive what came after the operation `done`, unless somebody else has meanwhile.

    The log is read and reckoned before anything is locked: on SQLite a transaction that writes keeps the tables'
    entries waiting. Whoever reckons from an older log finds `projected_up_to` moved on, and writes nothing. What only
    grows is read under the lock, a row for each total, so that the work follows what is new and not the whole log.
    """
    new = list(
        TableOperation.objects.filter(table__event=event, pk__gt=done)
        .counted()
        .order_by("pk")
        .values_list("pk", "table_id", "verb", "what", "key", "value", "received_at")[:_AT_ONCE]
    )
    if not new:
        return
    added: Counter[Name] = Counter()
    touched: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    arrived: dict[int, Arrived] = {}
    for _, table, verb, what, key, value, at in new:
        before = arrived.get(table)
        arrived[table] = Arrived(before.operations + 1 if before else 1, at)
        if verb == o.ADD:
            added[table, what, key] += cast(int, value)
            continue
        for one in _OBSERVATION if what in _OBSERVATION else (what,):
            touched[table][one].add(key)
    # A total that was ever set by hand may replace additions that come after it: it is reckoned from all its entries.
    for table, what, key in _set_by_hand(added):
        del added[table, what, key]
        touched[table][what].add(key)
    registers, arrivals = _registers(touched)
    with transaction.atomic():
        if not Event.objects.filter(pk=event.pk, projected_up_to=done).update(projected_up_to=new[-1][0]):
            return
        _write_stickers(registers, added)
        _write_choices(registers)
        _write_photos(registers)
        _write_observations(registers, arrivals)
        _write_summaries(arrived, touched, registers)


Name = tuple[int, str, str]
"""A register: the table's key, what it holds, and of which thing."""


class Arrived(NamedTuple):
    """What is new from a table: how many operations, and when the last of them came."""

    operations: int
    at: datetime


class Arrivals(NamedTuple):
    """Of one observation: its first and latest operation, and how many texts were written."""

    first: int
    latest: int
    texts: int


def _registers(
    touched: dict[int, dict[str, set[str]]],
) -> tuple[dict[Name, Register], dict[tuple[int, str], Arrivals]]:
    """The registers touched, reduced anew; and for each observation its arrivals."""
    grouped: dict[Name, list[Operation]] = defaultdict(list)
    arrivals: dict[tuple[int, str], Arrivals] = {}
    for table, by_what in touched.items():
        wanted = {(what, key) for what, keys in by_what.items() for key in keys}
        keys = sorted({key for _, key in wanted})
        rows = TableOperation.objects.counted().filter(table_id=table, what__in=list(by_what)).order_by("pk")
        rows = rows.filter(key__in=keys) if len(keys) < 500 else rows
        for pk, _, operation in rows.as_operations():
            if operation.register not in wanted:
                continue
            grouped[table, *operation.register].append(operation)
            if operation.what in _OBSERVATION:
                known = arrivals.get((table, operation.key), Arrivals(pk, pk, 0))
                texts = known.texts + (operation.what == o.TEXT)
                arrivals[table, operation.key] = Arrivals(known.first, pk, texts)
    return {name: read_register(operations) for name, operations in grouped.items()}, arrivals


def _of(registers: dict[Name, Register], what: str) -> Iterable[tuple[int, str, Register]]:
    return ((table, key, register) for (table, w, key), register in registers.items() if w == what)


def _set_by_hand(added: Counter[Name]) -> set[Name]:
    """Those of the registers which hold anything but additions."""
    tables, keys = {table for table, _, _ in added}, {key for _, _, key in added}
    sets = (
        TableOperation.objects.counted()
        .filter(table_id__in=tables, what=o.STICKERS, key__in=keys, verb=o.SET)
        .order_by()
    )
    names = {(table, o.STICKERS, key) for table, key in sets.order_by().values_list("table_id", "key").distinct()}
    return names & added.keys()


def _write_stickers(registers: dict[Name, Register], added: Counter[Name]) -> None:
    """Write the posters' totals of `registers`; put `added` on top of totals that only ever grew, as phones' all do."""
    by_hand = {(table, key): register for table, key, register in _of(registers, o.STICKERS)}
    touched = {(table, key) for table, _, key in added} | by_hand.keys()
    known = {
        (table, f"{session}/{strategy}"): (count, by_phone)
        for table, session, strategy, count, by_phone in StickerCount.objects.filter(
            table_id__in={table for table, _ in touched}
        ).values_list("table_id", "session_code", "strategy_code", "count", "by_phone")
    }
    rows = []
    for table, key in sorted(touched):
        session, strategy = key.split("/")
        count, by_phone = known.get((table, key), (0, 0))
        by_phone += (phones := added[table, o.PHONES, key])
        count += phones + added[table, o.STICKERS, key]
        others: list[int] = []
        if register := by_hand.get((table, key)):
            count = register.count + by_phone
            others = [other + register.added for other in register.others]
        row = StickerCount(table_id=table, session_code=session, strategy_code=strategy, count=count, by_phone=by_phone)
        row.others = others
        rows.append(row)
    StickerCount.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["table", "session_code", "strategy_code"],
        update_fields=["count", "others", "by_phone"],
    )


def _write_choices(registers: dict[Name, Register]) -> None:
    Choice.objects.bulk_create(
        [
            Choice(
                table_id=table,
                session_code=key,
                strategies=register.value["strategies"],
                reason=register.value["reason"],
                disputed=bool(register.others),
            )
            for table, key, register in _of(registers, o.CHOICE)
        ],
        update_conflicts=True,
        unique_fields=["table", "session_code"],
        update_fields=["strategies", "reason", "disputed"],
    )


def _write_photos(registers: dict[Name, Register]) -> None:
    Photo.objects.bulk_create(
        [
            Photo(
                public_id=UUID(key),
                table_id=table,
                sha256=register.value["sha256"],
                caption=register.value["caption"],
                removed=register.value["removed"],
            )
            for table, key, register in _of(registers, o.PHOTO)
        ],
        update_conflicts=True,
        unique_fields=["table", "public_id"],
        update_fields=["sha256", "caption", "removed"],
    )


def _write_observations(registers: dict[Name, Register], arrivals: dict[tuple[int, str], Arrivals]) -> None:
    rows = []
    for table, key, text in _of(registers, o.TEXT):
        came = arrivals[table, key]
        place, private, withdrawn = (registers.get((table, what, key)) for what in _OBSERVATION[1:])
        said = read_observation(key, text, place, private, withdrawn, came.texts)
        rows.append(
            Observation(
                public_id=UUID(key),
                table_id=table,
                text=said.text,
                strategy_code=said.strategy,
                question_code=said.question,
                private=said.private,
                withdrawn=said.withdrawn,
                other_texts=list(said.other_texts),
                versions=said.versions,
                arrival=came.first,
                revision=came.latest,
            )
        )
    fields = ("text", "strategy_code", "question_code", "private", "withdrawn", "other_texts", "versions")
    Observation.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["table", "public_id"],
        update_fields=[*fields, "revision", "changed_at"],
    )


def _write_summaries(
    arrived: dict[int, Arrived], touched: dict[int, dict[str, set[str]]], registers: dict[Name, Register]
) -> None:
    known = TableSummary.objects.in_bulk(list(arrived))
    rows = []
    for table, news in arrived.items():
        summary = known.get(table) or TableSummary(table_id=table)
        summary.operations += news.operations
        summary.last_operation_at = max(news.at, summary.last_operation_at or news.at)
        headcount = registers.get((table, o.HEADCOUNT, ""))
        if headcount is not None:
            summary.headcount = headcount.value
        if o.CHECK_IN in touched[table]:
            summary.checked_in = _checked_in(table)
        rows.append(summary)
    TableSummary.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["table"],
        update_fields=["checked_in", "headcount", "operations", "last_operation_at"],
    )


def _checked_in(table: int) -> int:
    """People whose badges were checked in: badges of the event. A code that nobody printed is nobody."""
    found = _present(TableOperation.objects.counted().filter(table_id=table, what=o.CHECK_IN)).get(table, set())
    return len(found.intersection(Badge.objects.filter(event__tables=table).values_list("code", flat=True)))


def badges_checked_in(event: Event) -> dict[int, set[str]]:
    """Table's key → codes of the badges that are checked in there, of those that were printed."""
    found = _present(TableOperation.objects.counted().filter(table__event=event, what=o.CHECK_IN))
    printed = set(Badge.objects.filter(event=event).values_list("code", flat=True))
    return {table: codes & printed for table, codes in found.items()}


def _present(check_ins: TableOperations) -> dict[int, set[str]]:
    grouped: dict[tuple[int, str], list[Operation]] = defaultdict(list)
    for _, table, operation in check_ins.as_operations():
        grouped[table, operation.key].append(operation)
    found: dict[int, set[str]] = defaultdict(set)
    for (table, badge), operations in grouped.items():
        if read_register(operations).value is True:
            found[table].add(badge)
    return found
