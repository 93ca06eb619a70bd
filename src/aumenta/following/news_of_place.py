"""What is new about a place: its events and those of its zone's tables, their results, the actions confirmed for it."""

from collections.abc import Iterable, Iterator
from typing import Final

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from aumenta.events.models import Event, Table
from aumenta.following.news import News
from aumenta.following.news_of_plan import of_codes
from aumenta.plan.models import Action, Edition
from aumenta.plan.places import codes_in, is_confirmed, reaching, ties_of
from aumenta.territory.models import Municipality, Territory, Zone
from aumenta.territory.queries import MUNICIPALITY, ZONE, table_of

MOST_EVENTS: Final = 10


def events_at(territory: Territory, *, municipality: int | None = None, zone: int | None = None) -> list[Event]:
    """Published events with a venue in the municipality (by its key) or with tables of the zone of this territory (by
    its number: every territory counts its zones from one), the latest first; `of_zone` says whether it had tables
    of the zone. One query, none where neither is given."""
    here = Q()
    if municipality is not None:
        here |= Q(venues__municipality=municipality)
    if zone is not None:
        here |= Q(tables__zones__number=zone, tables__zones__territory=territory)
    if not here:
        return []
    # Zones count from one: where none is asked for, no table is of it.
    tables = Table.objects.filter(event=OuterRef("pk"), zones__number=zone or 0, zones__territory=territory)
    events = Event.objects.exclude(published_at=None).filter(here).annotate(of_zone=Exists(tables))
    return list(events.distinct().order_by("-starts_at")[:MOST_EVENTS])


def of_municipality(territory: Territory, place: Municipality) -> Iterator[News]:
    """The news of a municipality."""
    zone = place.zone.number if place.zone else None
    yield from news_of_events(events_at(territory, municipality=place.pk, zone=zone))
    yield from _of_actions(territory, MUNICIPALITY, place.istat_code)


def of_zone(territory: Territory, zone: Zone) -> Iterator[News]:
    """The news of a zone."""
    yield from news_of_events(events_at(territory, zone=zone.number))
    yield from _of_actions(territory, ZONE, str(zone.number))


def news_of_events(events: Iterable[Event]) -> Iterator[News]:
    """That each was announced or cancelled, and its results."""
    for event in events:
        path = f"eventi/{event.slug}/"
        if event.cancelled_at:
            title = _("Cancelled: %(event)s") % {"event": event.title}
            yield News(f"cancelled/{event.pk}", title, "", path, event.cancelled_at)
        elif event.published_at:
            yield News(f"event/{event.pk}", event.title, event.summary, path, event.published_at)
        if event.results_published_at:
            title = _("Results: %(event)s") % {"event": event.title}
            yield News(f"results/{event.pk}", title, "", f"{path}esiti/", event.results_published_at)


def _of_actions(territory: Territory, kind: str, key: str) -> Iterator[News]:
    """The actions of the current edition confirmed for the place; a guess is no news."""
    edition = Edition.objects.select_related("plan").current()
    table = table_of(territory)
    position = table.find(kind, key, territory.code)
    if edition is None or position is None:
        return
    found = reaching(ties_of(edition, territory), codes_in(table, table.places[position]))
    sure = [pk for pk, ties in found.items() if is_confirmed(ties)]
    if sure:
        yield from of_codes(edition, [one.code for one in Action.objects.of(edition).filter(pk__in=sure)])
