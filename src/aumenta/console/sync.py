"""Where the consoles' batches meet: one thread of each process writes what arrived meanwhile in one transaction.

A transaction with the batches of ten tables costs little more than one with a single batch. So when it is quiet a batch
goes at once, and under load a transaction waits a moment after the one before, in which the next batches gather.
A batch is answered only after its transaction is committed.
"""

import asyncio
import time
from collections import deque
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import close_old_connections
from django.utils import timezone

from aumenta.core.tablelog.operation import Operation
from aumenta.events.call_tables import Call, call_of
from aumenta.events.models import Table, TableDevice, TableOperation
from aumenta.events.tables.append_operations import Refused, append, outcome, read_records
from aumenta.events.tables.device_bounds import COUNTS, Sent, must_wait
from aumenta.events.tables.open_table import digest

MOST_BATCHES = 64
GATHER = 0.04
"""Seconds from the beginning of one transaction to that of the next, at least."""
MOST_SENT_BACK = 500
_SEEN_EVERY = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Batch:
    """What one device sends: its operations, how far it has read, how many entries it still holds back, and the bytes
    all of it came in."""

    secret: str
    cursor: int
    records: Sequence[object] = ()
    waiting: int = 0
    size: int = 0


@dataclass(slots=True)
class SyncAnswer:
    """What it gets back; `recognised` is False where the secret opens nothing (any more), and `wait` says why nothing
    was taken where the device sends too much."""

    recognised: bool = False
    wait: str = ""
    kept: list[str] = field(default_factory=list)
    refused: list[dict[str, str]] = field(default_factory=list)
    operations: list[dict[str, Any]] = field(default_factory=list)
    cursor: int = 0
    more: bool = False
    call: Call | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "kept": self.kept,
            "refused": self.refused,
            "operations": self.operations,
            "cursor": self.cursor,
            "more": self.more,
            "call": self.call,
        }


class _Waiting(NamedTuple):
    """A batch, and where its answer is waited for."""

    batch: Batch
    loop: asyncio.AbstractEventLoop
    answer: asyncio.Future[SyncAnswer]


class BatchWriter:
    """Gathers the batches of one process. `submit` may be awaited from any request, on any event loop."""

    def __init__(self) -> None:
        self.thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="tables")
        self._pending: deque[_Waiting] = deque()
        self._began = 0.0

    async def submit(self, batch: Batch) -> SyncAnswer:
        """Hand in a batch; returns when its operations are on disk."""
        loop = asyncio.get_running_loop()
        waiting = _Waiting(batch, loop, loop.create_future())
        self._pending.append(waiting)
        self.thread.submit(self._write_pending)
        return await waiting.answer

    def _write_pending(self) -> None:
        """Write what has gathered; runs in its thread. Nothing is left where an earlier turn took it along."""
        if not self._pending:
            return
        time.sleep(max(0.0, self._began + GATHER - time.monotonic()))
        self._began = time.monotonic()
        together = [self._pending.popleft() for _ in range(min(len(self._pending), MOST_BATCHES))]
        # No request begins or ends in this thread: nobody else looks after its connection.
        close_old_connections()
        try:
            told: Sequence[SyncAnswer | Exception] = process([waiting.batch for waiting in together])
        except Exception as fault:
            told = [fault] * len(together)
        by_loop: dict[asyncio.AbstractEventLoop, list[tuple[asyncio.Future[SyncAnswer], SyncAnswer | Exception]]] = {}
        for waiting, answer in zip(together, told, strict=True):
            by_loop.setdefault(waiting.loop, []).append((waiting.answer, answer))
        for loop, answers in by_loop.items():
            # A loop is woken once for all its answers. One that has been closed has nobody left who waits.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(_hand_out, answers)


def _hand_out(answers: Iterable[tuple[asyncio.Future[SyncAnswer], SyncAnswer | Exception]]) -> None:
    """Give everybody their answer; runs in their loop. Who hung up meanwhile is gone; what they sent stays."""
    for waiting, answer in answers:
        if waiting.done():
            continue
        if isinstance(answer, Exception):
            waiting.set_exception(answer)
        else:
            waiting.set_result(answer)


def process(batches: Sequence[Batch]) -> list[SyncAnswer]:
    """Write several devices' batches in one transaction, then read what each has not seen yet."""
    now = timezone.now()
    devices = _devices(batches, now)
    read = [_read(device, batch, now) if device else None for batch, device in zip(batches, devices, strict=True)]
    on_disk = append([(entry.table, entry.device, entry.operations) for entry in filter(None, read)])
    news = _news([(entry.table.pk, batch.cursor) for batch, entry in zip(batches, read, strict=True) if entry])
    answers: list[SyncAnswer] = []
    for batch, entry in zip(batches, read, strict=True):
        if entry is None:
            answers.append(SyncAnswer())
            continue
        table, result = entry.table, outcome(entry.table, entry.operations, entry.refused, on_disk)
        answer = SyncAnswer(
            recognised=True,
            wait=entry.wait,
            kept=result.kept,
            refused=[{"id": r.id, "code": r.code, "field": r.field} for r in result.refused],
            cursor=batch.cursor,
            call=call_of(table.event, now),
        )
        rows = news.get(table.pk) if news is not None else None
        rows = _after(table.pk, batch.cursor) if rows is None else [row for row in rows if row[0] > batch.cursor]
        answer.more = len(rows) > MOST_SENT_BACK
        rows = rows[:MOST_SENT_BACK]
        if rows:
            answer.cursor = rows[-1][0]
        sent = set(result.kept)
        # What the device has just handed over need not travel back.
        answer.operations = [operation.as_json() for _, operation in rows if operation.id not in sent]
        answers.append(answer)
    _note_seen(batches, devices, answers, now)
    return answers


class _Read(NamedTuple):
    """A device's batch, checked: what is to be written, what was refused, and whether it has to wait instead."""

    table: Table
    device: TableDevice
    operations: list[Operation]
    refused: list[Refused]
    wait: str


def _read(device: TableDevice, batch: Batch, now: datetime) -> _Read:
    operations, refused = read_records(device.table, batch.records, device)
    wait = must_wait(device, Sent(operations, batch.size), now)
    return _Read(device.table, device, [] if wait else operations, [] if wait else refused, wait)


Rows = list[tuple[int, Operation]]
"""Operations with the key of their arrival, in its order."""


def _after(table: int, cursor: int) -> Rows:
    rows = TableOperation.objects.counted().filter(table=table, pk__gt=cursor).order_by("pk")[: MOST_SENT_BACK + 1]
    return [(key, operation) for key, _table, operation in rows.as_operations()]


def _news(asked: Sequence[tuple[int, int]]) -> dict[int, Rows] | None:
    """What is new at several tables in one query, where all have read nearly everything; else None: ask one by one."""
    if len(asked) < 2:
        return None
    tables = {table for table, _cursor in asked}
    since = min(cursor for _table, cursor in asked)
    rows = TableOperation.objects.counted().filter(table__in=tables, pk__gt=since).order_by("pk")[: MOST_SENT_BACK + 1]
    found = list(rows.as_operations())
    if len(found) > MOST_SENT_BACK:
        return None
    grouped: dict[int, Rows] = {table: [] for table in tables}
    for key, table, operation in found:
        grouped[table].append((key, operation))
    return grouped


def _devices(batches: Sequence[Batch], now: datetime) -> list[TableDevice | None]:
    digests = [digest(batch.secret) for batch in batches]
    found = TableDevice.objects.that_are_open(now).filter(secret_digest__in=set(digests)).select_related("table__event")
    by_digest = {device.secret_digest: device for device in found}
    return [by_digest.get(one) for one in digests]


def _note_seen(
    batches: Sequence[Batch], devices: Sequence[TableDevice | None], answers: Sequence[SyncAnswer], now: datetime
) -> None:
    """When each device was here, and what it holds back: what it said, less what this very batch has settled."""
    stale: dict[int, TableDevice] = {}
    counted: dict[int, TableDevice] = {}
    for batch, device, answer in zip(batches, devices, answers, strict=True):
        if device is None:
            continue
        if batch.records:
            counted[device.pk] = device
        fresh = device.last_seen_at is not None and now - device.last_seen_at < _SEEN_EVERY
        left = max(0, batch.waiting - len(answer.kept) - len(answer.refused))
        if not fresh or bool(device.waiting) != bool(left):
            device.last_seen_at, device.waiting = now, left
            stale[device.pk] = device
    if stale:
        TableDevice.objects.bulk_update(stale.values(), ["last_seen_at", "waiting"])
    if counted:
        TableDevice.objects.bulk_update(counted.values(), COUNTS)


batch_writer = BatchWriter()
