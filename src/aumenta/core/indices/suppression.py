"""Small counts left out of a table, and as many others as it takes that nobody can work them out from the totals.

A count of one or two people says who they are. Leaving the cell empty is not enough: its row's total less the other
cells gives it back. So further cells are left out (secondary suppression) until every one of them could hold at least
two different counts and agree with all that is published.

The table is taken with its totals. With the totals' sign turned, each row and each column of the extended table sums
to zero, and every cell stands in one row and one column: what may hide a cell is a rectangle of four cells, along
which one is moved around. Whether a cell is safe is then asked of two linear programs, its least and its greatest value
(the matrix is totally unimodular, so both are whole numbers).

Source: Hundepool et al., "Statistical Disclosure Control" (2012), ch. 4.
"""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final

import numpy as np
from numpy.typing import NDArray

SMALLEST_SHOWN: Final = 3
"""Counts from 1 to one less than this are left out."""
Cell = tuple[int, int]
Matrix = NDArray[np.int64]


def with_totals(counts: Sequence[Sequence[int]]) -> list[list[int]]:
    """The table with the total of each row at its end and a last row of totals."""
    rows = [[*row, sum(row)] for row in counts]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def suppressed(counts: Sequence[Sequence[int]], smallest_shown: int = SMALLEST_SHOWN) -> frozenset[Cell]:
    """The cells to leave out of a table of counts, by row and column.

    A total has the place after the last row or column. Raises ValueError where rows differ in length, the table is
    empty or a count is negative.
    """
    if not counts or not counts[0] or len({len(row) for row in counts}) > 1:
        raise ValueError("a table has at least one cell, and rows of one length")
    if min(map(min, counts)) < 0:
        raise ValueError("counts are never negative")
    table = np.array(with_totals(counts), dtype=np.int64)
    hidden = {(row, column) for (row, column), count in np.ndenumerate(table) if 0 < count < smallest_shown}
    return frozenset(_Cover(table, hidden).protect())


class _Cover:
    """The cells left out so far, and which of them can still be worked out."""

    def __init__(self, table: Matrix, hidden: set[Cell]) -> None:
        self.table = table
        self.hidden = hidden
        signs = np.ones(table.shape, dtype=np.int64)
        signs[-1, :] *= -1
        signs[:, -1] *= -1
        self.signs = signs

    def protect(self) -> set[Cell]:
        """Leave out more until nothing can be worked out; all of it where nothing less will do."""
        while (open_cell := next(self._recoverable(), None)) is not None:
            rectangle = self._cheapest_rectangle(open_cell)
            if rectangle is None:
                return {(row, column) for row, column in np.ndindex(*self.table.shape)}
            self.hidden |= rectangle
        return self.hidden

    def _recoverable(self) -> Iterator[Cell]:
        from scipy.optimize import linprog

        # The greatest first: what hides a large cell often hides the small ones too.
        cells = sorted(self.hidden, key=lambda cell: (-self.table[cell], cell))
        if not cells:
            return
        rows, columns = self.table.shape
        equations = np.zeros((rows + columns, len(cells)))
        for place, (row, column) in enumerate(cells):
            equations[row, place] = equations[rows + column, place] = self.signs[row, column]
        known = equations @ np.array([self.table[cell] for cell in cells])
        for place, cell in enumerate(cells):
            goal = np.zeros(len(cells))
            goal[place] = 1
            span = [linprog(sign * goal, A_eq=equations, b_eq=known, bounds=(0, None)) for sign in (1, -1)]
            # Where nothing bounds the greatest value the program has no end, and the cell is safe.
            if span[1].status != 3 and -span[1].fun - span[0].fun < 0.5:
                yield cell

    def _cheapest_rectangle(self, cell: Cell) -> set[Cell] | None:
        """The four cells that hide one at the least loss of what is shown: few new ones, small ones, no totals."""
        best: tuple[tuple[int, int, int], set[Cell]] | None = None
        row, column = cell
        for other_row, other_column in product(range(self.table.shape[0]), range(self.table.shape[1])):
            if other_row == row or other_column == column:
                continue
            corners = [(row, column), (row, other_column), (other_row, other_column), (other_row, column)]
            if not self._movable(corners):
                continue
            new = [corner for corner in corners if corner not in self.hidden]
            totals = sum(r == self.table.shape[0] - 1 or c == self.table.shape[1] - 1 for r, c in new)
            cost = (totals, len(new), int(sum(self.table[corner] for corner in new)))
            if new and (best is None or cost < best[0]):
                best = cost, set(corners)
        return best[1] if best else None

    def _movable(self, corners: list[Cell]) -> bool:
        """Whether one can be moved around the corners, in one sense or the other, and no count turns negative."""
        turn = [(-1) ** place * int(self.signs[corner]) for place, corner in enumerate(corners)]
        return any(
            all(self.table[corner] + way * step >= 0 for corner, step in zip(corners, turn, strict=True))
            for way in (1, -1)
        )


def rows_left_out(rows: Sequence[Sequence[int]], smallest_shown: int = SMALLEST_SHOWN) -> frozenset[int]:
    """The rows to leave out of a list of counts whose totals are known, also to who knows this rule.

    Left out are the rows with a count of few, and with them all rows of the least total of those that have none; where
    every row has few or nobody, all of them. Whatever order the rows left out are put in, the rule leaves out the same:
    so each of them could be the one that has nobody or many where another has few.
    Raises ValueError where a count is negative or rows differ in length.
    """
    if len({len(row) for row in rows}) > 1:
        raise ValueError("rows have one length")
    if any(count < 0 for row in rows for count in row):
        raise ValueError("counts are never negative")
    few = {place for place, row in enumerate(rows) if any(0 < count < smallest_shown for count in row)}
    totals = {place: sum(row) for place, row in enumerate(rows) if place not in few and any(row)}
    if not few:
        return frozenset()
    if not totals:
        return frozenset(range(len(rows)))
    least = min(totals.values())
    return frozenset(few | {place for place, total in totals.items() if total == least})


def indistinct(counts: Sequence[Sequence[int]], smallest_shown: int = SMALLEST_SHOWN) -> frozenset[Cell]:
    """The cells to leave out so that nobody can tell whether there was anybody at all in a cell of few.

    Where a place has one mayor, «one or two» says already that she spoke. So nought is left out like one and two, and
    every cell of these that had somebody could hold nobody too, as far as what is published goes: also for who knows
    this rule. A total has the place after the last row or column. Raises ValueError as `suppressed`.
    """
    if not counts or not counts[0] or len({len(row) for row in counts}) > 1:
        raise ValueError("a table has at least one cell, and rows of one length")
    if min(map(min, counts)) < 0:
        raise ValueError("counts are never negative")
    table = np.array(with_totals(counts), dtype=np.int64)
    everything = frozenset((row, column) for row, column in np.ndindex(*table.shape))
    last = (table.shape[0] - 1, table.shape[1] - 1)
    if table[last] < smallest_shown:
        return everything
    few = {cell for cell in everything if table[cell] < smallest_shown}
    hidden = set(few)
    for told in sorted((cell for cell in few if table[cell]), key=lambda cell: (-table[cell], cell)):
        # Its row's total first, then its column's, then that of all: the fewer the better.
        for total in ((told[0], last[1]), (last[0], told[1]), last):
            if _least(table, hidden, few, smallest_shown, told) < 0.5:
                break
            hidden.add(total)
        if _least(table, hidden, few, smallest_shown, told) >= 0.5:
            return everything
    # What was left out later can only have loosened what was tried before.
    return frozenset(hidden)


def _least(table: Matrix, hidden: set[Cell], few: set[Cell], smallest_shown: int, goal: Cell) -> float:
    """The least that a cell can hold, for who sees what is not hidden and knows which cells are few."""
    from scipy.optimize import linprog

    cells = sorted(hidden)
    signs = np.ones(table.shape, dtype=np.int64)
    signs[-1, :] *= -1
    signs[:, -1] *= -1
    rows, columns = table.shape
    equations = np.zeros((rows + columns, len(cells)))
    for place, (row, column) in enumerate(cells):
        equations[row, place] = equations[rows + column, place] = signs[row, column]
    known = equations @ np.array([table[cell] for cell in cells])
    cost = np.array([cell == goal for cell in cells], dtype=float)
    bounds = [(0, smallest_shown - 1) if cell in few else (0, None) for cell in cells]
    return float(linprog(cost, A_eq=equations, b_eq=known, bounds=bounds).fun)
