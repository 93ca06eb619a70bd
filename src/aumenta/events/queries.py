"""How an event is read: tables at a glance, votes, observations, and what a console needs to work offline."""

import base64
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, Q, QuerySet, Sum

from aumenta.events.models import Badge, Event, Observation, Registration, Session, StickerCount, Table, Venue
from aumenta.events.rules import may_prepare, may_see_events
from aumenta.people.rules import Person


@dataclass(frozen=True, slots=True)
class Crowd:
    """More people registered than there are seats, at a table or in the whole event (`table` is None)."""

    people: int
    seats: int
    table: Table | None = None


def crowds(table: Table) -> list[Crowd]:
    """Where the table, or its event, has more people registered than seats: the office may seat them all the same, and
    is told. Two queries."""
    event = table.event
    confirmed = Registration.objects.filter(event=event, state=Registration.State.CONFIRMED)
    counts = ((confirmed.filter(table=table).count(), table.seats, table), (confirmed.count(), event.seats, None))
    return [Crowd(people, seats, where) for people, seats, where in counts if seats is not None and people > seats]


def console_settings(table: Table) -> dict[str, Any]:
    """Everything a device needs to work at this table with no network: rules, strategies, questions, badges."""
    event = table.event
    sessions = list(event.sessions.prefetch_related("questions"))
    zones = [str(zone) for zone in table.zones.all()]
    return {
        "table": str(table.public_id),
        "number": table.number,
        "room": table.room,
        "venue": table.venue.name,
        "zones": zones,
        "event": event.title,
        "invented": event.invented,
        "export_key": base64.b64encode(bytes(table.export_key)).decode(),
        "sessions": [_session(session) for session in sessions],
        "strategies": [{"code": s.code, "axis": s.axis, "title": s.title} for s in event.strategies.all()],
        "badges": [
            {"code": badge.code, "name": badge.holder.registration.name if hasattr(badge, "holder") else ""}
            for badge in Badge.objects.filter(table=table).select_related("holder__registration")
        ],
    }


def _session(session: Session) -> dict[str, Any]:
    return {
        "code": session.code,
        "kind": session.kind,
        "title": session.title,
        "question": session.question,
        "stickers_each": session.stickers_each,
        "most_chosen": session.most_chosen,
        "questions": [{"code": q.code, "text": q.text, "short": q.short} for q in session.questions.all()],
    }


def tables_overview(event: Event) -> list[dict[str, Any]]:
    """One row for each table: where, who, last seen, people, stickers, observations. Five queries, however many."""
    stickers = dict(
        StickerCount.objects.filter(table__event=event)
        .values_list("table")
        .annotate(total=Sum("count"))
        .values_list("table", "total")
    )
    said = dict(
        Observation.objects.filter(table__event=event, withdrawn=False)
        .order_by()
        .values_list("table")
        .annotate(total=Count("pk"))
        .values_list("table", "total")
    )
    disputed: set[int] = set(
        StickerCount.objects.filter(table__event=event).exclude(others=[]).values_list("table", flat=True)
    )
    return [
        {
            "id": table.pk,
            "number": table.number,
            "venue": table.venue.name,
            "zones": [zone.number for zone in table.zones.all()],
            "facilitator": table.facilitator,
            "seen": table.seen,
            "devices": table.open_devices,
            "waiting": table.held_back or 0,
            "held": bool(table.held),
            "people": table.summary.present if hasattr(table, "summary") else 0,
            "stickers": stickers.get(table.pk, 0),
            "observations": said.get(table.pk, 0),
            "disputed": table.pk in disputed,
        }
        for table in _tables_with_devices(event)
    ]


def _tables_with_devices(event: Event) -> Iterable[Any]:
    return (
        event.tables.select_related("venue", "summary")
        .prefetch_related("zones")
        .annotate(
            seen=Max("devices__last_seen_at"),
            open_devices=Count("devices", filter=Q(devices__shut_at=None)),
            held=Count("devices", filter=Q(devices__shut_at=None) & ~Q(devices__held_for="")),
            held_back=Sum("devices__waiting", filter=Q(devices__shut_at=None)),
        )
        # A query that groups has no order of its own.
        .order_by("number")
    )


def zones_of_tables(event: Event) -> dict[int, list[int]]:
    """Table's key → the numbers of its zones."""
    zones: dict[int, list[int]] = defaultdict(list)
    links = Table.zones.through.objects.filter(table__event=event).order_by("zone__number")
    for table, number in links.values_list("table_id", "zone__number"):
        zones[table].append(number)
    return zones


def votes(event: Event, session_code: str) -> tuple[Counter[str], dict[int, Counter[str]]]:
    """Stickers by strategy, for the whole event and for each zone.

    A table shared by two zones counts in both of them and once in the whole; so the zones may add up to more.
    """
    zones = zones_of_tables(event)
    whole: Counter[str] = Counter()
    by_zone: dict[int, Counter[str]] = defaultdict(Counter)
    counts = StickerCount.objects.filter(table__event=event, session_code=session_code)
    for table, strategy, count in counts.values_list("table_id", "strategy_code", "count"):
        whole[strategy] += count
        for zone in zones[table]:
            by_zone[zone][strategy] += count
    return whole, dict(by_zone)


def people_present(event: Event) -> int:
    """Everybody at the tables."""
    return sum(people_by_table(event).values())


def people_by_table(event: Event) -> dict[int, int]:
    """Table's key → who is there: the head count where one was typed, else the badges checked in."""
    tables = event.tables.select_related("summary")
    return {table.pk: table.summary.present for table in tables if hasattr(table, "summary")}


def sticker_sessions(event: Event) -> list[Session]:
    return [session for session in event.sessions.all() if session.kind == Session.Kind.STICKERS]


def events_seen_by(person: Person) -> QuerySet[Event]:
    """Every event for those who prepare them; for a facilitator those in which a table or a venue is hers."""
    if may_prepare(person):
        return Event.objects.all()
    if may_see_events(person):
        hers = Q(facilitated_by=person.pk) | Q(venue__managed_by=person.pk)
        led = Q(pk__in=Table.objects.filter(hers).values("event"))
        return Event.objects.filter(led | Q(pk__in=Venue.objects.filter(managed_by=person.pk).values("event")))
    return Event.objects.none()


def table_address(table: Table) -> str:
    """What the QR code opens: the console, with the code in the part of the address that stays on the device."""
    return f"{settings.PUBLIC_ADDRESS}/it/tavolo/#{table.code}"


@dataclass(frozen=True)
class ZoneAtVenue:
    """A zone with a table at a venue; `territory` is the key of the territory that counts it so."""

    number: int
    name: str
    territory: int

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"


def zones_of_venues(event: Event) -> dict[int, list[ZoneAtVenue]]:
    """Venue's key → the zones that have a table there, in order; one query."""
    found: dict[int, list[ZoneAtVenue]] = defaultdict(list)
    rows = Table.objects.filter(event=event, zones__isnull=False).order_by("zones__number")
    asked = ("venue_id", "zones__number", "zones__name", "zones__territory")
    for venue, number, name, territory in rows.values_list(*asked).distinct():
        found[venue].append(ZoneAtVenue(number, name, territory))
    return dict(found)


def asked(event: Event) -> list[dict[str, Any]]:
    """Sessions in order, each with its questions, as rows with texts in both languages; one query."""
    own = ("code", "title_it", "title_en", "question_it", "question_en", "stickers_each")
    sessions: dict[str, dict[str, Any]] = {}
    rows = event.sessions.order_by("position", "questions__position")
    for row in rows.values(*own, "questions__text_it", "questions__text_en"):
        session = sessions.setdefault(row["code"], {**{name: row[name] for name in own}, "questions": []})
        if row["questions__text_it"]:
            session["questions"].append({"text_it": row["questions__text_it"], "text_en": row["questions__text_en"]})
    return list(sessions.values())
