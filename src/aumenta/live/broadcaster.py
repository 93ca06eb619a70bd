"""One poll of the database for each event and process, however many screens are open; what changed goes to them all."""

import asyncio
import json
import logging
import threading
from collections import defaultdict
from collections.abc import AsyncIterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from django.db import close_old_connections
from django.db.models import Max
from django.utils import timezone

from aumenta.core.text import whole_number
from aumenta.events.call_tables import call_of
from aumenta.events.models import Event
from aumenta.events.queries import sticker_sessions, tables_overview, votes
from aumenta.events.tables.project_log import project_log
from aumenta.live.background import background
from aumenta.themes.models import SuggestedThemes, ThemeStep
from aumenta.themes.theme_queries import said_rows

logger = logging.getLogger(__name__)

EVERY = 0.5
# The tables' "last seen" moves on its own; screens need it, but not twice a second.
LOOK_AGAIN = 5.0
# While the database is away, pauses between polls grow up to this.
LONGEST_PAUSE = 10.0
WALL, REGIA = "wall", "regia"


@dataclass(frozen=True, slots=True)
class Position:
    """How far a screen has read: the last operation, the last step of the grouping, the version of the proposals."""

    operation: int = 0
    step: int = 0
    proposals: int = 0

    @classmethod
    def read(cls, text: str) -> "Position":
        numbers = [whole_number(part) for part in text.split(".", 2)]
        known = [number for number in numbers if number is not None]
        return cls(*known) if len(known) == len(numbers) else cls()

    def __str__(self) -> str:
        return f"{self.operation}.{self.step}.{self.proposals}"


@dataclass(slots=True)
class _Watch:
    """An event that somebody watches: the screens, and what they were shown last."""

    screens: dict[asyncio.Queue[bytes], str] = field(default_factory=dict)
    position: Position = field(default_factory=Position)
    task: asyncio.Task[None] | None = None


def message(name: str, position: Position, data: Any) -> bytes:
    """One server-sent event."""
    return f"event: {name}\nid: {position}\ndata: {json.dumps(data, separators=(',', ':'))}\n\n".encode()


def overview(event: Event) -> dict[str, Any]:
    """All tables, and the running count by strategy and zone."""
    tables = tables_overview(event)
    now = timezone.now()
    for table in tables:
        seen = table.pop("seen")
        table["seen"] = None if seen is None else max(0, round((now - seen).total_seconds()))
    return {"tables": tables, **count(event), "people": sum(table["people"] for table in tables)}


def count(event: Event) -> dict[str, Any]:
    """The running count alone: what the wall shows."""
    by_session = {}
    for session in sticker_sessions(event):
        whole, zones = votes(event, session.code)
        by_session[session.code] = {"whole": whole, "zones": zones}
    return {"votes": by_session, "at": timezone.localtime().strftime("%H:%M:%S")}


def poll(
    event: Event, last: Position, tables_too: bool, for_regia: bool = True
) -> tuple[Position, dict[str, list[bytes]]]:
    """What is new since `last`, for the regia's screens and for the walls; the tables also if `tables_too`.

    Where only walls are open (`for_regia` False) nobody reckons what they do not show.
    """
    close_old_connections()
    operation = project_log(event)
    step = ThemeStep.objects.filter(event=event).aggregate(last=Max("pk"))["last"] or 0
    version = SuggestedThemes.objects.filter(event=event).values_list("version", flat=True).first() or 0
    now = Position(operation, step, version)
    news: dict[str, list[bytes]] = {REGIA: [], WALL: []}
    if operation > last.operation:
        news[WALL].append(message("count", now, count(event)))
    if for_regia and operation > last.operation:
        said = said_rows(event, since=last.operation)
        if said:
            news[REGIA].append(message("said", now, said))
    if for_regia and (operation > last.operation or tables_too):
        news[REGIA].append(message("overview", now, overview(event)))
    if tables_too:
        call = call_of(Event.objects.only("called", "called_at", "called_until").get(pk=event.pk))
        for screen in news:
            news[screen].append(message("call", now, call))
    if step > last.step:
        news[REGIA].append(message("step", now, step))
    if version > last.proposals:
        news[REGIA].append(message("proposals", now, version))
    return now, news


class Broadcaster:
    """The screens of one process."""

    def __init__(self) -> None:
        self.reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="regia")
        self._watches: dict[int, _Watch] = defaultdict(_Watch)
        self._guard = threading.Lock()
        self._to_look: dict[tuple[int, str, Position], Future[tuple[Position, list[bytes]]]] = {}

    async def follow(self, event: Event, screen: str, last: Position) -> AsyncIterator[bytes]:
        """What a screen is to be told, from `last` on, for as long as it stays."""
        loop = asyncio.get_running_loop()
        watch = self._watches[event.pk]
        queue: asyncio.Queue[bytes] = asyncio.Queue(maxsize=64)
        try:
            # Before the poll: what the watcher finds meanwhile waits for this screen too.
            watch.screens[queue] = screen
            # Shielded: one screen that closes at once must not take the poll from those that share it.
            position, news = await asyncio.shield(asyncio.wrap_future(self._look_from(event, screen, last)))
            if watch.task is None or watch.task.done():
                # From where this screen has read, not from where the log is by now: nothing falls between the two.
                # Looks are made one after the other, so the first to get here has read the least.
                watch.position = position
                watch.task = loop.create_task(self._poll(event, watch))
            yield b"retry: 2000\n\n" + b"".join(news)
            # A screen that was too slow has been let go: it reads what is left, and comes back with where it is.
            while queue in watch.screens or not queue.empty():
                try:
                    yield await asyncio.wait_for(queue.get(), timeout=15)
                except TimeoutError:
                    # Proxies close what stays silent.
                    yield b": still here\n\n"
        finally:
            watch.screens.pop(queue, None)

    def _look_from(self, event: Event, screen: str, last: Position) -> Future[tuple[Position, list[bytes]]]:
        """What a screen that opens has missed since `last`. Those that open while one waits for its turn share it."""
        wanted = (event.pk, screen, last)

        def work() -> tuple[Position, list[bytes]]:
            with self._guard:
                # From here on it is too late to share: what is read now may be older than what the next screen asks.
                del self._to_look[wanted]
            position, news = poll(event, last, True, screen == REGIA)
            return position, news[screen]

        with self._guard:
            if wanted not in self._to_look:
                self._to_look[wanted] = self.reader.submit(work)
            return self._to_look[wanted]

    async def _poll(self, event: Event, watch: _Watch) -> None:
        loop = asyncio.get_running_loop()
        quiet = failed = 0.0
        while watch.screens:
            await asyncio.sleep(EVERY)
            quiet += EVERY
            tables_too = quiet >= LOOK_AGAIN
            try:
                regia = REGIA in watch.screens.values()
                watch.position, news = await loop.run_in_executor(
                    self.reader, poll, event, watch.position, tables_too, regia
                )
                if tables_too and regia:
                    await loop.run_in_executor(self.reader, background.refresh_if_due, event)
            except Exception as fault:
                # One failed poll (a database that restarts) must not leave every screen without the next.
                if not failed:
                    said = next(iter(str(fault).strip().splitlines()), type(fault).__name__)
                    logger.warning("The regia cannot look at the database (%s); it tries again.", said)
                failed = min(2 * failed or EVERY, LONGEST_PAUSE)
                await asyncio.sleep(failed)
                continue
            failed = 0.0
            if tables_too:
                quiet = 0.0
            parts = {screen: b"".join(messages) for screen, messages in news.items()}
            for queue, screen in list(watch.screens.items()):
                if not parts[screen]:
                    continue
                if queue.full():
                    # Too slow: it is let go, and comes back by itself with the position it had reached.
                    watch.screens.pop(queue, None)
                    continue
                queue.put_nowait(parts[screen])


broadcaster = Broadcaster()
