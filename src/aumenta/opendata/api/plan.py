"""Operations on the plan: editions and what is in them, frameworks, actors."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db.models import Count, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query

from aumenta.core.connections import Family, Tie
from aumenta.opendata.api import shapes
from aumenta.opendata.api.answers import Listing, Row, many, origin_of, our_origin, page_address, single, wanted_fields
from aumenta.opendata.api.asking import Many, One
from aumenta.opendata.api.problems import nothing_called
from aumenta.opendata.api.service import ActionCode, Label, StrategyCode, list_at, one_at
from aumenta.plan.connections import Connections, connections
from aumenta.plan.models import (
    Action,
    ActionPlace,
    ActionQuerySet,
    Alignment,
    Axis,
    Chapter,
    Edition,
    Involvement,
    Responsibility,
    Strategy,
)
from aumenta.plan.sheet_content import FIELDS
from aumenta.review.queries import public_releases, public_versions

FAMILIES: Final = {
    Family.ACTORS: "common_actors",
    Family.INSTRUMENTS: "common_instruments",
    Family.OBJECTIVES: "common_objectives",
    Family.TEXT: "common_words",
}
FRAME: Final = ("title_it", "title_en", "purpose_it", "purpose_en", "introduction_it", "introduction_en")
SHEET: Final = (
    "title_it",
    "title_en",
    "title_proposed",
    "printed_code",
    "summary_it",
    "summary_en",
    "description_it",
    "description_en",
)


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
    listing = Listing(shapes.Release, _as_they_are, {"number": ("number",), "dated": ("dated",)}, ("title_it", "act"))
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


def _as_they_are(rows: Sequence[Row], wanted: frozenset[str]) -> list[Row]:
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


def _reads(found: QuerySet[Action], wanted: frozenset[str]) -> QuerySet[Action]:
    """The sheets with the parts that are wanted: one query each, however many sheets there are."""
    if "actors" in wanted:
        found = found.prefetch_related(Prefetch("involvements", Involvement.objects.select_related("actor")))
    if "alignments" in wanted:
        aligned = Alignment.objects.select_related("item__framework").order_by("item__framework__position", "position")
        found = found.prefetch_related(Prefetch("alignments", aligned))
    if "responsible" in wanted:
        bodies = Responsibility.objects.select_related("organisation").order_by("organisation__name_it")
        found = found.prefetch_related(Prefetch("responsibilities", bodies))
    if "places" in wanted:
        reached = ActionPlace.objects.exclude(state=ActionPlace.State.DECLINED).order_by("reach", "zone__number", "pk")
        found = found.prefetch_related(Prefetch("places", reached.select_related("belt", "zone", "municipality")))
    found = found.prefetch_related(*(name for name in ("examples", "links", "rows") if name in wanted))
    return found if wanted & {"description_it", "description_en"} else found.defer("description_it", "description_en")


def _actions(found: Sequence[Action], wanted: frozenset[str]) -> list[Row]:
    if not found:
        return []
    shown = found[0].strategy.axis.edition
    ties = connections(shown) if "connections" in wanted else None
    return [_action(action, shown, wanted, ties) for action in found]


def _action(action: Action, shown: Edition, wanted: frozenset[str], ties: Connections | None) -> Row:
    row: Row = {"code": action.code, "axis": action.strategy.axis.number, "strategy": action.strategy.code}
    row |= {name: getattr(action, name) for name in SHEET if name in wanted}
    if "actors" in wanted:
        row["actors"] = [_actor_of(one) for one in action.involvements.all()]
    if "alignments" in wanted:
        row["alignments"] = [_aligned(one) for one in action.alignments.all()]
    if "examples" in wanted:
        row["examples"] = [_texts(one, ("text_it", "text_en")) for one in action.examples.all()]
    if "links" in wanted:
        row["links"] = [_texts(one, ("address", "label")) for one in action.links.all()]
    if "rows" in wanted:
        row["rows"] = [_texts(one, ("label", "text_it", "text_en")) for one in action.rows.all()]
    if "responsible" in wanted:
        row["responsible"] = [one.organisation.name_it for one in action.responsibilities.all()]
    if "places" in wanted:
        row["places"] = [_reach(one) for one in action.places.all()]
    if ties is not None:
        row["connections"] = [_connected(one, action.code) for one in ties.of(action.code)]
    return row | {"address": page_address("site:action", shown.label, action.code)}


def _actor_of(involved: Involvement) -> Row:
    actor = involved.actor
    return {"actor": actor.slug, **_texts(actor, ("name_it", "name_en")), "printed": involved.printed}


def _aligned(alignment: Alignment) -> Row:
    item = alignment.item
    return {
        "framework": item.framework.code,
        "item": item.slug,
        "code": item.code,
        "name_it": item.name_it,
        "role": alignment.role,
        "printed": alignment.printed,
    }


def _reach(place: ActionPlace) -> Row:
    named = (place.belt and place.belt.slug) or (place.zone and str(place.zone.number))
    code = place.municipality.istat_code if place.municipality else ""
    proposed = place.state == ActionPlace.State.PROPOSED
    return {"reach": place.reach, "place": named or code, "proposed": proposed}


def _connected(tie: Tie, code: str) -> Row:
    return {"code": tie.second if tie.first == code else tie.first, "strength": round(tie.strength, 4)}


ACTIONS: Final = Listing(
    shapes.Action,
    _actions,
    {"code": ("strategy__axis__number", "strategy__number", "number"), "title_it": ("title_it",)},
    ("title_it", "title_en", "summary_it", "summary_en", "description_it", "description_en"),
)


def _sheets(shown: Edition) -> ActionQuerySet:
    return Action.objects.of(shown).select_related("strategy__axis__edition")


@list_at("/editions/{label}/actions", gettext_noop("The actions of an edition"), shapes.Action)
def actions(request: HttpRequest, label: Label, asked: Query[Many]) -> HttpResponse:
    """The actions of an edition, with the parts of their sheets that `embed` names."""
    shown = public_edition(label)
    found = sheets_with(shown, wanted_fields(shapes.Action, asked))
    return many(request, asked, ACTIONS, found, origin_of(shown))


def sheets_with(shown: Edition, wanted: frozenset[str]) -> QuerySet[Action]:
    """The sheets of an edition with the parts that are wanted."""
    return _reads(_sheets(shown), wanted)


def _one_action(shown: Edition, code: str, wanted: frozenset[str]) -> Action:
    found = _reads(_sheets(shown).with_code(code), wanted).first()
    if found is None:
        raise nothing_called(_("action"), f"{code}, {shown.label}")
    return found


@one_at("/editions/{label}/actions/{code}", gettext_noop("One action's sheet"), shapes.Action)
def action(request: HttpRequest, label: Label, code: ActionCode, asked: Query[One]) -> HttpResponse:
    """One action's sheet."""
    shown = public_edition(label)
    wanted = wanted_fields(shapes.Action, asked)
    return single(asked, shapes.Action, _actions([_one_action(shown, code, wanted)], wanted), origin_of(shown))


@list_at("/editions/{label}/actions/{code}/versions", gettext_noop("The public versions of a sheet"), shapes.Version)
def versions(request: HttpRequest, label: Label, code: ActionCode, asked: Query[Many]) -> HttpResponse:
    """The versions of a sheet since everybody can read it, the newest first."""
    shown = public_edition(label)
    rows = [
        {
            "number": version.number,
            "valid_from": on.isoformat(),
            "origin_of_version": version.origin,
            "content_hash": version.content_hash,
            "content": {name: version.content[name] for name in FIELDS if name in version.content},
        }
        for version, on in public_versions(_one_action(shown, code, frozenset()), shown)[::-1]
    ]
    listing = Listing(shapes.Version, _as_they_are, {"number": ("number",), "valid_from": ("valid_from",)})
    return many(request, asked, listing, rows, origin_of(shown))


def _alignments(found: Sequence[Alignment], wanted: frozenset[str]) -> list[Row]:
    return [{"action": alignment.action.code, **_aligned(alignment)} for alignment in found]


ALIGNMENTS: Final = Listing(
    shapes.Alignment,
    _alignments,
    {
        "action": ("action__strategy__axis__number", "action__strategy__number", "action__number", "position"),
        "item": ("item__framework__position", "item__position"),
    },
    ("item__code", "item__name_it", "item__framework__code", "item__framework__name_it", "printed"),
)


@list_at("/editions/{label}/alignments", gettext_noop("Which action serves which framework item"), shapes.Alignment)
def alignments(request: HttpRequest, label: Label, asked: Query[Many]) -> HttpResponse:
    """Which action serves which item of a framework."""
    shown = public_edition(label)
    found = Alignment.objects.filter(action__strategy__axis__edition=shown)
    return many(
        request, asked, ALIGNMENTS, found.select_related("action__strategy__axis", "item__framework"), origin_of(shown)
    )


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
        shapes.Connection, _as_they_are, {"strength": ("strength",), "code": ("code",)}, ("code", "other_code")
    )
    return many(request, asked, listing, rows, origin_of(shown))
