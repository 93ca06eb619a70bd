"""Rows of totals, which offices put under a table or between its parts: counted as one more row, they double it."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Final

from aumenta.core.tables.findings import Finding, TableError
from aumenta.core.tables.numbers import COMMA, POINT, read_numbers
from aumenta.core.tables.table import Cell, Kind, Row, Table

LONGEST_LABEL: Final = 60
FEWEST: Final = 2
"""Of so many rows at least something is the sum."""
_TOTAL: Final = re.compile(r"(?i)^(?:sub[- ]?|grand )?tot(?:\.|\b|al(?:[ei]|s)?\b)")
_FIGURES: Final = re.compile(r"\d")


def without_totals(table: Table) -> Table:
    """The table without the rows that call themselves totals, and without those that have no name where all others
    have one and are the sum of others; a note tells each. Alone, such a row is a row.

    A last row that may be a total for all that can be known is counted, and a note tells it.
    """
    table = _without(table, [Finding("total_left_out", row=row.number) for row in table.rows if _is_total(row)])
    if not table.rows:
        return table
    names = _place_of_names(table.rows)
    nameless = [n for n, row in enumerate(table.rows) if names is not None and not row.cell(names).filled]
    sums = list(_sums(table.rows, nameless if names is not None else [len(table.rows) - 1]))
    if names is None:
        return replace(table, notes=(*table.notes, *(Finding("perhaps_total", row=table.rows[n].number) for n in sums)))
    if nameless and nameless[-1] == len(table.rows) - 1 and nameless[-1] not in sums:
        table = replace(table, notes=(*table.notes, Finding("row_without_name", row=table.rows[-1].number)))
    return _without(table, [Finding("sum_left_out", row=table.rows[n].number) for n in sums])


def _without(table: Table, told: Sequence[Finding]) -> Table:
    left_out = {finding.row for finding in told}
    rows = tuple(row for row in table.rows if row.number not in left_out)
    return replace(table, rows=rows, notes=(*table.notes, *told)) if told and rows else table


def _place_of_names(rows: Sequence[Row]) -> int | None:
    """The first column with a name in most of the rows; None where the table is of figures alone."""
    width = max((len(row.cells) for row in rows), default=0)
    for place in range(width):
        named = sum(_is_name(row.cell(place)) for row in rows)
        if named > FEWEST - 1 and named * 2 > len(rows):
            return place
    return None


def _is_name(cell: Cell) -> bool:
    return cell.kind is Kind.TEXT and any(map(str.isalpha, cell.text))


def _sums(rows: Sequence[Row], asked: Sequence[int]) -> Iterator[int]:
    """Which of the rows at the places `asked` are, in some column, the sum of all the others that were not asked for,
    or of those since the one before."""
    if not asked:
        return
    places = sorted({place for n in asked for place, cell in enumerate(rows[n].cells) if _holds_figure(cell)})
    columns = [column for place in places for sign in (COMMA, POINT) if (column := _column(rows, place, sign))]
    running = [
        list(accumulate((0.0 if n in set(asked) else value or 0.0 for n, value in enumerate(column)), initial=0.0))
        for column in columns
    ]
    before = 0
    for n in asked:
        spans = [(before, n), (0, n), (0, len(rows))]
        for column, upto in zip(columns, running, strict=True):
            shown = column[n]
            if shown and any(
                end - start >= FEWEST and math.isclose(shown, upto[end] - upto[start], rel_tol=1e-9)
                for start, end in spans
            ):
                yield n
                before = n + 1
                break


def _column(rows: Sequence[Row], place: int, sign: str) -> list[float | None] | None:
    """The numbers of a column with this decimal sign; None where it holds something else."""
    try:
        return list(read_numbers([(row.number, row.cell(place)) for row in rows], "", decimal=sign).values)
    except TableError:
        return None


def _is_total(row: Row) -> bool:
    """Whether the first cell with anything in it says so: "Totale", "TOTALE COMPLESSIVO", "Subtotale", "Tot."."""
    first = next((cell for cell in row.cells if cell.filled), None)
    if first is None or first.kind is not Kind.TEXT:
        return False
    label = first.text.strip()
    return len(label) <= LONGEST_LABEL and _TOTAL.match(label) is not None and any(map(_holds_figure, row.cells))


def _holds_figure(cell: Cell) -> bool:
    return bool(_FIGURES.search(cell.text)) or cell.kind is Kind.FORMULA
