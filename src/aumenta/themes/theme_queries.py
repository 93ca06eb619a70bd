"""How themes are read: with their sources, where they come from and of which kind they are."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from typing import Any, Final

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from aumenta.events.models import Event, Observation
from aumenta.events.queries import zones_of_tables
from aumenta.themes.models import Theme, ThemeSource, ThemeStep
from aumenta.themes.rules import theme_kinds

_MOST_NAMED: Final = 3
"""Themes that are named beside a step."""


def said_rows(event: Event, since: int = 0, limit: int | None = None) -> list[dict[str, Any]]:
    """Observations that changed after operation `since`, withdrawn ones too (a reader must take them away)."""
    zones = zones_of_tables(event)
    changed = Observation.objects.filter(table__event=event, revision__gt=since).order_by("arrival")
    values = changed.values_list(
        "pk", "table_id", "table__number", "text", "strategy_code", "question_code", "private", "withdrawn", "versions"
    )
    return [
        {
            "id": pk,
            "table": number,
            "zones": zones.get(table, []),
            "text": text,
            "strategy": strategy,
            "question": question,
            "private": private,
            "withdrawn": withdrawn,
            "versions": versions,
        }
        for pk, table, number, text, strategy, question, private, withdrawn, versions in values[:limit]
    ]


def theme_rows(event: Event) -> list[dict[str, Any]]:
    """Themes in use, largest first, each with its sources, zones, strategies, axes and kinds. Four queries."""
    zones = zones_of_tables(event)
    axes = dict(event.strategies.values_list("code", "axis"))
    sources: dict[int, list[tuple[int, int, int, str, bool]]] = defaultdict(list)
    links = ThemeSource.objects.filter(theme__event=event, observation__withdrawn=False).order_by(
        "observation__arrival"
    )
    for key, observation, table, number, strategy, private in links.values_list(
        "theme_id",
        "observation_id",
        "observation__table_id",
        "observation__table__number",
        strategy_code("observation__"),
        "observation__private",
    ):
        sources[key].append((observation, table, number, strategy, private))
    rows = []
    for theme in Theme.objects.filter(event=event, active=True):
        own = sources[theme.pk]
        in_zones = sorted({zone for _, table, *_ in own for zone in zones.get(table, [])})
        strategies = sorted({strategy for *_, strategy, _ in own if strategy})
        in_axes = sorted({axes[code] for code in strategies if code in axes})
        kinds = theme_kinds(event, zones=len(in_zones), strategies=len(strategies), axes=len(in_axes))
        rows.append(
            {
                "id": theme.pk,
                "name": theme.name,
                "keywords": theme.keywords,
                "sources": [observation for observation, *_ in own],
                "private": sum(private for *_, private in own),
                "zones": in_zones,
                "tables": len({table for _, table, *_ in own}),
                "at_tables": _ranked(Counter(number for _, _, number, *_ in own)),
                "strategies": strategies,
                "axes": in_axes,
                "kinds": [kind.value for kind in kinds] if own else [],
            }
        )
    return sorted(rows, key=lambda row: (-len(row["sources"]), row["id"]))


def evidence(event: Event, groups: Mapping[int, Collection[int]]) -> dict[int, dict[str, Any]]:
    """For each group of observations: zones, tables with their voices, and the kinds it would have. Three queries."""
    zones = zones_of_tables(event)
    axes = dict(event.strategies.values_list("code", "axis"))
    rows = {
        pk: (table, number, strategy)
        for pk, table, number, strategy in _standing(event).values_list(
            "pk", "table_id", "table__number", strategy_code()
        )
    }
    found = {}
    for key, observations in groups.items():
        own = [rows[pk] for pk in observations if pk in rows]
        in_zones = sorted({zone for table, _number, _strategy in own for zone in zones.get(table, [])})
        strategies = {strategy for _table, _number, strategy in own if strategy}
        in_axes = {axes[code] for code in strategies if code in axes}
        kinds = theme_kinds(event, zones=len(in_zones), strategies=len(strategies), axes=len(in_axes))
        tables = Counter(number for _table, number, _strategy in own)
        found[key] = {
            "zones": in_zones,
            "at_tables": _ranked(tables),
            "strategies": len(strategies),
            "axes": len(in_axes),
            "kinds": [kind.value for kind in kinds] if own else [],
        }
    return found


def _ranked(tables: Counter[int]) -> list[list[int]]:
    """Table's number and its voices, most first: the evidence for a kind."""
    return [[number, voices] for number, voices in sorted(tables.items(), key=lambda one: (-one[1], one[0]))]


def _standing(event: Event) -> QuerySet[Observation]:
    return Observation.objects.filter(table__event=event, withdrawn=False).order_by()


def strategy_code(prefix: str = "") -> Coalesce:
    """The strategy of an observation: what a person confirmed, else where the table put it."""
    return Coalesce(f"{prefix}confirmed_strategy__code", f"{prefix}strategy_code")


def _themes_of(step: ThemeStep) -> list[int]:
    """The themes a step put observations into, renamed or merged; each once."""
    placed = [key for key in step.after.get("places", {}).values() if key is not None]
    others = [*step.after.get("active", {}), *step.after.get("names", {})]
    return list(dict.fromkeys([*placed, *map(int, others)]))


def last_steps(event: Event, how_many: int = 20) -> list[dict[str, Any]]:
    """The latest steps of the grouping, newest first: of which themes, and whether each can still be taken back."""
    steps = ThemeStep.objects.filter(event=event).select_related("by", "undone_by").order_by("-pk")[:how_many]
    names = dict(Theme.objects.filter(event=event).values_list("pk", "name"))
    return [
        {
            "id": step.pk,
            "what": step.get_verb_display(),
            "themes": [names[key] for key in _themes_of(step) if key in names][:_MOST_NAMED],
            "by": str(step.by) if step.by else "",
            "at": step.at.isoformat(),
            "undone": hasattr(step, "undone_by"),
            "observations": len(step.after.get("places", {})),
        }
        for step in steps
    ]
