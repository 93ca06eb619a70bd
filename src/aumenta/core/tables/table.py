"""A table as it was read: headings, rows with their numbers, cells that know what kind of value they hold."""

import re
import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final, NamedTuple

from aumenta.core.tables.findings import Finding, TableError, column_letters
from aumenta.core.text import name_key


class Kind(StrEnum):
    """What a cell holds. An error (#NAME?) and a formula whose result was not stored hold no value at all."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    BOOLEAN = "boolean"
    ERROR = "error"
    FORMULA = "formula"


class Cell(NamedTuple):
    """`text` is what a person reads (dates in ISO form, numbers without needless decimals); `value` what is stored."""

    text: str = ""
    kind: Kind = Kind.TEXT
    value: float | bool | date | datetime | None = None

    @property
    def fault(self) -> Finding | None:
        """Why nothing can be taken from this cell; None where something can."""
        if self.kind is Kind.ERROR:
            return Finding("cell_error", details={"shown": self.text})
        return Finding("cell_formula") if self.kind is Kind.FORMULA else None

    @property
    def filled(self) -> bool:
        """Whether anything stands in it, a fault included."""
        return self.kind is not Kind.TEXT or bool(self.text.strip())


EMPTY: Final = Cell()
_ERROR: Final = re.compile(
    # What spreadsheets show in place of a value, in English, then in Italian; all of them; what LibreOffice numbers; a
    # column too narrow for its numbers.
    r"#(?:NULL!|VALUE!|REF!|NAME\?|N/A|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|UNKNOWN!|BUSY!|GETTING_DATA|ERROR!|"
    r"NULLO!|VALORE!|RIF!|NOME\?|N/D|ESPANSIONE!|CAMPO!|BLOCCATO!|CONNESSIONE!|SCONOSCIUTO!|OCCUPATO!|ERRORE!|"
    r"DIV/0!|NUM!|EXTERNAL!|PYTHON!)|(?:Err:|#ERR)\d{3}!?|#{4,}",
    re.IGNORECASE,
)
_LONGEST_ERROR: Final = 20


def text_cell(text: str) -> Cell:
    """The cell of a text; an error where it is one that a spreadsheet had written: whoever copies values or saves them
    as text takes #N/D along, which is nothing that anybody said.

    >>> text_cell("#N/D").kind.value, text_cell("#nd").kind.value, text_cell("Vedi #RIF!").kind.value
    ('error', 'text', 'text')
    """
    if not text:
        return EMPTY
    if len(text) <= _LONGEST_ERROR and ("#" in text or ":" in text) and _ERROR.fullmatch(said := text.strip()):
        return Cell(said, Kind.ERROR)
    return Cell(text)


EXACT: Final = 2**53
MIN_ALIKE: Final = 3
"""So many different rows, twice in the same order, are no chance."""


def number_text(value: float) -> str:
    """A stored number as spreadsheets show it: 15 digits, no decimals where there are none.

    >>> number_text(3.0), number_text(0.1 + 0.2), number_text(1.10)
    ('3', '0.3', '1.1')
    """
    if value == int(value) and abs(value) < EXACT:
        return str(int(value))
    return format(value, ".15g")


def heading_key(heading: str) -> str:
    """The key under which two writings of a heading meet: no case, accents, underscores or doubled spaces."""
    return name_key(heading.replace("_", " "))


class Row(NamedTuple):
    """A row with the number a spreadsheet shows beside it."""

    number: int
    cells: tuple[Cell, ...]

    def cell(self, place: int | None) -> Cell:
        """The cell at a place; an empty one beyond the row's end or where there is no such column."""
        return EMPTY if place is None or place >= len(self.cells) else self.cells[place]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read before a table is refused. `seconds` are of this thread's processor, not of the clock."""

    bytes: int = 30_000_000
    unpacked: int = 60_000_000
    rows: int = 100_000
    columns: int = 500
    cells: int = 600_000
    seconds: float = 7.0


LIMITS: Final = Limits()


class Budget:
    """What is left of the limits while one file is read; each `spend_…` raises TableError where nothing is."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.cells = 0
        self.rows = 0
        self._unpacked = 0
        self._end = time.thread_time() + limits.seconds

    def spend_unpacked(self, count: int) -> None:
        """`count` bytes more were unpacked."""
        self._unpacked += count
        if self._unpacked > self.limits.unpacked:
            raise TableError("unpacked", most=self.limits.unpacked // 1_000_000)
        self.check_time()

    def spend_row(self, width: int, row: int) -> None:
        """A row of `width` cells is kept."""
        self.rows += 1
        self.cells += width
        if self.rows > self.limits.rows:
            raise TableError("too_many_rows", most=self.limits.rows)
        if width > self.limits.columns:
            raise TableError("too_many_columns", row=row, most=self.limits.columns)
        if self.cells > self.limits.cells:
            raise TableError("too_many_cells", most=self.limits.cells)

    def check_time(self) -> None:
        """Refuse what takes too long."""
        if time.thread_time() > self._end:
            raise TableError("too_slow")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one sheet that hold anything, before it is known which of them names the columns.

    What a spreadsheet does not show is read like the rest: `hidden` says that of the sheet, `hidden_rows` are numbers
    of rows, `hidden_columns` their places. `merged` are cells over several columns: row, first place, last place.
    """

    name: str
    rows: Sequence[Row]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: frozenset[tuple[int, int, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose headings are known. `format` is csv, xlsx or ods; `separator` that of a CSV, else empty.

    `notes` are what a person should be told although the table was read: the encoding, rows above the header, other
    sheets that were not read.
    """

    header: tuple[str, ...]
    header_row: int
    rows: tuple[Row, ...]
    format: str
    separator: str = ""
    sheet: str = ""
    notes: tuple[Finding, ...] = field(default=())
    keys: tuple[str, ...] = field(init=False, repr=False, compare=False)
    """What each heading is found under; "" where there is none."""

    def __post_init__(self) -> None:
        # Worked out once: columns are asked for row by row.
        object.__setattr__(self, "keys", tuple(heading_key(heading) for heading in self.header))

    def place(self, names: Iterable[str]) -> int | None:
        """Where the column with one of these headings is; None where there is none. TableError where two are.

        Case and accents matter only where they tell two columns apart.
        """
        names = [name.strip() for name in names]
        keys = {heading_key(name) for name in names}
        found = [place for place, key in enumerate(self.keys) if key in keys and self.header[place].strip()]
        exact = [place for place in found if self.header[place].strip() in names]
        if len(exact) == 1:
            return exact[0]
        if len(found) > 1:
            both = " / ".join(dict.fromkeys(self.header[place].strip() for place in found))
            raise TableError("column_twice", row=self.header_row, column=both, count=len(found))
        return found[0] if found else None

    def needed(self, names: Iterable[str]) -> int:
        """Where the column with one of these headings is; TableError names those there are where it is missing."""
        names = list(names)
        place = self.place(names)
        if place is None:
            there = ", ".join(heading.strip()[:60] for heading in self.header[:30] if heading.strip())
            raise TableError("no_column", name=names[0], there=there or "–")
        return place

    def others(self, known: Collection[str]) -> list[str]:
        """The headings that are none of `known`, as they are written; a column without one by its letters.

        Columns without a heading in which nothing stands are left out.
        """
        keys = {heading_key(name) for name in known}
        written = zip(self.header, self.keys, strict=True)
        found = [heading.strip() for heading, key in written if heading.strip() and key not in keys]
        nameless = {
            place
            for row in self.rows
            for place, cell in enumerate(row.cells)
            if cell.filled and not (place < len(self.header) and self.header[place].strip())
        }
        return [*found, *(column_letters(place) for place in sorted(nameless))]

    def check_widths(self, *, short: bool = False) -> None:
        """TableError for a row of a CSV with more cells than headings: its text was cut at a separator.

        With `short`, for one with fewer cells too. Rows of spreadsheets end where nothing more stands in them.
        """
        if self.format != "csv":
            return
        width = len(self.header)
        for row in self.rows:
            many = any(cell.filled for cell in row.cells[width:])
            if many or (short and len(row.cells) < width):
                code = "row_too_long" if many else "row_too_short"
                raise TableError(code, row=row.number, cells=len(row.cells), width=width, separator=self.separator)

    def second_copy(self) -> int | None:
        """The row where the same table begins a second time, pasted below itself with its headings or without; None
        where it doesn't. Two rows, or many that are all alike, are no sign of it."""
        rows = [tuple(cell.text.strip() for cell in row.cells) for row in self.rows]
        half, odd = divmod(len(rows), 2)
        again = half + odd
        headings = tuple(heading.strip() for heading in self.header)
        if rows[:half] != rows[again:] or len(set(rows[:half])) < MIN_ALIKE:
            return None
        return self.rows[half].number if not odd or rows[half] == headings else None
