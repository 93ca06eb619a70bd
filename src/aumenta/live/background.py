"""Work of seconds beside the requests: one thread in a process, one piece of work at a time for each event.

Encoding and grouping never run in a request or on the event loop. What is asked for again while it waits is done once,
whichever process was asked; what waits and how the last piece ended stands in the database (`SynthesisWork`), so that
every process tells the same.
"""

import logging
import os
import threading
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, Final

from django.db import IntegrityError, connections, transaction
from django.db.models import QuerySet
from django.utils import timezone

from aumenta.events.models import Event, Observation
from aumenta.themes.models import SuggestedThemes, SynthesisWork
from aumenta.themes.refresh_suggested_themes import refresh_suggested_themes

logger = logging.getLogger(__name__)

EVERY_ARRIVALS: Final = 12
"""Observations, new or changed, after which the proposals are refreshed by themselves."""
BEAT: Final = 10.0
"""Seconds between two signs of life of a process that works."""
STALE: Final = timedelta(seconds=90)
"""Without a sign of life for so long, the process is gone and its work is nobody's."""
AFTER_FAILURE: Final = timedelta(minutes=1)
"""How long nothing is tried again by itself after a piece of work that failed."""
Kind = SynthesisWork.Kind


class _OwnConnections(ThreadPoolExecutor):
    """Threads that leave no connection to the database open when they have nothing to do."""

    def submit(self, work: Callable[..., Any], /, *given: Any, **more: Any) -> Future[Any]:
        def whole() -> Any:
            try:
                return work(*given, **more)
            finally:
                connections.close_all()

        return super().submit(whole)


class Background:
    """The thread, and what waits for it."""

    def __init__(self) -> None:
        self.worker: Executor = _OwnConnections(max_workers=1, thread_name_prefix="synthesis")
        self._name = uuid.uuid4().hex

    @property
    def process(self) -> str:
        """The name of this process, which no other has, nor one that lived before under the same number."""
        return f"{self._name}:{os.getpid()}"

    def busy(self, event: int) -> bool:
        """Whether something is being worked out for the event, in any process."""
        return _alive(event).exists()

    def failed(self, event: int) -> bool:
        """Whether the last work for the event ended in an error (which is in the log)."""
        return bool(_ended(event).values_list("failed", flat=True).first())

    def refresh(self, event: Event) -> None:
        """Refresh the event's proposals soon."""
        self._queue(event, Kind.REFRESH, lambda: refresh_suggested_themes(event))

    def refresh_if_due(self, event: Event) -> None:
        """Refresh where nothing was proposed yet, enough has arrived since, or what is shown rests on a private voice.

        Called by whoever looks: the stream's poller, and every screen that reads the proposals.
        """
        if (
            self.busy(event.pk)
            or _ended(event.pk).filter(failed=True, finished_at__gt=timezone.now() - AFTER_FAILURE).exists()
        ):
            return
        done = SuggestedThemes.objects.filter(event=event).values_list("up_to", flat=True).first()
        changed = Observation.objects.filter(table__event=event, revision__gt=done or 0).order_by()
        new = changed.count()
        if (
            new >= EVERY_ARRIVALS
            or (done is None and new)
            or (new and changed.filter(private=True, arrival__lte=done).exists())
        ):
            self.refresh(event)

    def run(self, event: Event, work: Callable[[], object]) -> None:
        """Do `work` for the event when its turn comes."""
        self._queue(event, Kind.ASKED, work)

    def _queue(self, event: Event, kind: str, work: Callable[[], object]) -> None:
        SynthesisWork.objects.filter(event=event, finished_at=None, heartbeat_at__lte=timezone.now() - STALE).delete()
        try:
            with transaction.atomic():
                row = SynthesisWork.objects.create(
                    event=event, kind=kind, process=self.process, heartbeat_at=timezone.now()
                )
        except IntegrityError:
            # A refresh waits already, here or in another process.
            return
        self.worker.submit(self._do, row, work)

    def _do(self, row: SynthesisWork, work: Callable[[], object]) -> None:
        own = SynthesisWork.objects.filter(pk=row.pk)
        own.update(started_at=timezone.now(), heartbeat_at=timezone.now())
        failed = False
        try:
            with self._beating():
                work()
        except Exception:
            failed = True
            logger.exception("The proposals of event %s could not be worked out.", row.event_id)
        own.update(finished_at=timezone.now(), failed=failed)
        _ended(row.event_id).exclude(pk=row.pk).delete()

    def heartbeat(self) -> None:
        """Say that this process lives, for the piece at work and for those that wait behind it."""
        SynthesisWork.objects.filter(process=self.process, finished_at=None).update(heartbeat_at=timezone.now())

    @contextmanager
    def _beating(self) -> Iterator[None]:
        """Give signs of life while it works."""
        done = threading.Event()

        def heartbeat() -> None:
            while not done.wait(BEAT):
                try:
                    self.heartbeat()
                except Exception:
                    logger.exception("A sign of life could not be written; the next one will be.")
            connections.close_all()

        thread = threading.Thread(target=heartbeat, name="synthesis-beat", daemon=True)
        thread.start()
        try:
            yield
        finally:
            done.set()


def _alive(event: int) -> QuerySet[SynthesisWork]:
    return SynthesisWork.objects.filter(event=event, finished_at=None, heartbeat_at__gt=timezone.now() - STALE)


def _ended(event: int) -> QuerySet[SynthesisWork]:
    """Work for the event that is over, the latest first."""
    return SynthesisWork.objects.filter(event=event).exclude(finished_at=None).order_by("-finished_at", "-pk")


background = Background()
