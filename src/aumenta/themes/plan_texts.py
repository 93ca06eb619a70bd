"""The plan made ready for comparing with what people say: that of an edition, and that of an event's posters."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Final, Literal

from django.db import connections

from aumenta.core.process_cache import ProcessCache
from aumenta.core.synthesis.process_encoder import encoder_here, encoder_is_open
from aumenta.core.synthesis.suggest import PlanIndex, Reference
from aumenta.events.models import Event
from aumenta.plan.models import Edition
from aumenta.plan.queries import texts_of_edition
from aumenta.themes.vectors import DatabaseCache

logger = logging.getLogger(__name__)

_MOST: Final = 4
"""Plans that a process keeps ready (3 MB each)."""

Key = tuple[object, ...]
_THREAD: Final = "plans"
worker: Executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix=_THREAD)
_asking = threading.Lock()
_begun: set[Key] = set()
_ready: Final[ProcessCache[Key, PlanIndex | Literal["preparing"] | None]] = ProcessCache.of_the_process(_MOST)


def plan_of_edition(edition: Edition) -> PlanIndex | None:
    """The strategies of an edition with all their texts; None where it has none yet. The first time takes a minute."""
    return _kept(_edition_key(edition), lambda: edition_references(edition))


def actions_plan_soon(edition: Edition) -> PlanIndex | Literal["preparing"] | None:
    """The actions of an edition, each a group of its own, where they are ready; else "preparing", as above."""
    key = ("actions", edition.pk, edition.revision)
    return _soon(key, lambda: _kept(key, lambda: _action_references(edition)))


def plan_of_event(event: Event) -> PlanIndex | None:
    """The strategies on the posters of an event: their titles, and the texts of the plan's own that they stand for."""
    return _kept(_event_key(event), lambda: _event_references(event))


def edition_plan_soon(edition: Edition) -> PlanIndex | Literal["preparing"] | None:
    """`plan_of_edition` where it is ready, else "preparing": it is begun beside the request that asks."""
    return _soon(_edition_key(edition), lambda: plan_of_edition(edition))


def event_plan_soon(event: Event) -> PlanIndex | Literal["preparing"] | None:
    """`plan_of_event` where it is ready, else "preparing": it is begun beside the request that asks."""
    return _soon(_event_key(event), lambda: plan_of_event(event))


def edition_references(edition: Edition) -> list[Reference]:
    """Every text of an edition as a reference of its strategy."""
    return [Reference(text.code, text.group, text.text) for text in texts_of_edition(edition.label)]


def _action_references(edition: Edition) -> list[Reference]:
    texts = [text for text in texts_of_edition(edition.label) if text.code != text.group]
    return [Reference(text.code, text.code, text.text) for text in texts]


def _edition_key(edition: Edition) -> Key:
    return ("edition", edition.pk, edition.revision)


def _event_key(event: Event) -> Key:
    titles = tuple(event.strategies.values_list("code", "title_it", "title_en"))
    return ("event", event.pk, event.edition.revision if event.edition else 0, titles)


def _event_references(event: Event) -> list[Reference]:
    titles = list(event.strategies.values_list("code", "title_it", "title_en"))
    codes = {code for code, *_ in titles}
    written = edition_references(event.edition) if event.edition else []
    known = {reference.group for reference in written}
    references = [
        Reference(code, code, title)
        for code, title_it, title_en in titles
        for title in (title_it, title_en)
        if title and code not in known
    ]
    return references + [reference for reference in written if reference.group in codes]


def _soon(key: Key, make: Callable[[], PlanIndex | None]) -> PlanIndex | Literal["preparing"] | None:
    known = _look(key)
    if known == "preparing":
        with _asking:
            begin = key not in _begun
            _begun.add(key)
        if begin:
            worker.submit(_begin, key, make)
        known = _look(key)
    return known


def _begin(key: Key, make: Callable[[], PlanIndex | None]) -> None:
    try:
        make()
    except Exception:
        logger.exception("The plan could not be made ready for comparing.")
    finally:
        with _asking:
            _begun.discard(key)
        if threading.current_thread().name.startswith(_THREAD):
            connections.close_all()


def _look(key: Key) -> PlanIndex | Literal["preparing"] | None:
    if not encoder_is_open():
        return "preparing"
    opened = encoder_here()
    return _ready.find((*key, opened.encoder.name, opened.encoder.version), "preparing")


def _kept(key: Key, make: Callable[[], list[Reference]]) -> PlanIndex | None:
    opened = encoder_here()

    def index() -> PlanIndex | None:
        references = make()
        return PlanIndex(references, opened.encoder, DatabaseCache()) if references else None

    made = _ready.get((*key, opened.encoder.name, opened.encoder.version), index)
    return None if made == "preparing" else made
