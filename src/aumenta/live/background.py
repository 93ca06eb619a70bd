"""Work of seconds beside the requests: one thread in a process, one piece of work at a time for each event.

Encoding and grouping never run in a request or on the event loop. What is asked for again while it waits is done once.
"""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Any, Final

from django.db import connections

from aumenta.listening.models import Event, Observation, ThemeProposals
from aumenta.listening.propose_themes import refresh_proposals

logger = logging.getLogger(__name__)

EVERY_ARRIVALS: Final = 12
"""Observations, new or changed, after which the proposals are refreshed by themselves."""


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
        self._guard = threading.Lock()
        self._waiting: dict[int, int] = {}
        self._refreshing: set[int] = set()
        self._failed: set[int] = set()

    def busy(self, event: int) -> bool:
        """Whether something is being worked out for the event."""
        return bool(self._waiting.get(event))

    def failed(self, event: int) -> bool:
        """Whether the last work for the event ended in an error (which is in the log)."""
        return event in self._failed

    def refresh(self, event: Event) -> None:
        """Refresh the event's proposals soon."""
        with self._guard:
            if event.pk in self._refreshing:
                return
            self._refreshing.add(event.pk)

        def work() -> None:
            with self._guard:
                self._refreshing.discard(event.pk)
            refresh_proposals(event)

        self.run(event, work)

    def refresh_if_due(self, event: Event) -> None:
        """Refresh where nothing was proposed yet, or enough has arrived since."""
        if self.busy(event.pk):
            return
        done = ThemeProposals.objects.filter(event=event).values_list("up_to", flat=True).first()
        new = Observation.objects.filter(table__event=event, revision__gt=done or 0).order_by().count()
        if new >= EVERY_ARRIVALS or (done is None and new):
            self.refresh(event)

    def run(self, event: Event, work: Callable[[], object]) -> None:
        """Do `work` for the event when its turn comes."""
        with self._guard:
            self._waiting[event.pk] = self._waiting.get(event.pk, 0) + 1
        self.worker.submit(self._do, event.pk, work)

    def _do(self, event: int, work: Callable[[], object]) -> None:
        try:
            work()
            self._failed.discard(event)
        except Exception:
            self._failed.add(event)
            logger.exception("The proposals of event %s could not be worked out.", event)
        finally:
            with self._guard:
                self._waiting[event] -= 1


background = Background()
