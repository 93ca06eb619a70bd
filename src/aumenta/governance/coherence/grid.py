"""The matrix as a grid of cells: sheets down, items across, one mark for each of six states; what the computer proposes
stands beside the state of its cell and is never counted. A grid of many items is shown some columns at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from aumenta.governance.coherence.matrix import Matrix, Row
from aumenta.governance.models import InstrumentItem, InstrumentVersion, Tie, TieProposal
from aumenta.plan.models import Action, Axis

NOT_JUDGED: Final = ""
MARKS: Final[Mapping[str, str]] = {
    Tie.Kind.IMPLEMENTS: "●",
    Tie.Kind.CONTRIBUTES: "◐",
    Tie.Kind.DEPENDS: "→",
    Tie.Kind.CONFLICTS: "✕",
    Tie.Kind.NOT_PERTINENT: "○",
    NOT_JUDGED: "?",
}
"""State of a cell → its mark. What nobody judged has a mark of its own: it is not «none»."""
MOST_COLUMNS: Final = 30
MOST_SHEETS: Final = 40
"""Sheets that are still shown all at once; a larger plan begins with its first axis."""


@dataclass(frozen=True)
class Cell:
    """A sheet and an item: its state, the tie behind it, and what the computer proposes where nobody has judged."""

    item: InstrumentItem
    kind: str
    tie: Tie | None
    proposal: TieProposal | None

    @property
    def mark(self) -> str:
        """The sign that stands for its state."""
        return MARKS[self.kind]


@dataclass(frozen=True)
class Line:
    """A sheet with its cells, one for each item that is shown."""

    row: Row
    cells: list[Cell]


@dataclass(frozen=True)
class Part:
    """Some of the columns: which number, from which code to which."""

    number: int
    first: str
    last: str


@dataclass(frozen=True)
class Grid:
    """What is shown of a matrix: `axis` None is the whole plan, `part` the columns that are in sight."""

    axes: list[Axis]
    axis: Axis | None
    parts: list[Part]
    part: int
    items: Sequence[InstrumentItem]
    lines: list[Line]
    proposed: int


def legend() -> list[tuple[str, str, str, int]]:
    """The states that somebody can give a cell: key, words, mark, and the number of its key."""
    return [(kind, str(words), MARKS[kind], n) for n, (kind, words) in enumerate(Tie.Kind.choices, start=1)]


def grid(found: Matrix, *, axis: str = "", part: str = "", with_proposals: bool = False) -> Grid:
    """The grid of a matrix for an axis («1», or «tutti» for the whole plan) and a part of its columns. Two queries."""
    axes = list(found.edition.axes.order_by("number"))
    chosen = _axis(axes, axis, found)
    parts = _parts(found.items)
    number = int(part) if part.isascii() and part.isdecimal() and 1 <= int(part[:4]) <= len(parts) else 1
    items = found.items[(number - 1) * MOST_COLUMNS : number * MOST_COLUMNS]
    proposals = proposed_for(found) if with_proposals else {}
    lines = [
        Line(row, [_cell(row, item, proposals) for item in items])
        for row in found.rows
        if chosen is None or row.action.strategy.axis_id == chosen.pk
    ]
    open_ones = [key for key in proposals if key not in judged_cells(found)]
    return Grid(axes, chosen, parts, number, items, lines, len(open_ones))


def _axis(axes: list[Axis], asked: str, found: Matrix) -> Axis | None:
    named = next((one for one in axes if str(one.number) == asked), None)
    whole = asked == "tutti" or len(found.rows) <= MOST_SHEETS
    return named or (None if whole or not axes else axes[0])


def _parts(items: Sequence[InstrumentItem]) -> list[Part]:
    starts = range(0, len(items), MOST_COLUMNS)
    cut = [items[start : start + MOST_COLUMNS] for start in starts]
    return [Part(n, some[0].code, some[-1].code) for n, some in enumerate(cut, start=1)]


def _cell(row: Row, item: InstrumentItem, proposals: Mapping[tuple[int, int], TieProposal]) -> Cell:
    tie = row.ties.get(item.pk)
    return Cell(item, tie.kind if tie else NOT_JUDGED, tie, None if tie else proposals.get((row.action.pk, item.pk)))


def proposed_for(found: Matrix) -> dict[tuple[int, int], TieProposal]:
    """What the computer proposes for the sheets of an edition and a version's items, by sheet and item."""
    rows = TieProposal.objects.filter(item__version=found.version, action__strategy__axis__edition=found.edition)
    return {(one.action_id, one.item_id): one for one in rows}


def judged_cells(found: Matrix) -> set[tuple[int, int]]:
    """The cells that somebody has judged, by sheet and item."""
    return {(row.action.pk, item) for row in found.rows for item in row.ties}


def proposals_of(action: Action, version: InstrumentVersion) -> dict[int, TieProposal]:
    """What the computer proposes for one sheet, by item."""
    return {one.item_id: one for one in TieProposal.objects.filter(item__version=version, action=action)}
