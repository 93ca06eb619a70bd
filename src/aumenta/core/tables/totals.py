"""Rows of totals, which offices put under a table or between its parts: counted as one more row, they double it."""

import re
from dataclasses import replace
from typing import Final

from aumenta.core.tables.findings import Finding
from aumenta.core.tables.table import Cell, Kind, Row, Table

LONGEST_LABEL: Final = 60
_TOTAL: Final = re.compile(r"(?i)^(?:sub[- ]?|grand )?tot(?:\.|\b|al(?:[ei]|s)?\b)")
_FIGURES: Final = re.compile(r"\d")


def without_totals(table: Table) -> Table:
    """The table without the rows that call themselves totals; a note tells each. Alone, such a row is a row."""
    totals = [row for row in table.rows if _is_total(row)]
    if not totals or len(totals) == len(table.rows):
        return table
    left_out = {row.number for row in totals}
    return replace(
        table,
        rows=tuple(row for row in table.rows if row.number not in left_out),
        notes=(*table.notes, *(Finding("total_left_out", row=row.number) for row in totals)),
    )


def _is_total(row: Row) -> bool:
    """Whether the first cell with anything in it says so: "Totale", "TOTALE COMPLESSIVO", "Subtotale", "Tot."."""
    first = next((cell for cell in row.cells if cell.filled), None)
    if first is None or first.kind is not Kind.TEXT:
        return False
    label = first.text.strip()
    return len(label) <= LONGEST_LABEL and _TOTAL.match(label) is not None and any(map(_holds_figure, row.cells))


def _holds_figure(cell: Cell) -> bool:
    return bool(_FIGURES.search(cell.text)) or cell.kind is Kind.FORMULA
