"""The tables of a package, made of the interface's listings."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_noop as _
from pydantic import BaseModel

from aumenta.governance.models import Act
from aumenta.monitoring.models import Reading
from aumenta.opendata.api import actions, events, frameworks, governance, monitoring, plan, shapes, territory
from aumenta.opendata.api.answers import Listing, Row
from aumenta.opendata.api.shapes.monitoring import Carried
from aumenta.opendata.api.shapes.parts import Item
from aumenta.opendata.api.shapes.plan import Aligned, Link, NamedActor, Reach, Text
from aumenta.opendata.api.shapes.plan import Row as SheetRow
from aumenta.plan.connections import connections
from aumenta.plan.models import Action, Edition, Framework, FrameworkItem, Strategy
from aumenta.results.models import Snapshot
from aumenta.results.published_rows import theme_rows, vote_rows
from aumenta.territory.models import Territory
from aumenta.territory.queries import MUNICIPALITY, ZONE

SEPARATOR: Final = " | "
ACTION_CODE: Final = ("action", "string", _("Code of the action: axis, strategy, action"))
PLACE_KIND: Final = ("kind", "string", _("municipality or zone"))
PARTS: Final[tuple[tuple[str, str, type[BaseModel]], ...]] = (
    ("actors", _("Who can carry an action out"), NamedActor),
    ("alignments", _("Framework items that the sheets name"), Aligned),
    ("examples", _("Examples of the sheets"), Text),
    ("links", _("Web addresses that the sheets name"), Link),
    ("rows", _("Rows of other kinds on the sheets"), SheetRow),
    ("places", _("Where the actions apply"), Reach),
)
"""Parts of a sheet that are tables of their own."""
OF_PLAN, OURS = "plan", "ours"
"""Whose licence a table has: that of the edition's texts, or ours."""


@dataclass(frozen=True)
class Column:
    """A column: its name, its type as Data Package has it, what it means (English; Italian in the catalogue)."""

    name: str
    kind: str
    meaning: str
    listed: bool = False


@dataclass(frozen=True)
class Table:
    """A table with its rows; `key` are the columns that tell rows apart, empty where a row can come twice."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    key: tuple[str, ...] = ()
    whose: str = OURS


def columns_of(
    shape: type[BaseModel], *before: tuple[str, str, str], without: Iterable[str] = ()
) -> tuple[Column, ...]:
    """The columns of a shape, after those that say what its parts belong to."""
    schema = shape.model_json_schema()
    left = {"origin", *without}
    told = [Column(*one) for one in before]
    return (
        *told,
        *(
            Column(name, *_kind_of(schema["properties"][name]), listed=_is_list(schema["properties"][name]))
            for name in shape.model_fields
            if name not in left
        ),
    )


def _kind_of(told: dict[str, Any]) -> tuple[str, str]:
    either = next((one for one in told.get("anyOf", [told]) if one.get("type") != "null"), told)
    kind = {"date": "date", "date-time": "datetime"}.get(either.get("format", ""), either.get("type", "string"))
    return "string" if kind == "array" else kind, told.get("description", "")


def _is_list(told: dict[str, Any]) -> bool:
    return told.get("type") == "array"


def tables_of(edition: Edition) -> list[Table]:
    """Every table of the open data, as an edition has it now."""
    return [*_of_edition(edition), *_of_frameworks(), *_of_territory(), *_of_measures(), *_of_the_rest()]


def _listed(name: str, title: str, listing: Listing, found: Iterable[Any], *, whose: str = OURS) -> Table:
    """A listing of the interface whole, without the parts that are tables of their own."""
    shape = listing.shape
    parts = [one for one in shape.EMBEDS if _is_of_parts(shape, one)]
    columns = columns_of(shape, without=parts)
    rows = listing.make(list(found), frozenset(one.name for one in columns))
    return Table(name, title, columns, rows, shape.KEYS, whose)


def _is_of_parts(shape: type[Item], name: str) -> bool:
    told = shape.model_json_schema()["properties"][name]
    return told.get("type") == "object" or "$ref" in told.get("items", {})


def _of_edition(edition: Edition) -> list[Table]:
    shown = plan.all_editions().filter(pk=edition.pk)
    axes = edition.axes.select_related("edition").order_by("number")
    strategies = Strategy.objects.of(edition).select_related("axis__edition")
    ties = connections(edition)
    tied = [plan.connection_row(tie, ties) for tie in ties.ties]
    releases = plan.release_rows(edition)
    return [
        _listed("edition", _("The edition"), plan.EDITIONS, shown, whose=OF_PLAN),
        _listed("axes", _("Axes"), plan.AXES, axes, whose=OF_PLAN),
        _listed("strategies", _("Strategies"), plan.STRATEGIES, strategies, whose=OF_PLAN),
        *_of_sheets(edition),
        _listed("chapters", _("Texts outside of the sheets"), plan.CHAPTERS, edition.chapters.all(), whose=OF_PLAN),
        Table(
            "releases", _("Dated versions"), columns_of(shapes.Release), releases, shapes.Release.KEYS, whose=OF_PLAN
        ),
        Table(
            "connections",
            _("Connections between actions"),
            columns_of(shapes.Connection),
            tied,
            shapes.Connection.KEYS,
        ),
        _listed("implementation", _("How far the actions have come"), monitoring.IMPLEMENTATION, _light(edition)),
    ]


def _of_sheets(edition: Edition) -> list[Table]:
    """The actions, and each part of their sheets as a table of its own."""
    wanted = frozenset(shapes.Action.model_fields) - {"connections"}
    found = actions.sheets_with(edition, wanted).order_by(*actions.ACTIONS.sorts["code"])
    rows = actions.ACTIONS.make(list(found), wanted)
    kept = columns_of(shapes.Action, without=[*(name for name, _title, _shape in PARTS), "connections"])
    parts = [
        Table(
            f"action-{name}",
            title,
            columns_of(shape, ACTION_CODE),
            [{"action": row["code"], **part} for row in rows for part in row[name]],
            whose=OF_PLAN,
        )
        for name, title, shape in PARTS
    ]
    return [Table("actions", _("Actions"), kept, rows, shapes.Action.KEYS, OF_PLAN), *parts]


def _light(edition: Edition) -> Iterable[Action]:
    return Action.objects.of(edition).defer("description_it", "description_en")


def _of_frameworks() -> list[Table]:
    items = [
        {"framework": item.framework.code, **row}
        for item, row in _beside(
            FrameworkItem.objects.select_related("framework", "parent").order_by(
                "framework__position", "framework__code", "position", "pk"
            ),
            frameworks.ITEMS.make,
        )
    ]
    of_framework = ("framework", "string", _("Code of the framework"))
    return [
        _listed("frameworks", _("Frameworks"), frameworks.FRAMEWORKS, Framework.objects.order_by("position", "code")),
        Table(
            "framework-items",
            _("Items of the frameworks"),
            columns_of(shapes.FrameworkItem, of_framework),
            items,
            ("framework", "item"),
        ),
        _listed("actors", _("Actors"), frameworks.ACTORS, frameworks.public_actors().order_by("slug")),
    ]


def _beside(
    found: Iterable[Any], make: Callable[[Sequence[Any], frozenset[str]], list[Row]]
) -> Iterable[tuple[Any, Row]]:
    things = list(found)
    return zip(things, make(things, frozenset()), strict=True)


def _of_territory() -> list[Table]:
    home = Territory.objects.home()
    kinds: list[tuple[str, str, str, type[Item]]] = [
        ("municipalities", _("Municipalities"), MUNICIPALITY, shapes.Municipality),
        ("zones", _("Zones"), ZONE, shapes.Zone),
    ]
    tables, figures = [], []
    for name, title, kind, shape in kinds:
        rows = territory.place_rows(home, kind) if home else []
        tables.append(Table(name, title, columns_of(shape, without=["figures"]), rows, shape.KEYS))
        for row in rows:
            place = {"kind": kind, "place": str(row[shape.KEYS[0]])}
            figures += [place | {"figure": key, "value": value} for key, value in row["figures"].items()]
    columns = (
        Column(*PLACE_KIND),
        Column("place", "string", _("ISTAT code of the municipality or number of the zone")),
        Column("figure", "string", _("Key of the figure")),
        Column("value", "number", _("Value; null where there is none")),
    )
    return [*tables, Table("figures", _("Figures of the places"), columns, figures, ("kind", "place", "figure"))]


def _of_measures() -> list[Table]:
    public = Reading.objects.filter(indicator__public=True).select_related("indicator", "place")
    of_indicator = ("indicator", "string", _("Code of the indicator"))
    readings = [
        {"indicator": one.indicator.code, **row}
        for one, row in _beside(public.order_by("indicator__code", "place__code", "period"), monitoring.READINGS.make)
    ]
    cards = monitoring.public_indicators(frozenset({"strategies"})).order_by("code")
    projects = monitoring.all_projects(frozenset({"municipalities", "actions"})).order_by("key")
    found = monitoring.PROJECTS.make(list(projects), frozenset({"municipalities", "actions"}))
    carried = [{"project": row["key"], **part} for row in found for part in row["actions"]]
    columns = columns_of(Carried, ("project", "string", _("Local code of the project")))
    return [
        _listed("indicators", _("Indicators"), monitoring.INDICATORS, cards),
        Table(
            "readings",
            _("Readings of the indicators"),
            columns_of(shapes.Reading, of_indicator),
            readings,
            ("indicator", *shapes.Reading.KEYS),
        ),
        Table("projects", _("Projects"), columns_of(shapes.Project, without=["actions"]), found, ("key",)),
        Table("project-actions", _("Actions that projects carry out"), columns, carried),
    ]


def _of_results() -> list[Table]:
    """What was published of the events' results; two rows of a session may be alike only in different events."""
    of_event = ("event", "string", _("Short name of the event"))
    votes, themes = [], []
    published = Snapshot.objects.exclude(published_at=None).exclude(event__published_at=None).select_related("event")
    for snapshot in published.order_by("event__slug"):
        state, event = snapshot.read(), {"event": snapshot.event.slug}
        votes += [event | row for row in vote_rows(state)]
        themes += [event | row for row in theme_rows(state)]
    return [
        Table("event-results", _("Stickers of the events"), columns_of(shapes.Votes, of_event), votes),
        Table("event-themes", _("Themes of the events"), columns_of(shapes.Theme, of_event), themes),
    ]


def _of_the_rest() -> list[Table]:
    acts = Act.objects.public().select_related("body", "edition").order_by("slug")
    return [
        _listed("acts", _("Acts"), governance.ACTS, acts),
        _listed("events", _("Events"), events.EVENTS, events.public_events().order_by("slug")),
        *_of_results(),
    ]
