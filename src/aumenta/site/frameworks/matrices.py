"""A framework against the plan: which item is served by how many actions of which strategy, and what is left out."""

from dataclasses import dataclass

from django.utils.http import urlencode

from aumenta.plan.find.catalogue import POSSIBLY_FUNDED, UNFUNDED, Catalogue, Entry, FilterChoice, Group

MOST_COLUMNS = 40
"""Strategies that still stand side by side; a larger plan shows its axes first, and one axis at a time."""


@dataclass(frozen=True)
class Cell:
    """How many actions of a column serve an item, the query that finds them, and how dark the cell is (1 to 4)."""

    column: FilterChoice
    count: int
    query: str
    shade: int


@dataclass(frozen=True)
class MatrixLine:
    """An item: all its actions, and a cell for every column (None where no action serves it)."""

    item: FilterChoice
    depth: int
    total: int
    query: str
    cells: list[Cell | None]


@dataclass(frozen=True)
class Matrix:
    """Items against strategies, or against axes where there are too many strategies."""

    columns: list[FilterChoice]
    by_axis: bool
    axis: str
    axes: list[FilterChoice]
    lines: list[MatrixLine]
    unserved: list[FilterChoice]
    aligned: int


@dataclass(frozen=True)
class Summary:
    """How much of a framework is served; `items` only where its list is closed: else there is nothing to be part of."""

    group: Group
    served: int
    items: int | None
    actions: int


@dataclass(frozen=True)
class Gaps:
    """Items no action serves, framework by framework, and actions without a fund."""

    unserved: list[tuple[Group, list[FilterChoice]]]
    unaligned: list[Group]
    without_fund: list[Entry]
    only_possible: list[Entry]


def framework_matrix(plan: Catalogue, group: Group, axis: str = "") -> Matrix:
    """The matrix of a framework for the whole plan or for one axis."""
    axes = list(plan.groups["asse"].choices.values())
    axis = axis if axis in plan.groups["asse"].choices else ""
    strategies = [choice for choice in plan.groups["strategia"].choices.values() if axis in {"", choice.parent}]
    by_axis = not axis and len(strategies) > MOST_COLUMNS
    word, columns = ("asse", axes) if by_axis else ("strategia", strategies)
    crossed = plan.facets.crossed(group.word, word)
    totals = plan.facets.counts({"asse": [axis]} if axis else {})[group.word]
    darkest = max((crossed.get((item, column.value), 0) for item in group.choices for column in columns), default=0)
    lines = []
    for item in group.in_tree_order():
        if totals.get(item.value):
            cells = [
                _cell(group, item, word, column, crossed.get((item.value, column.value), 0), darkest)
                for column in columns
            ]
            asked = {"asse": axis, group.word: item.value} if axis else {group.word: item.value}
            query = f"?{urlencode(asked)}"
            lines.append(MatrixLine(item, _depth(group, item), totals[item.value], query, cells))
    unserved = [item for item in _existing(plan, group.in_tree_order()) if not totals.get(item.value)]
    unserved = unserved if group.closed else []
    aligned = len(plan.facets.kept({group.word: list(group.choices), "asse": [axis] if axis else []}))
    return Matrix(columns, by_axis, axis, axes, lines, unserved, aligned)


def _cell(group: Group, item: FilterChoice, word: str, column: FilterChoice, count: int, darkest: int) -> Cell | None:
    if not count:
        return None
    query = f"?{urlencode({word: column.value, group.word: item.value})}"
    return Cell(column, count, query, 1 + (4 * (count - 1)) // max(darkest, 4) if darkest > 1 else 1)


def _depth(group: Group, item: FilterChoice) -> int:
    depth = 0
    while item.parent:
        depth, item = depth + 1, group.choices[item.parent]
    return depth


def summaries(plan: Catalogue) -> list[Summary]:
    """Every framework with how many of its finest items are served, and by how many actions.

    Of closed lists also out of how many: the others were made of what plans name, and would always be whole.
    """
    counts = plan.facets.counts({})
    found = []
    for group in plan.frameworks:
        finest = _existing(plan, _finest(group))
        served = [item for item in finest if counts[group.word].get(item.value)]
        aligned = len(plan.facets.kept({group.word: list(group.choices)}))
        found.append(Summary(group, len(served), len(finest) if group.closed else None, aligned))
    return found


def _finest(group: Group) -> list[FilterChoice]:
    wholes = {choice.parent for choice in group.choices.values()}
    return [choice for choice in group.in_tree_order() if choice.value not in wholes]


def _existing(plan: Catalogue, items: list[FilterChoice]) -> list[FilterChoice]:
    """The items that existed when the plan was written, and those it serves all the same."""
    counts = plan.facets.counts({})
    served = {value for group in plan.frameworks for value, n in counts[group.word].items() if n}
    return [item for item in items if not item.since or item.since <= plan.written_on or item.value in served]


def gaps_of(plan: Catalogue) -> Gaps:
    """Gaps in the plan."""
    counts = plan.facets.counts({})
    unserved, unaligned = [], []
    for group in plan.frameworks:
        left = [item for item in _existing(plan, _finest(group)) if not counts[group.word].get(item.value)]
        if not any(counts[group.word].values()):
            unaligned.append(group)
        elif left and group.closed:
            unserved.append((group, left))
    without, possible = (
        [plan.entries[number] for number in plan.facets.kept({"fondi": [value]})]
        for value in (UNFUNDED, POSSIBLY_FUNDED)
    )
    return Gaps(unserved, unaligned, without, possible)
