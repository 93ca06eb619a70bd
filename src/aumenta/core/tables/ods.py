"""OpenDocument spreadsheets (ODF 1.3, part 3), read as they stand: repeated rows and cells within bounds."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from aumenta.core.package import Attributes, Package, local
from aumenta.core.tables.findings import TableError
from aumenta.core.tables.table import EMPTY, Budget, Cell, Kind, Row, Sheet, number_text, text_cell
from aumenta.core.text import mend

KIND: Final = "application/vnd.oasis.opendocument.spreadsheet"
_OFFICE: Final = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_TABLE: Final = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_TEXT: Final = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
_STYLE: Final = "urn:oasis:names:tc:opendocument:xmlns:style:1.0 "
_UNSEEN: Final = frozenset({"collapse", "filter"})
_CELLS: Final = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
# What stands in a cell without being its value: notes, pictures and their texts, readings of words.
_ASIDE: Final = re.compile(r"office:1\.0 annotation$|drawing:1\.0 |text:1\.0 (?:ruby-text|note)$")
_ERROR: Final = re.compile(r"#[A-Z0-9/!?]+|Err:\d+")
_NUMBERS: Final = frozenset({"float", "currency", "percentage"})
_MOST_REPEATED: Final = 10_000
_LONGEST_CELL: Final = 2_000_000


def is_ods(package: Package) -> bool:
    """Whether the archive says that it is such a spreadsheet, or a template of one."""
    return (
        package.has("content.xml")
        and package.has("mimetype")
        and (package.start_of("mimetype", 100).decode("latin-1").strip().startswith(KIND))
    )


def read_sheets(package: Package, budget: Budget) -> list[Sheet]:
    """Every sheet with the rows that hold anything. TableError for a password or damage."""
    manifest = "META-INF/manifest.xml"
    if package.has(manifest) and b"encryption-data" in package.start_of(manifest, 200_000):
        raise TableError("password")
    reader = _Reader(budget)
    package.parse("content.xml", reader.start, reader.end, reader.take)
    if not reader.sheets:
        raise TableError("no_sheet")
    return reader.sheets


@dataclass
class _Hidden:
    """What a sheet does not show: itself, stretches of rows, places of columns."""

    sheet: bool = False
    rows: list[tuple[int, int]] = field(default_factory=list)
    columns: set[int] = field(default_factory=set)
    _next_column: int = 0

    def take_column(self, attributes: Attributes, most: int) -> None:
        """The next columns, as the document describes them."""
        after = self._next_column + _count(attributes, f"{_TABLE}number-columns-repeated")
        if attributes.get(f"{_TABLE}visibility", "") in _UNSEEN:
            self.columns.update(range(self._next_column, min(after, most)))
        self._next_column = after

    def among(self, rows: Sequence[Row]) -> frozenset[int]:
        """The hidden ones of these rows, in their order in the document."""
        found, stretches = set(), iter(self.rows)
        first, after = next(stretches, (0, 0))
        for row in rows:
            while after and row.number >= after:
                first, after = next(stretches, (0, 0))
            if first <= row.number < after:
                found.add(row.number)
        return frozenset(found)


class _Reader:
    """The handlers of a document's content: they build its sheets."""

    def __init__(self, budget: Budget) -> None:
        self.sheets: list[Sheet] = []
        self._budget = budget
        self._depth = self._aside = 0
        self._name, self._rows, self._cells = "", list[Row](), list[Cell]()
        self._row = 1
        self._repeated_row = 1
        self._about: Attributes | None = None
        self._paragraphs = self._length = 0
        self._parts: list[str] = []
        self._hidden = _Hidden()
        self._merged: set[tuple[int, int, int]] = set()
        self._style = ""
        self._unseen_styles: set[str] = set()

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == f"{_TABLE}table":
            self._depth += 1
            if self._depth == 1:
                self._name, self._rows, self._row = attributes.get(f"{_TABLE}name", ""), [], 1
                self._merged = set()
                self._hidden = _Hidden(attributes.get(f"{_TABLE}style-name", "") in self._unseen_styles)
        elif self._depth != 1:
            self._note_style(tag, attributes)
        elif self._aside or _ASIDE.search(tag):
            self._aside += 1
        elif tag == f"{_TABLE}table-row":
            self._cells, self._repeated_row = [], _count(attributes, f"{_TABLE}number-rows-repeated")
            if attributes.get(f"{_TABLE}visibility", "") in _UNSEEN:
                self._hidden.rows.append((self._row, self._row + self._repeated_row))
        elif tag == f"{_TABLE}table-column":
            self._hidden.take_column(attributes, self._budget.limits.columns)
        elif tag in _CELLS:
            self._about, self._parts, self._paragraphs, self._length = attributes, [], 0, 0
        elif self._about is not None:
            self._inside(tag, attributes)

    def _note_style(self, tag: str, attributes: Attributes) -> None:
        if tag == f"{_STYLE}style":
            self._style = attributes.get(f"{_STYLE}name", "")
        elif tag == f"{_STYLE}table-properties" and attributes.get(f"{_TABLE}display", "") == "false":
            self._unseen_styles.add(self._style)

    def _inside(self, tag: str, attributes: Attributes) -> None:
        if tag in (f"{_TEXT}p", f"{_TEXT}h"):
            if self._paragraphs:
                self._parts.append("\n")
            self._paragraphs += 1
        elif tag == f"{_TEXT}s":
            self._parts.append(" " * min(_count(attributes, f"{_TEXT}c"), _MOST_REPEATED))
        elif tag == f"{_TEXT}tab":
            self._parts.append("\t")
        elif tag == f"{_TEXT}line-break":
            self._parts.append("\n")

    def take(self, text: str) -> None:
        if self._about is not None and self._paragraphs and not self._aside and self._depth == 1:
            self._length += len(text)
            if self._length > _LONGEST_CELL:
                raise TableError("cell_too_long", most=_LONGEST_CELL)
            self._parts.append(text)

    def end(self, tag: str) -> None:
        if tag == f"{_TABLE}table":
            self._depth -= 1
            if self._depth == 0:
                hidden, columns = self._hidden, frozenset(self._hidden.columns)
                unseen = hidden.among(self._rows)
                merged = frozenset(self._merged)
                self.sheets.append(Sheet(self._name, self._rows, hidden.sheet, unseen, columns, merged))
        elif self._depth != 1:
            return
        elif self._aside:
            self._aside -= 1
        elif tag in _CELLS and self._about is not None:
            over = _count(self._about, f"{_TABLE}number-columns-spanned")
            if over > 1:
                self._merged.add((self._row, len(self._cells), len(self._cells) + over - 1))
            self._add(_cell(self._about, "".join(self._parts)), _count(self._about, f"{_TABLE}number-columns-repeated"))
            self._about = None
        elif tag == f"{_TABLE}table-row":
            self._end_row()

    def _add(self, cell: Cell, count: int) -> None:
        if cell is not EMPTY and len(self._cells) + count > self._budget.limits.columns:
            raise TableError("too_many_columns", row=self._row, most=self._budget.limits.columns)
        # Empty cells may go on to the last column of the sheet: those beyond the bound hold nothing anyway.
        count = min(count, self._budget.limits.columns + 1 - len(self._cells)) if cell is EMPTY else count
        self._cells += [cell] * max(count, 0)

    def _end_row(self) -> None:
        while self._cells and self._cells[-1] is EMPTY:
            self._cells.pop()
        if self._cells:
            cells = tuple(self._cells)
            for number in range(self._row, self._row + self._repeated_row):
                self._budget.spend_row(len(cells), number)
                self._rows.append(Row(number, cells))
        self._row += self._repeated_row


def _count(attributes: Attributes, name: str) -> int:
    said = attributes.get(name, "1")
    return max(int(said), 1) if said.isascii() and said.isdigit() and len(said) < 10 else 1


def _cell(about: Attributes, shown: str) -> Cell:
    kind, formula = about.get(f"{_OFFICE}value-type", ""), f"{_TABLE}formula" in about
    said = next((value for key, value in about.items() if local(key) == "value-type" and "calcext" in key), "")
    shown = mend(shown)
    if said == "error" or (formula and _ERROR.fullmatch(shown.strip())):
        return Cell(shown.strip() or "#?", Kind.ERROR)
    if formula and not kind:
        return Cell("", Kind.FORMULA)
    if kind in _NUMBERS:
        return _number(about.get(f"{_OFFICE}value", ""), shown)
    if kind == "date":
        return _date(about.get(f"{_OFFICE}date-value", ""), shown)
    if kind == "boolean":
        true = about.get(f"{_OFFICE}boolean-value", "") == "true"
        return Cell("TRUE" if true else "FALSE", Kind.BOOLEAN, true)
    text = mend(about[f"{_OFFICE}string-value"]) if kind == "string" and f"{_OFFICE}string-value" in about else shown
    return text_cell(text)


def _number(raw: str, shown: str) -> Cell:
    try:
        number = float(raw)
    except ValueError:
        return Cell(shown) if shown else EMPTY
    if not math.isfinite(number):
        return Cell(shown or raw)
    # A code that is shown with its zeros is meant with them.
    code = shown.isascii() and shown.isdigit() and shown.startswith("0") and int(shown) == number
    return Cell(shown if code else number_text(number), Kind.NUMBER, number)


def _date(raw: str, shown: str) -> Cell:
    try:
        moment = datetime.fromisoformat(raw.split(".")[0].replace("Z", ""))
    except ValueError:
        return Cell(shown) if shown else EMPTY
    if "T" in raw and (moment.hour or moment.minute or moment.second):
        return Cell(f"{moment:%Y-%m-%d %H:%M}", Kind.DATE, moment)
    return Cell(f"{moment:%Y-%m-%d}", Kind.DATE, moment.date())
