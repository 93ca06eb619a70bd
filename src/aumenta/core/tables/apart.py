"""Reads somebody's table in a process of its own (`core/apart.py`), so that whoever serves pages goes on serving them.

A short CSV is read here: it is text, and takes no time. A packed spreadsheet never is: a kilobyte of it may be a
thousand.
"""

import json
from collections.abc import Collection
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Final

from aumenta.core.apart import ApartError, run_apart
from aumenta.core.tables.findings import Finding, TableError
from aumenta.core.tables.reading import read_table
from aumenta.core.tables.table import LIMITS, Cell, Kind, Limits, Row, Table

AT_ONCE: Final = 200_000
"""Bytes of a plain text that are read here."""


def is_short_text(data: bytes) -> bool:
    """Whether it takes no time to read: a short file that is not packed."""
    return len(data) <= AT_ONCE and not data.startswith(b"PK")


def table_read_apart(data: bytes, headings: Collection[str] = (), *, limits: Limits = LIMITS) -> Table:
    """As `reading.read_table`. Raises TableError, also where the process did not come to its end (too_slow) or never
    began (busy_reading)."""
    if is_short_text(data) or len(data) > limits.bytes:
        return read_table(data, headings, limits=limits)
    asked = json.dumps([list(headings), asdict(limits)])
    try:
        found = json.loads(run_apart(["-m", "aumenta.core.tables.read_here", asked], data))
    except ApartError as fault:
        raise TableError("busy_reading" if fault.busy else "too_slow") from fault
    except ValueError as fault:
        raise TableError("too_slow") from fault
    if "fault" in found:
        raise TableError.of(finding_of(found["fault"]))
    rows = tuple(Row(number, tuple(map(_cell, cells))) for number, cells in found.pop("rows"))
    header, notes = tuple(found.pop("header")), tuple(map(finding_of, found.pop("notes")))
    return Table(header=header, notes=notes, rows=rows, **found)


def as_json(table: Table) -> dict[str, Any]:
    """The table, as `table_read_apart` takes it."""
    rows = [[row.number, [_written(cell) for cell in row.cells]] for row in table.rows]
    told = {name: getattr(table, name) for name in ("header_row", "format", "separator", "sheet")}
    return {"header": table.header, "notes": [written_finding(one) for one in table.notes], "rows": rows, **told}


def written_finding(one: Finding) -> list[Any]:
    """A finding as `finding_of` takes it."""
    return [one.code, one.row, one.column, one.details]


def finding_of(written: list[Any]) -> Finding:
    """A finding that came from the other process."""
    code, row, column, details = written
    return Finding(code, row, column, details)


def _written(cell: Cell) -> Any:
    if cell.kind is Kind.TEXT and cell.value is None:
        return cell.text
    value = cell.value.isoformat() if isinstance(cell.value, date) else cell.value
    return [cell.text, cell.kind.value, value]


def _cell(written: Any) -> Cell:
    if isinstance(written, str):
        return Cell(written)
    text, kind, value = written
    if isinstance(value, str):
        # A moment has its hour beside the day.
        value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    return Cell(text, Kind(kind), value)
