"""The territory's other tables as files: how evenly rates are spread, places side by side, what a plan prints.

Each is a list of rows; CSV and XLSX carry the source and the licence inside.
"""

from collections.abc import Sequence
from typing import Any

from aumenta.core.tables import Format, SheetToWrite, write_table
from aumenta.territory.figures import FIGURES
from aumenta.territory.inequality import inequality_of
from aumenta.territory.models import Territory
from aumenta.territory.queries import BELT, MUNICIPALITY, WHOLE, ZONE, FigureTable, table_of
from aumenta.ui.files import LICENCE, LICENCE_ADDRESS

Row = dict[str, Any]

MEASURES = ("gini", "cv", "theil", "between_zones", "between_belts", "top_bottom", "top_mean", "bottom_mean")
"""As in `territory.inequality`; the parts between zones and belts are shares of Theil's total."""

WORDS = {"comune": MUNICIPALITY, "zona": ZONE, "fascia": BELT, "tutto": WHOLE}
"""How an address names a kind of place: «comune-001272», «zona-5», «fascia-pianura», «tutto»."""


def balance_rows(territory: Territory) -> list[Row]:
    """One row a rate; None where a measure is not defined. Municipalities count for their residents."""
    table = table_of(territory)
    found = []
    for key, figure in FIGURES.items():
        if figure.adds_up:
            continue
        measured = inequality_of(table, key, territory.code)
        row = _figure(key)
        for name in MEASURES:
            value = getattr(measured, name)
            row[name] = None if value is None else round(value, 6)
        found.append(row | {"on": _day(table, key)})
    return found


def place_position(table: FigureTable, territory: Territory, word: str) -> int | None:
    """Where in the table a place stands that an address names; None where there is no such place."""
    kind, _hyphen, key = word.partition("-")
    if kind not in WORDS:
        return None
    return table.find(WORDS[kind], key if key else territory.code, territory.code)


def comparison_rows(territory: Territory, positions: Sequence[int]) -> list[Row]:
    """One row a figure, one column a place, None where it is not known or not defined; the formula ends the row."""
    table = table_of(territory)
    found = []
    for key, figure in FIGURES.items():
        row = _figure(key)
        for position in positions:
            value = table.value(key, position)
            row[table.places[position].name] = _shown(key, value)
        found.append(row | {"on": _day(table, key), "formula": str(figure.formula)})
    return found


def printed_rows(territory: Territory) -> list[Row]:
    """One row a figure that a plan prints, beside ours of the latest year, with where it is printed."""
    table = table_of(territory)
    whole = table.find(WHOLE, territory.code, territory.code)
    found = []
    for printed in territory.published_figures.all():
        ours = None if whole is None else table.value(printed.figure, whole)
        row = _figure(printed.figure) | {"printed": printed.value, "printed_year": printed.year}
        row |= {"ours": _shown(printed.figure, ours), "ours_on": _day(table, printed.figure)}
        found.append(row | {"printed_in": printed.source, "note": printed.note})
    return found


def _shown(key: str, value: float | None) -> float | int | None:
    """A figure as files have it: what counts things is a whole number."""
    if value is None:
        return None
    return int(value) if FIGURES[key].decimals == 0 and FIGURES[key].adds_up else round(value, 4)


def _day(table: FigureTable, key: str) -> str:
    """The day a figure is about, as files write it."""
    on = table.on(key)
    return on.isoformat() if on else ""


def _figure(key: str) -> Row:
    return {"figure": key, "label": str(FIGURES[key].label), "unit": str(FIGURES[key].unit)}


def as_csv(rows: list[Row], territory: Territory, kind: Format = "csv") -> bytes:
    """UTF-8 with the mark spreadsheets want; source and licence end every row."""
    table = [row | {"source": territory.source, "licence": LICENCE} for row in rows]
    return write_table([SheetToWrite("table", list(table[0]), [list(row.values()) for row in table])], kind)


def as_xlsx(rows: list[Row], territory: Territory) -> bytes:
    """A sheet of the rows and one of the source; a text is never taken for a formula."""
    table = SheetToWrite("table", list(rows[0]), [list(row.values()) for row in rows], frozen=2)
    origin = {"territory": territory.full_name, "source": territory.source, "licence": LICENCE}
    first, *others = (origin | {"licence_address": LICENCE_ADDRESS}).items()
    return write_table([table, SheetToWrite("source", first, others)], "xlsx")
