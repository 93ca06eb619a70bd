"""Operations on the plan: editions and what is in them, frameworks, actors."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query

from aumenta.core.connections import Family, Tie
from aumenta.opendata.api import shapes
from aumenta.opendata.api.answers import Listing, Row, many, origin_of, our_origin, page_address, single
from aumenta.opendata.api.asking import Many, One
from aumenta.opendata.api.problems import nothing_called
from aumenta.opendata.api.service import Label, StrategyCode, list_at, one_at
from aumenta.plan.connections import Connections, connections
from aumenta.plan.models import (
    Axis,
    Chapter,
    Edition,
    Strategy,
)
from aumenta.review.queries import public_releases

FAMILIES: Final = {
    Family.ACTORS: "common_actors",
    Family.INSTRUMENTS: "common_instruments",
    Family.OBJECTIVES: "common_objectives",
    Family.TEXT: "common_words",
}
FRAME: Final = ("title_it", "title_en", "purpose_it", "purpose_en", "introduction_it", "introduction_en")


def public_edition(label: str) -> Edition:
    """The public edition of these years; raises ProblemError where there is none that everybody may read."""
    found = Edition.objects.public().select_related("plan").filter(label=label).first()
    if found is None:
        raise nothing_called(_("edition"), label)
    return found


def _texts(thing: Any, names: Iterable[str]) -> Row:
    return {name: getattr(thing, name) for name in names}


def _editions(found: Sequence[Edition], wanted: frozenset[str]) -> list[Row]:
    return [
        {
            "label": edition.label,
            "plan": edition.plan.name_it,
            "title_it": edition.title_it,
            "title_en": edition.title_en,
            "authority": edition.plan.authority_it,
            "standing": edition.standing,
            "in_force_since": edition.in_force_since and edition.in_force_since.isoformat(),
            "revision": edition.revision,
            "public_since": edition.public_since and edition.public_since.isoformat(),
            "actions": edition.n_actions,  # type: ignore[attr-defined]
            "address": page_address("site:edition", edition.label),
        }
        for edition in found
    ]


def all_editions() -> QuerySet[Edition]:
    """The public editions, each with its number of actions."""
    return Edition.objects.public().select_related("plan").annotate(n_actions=Count("axes__strategies__actions"))


EDITIONS: Final = Listing(
    shapes.Edition, _editions, {"label": ("label",)}, ("label", "title_it", "title_en", "plan__name_it")
)


@list_at("/editions", gettext_noop("The public editions of the plan"), shapes.Edition)
def editions(request: HttpRequest, asked: Query[Many]) -> HttpResponse:
    """The public editions of the plan."""
    return many(request, asked, EDITIONS, all_editions(), our_origin("Aumenta"))


@one_at("/editions/{label}", gettext_noop("One edition"), shapes.Edition)
def edition(request: HttpRequest, label: Label, asked: Query[One]) -> HttpResponse:
    """One edition, with source and licence of its texts."""
    shown = public_edition(label)
    rows = _editions(list(all_editions().filter(pk=shown.pk)), frozenset())
    return single(asked, shapes.Edition, rows, origin_of(shown))


@list_at("/editions/{label}/releases", gettext_noop("The dated versions of an edition"), shapes.Release)
def releases(request: HttpRequest, label: Label, asked: Query[Many]) -> HttpResponse:
    """The dated versions of an edition that everybody may read."""
    shown = public_edition(label)
    rows = release_rows(shown)
    listing = Listing(shapes.Release, as_they_are, {"number": ("number",), "dated": ("dated",)}, ("title_it", "act"))
    return many(request, asked, listing, rows, origin_of(shown))


def release_rows(edition: Edition) -> list[Row]:
    """The dated versions of an edition that everybody may read, as rows."""
    return [
        {
            "number": release.number,
            "title_it": release.title_it,
            "title_en": release.title_en,
            "dated": release.dated.isoformat(),
            "act": release.act,
            "act_address": release.act_address,
            "content_hash": release.content_hash,
            "public_on": day.isoformat(),
        }
        for release, day in public_releases(edition)
    ]


def as_they_are(rows: Sequence[Row], wanted: frozenset[str]) -> list[Row]:
    """Rows that are made already."""
    return list(rows)


def _chapters(found: Sequence[Chapter], wanted: frozenset[str]) -> list[Row]:
    names = ("position", "kind", "title_it", "title_en", "text_it", "text_en")
    return [_texts(chapter, names) for chapter in found]


CHAPTERS: Final = Listing(
    shapes.Chapter, _chapters, {"position": ("position",)}, ("title_it", "title_en", "text_it", "text_en")
)


@list_at("/editions/{label}/chapters", gettext_noop("The texts of an edition outside of its sheets"), shapes.Chapter)
def chapters(request: HttpRequest, label: Label, asked: Query[Many]) -> HttpResponse:
    """The texts of an edition outside of its sheets."""
    shown = public_edition(label)
    return many(request, asked, CHAPTERS, shown.chapters.all(), origin_of(shown))


def _axes(found: Sequence[Axis], wanted: frozenset[str]) -> list[Row]:
    return [
        {
            "number": axis.number,
            **_texts(axis, FRAME),
            "address": page_address("site:axis", axis.edition.label, axis.code),
        }
        for axis in found
    ]


AXES: Final = Listing(shapes.Axis, _axes, {"number": ("number",)}, ("title_it", "title_en", "purpose_it"))


@list_at("/editions/{label}/axes", gettext_noop("The axes of an edition"), shapes.Axis)
def axes(request: HttpRequest, label: Label, asked: Query[Many]) -> HttpResponse:
    """The axes of an edition."""
    shown = public_edition(label)
    return many(request, asked, AXES, shown.axes.select_related("edition"), origin_of(shown))


def _strategies(found: Sequence[Strategy], wanted: frozenset[str]) -> list[Row]:
    return [
        {
            "code": strategy.code,
            "axis": strategy.axis.number,
            **_texts(strategy, FRAME),
            "proposed": strategy.proposed,
            "address": page_address("site:strategy", strategy.axis.edition.label, strategy.code),
        }
        for strategy in found
    ]


STRATEGIES: Final = Listing(
    shapes.Strategy,
    _strategies,
    {"code": ("axis__number", "number"), "title_it": ("title_it",)},
    ("title_it", "title_en", "purpose_it", "purpose_en"),
)


@list_at("/editions/{label}/strategies", gettext_noop("The strategies of an edition"), shapes.Strategy)
def strategies(request: HttpRequest, label: Label, asked: Query[Many]) -> HttpResponse:
    """The strategies of an edition."""
    shown = public_edition(label)
    found = Strategy.objects.of(shown).select_related("axis__edition")
    return many(request, asked, STRATEGIES, found, origin_of(shown))


@one_at("/editions/{label}/strategies/{code}", gettext_noop("One strategy"), shapes.Strategy)
def strategy(request: HttpRequest, label: Label, code: StrategyCode, asked: Query[One]) -> HttpResponse:
    """One strategy."""
    shown = public_edition(label)
    found = list(Strategy.objects.of(shown).with_code(code).select_related("axis__edition"))
    if not found:
        raise nothing_called(_("strategy"), f"{code}, {label}")
    return single(asked, shapes.Strategy, _strategies(found, frozenset()), origin_of(shown))


def connection_row(tie: Tie, plan: Connections) -> Row:
    """A connection with what the two actions have in common."""
    row: Row = {"code": tie.first, "other_code": tie.second, "strength": round(tie.strength, 4)}
    common: dict[str, list[str]] = defaultdict(list)
    for reason in tie.reasons:
        common[FAMILIES[reason.family]] += [
            plan.names[label].name_it if label in plan.names else label for label in reason.common
        ]
    return row | {name: common[name] for name in FAMILIES.values()}


@list_at("/editions/{label}/connections", gettext_noop("Which actions belong together, and why"), shapes.Connection)
def connected(request: HttpRequest, label: Label, asked: Query[Many]) -> HttpResponse:
    """Which actions belong together, the strongest connection first, and why."""
    shown = public_edition(label)
    plan = connections(shown)
    rows = [connection_row(tie, plan) for tie in plan.ties]
    listing = Listing(
        shapes.Connection, as_they_are, {"strength": ("strength",), "code": ("code",)}, ("code", "other_code")
    )
    return many(request, asked, listing, rows, origin_of(shown))
