"""Freeze an event: a numbered, dated state that nothing changes any more; slides and reports come from it alone."""

import hashlib
import json
from collections import Counter, defaultdict
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from aumenta.events.arrange import CannotArrangeError
from aumenta.events.models import Badge, Choice, Event, Observation, Photo, Session
from aumenta.events.queries import people_present, sticker_sessions, tables_at_a_glance, votes, zones_of_tables
from aumenta.events.rules import may_run_regia
from aumenta.events.tables.bring_up_to_date import bring_up_to_date
from aumenta.people.permission import check_permission
from aumenta.results.models import Freeze
from aumenta.territory.models import Zone
from aumenta.themes.private_names import refused_names
from aumenta.themes.theme_queries import theme_rows
from aumenta.themes.word_queries import words_by_zone


@transaction.atomic
def freeze(*, by: Any, event: Event) -> Freeze:
    """Take the state of now under the next number.

    CannotArrangeError where a theme's name or keywords have words that only voices not to be published say.
    """
    check_permission(may_run_regia(by, event))
    bring_up_to_date(event)
    Event.objects.select_for_update().only("pk").get(pk=event.pk)
    last = event.freezes.aggregate(last=Max("number"))["last"] or 0
    content = state_of(event)
    if refused := refused_names(event, content["themes"]):
        raise CannotArrangeError(
            _(
                "Nothing was frozen: only voices not to be published say these words of a theme: %(themes)s. "
                "Open the theme, give it another name and other keywords, then freeze again."
            )
            % {"themes": refused}
        )
    return Freeze.objects.create(
        event=event, number=last + 1, taken_at=timezone.now(), taken_by=by, content=content, sha256=digest_of(content)
    )


def digest_of(content: dict[str, Any]) -> str:
    """SHA-256 of the content in one fixed spelling: anybody who holds the state can check it."""
    spelt = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(spelt.encode()).hexdigest()


def state_of(event: Event) -> dict[str, Any]:
    """Everything that can be given back. What a table marked as not to be published is counted, never quoted."""
    zones = zones_of_tables(event)
    said = Observation.objects.filter(table__event=event, withdrawn=False).order_by("arrival")
    return {
        "event": event.title_it,
        "event_en": event.title_en,
        "invented": event.invented,
        "people": people_present(event),
        "venues": [{"name": venue.name, "in_charge": venue.in_charge} for venue in event.venues.all()],
        "tables": _tables(event),
        "zones": [
            {"number": zone.number, "name": zone.name}
            for zone in Zone.objects.filter(tables__event=event).distinct().order_by("number")
        ],
        "axes": _axes(event),
        "strategies": _strategies(event),
        "questions": _questions(event),
        "votes": {session.code: _session(event, session, zones) for session in sticker_sessions(event)},
        "observations": _observations(said.filter(private=False), zones),
        "not_published": _not_published(said.filter(private=True), zones),
        "themes": _themes(event, set(said.filter(private=False).values_list("pk", flat=True))),
        "organisations": _organisations(event, zones),
        "words": words_by_zone(event),
        "photos": _photos(event),
        "rule": {
            "zones": event.recurring_from_zones,
            "strategies": event.crossing_from_strategies,
            "axes": event.crossing_from_axes,
        },
    }


def _tables(event: Event) -> list[dict[str, Any]]:
    """The tables at a glance, without what is only of the moment."""
    tables = tables_at_a_glance(event)
    for table in tables:
        for passing in ("seen", "devices", "waiting"):
            del table[passing]
    return tables


def _strategies(event: Event) -> list[dict[str, Any]]:
    return [
        {"code": s.code, "axis": s.axis, "title_it": s.title_it, "title_en": s.title_en} for s in event.strategies.all()
    ]


def _questions(event: Event) -> list[dict[str, Any]]:
    return [
        {"code": q.code, "text_it": q.text_it, "text_en": q.text_en, "short_it": q.short_it, "short_en": q.short_en}
        for session in event.sessions.prefetch_related("questions")
        for q in session.questions.all()
    ]


def _session(event: Event, session: Session, zones: dict[int, list[int]]) -> dict[str, Any]:
    """The stickers of a session, of the whole event and of each zone, and what the tables chose."""
    whole, by_zone = votes(event, session.code)
    return {
        "title": session.title_it,
        "whole": dict(sorted(whole.items())),
        "zones": {str(zone): dict(sorted(counts.items())) for zone, counts in sorted(by_zone.items())},
        "chosen": _chosen(event, session.code, zones),
    }


def _observations(public: QuerySet[Observation], zones: dict[int, list[int]]) -> list[dict[str, Any]]:
    return [
        {
            "id": pk,
            "table": number,
            "zones": zones.get(table, []),
            "text": text,
            "strategy": strategy,
            "question": question,
        }
        for pk, table, number, text, strategy, question in public.values_list(
            "pk", "table_id", "table__number", "text", "strategy_code", "question_code"
        )
    ]


def _not_published(private: QuerySet[Observation], zones: dict[int, list[int]]) -> dict[str, int]:
    """Zone's number → observations that its tables marked."""
    counts = Counter(zone for table in private.values_list("table_id", flat=True) for zone in zones[table])
    return {str(zone): number for zone, number in sorted(counts.items())}


def _themes(event: Event, public: set[int]) -> list[dict[str, Any]]:
    """Themes with their public sources. One of private voices alone is left out: its name was made of them."""
    return [
        {**theme, "sources": sources}
        for theme in theme_rows(event)
        if (sources := [key for key in theme["sources"] if key in public])
    ]


def _photos(event: Event) -> list[dict[str, Any]]:
    photos = Photo.objects.filter(table__event=event, removed=False).exclude(file="").order_by("table__number", "pk")
    return [
        {"table": number, "file": file, "caption": caption}
        for number, file, caption in photos.values_list("table__number", "file", "caption")
    ]


def _axes(event: Event) -> list[dict[str, Any]]:
    if event.edition is None:
        return []
    return [dict(axis) for axis in event.edition.axes.order_by("number").values("number", "title_it", "title_en")]


def _chosen(event: Event, session_code: str, zones: dict[int, list[int]]) -> list[dict[str, Any]]:
    rows = Choice.objects.filter(table__event=event, session_code=session_code).order_by("table__number")
    return [
        {
            "table": choice.table.number,
            "zones": zones.get(choice.table_id, []),
            "strategies": choice.strategies,
            "reason": choice.reason,
        }
        for choice in rows.select_related("table")
    ]


def _organisations(event: Event, zones: dict[int, list[int]]) -> dict[str, dict[str, int]]:
    """Kind of organisation → people whose badge says so, for the whole and each zone. Never a name."""
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for table, kind in (
        Badge.objects.filter(event=event).exclude(organisation_kind="").values_list("table_id", "organisation_kind")
    ):
        for place in ["", *map(str, zones.get(table, []))]:
            kinds[place][kind] += 1
    return {place: dict(sorted(counts.items())) for place, counts in sorted(kinds.items())}
