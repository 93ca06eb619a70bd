"""What happens at a place and what is published of it: its events and those of its zone's tables, figures of others."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from aumenta.events.models import Event
from aumenta.territory.facts import SOURCES, facts_of
from aumenta.territory.models import Territory

MOST_EVENTS = 10


def events_at(*, municipality: int | None = None, zone: int | None = None) -> list[Event]:
    """Published events with a venue in the municipality (by its key) or with tables of the zone (by its number), the
    latest first; one query, none where neither is given."""
    here = Q()
    if municipality is not None:
        here |= Q(venues__municipality=municipality)
    if zone is not None:
        here |= Q(tables__zones__number=zone)
    if not here:
        return []
    events = Event.objects.exclude(published_at=None).filter(here)
    return list(events.distinct().order_by("-starts_at")[:MOST_EVENTS])


def published_facts(territory: Territory, codes: Sequence[str]) -> dict[str, Any]:
    """What templates need of the published figures of these municipalities together; no query."""
    return {"facts": facts_of(territory.slug, codes), "facts_sources": SOURCES}
