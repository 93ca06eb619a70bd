"""Take a snapshot of an event, which nothing changes any more; slides and reports come from it alone."""

import hashlib
import json
from collections import Counter, defaultdict
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from aumenta.activity.log import log
from aumenta.events.models import Badge, Choice, Event, Observation, Photo, Session
from aumenta.events.queries import (
    people_by_table,
    people_present,
    sticker_sessions,
    tables_overview,
    votes,
    zones_of_tables,
)
from aumenta.events.rules import may_run_regia
from aumenta.events.tables.project_log import badges_checked_in, project_log
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.results.activity import SNAPSHOT_TAKEN
from aumenta.results.event_snapshot import (
    AxisRow,
    ChoiceRow,
    EventSnapshot,
    KindRule,
    ObservationRow,
    PhotoRow,
    QuestionRow,
    SessionVotes,
    StrategyRow,
    TableRow,
    ThemeRow,
    VenueRow,
    ZoneRow,
)
from aumenta.results.models import Snapshot
from aumenta.territory.models import Zone
from aumenta.themes.confidential_words import refused_names
from aumenta.themes.theme_queries import theme_rows
from aumenta.themes.word_queries import words_by_zone


@transaction.atomic
def take_snapshot(*, person: User, event: Event) -> Snapshot:
    """Take the state of now under the next number.

    Refused where a theme's name or keywords have words that only voices not to be published say.
    """
    check_permission(may_run_regia(person, event))
    project_log(event)
    Event.objects.select_for_update().only("pk").get(pk=event.pk)
    last = event.snapshots.aggregate(last=Max("number"))["last"] or 0
    state = state_of(event)
    if refused := refused_names(event, state.themes):
        raise RefusedError("words_of_private_voices", themes=refused)
    content = state.as_json()
    taken = Snapshot.objects.create(
        event=event,
        number=last + 1,
        taken_at=timezone.now(),
        taken_by=person,
        content=content,
        sha256=digest_of(content),
    )
    log(code=SNAPSHOT_TAKEN, person=person, about=taken, subject=event.title_it, detail=str(taken.number))
    return taken


def digest_of(content: dict[str, Any]) -> str:
    """SHA-256 of the content in one fixed spelling: anybody who holds the state can check it."""
    spelt = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(spelt.encode()).hexdigest()


def state_of(event: Event) -> EventSnapshot:
    """Everything that can be given back. What a table marked as not to be published is counted, never quoted."""
    zones = zones_of_tables(event)
    said = Observation.objects.filter(table__event=event, withdrawn=False).order_by("arrival")
    rows = Zone.objects.filter(tables__event=event).distinct().order_by("number").values_list("number", "name")
    return EventSnapshot(
        event=event.title_it,
        event_en=event.title_en,
        invented=event.invented,
        people=people_present(event),
        venues=tuple(VenueRow(venue.name, venue.in_charge) for venue in event.venues.all()),
        tables=_tables(event),
        zones=tuple(ZoneRow(number, name) for number, name in rows),
        axes=_axes(event),
        strategies=tuple(StrategyRow(s.code, s.axis, s.title_it, s.title_en) for s in event.strategies.all()),
        questions=_questions(event),
        votes={session.code: _session(event, session, zones) for session in sticker_sessions(event)},
        observations=_observations(said.filter(private=False), zones),
        not_published=_not_published(said.filter(private=True), zones),
        themes=_themes(event, set(said.filter(private=False).values_list("pk", flat=True))),
        organisations=_organisations(event, zones),
        words=words_by_zone(event),
        photos=_photos(event),
        rule=KindRule(event.recurring_from_zones, event.crossing_from_strategies, event.crossing_from_axes),
    )


def _tables(event: Event) -> tuple[TableRow, ...]:
    """The tables at a glance, without what is only of the moment."""
    return tuple(
        TableRow(
            id=row["id"],
            number=row["number"],
            venue=row["venue"],
            zones=tuple(row["zones"]),
            facilitator=row["facilitator"],
            people=row["people"],
            stickers=row["stickers"],
            observations=row["observations"],
            disputed=row["disputed"],
        )
        for row in tables_overview(event)
    )


def _questions(event: Event) -> tuple[QuestionRow, ...]:
    return tuple(
        QuestionRow(q.code, q.text_it, q.text_en, q.short_it, q.short_en)
        for session in event.sessions.prefetch_related("questions")
        for q in session.questions.all()
    )


def _session(event: Event, session: Session, zones: dict[int, list[int]]) -> SessionVotes:
    """The stickers of a session, of the whole event and of each zone, and what the tables chose."""
    whole, by_zone = votes(event, session.code)
    return SessionVotes(
        title=session.title_it,
        whole=dict(sorted(whole.items())),
        zones={zone: dict(sorted(counts.items())) for zone, counts in sorted(by_zone.items())},
        chosen=_chosen(event, session.code, zones),
    )


def _observations(public: QuerySet[Observation], zones: dict[int, list[int]]) -> tuple[ObservationRow, ...]:
    rows = public.values_list("pk", "table_id", "table__number", "text", "strategy_code", "question_code")
    return tuple(
        ObservationRow(pk, number, tuple(zones.get(table, ())), text, strategy, question)
        for pk, table, number, text, strategy, question in rows
    )


def _not_published(private: QuerySet[Observation], zones: dict[int, list[int]]) -> dict[int, int]:
    """Zone's number → observations that its tables marked; under 0 all of them, each once."""
    tables = list(private.values_list("table_id", flat=True))
    found = Counter(zone for table in tables for zone in zones[table])
    return dict(sorted({**found, 0: len(tables)}.items())) if tables else {}


def _themes(event: Event, public: set[int]) -> tuple[ThemeRow, ...]:
    """Themes with their public sources. One of private voices alone is left out: its name was made of them."""
    return tuple(
        ThemeRow(
            id=row["id"],
            name=row["name"],
            keywords=row["keywords"],
            sources=sources,
            private=row["private"],
            zones=tuple(row["zones"]),
            tables=row["tables"],
            at_tables=tuple((number, voices) for number, voices in row["at_tables"]),
            strategies=tuple(row["strategies"]),
            axes=tuple(row["axes"]),
            kinds=tuple(row["kinds"]),
        )
        for row in theme_rows(event)
        if (sources := tuple(key for key in row["sources"] if key in public))
    )


def _photos(event: Event) -> tuple[PhotoRow, ...]:
    photos = Photo.objects.filter(table__event=event, removed=False).exclude(file="").order_by("table__number", "pk")
    return tuple(PhotoRow(*row) for row in photos.values_list("table__number", "file", "caption"))


def _axes(event: Event) -> tuple[AxisRow, ...]:
    if event.edition is None:
        return ()
    axes = event.edition.axes.order_by("number").values_list("number", "title_it", "title_en")
    return tuple(AxisRow(number, title_it, title_en) for number, title_it, title_en in axes)


def _chosen(event: Event, session_code: str, zones: dict[int, list[int]]) -> tuple[ChoiceRow, ...]:
    rows = Choice.objects.filter(table__event=event, session_code=session_code).order_by("table__number")
    return tuple(
        ChoiceRow(
            table=choice.table.number,
            zones=tuple(zones.get(choice.table_id, ())),
            strategies=tuple(choice.strategies),
            reason=choice.reason,
        )
        for choice in rows.select_related("table")
    )


def _organisations(event: Event, zones: dict[int, list[int]]) -> dict[str, dict[str, int]]:
    """Kind of organisation → people present whose badge says so, for the whole and each zone. Never a name.

    Who is there and was not checked in with a badge of a known kind is counted under "", so that the kinds of a place
    add up to its people wherever no head count is below the badges checked in.
    """
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    here = badges_checked_in(event)
    of_kind = {
        (table, code): kind
        for table, code, kind in Badge.objects.filter(event=event).values_list("table_id", "code", "organisation_kind")
    }
    for table, present in people_by_table(event).items():
        known = Counter(kind for code in here.get(table, ()) if (kind := of_kind.get((table, code), "")))
        known[""] = max(0, present - known.total())
        for place in ["", *map(str, zones.get(table, []))]:
            kinds[place] += known
    return {place: dict(sorted(counts.items())) for place, counts in sorted(kinds.items())}
