"""The template of readings, which is also the export: one reading a row, as CSV, XLSX or ODS."""

import math
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final, NamedTuple

from aumenta.core.readings.observation import Observation, Read, read_flags, settled
from aumenta.core.readings.periods import read_period
from aumenta.core.tables import Cell, Finding, Limits, TableError, heading_key, read_numbers, read_table
from aumenta.core.tables.streaming import Stream, stream_delimited
from aumenta.core.tables.table import number_text, text_cell

HEADINGS: Final = {
    "indicator": ("indicatore", "indicator"),
    "place": ("luogo", "place"),
    "period": ("periodo", "period", "anno", "year"),
    "value": ("valore", "value"),
    "flag": ("segnalazione", "flag"),
    "numerator": ("numeratore", "numerator"),
    "denominator": ("denominatore", "denominator"),
    "note": ("nota", "note"),
}
"""The columns of the template and the headings each may have, the Italian one first."""
NEEDED: Final = ("indicator", "place", "period", "value")
EVERY_HEADING: Final = tuple(chain.from_iterable(HEADINGS.values()))
_NUMBERS: Final = ("value", "numerator", "denominator")
LONGEST_NOTE: Final = 300
# A number that can be read in one way only and is written as machines write it: no column need be asked.
_PLAIN: Final = re.compile(r"-?\d{1,15}(?:\.(?:\d{1,2}|\d{4,16}))?")


class Columns(NamedTuple):
    """Where each column stands (None where there is none)."""

    places: dict[str, int | None]

    def text(self, cells: Sequence[str], name: str) -> str:
        """What stands in a column of a row, nothing where the row ends before."""
        place = self.places[name]
        return cells[place].strip() if place is not None and place < len(cells) else ""


class _Column(NamedTuple):
    """The numbers of a column, a finding where a cell is none, and what is to be told of how they were read."""

    numbers: list[float | Finding | None]
    notes: tuple[Finding, ...] = ()


def _told(columns: Mapping[str, _Column]) -> list[Finding]:
    """Where a number could be a thousand or a thousandth and the file's own signs settled it, the reader is told."""
    return [note for one in columns.values() for note in one.notes]


def unmistakable(value: float | None) -> float | str | None:
    """A number for a CSV of ours: «10.125» could be ten thousand where it is read back, «10.1250» could not."""
    if value is None or not math.isfinite(value):
        return value
    _whole, _point, decimals = repr(float(value)).partition(".")
    return f"{float(value)!r}0" if len(decimals) == 3 and decimals.isdigit() else value


def read_template_csv(data: bytes, limits: Limits, latest_year: int) -> Read:
    """The observations of a CSV, however long. Raises TableError for the file; findings stand among the rows."""
    stream = stream_delimited(data, EVERY_HEADING, limits)
    columns = _columns(stream.header)
    kept = [(number, tuple(map(sys.intern, cells))) for number, cells in stream.rows]
    too_long = next((number for number, cells in kept if any(cells[len(stream.header) :])), None)
    if too_long is not None:
        width, cells = len(stream.header), next(cells for number, cells in kept if number == too_long)
        raise TableError("row_too_long", row=too_long, cells=len(cells), width=width, separator=stream.separator)
    read = {name: _column_of_texts(kept, columns, name, stream) for name in _NUMBERS}
    notes = [*stream.notes, *_strangers(stream.header), *_told(read)]
    return notes, _observations(kept, columns, read, latest_year)


def read_template_sheet(data: bytes, limits: Limits, latest_year: int) -> Read:
    """The observations of a spreadsheet. Raises TableError for the file."""
    table = read_table(data, EVERY_HEADING, limits=limits)
    columns = _columns(table.header)
    read: dict[str, _Column] = {}
    for name in _NUMBERS:
        place = columns.places[name]
        cells = [(row.number, row.cell(place)) for row in table.rows]
        read[name] = _numbers(cells, HEADINGS[name][0], table.separator)
    kept = [(row.number, tuple(_shown(cell) for cell in row.cells)) for row in table.rows]
    notes = [*table.notes, *_strangers(table.header), *_told(read)]
    return notes, _observations(kept, columns, read, latest_year)


def _shown(cell: Cell) -> str:
    return number_text(cell.value) if type(cell.value) is float and cell.text.endswith(".0") else cell.text


def _columns(header: Sequence[str]) -> Columns:
    keys = [heading_key(heading) for heading in header]
    places: dict[str, int | None] = {}
    for name, headings in HEADINGS.items():
        found = [number for number, key in enumerate(keys) if key in headings]
        if len(found) > 1:
            raise TableError("column_twice", column=headings[0], count=len(found))
        places[name] = found[0] if found else None
    for name in NEEDED:
        if places[name] is None:
            there = ", ".join(heading[:60] for heading in header[:30] if heading) or "–"
            raise TableError("no_column", name=HEADINGS[name][0], there=there)
    return Columns(places)


def _strangers(header: Sequence[str]) -> list[Finding]:
    """Columns that are none of ours are told, never silently left out."""
    others = [heading for heading in header if heading and heading_key(heading) not in EVERY_HEADING]
    return [Finding("other_columns", details={"columns": ", ".join(others[:20])})] if others else []


def _column_of_texts(
    rows: Sequence[tuple[int, tuple[str, ...]]], columns: Columns, name: str, stream: Stream
) -> _Column:
    """The numbers of a column of texts: what is plain is read at once, the rest as any table's numbers are."""
    if columns.places[name] is None:
        return _Column([])
    texts = [columns.text(cells, name) for _number, cells in rows]
    odd = [place for place, text in enumerate(texts) if text and not _PLAIN.fullmatch(text)]
    if not odd:
        return _Column([float(text) if text else None for text in texts])
    # One plain number with a point goes along, so that a column that mixes two signs is found out.
    witness = next((place for place, text in enumerate(texts) if "." in text and _PLAIN.fullmatch(text)), None)
    asked = odd if witness is None else [witness, *odd]
    found = _numbers(
        [(rows[place][0], text_cell(texts[place])) for place in asked], HEADINGS[name][0], stream.separator
    )
    read = dict(zip(asked, found.numbers, strict=True))
    numbers = [read[place] if place in read else float(text) if text else None for place, text in enumerate(texts)]
    return _Column(numbers, found.notes)


def _numbers(cells: list[tuple[int, Cell]], column: str, separator: str) -> _Column:
    """The numbers of a column; a cell that is none is told in its place. TableError where the column's own sign for
    decimals is in doubt: then no number of it can be believed."""
    faults: dict[int, Finding] = {}
    while True:
        sound = [(row, cell) for row, cell in cells if row not in faults]
        try:
            found = read_numbers(sound, column, separator=separator)
            break
        except TableError as problem:
            if problem.code not in {"cell_error", "cell_formula", "not_a_number"} or problem.finding.row is None:
                raise
            if len(faults) >= 200:
                raise
            faults[problem.finding.row] = problem.finding
    values = iter(found.values)
    return _Column([faults[row] if row in faults else next(values) for row, _cell in cells], found.notes)


def _observations(
    rows: Iterable[tuple[int, tuple[str, ...]]],
    columns: Columns,
    numbers: Mapping[str, _Column],
    latest_year: int,
) -> Iterator[Observation | Finding]:
    for place, (row, cells) in enumerate(rows):
        read = [numbers[name].numbers[place] if numbers[name].numbers else None for name in _NUMBERS]
        fault = next((one for one in read if isinstance(one, Finding)), None)
        yield fault or _observation(row, cells, columns, read, latest_year)


def _observation(
    row: int, cells: Sequence[str], columns: Columns, read: Sequence[object], latest_year: int
) -> Observation | Finding:
    value, numerator, denominator = (one if isinstance(one, float) else None for one in read)
    column = "period"
    try:
        when = read_period(columns.text(cells, "period"), latest_year)
        for column, code in (("indicator", "indicator_missing"), ("place", "place_missing")):
            if not columns.text(cells, column):
                raise TableError(code)
        column = "flag"
        absence, marks = read_flags(columns.text(cells, "flag"))
        absence = settled(value, absence)
        column = "denominator"
        if (numerator is None) != (denominator is None):
            raise TableError("half_a_ratio")
        if denominator is not None and denominator <= 0:
            raise TableError("denominator_not_positive", shown=f"{denominator:g}")
        column = "note"
        note = columns.text(cells, "note")
        if len(note) > LONGEST_NOTE:
            raise TableError("note_too_long", most=LONGEST_NOTE)
    except TableError as problem:
        return TableError.of(problem.finding, row=row, column=HEADINGS[column][0]).finding
    indicator, place = columns.text(cells, "indicator"), columns.text(cells, "place")
    return Observation(row, indicator, place, when.code, when.year, value, absence, marks, numerator, denominator, note)
