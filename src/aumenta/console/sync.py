"""Where the consoles' batches meet: one thread of each process writes what arrived meanwhile in one transaction.

Under load one transaction then carries the batches of many tables, which costs little more than one; when it is quiet
each batch goes at once. A batch is answered only after its transaction is committed.
"""

import asyncio
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import close_old_connections
from django.utils import timezone

from aumenta.listening.keep_operations import append, outcome, read_records
from aumenta.listening.models import TableDevice, TableOperation
from aumenta.listening.open_table import digest

MOST_BATCHES = 64
MOST_SENT_BACK = 500
_SEEN_EVERY = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Batch:
    """What one device sends: its operations, how far it has read, and how many entries it still holds back."""

    secret: str
    cursor: int
    records: Sequence[object] = ()
    waiting: int = 0


@dataclass(slots=True)
class Answer:
    """What it gets back; `recognised` is False where the secret opens nothing (any more)."""

    recognised: bool = False
    kept: list[str] = field(default_factory=list)
    refused: list[dict[str, str]] = field(default_factory=list)
    operations: list[dict[str, Any]] = field(default_factory=list)
    cursor: int = 0
    more: bool = False

    def as_json(self) -> dict[str, Any]:
        return {
            "kept": self.kept,
            "refused": self.refused,
            "operations": self.operations,
            "cursor": self.cursor,
            "more": self.more,
        }


class SyncDesk:
    """Gathers the batches of one process. `submit` may be awaited from any request, on any event loop."""

    def __init__(self) -> None:
        self.writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="tables")
        self._pending: deque[tuple[Batch, Future[Answer]]] = deque()

    async def submit(self, batch: Batch) -> Answer:
        """Hand in a batch; returns when its operations are on disk."""
        future: Future[Answer] = Future()
        self._pending.append((batch, future))
        self.writer.submit(self._write_pending)
        return await asyncio.wrap_future(future)

    def _write_pending(self) -> None:
        """Write what has gathered; runs in the writer. Nothing is left where an earlier turn took it along."""
        together = [self._pending.popleft() for _ in range(min(len(self._pending), MOST_BATCHES))]
        # A request whose connection broke meanwhile is cancelled; what it sent is kept all the same.
        waiting = [future.set_running_or_notify_cancel() for _, future in together]
        if not together:
            return
        # No request begins or ends in this thread: nobody else looks after its connection.
        close_old_connections()
        try:
            answers = process([batch for batch, _ in together])
        except Exception as fault:
            for (_, future), waits in zip(together, waiting, strict=True):
                if waits:
                    future.set_exception(fault)
            return
        for (_, future), waits, answer in zip(together, waiting, answers, strict=True):
            if waits:
                future.set_result(answer)


def process(batches: Sequence[Batch]) -> list[Answer]:
    """Write several devices' batches in one transaction, then read what each has not seen yet."""
    now = timezone.now()
    devices = _devices(batches)
    read = [
        (device.table, *read_records(device.table, batch.records)) if device else None
        for batch, device in zip(batches, devices, strict=True)
    ]
    on_disk = append([(table, operations) for table, operations, _ in filter(None, read)])
    _note_seen(batches, devices, now)
    news = _news([(entry[0].pk, batch.cursor) for batch, entry in zip(batches, read, strict=True) if entry])
    answers = []
    for batch, entry in zip(batches, read, strict=True):
        if entry is None:
            answers.append(Answer())
            continue
        table, operations, refused = entry
        result = outcome(table, operations, refused, on_disk)
        answer = Answer(
            recognised=True,
            kept=result.kept,
            refused=[{"id": r.id, "code": r.code, "field": r.field} for r in result.refused],
            cursor=batch.cursor,
        )
        rows = news.get(table.pk) if news is not None else None
        rows = _after(table.pk, batch.cursor) if rows is None else [row for row in rows if row.pk > batch.cursor]
        answer.more = len(rows) > MOST_SENT_BACK
        rows = rows[:MOST_SENT_BACK]
        if rows:
            answer.cursor = rows[-1].pk
        public_id = str(table.public_id)
        sent = set(result.kept)
        # What the device has just handed over need not travel back.
        answer.operations = [row.as_operation(public_id).as_json() for row in rows if str(row.public_id) not in sent]
        answers.append(answer)
    return answers


def _after(table: int, cursor: int) -> list[TableOperation]:
    return list(TableOperation.objects.filter(table=table, pk__gt=cursor).order_by("pk")[: MOST_SENT_BACK + 1])


def _news(asked: Sequence[tuple[int, int]]) -> dict[int, list[TableOperation]] | None:
    """What is new at several tables in one query, where all have read nearly everything; else None: ask one by one."""
    if len(asked) < 2:
        return None
    tables = {table for table, _cursor in asked}
    since = min(cursor for _table, cursor in asked)
    rows = list(TableOperation.objects.filter(table__in=tables, pk__gt=since).order_by("pk")[: MOST_SENT_BACK + 1])
    if len(rows) > MOST_SENT_BACK:
        return None
    grouped: dict[int, list[TableOperation]] = {table: [] for table in tables}
    for row in rows:
        grouped[row.table_id].append(row)
    return grouped


def _devices(batches: Sequence[Batch]) -> list[TableDevice | None]:
    digests = [digest(batch.secret) for batch in batches]
    found = TableDevice.objects.filter(secret_digest__in=set(digests), shut_at=None).select_related("table")
    by_digest = {device.secret_digest: device for device in found}
    return [by_digest.get(one) for one in digests]


def _note_seen(batches: Sequence[Batch], devices: Sequence[TableDevice | None], now: datetime) -> None:
    stale: dict[int, TableDevice] = {}
    for batch, device in zip(batches, devices, strict=True):
        if device is None:
            continue
        fresh = device.last_seen_at is not None and now - device.last_seen_at < _SEEN_EVERY
        if not fresh or bool(device.waiting) != bool(batch.waiting):
            device.last_seen_at, device.waiting = now, batch.waiting
            stale[device.pk] = device
    if stale:
        TableDevice.objects.bulk_update(stale.values(), ["last_seen_at", "waiting"])


desk = SyncDesk()
