"""What the pages show, as rows: matrices, connections, two editions compared.

Actions have a module of their own, because their file answers a question (`site/find/actions_export.py`); what the
tables of an event said is in `results/published_rows.py`.
"""

from typing import Any

from aumenta.core.connections import Family
from aumenta.plan.comparison import Change
from aumenta.plan.connections import Connections
from aumenta.plan.find.catalogue import Catalogue, Group

Row = dict[str, Any]
FAMILIES = {
    Family.ACTORS: "common_actors",
    Family.INSTRUMENTS: "common_instruments",
    Family.OBJECTIVES: "common_objectives",
    Family.TEXT: "common_words",
}


def matrix_rows(plan: Catalogue, group: Group) -> list[Row]:
    """One row for each item of a framework and strategy with actions that serve it, and for items nobody serves."""
    crossed = plan.facets.crossed(group.word, "strategia")
    found: list[Row] = []
    for item in group.in_tree_order():
        named = {"item": item.code or item.value, "item_name_it": item.name_it, "item_name_en": item.name_en}
        served = [
            named | {"strategy": one.code, "strategy_title_it": one.name_it, "actions": number}
            for one in plan.groups["strategia"].choices.values()
            if (number := crossed.get((item.value, one.value), 0))
        ]
        found += served or [named | {"strategy": "", "strategy_title_it": "", "actions": 0}]
    return found


def connection_rows(plan: Connections) -> list[Row]:
    """One row for each pair of actions that belong together, the strongest first, with what they have in common."""
    found = []
    for tie in plan.ties:
        row: Row = {
            "code": tie.first,
            "title_it": plan.titles[tie.first].name_it,
            "other_code": tie.second,
            "other_title_it": plan.titles[tie.second].name_it,
            "strength": round(tie.strength, 4),
        } | {column: [] for column in FAMILIES.values()}
        for reason in tie.reasons:
            names = [plan.names[label].name_it if label in plan.names else label for label in reason.common]
            row[FAMILIES[reason.family]] = names
        found.append(row)
    return found


def comparison_rows(changes: list[Change]) -> list[Row]:
    """One row for each change: what there was, what there is now, and why they are taken for the same."""
    return [
        {
            "outcome": change.outcome,
            "older_codes": [part.code for part in change.older],
            "older_titles_it": [part.title_it for part in change.older],
            "newer_codes": [part.code for part in change.newer],
            "newer_titles_it": [part.title_it for part in change.newer],
            "confirmed": "no" if change.proposed else "yes",
            "reasons_it": list(dict.fromkeys(tie.reason_it for tie in change.ties if tie.reason_it)),
        }
        for change in changes
    ]
