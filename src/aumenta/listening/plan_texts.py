"""The plan made ready for comparing with what people say: that of an edition, and that of an event's posters."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Final

from aumenta.core.synthesis.suggest import Plan, Reference
from aumenta.listening.models import Event
from aumenta.listening.vectors import DatabaseCache, encoder_here
from aumenta.plan.models import Edition
from aumenta.plan.queries import texts_of_edition

_MOST: Final = 4
"""Plans that a process keeps ready (3 MB each)."""

_turn = threading.Lock()
_ready: OrderedDict[tuple[object, ...], Plan | None] = OrderedDict()


def plan_of_edition(edition: Edition) -> Plan | None:
    """The strategies of an edition with all their texts; None where it has none yet."""
    return _kept(("edition", edition.pk, edition.revision), lambda: edition_references(edition))


def plan_of_event(event: Event) -> Plan | None:
    """The strategies on the posters of an event: their titles, and the texts of the plan's own that they stand for."""
    titles = tuple(event.strategies.values_list("code", "title_it", "title_en"))
    edition = event.edition
    key = ("event", event.pk, edition.revision if edition else 0, titles)
    return _kept(key, lambda: _event_references(event, titles))


def edition_references(edition: Edition) -> list[Reference]:
    """Every text of an edition as a reference of its strategy."""
    return [Reference(text.code, text.group, text.text) for text in texts_of_edition(edition.label)]


def _event_references(event: Event, titles: Sequence[tuple[str, str, str]]) -> list[Reference]:
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


def _kept(key: tuple[object, ...], make: Callable[[], list[Reference]]) -> Plan | None:
    opened = encoder_here()
    key = (*key, opened.encoder.name, opened.encoder.version)
    with _turn:
        if key in _ready:
            _ready.move_to_end(key)
            return _ready[key]
        references = make()
        _ready[key] = Plan(references, opened.encoder, DatabaseCache()) if references else None
        while len(_ready) > _MOST:
            _ready.popitem(last=False)
        return _ready[key]
