"""Operations on the actions of an edition: their sheets with all parts, versions, alignments."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Final

from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query

from aumenta.core.connections import Tie
from aumenta.opendata.api import shapes
from aumenta.opendata.api.answers import Listing, Row, many, origin_of, page_address, single, wanted_fields
from aumenta.opendata.api.asking import Many, One
from aumenta.opendata.api.plan import as_they_are, public_edition
from aumenta.opendata.api.problems import nothing_called
from aumenta.opendata.api.service import ActionCode, Label, list_at, one_at
from aumenta.plan.connections import Connections, connections
from aumenta.plan.models import (
    Action,
    ActionPlace,
    ActionQuerySet,
    Alignment,
    Edition,
    Example,
    Involvement,
    Link,
    Responsibility,
    SheetRow,
)
from aumenta.plan.sheet_content import FIELDS
from aumenta.review.queries import public_versions

Parts = dict[str, dict[int, list[Any]]]
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


def _reads(found: QuerySet[Action], wanted: frozenset[str]) -> QuerySet[Action]:
    """The sheets without the long texts that nobody wants."""
    return found if wanted & {"description_it", "description_en"} else found.defer("description_it", "description_en")


def _actions(found: Sequence[Action], wanted: frozenset[str]) -> list[Row]:
    if not found:
        return []
    shown = found[0].strategy.axis.edition
    ties = connections(shown) if "connections" in wanted else None
    parts = _parts([action.pk for action in found], wanted)
    return [_action(action, shown, wanted, parts, ties) for action in found]


def _action(action: Action, shown: Edition, wanted: frozenset[str], parts: Parts, ties: Connections | None) -> Row:
    row: Row = {"code": action.code, "axis": action.strategy.axis.number, "strategy": action.strategy.code}
    row |= {name: getattr(action, name) for name in SHEET if name in wanted}
    row |= {name: some.get(action.pk, []) for name, some in parts.items()}
    if ties is not None:
        row["connections"] = [_connected(one, action.code) for one in ties.of(action.code)]
    return row | {"address": page_address("site:action", shown.label, action.code)}


def _parts(keys: Sequence[int], wanted: frozenset[str]) -> Parts:
    """Each wanted part of the sheets, by the key of the action: a query a part at most, however many sheets there are.

    Plain values: the objects of a page of 100 sheets would cost four times as much as reading them.
    """
    parts: Parts = {name: defaultdict(list) for name in PARTS if name in wanted}
    for name in parts.keys() - TOGETHER:
        part = PARTS[name]
        rows = part.found.filter(action_id__in=keys).order_by(*part.order)
        for key, *values in rows.values_list("action_id", *part.columns.values()):
            parts[name][key].append(part.make(dict(zip(part.columns, values, strict=True))))
    for name, key, values in _texts(keys, sorted(parts.keys() & TOGETHER)):
        part = PARTS[name]
        parts[name][key].append(part.make(dict(zip(part.columns, values, strict=False))))
    return parts


def _texts(keys: Sequence[int], names: Sequence[str]) -> list[tuple[str, int, tuple[str, ...]]]:
    """The parts that are texts and nothing else, in one query: name, action, texts, in the order of the sheet."""
    if not names:
        return []
    first, *others = (_padded(name, PARTS[name].found.filter(action_id__in=keys)) for name in names)
    rows = sorted(first.union(*others, all=True) if others else first, key=itemgetter(0, 1, 2, 3, 4))
    return [(name, key, tuple(texts)) for name, key, _place, _row, *texts in rows]


def _padded(name: str, found: QuerySet[Any]) -> QuerySet[Any]:
    """Rows of a part with as many columns as those of any other: what has no place of its own stands by its words."""
    placed = "position" in PARTS[name].order
    columns = PARTS[name].columns.values()
    told: dict[str, Any] = {
        "told_part": Value(name, output_field=TextField()),
        "told_place": F("position") if placed else Value(0),
        "told_row": F("pk") if placed else Value(0),
    }
    told |= {f"told_{n}": Cast(column, TextField()) for n, column in enumerate(columns)}
    told |= {f"told_{n}": Value("", output_field=TextField()) for n in range(len(columns), MOST_TEXTS)}
    part, place, row, *texts = told
    padded: QuerySet[Any] = found.order_by().annotate(**told).values_list(part, "action_id", place, row, *texts)
    return padded


def _reach(told: Row) -> Row:
    named = told["belt"] or told["municipality"] or ("" if told["zone"] is None else str(told["zone"]))
    return {"reach": told["reach"], "place": named, "proposed": told["state"] == ActionPlace.State.PROPOSED}


def _connected(tie: Tie, code: str) -> Row:
    return {"code": tie.second if tie.first == code else tie.first, "strength": round(tie.strength, 4)}


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


@dataclass(frozen=True)
class _Part:
    """Where a part of the sheets stands: its rows, their order, its fields with the columns they are read from."""

    found: QuerySet[Any]
    order: tuple[str, ...]
    columns: dict[str, str]
    make: Callable[[Row], Any] = dict


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


PARTS: Final[dict[str, _Part]] = {
    "actors": _Part(
        Involvement.objects.all(),
        ("position", "pk"),
        {"actor": "actor__slug", "name_it": "actor__name_it", "name_en": "actor__name_en", "printed": "printed"},
    ),
    "alignments": _Part(
        Alignment.objects.all(),
        ("item__framework__position", "position"),
        {
            "framework": "item__framework__code",
            "item": "item__slug",
            "code": "item__code",
            "name_it": "item__name_it",
            **_same("role", "printed"),
        },
    ),
    "examples": _Part(Example.objects.all(), ("position",), _same("text_it", "text_en")),
    "links": _Part(Link.objects.all(), ("position",), _same("address", "label")),
    "rows": _Part(SheetRow.objects.all(), ("position", "pk"), _same("label", "text_it", "text_en")),
    "responsible": _Part(
        Responsibility.objects.all(),
        ("organisation__name_it",),
        {"name": "organisation__name_it"},
        itemgetter("name"),
    ),
    "places": _Part(
        ActionPlace.objects.exclude(state=ActionPlace.State.DECLINED),
        ("reach", "zone__number", "pk"),
        {"belt": "belt__slug", "zone": "zone__number", "municipality": "municipality__istat_code"}
        | _same("reach", "state"),
        _reach,
    ),
}
"""Parts of a sheet that `embed` adds."""
TOGETHER: Final = frozenset({"examples", "links", "rows", "responsible"})
"""Those that are texts alone, `MOST_TEXTS` at most."""
MOST_TEXTS: Final = 3


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
    listing = Listing(shapes.Version, as_they_are, {"number": ("number",), "valid_from": ("valid_from",)})
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
