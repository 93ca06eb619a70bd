"""XLSX, read as it stands in the file: no dimension is believed, an error stays an error, a formula needs its result.

ECMA-376 part 1, chapter 18, transitional and strict. A reader of our own: openpyxl refuses files with an empty fill,
believes a wrong dimension, and fills a million rows where one cell is far down (docs/decisions/0011-tables.md).
"""

import math
import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, NamedTuple

from aumenta.core.package import Attributes, Package, local
from aumenta.core.tables.findings import TableError, column_letters
from aumenta.core.tables.table import EMPTY, Budget, Cell, Kind, Row, Sheet, number_text, text_cell
from aumenta.core.tables.xlsx_styles import Styles, date_of_serial, read_styles, time_text
from aumenta.core.text import mend

_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LETTERS: Final = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{0,7})")
_LONGEST_CELL: Final = 2_000_000
_MERGED: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")
_TRUE: Final = frozenset({"1", "true", "on"})
_VALUE: Final = re.compile(rb"<(?:\w+:)?[vt][ >]")
_GLANCE: Final = 200_000
"""Bytes of a sheet that is not read, to know whether it is one of the empty ones that come with every new workbook."""


class Listed(NamedTuple):
    """A sheet that the workbook lists: its name, its part, whether it is hidden."""

    name: str
    part: str
    hidden: bool


@dataclass
class Book:
    """What a workbook says of itself: its sheets, hidden ones last; strings, styles, where days start."""

    sheets: list[Listed] = field(default_factory=list)
    strings: list[str] = field(default_factory=list)
    styles: Styles = field(default_factory=Styles)
    since_1904: bool = False


def is_xlsx(package: Package) -> bool:
    """Whether the archive is a workbook of this format."""
    return package.has("[Content_Types].xml") and package.has(_workbook(package))


def open_book(package: Package) -> Book:
    """Sheets, strings and styles; TableError where a part is damaged or there is no sheet."""
    name = _workbook(package)
    relations = _relations(package, name)
    book = Book()
    hidden: list[Listed] = []

    def start(tag: str, attributes: Attributes) -> None:
        if local(tag) == "sheet":
            target = next((value for key, value in attributes.items() if local(key) == "id"), "")
            kind, part = relations.get(target, ("", ""))
            if kind == "worksheet" and package.has(part):
                shown = attributes.get("state", "visible") == "visible"
                (book.sheets if shown else hidden).append(Listed(attributes.get("name", ""), part, not shown))
        elif local(tag) == "workbookPr":
            book.since_1904 = attributes.get("date1904", "") in _TRUE

    package.parse(name, start)
    book.sheets += hidden
    if not book.sheets:
        raise TableError("no_sheet")
    for kind, part in relations.values():
        if kind == "sharedStrings" and package.has(part):
            book.strings = _strings(package, part)
        elif kind == "styles" and package.has(part):
            book.styles = read_styles(package, part)
    return book


def _workbook(package: Package) -> str:
    if package.has("_rels/.rels"):
        for kind, part in _relations(package, "").values():
            if kind == "officeDocument":
                return part
    return "xl/workbook.xml"


def _relations(package: Package, of: str) -> dict[str, tuple[str, str]]:
    """What a part refers to, by its key: (last word of the kind, name of the part)."""
    folder, name = posixpath.split(of)
    part = posixpath.join(folder, "_rels", f"{name}.rels")
    found: dict[str, tuple[str, str]] = {}

    def start(tag: str, attributes: Attributes) -> None:
        if local(tag) == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/" + folder, attributes.get("Target", ""))).lstrip("/")
            found[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], target)

    if package.has(part):
        package.parse(part, start)
    return found


class _Text:
    """Collects the text of the elements in `of`, but for what stands inside phonetic hints."""

    def __init__(self, of: set[str]) -> None:
        self._of = of
        self._open = 0
        self._hints = 0
        self._length = 0
        self.parts: list[str] = []

    def start(self, name: str) -> None:
        self._hints += name == "rPh"
        self._open += name in self._of and not self._hints

    def end(self, name: str) -> None:
        self._open -= name in self._of and not self._hints
        self._hints -= name == "rPh"

    def take(self, text: str) -> None:
        if self._open:
            self._length += len(text)
            if self._length > _LONGEST_CELL:
                raise TableError("cell_too_long", most=_LONGEST_CELL)
            self.parts.append(text)

    def taken(self) -> str:
        text = "".join(self.parts)
        self.parts, self._length = [], 0
        return text


def _strings(package: Package, part: str) -> list[str]:
    strings: list[str] = []
    collected = _Text({"t"})

    def start(tag: str, _attributes: Attributes) -> None:
        collected.start(local(tag))

    def end(tag: str) -> None:
        name = local(tag)
        collected.end(name)
        if name == "si":
            strings.append(_whole_text(collected.taken()))

    package.parse(part, start, end, collected.take)
    return strings


def _whole_text(text: str) -> str:
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return mend(text)


class _Rows:
    """The handlers of a worksheet: they build its rows, cell by cell."""

    def __init__(self, book: Book, budget: Budget) -> None:
        self._book = book
        self._budget = budget
        self.rows: dict[int, list[Cell]] = {}
        self._row = self._column = 0
        self._cells: list[Cell] = []
        self._kind = self._style = ""
        self._formula = self._value = False
        self.text = _Text({"v", "t"})
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.merged: set[tuple[int, int, int]] = set()

    def start(self, tag: str, attributes: Attributes) -> None:
        name = local(tag)
        if name == "c":
            match = _LETTERS.match(attributes.get("r", ""))
            self._column = _column(match[1]) if match else self._column + 1
            self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
            self._formula = self._value = False
        elif name == "row":
            said = attributes.get("r", "")
            self._row = int(said) if said.isascii() and said.isdigit() and len(said) < 8 else self._row + 1
            self._cells, self._column = [], -1
            if attributes.get("hidden", "") in _TRUE:
                self.hidden_rows.add(self._row)
        elif name == "f":
            self._formula = True
        elif name == "mergeCell":
            if (match := _MERGED.fullmatch(attributes.get("ref", ""))) and match[1] != match[3]:
                self.merged.add((int(match[2]), _column(match[1]), _column(match[3])))
        elif name == "col" and attributes.get("hidden", "") in _TRUE:
            first, last = (attributes.get(end, "") for end in ("min", "max"))
            if first.isascii() and first.isdigit() and last.isascii() and last.isdigit() and len(last) < 8:
                self.hidden_columns.update(range(int(first) - 1, min(int(last), self._budget.limits.columns)))
        else:
            self._value = self._value or name in {"v", "is"}
        self.text.start(name)

    def end(self, tag: str) -> None:
        name = local(tag)
        self.text.end(name)
        if name == "c":
            cell = self._cell(self.text.taken())
            if cell is not EMPTY:
                if self._column >= self._budget.limits.columns:
                    raise TableError("too_many_columns", row=self._row, most=self._budget.limits.columns)
                self._cells += [EMPTY] * (self._column + 1 - len(self._cells))
                self._cells[self._column] = cell
        elif name == "row" and self._cells:
            self._budget.spend_row(len(self._cells), self._row)
            held = self.rows.setdefault(self._row, self._cells)
            if held is not self._cells:
                raise TableError("damaged", reason=f"row {self._row}")

    def _cell(self, raw: str) -> Cell:
        if self._kind == "e":
            return Cell(raw.strip() or "#?", Kind.ERROR)
        if self._formula and not raw.strip() and self._kind != "str":
            return Cell("", Kind.FORMULA)
        if not raw:
            return EMPTY
        if self._kind == "s":
            text = self._string(raw)
        elif self._kind in {"str", "inlineStr"}:
            text = _whole_text(raw)
        elif self._kind == "b":
            return Cell("TRUE" if raw.strip() in {"1", "true"} else "FALSE", Kind.BOOLEAN, raw.strip() in {"1", "true"})
        elif self._kind == "d":
            return _iso(raw.strip())
        else:
            return self._number(raw.strip())
        return text_cell(text)

    def _string(self, raw: str) -> str:
        try:
            return self._book.strings[int(raw)]
        except (ValueError, IndexError):
            where = f"{column_letters(self._column)}{self._row}"
            raise TableError("damaged", reason=where) from None

    def _number(self, raw: str) -> Cell:
        try:
            number = float(raw)
        except ValueError:
            return Cell(mend(raw)) if raw else EMPTY
        if not math.isfinite(number):
            return Cell(raw)
        style = int(self._style) if self._style.isascii() and self._style.isdigit() and len(self._style) < 8 else -1
        styles = self._book.styles
        if style in styles.dates and (day := date_of_serial(number, since_1904=self._book.since_1904)):
            return Cell(_day_text(day), Kind.DATE, day)
        if style in styles.times:
            return Cell(time_text(number), Kind.NUMBER, number)
        return Cell(number_text(number).zfill(styles.zeros.get(style, 0)), Kind.NUMBER, number)


def _column(letters: str) -> int:
    place = 0
    for letter in letters.upper():
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _iso(raw: str) -> Cell:
    try:
        moment = datetime.fromisoformat(raw.replace("Z", ""))
    except ValueError:
        return Cell(mend(raw)) if raw else EMPTY
    day = moment if (moment.hour or moment.minute or moment.second) else moment.date()
    return Cell(_day_text(day), Kind.DATE, day)


def _day_text(day: object) -> str:
    return f"{day:%Y-%m-%d %H:%M}" if isinstance(day, datetime) else f"{day:%Y-%m-%d}"


def read_sheet(package: Package, book: Book, sheet: Listed, budget: Budget) -> Sheet:
    """The rows of one sheet that hold anything, in their order."""
    rows = _Rows(book, budget)
    take: Callable[[str], None] = rows.text.take
    package.parse(sheet.part, rows.start, rows.end, take)
    return Sheet(
        sheet.name,
        [Row(number, tuple(cells)) for number, cells in sorted(rows.rows.items())],
        sheet.hidden,
        frozenset(rows.hidden_rows & rows.rows.keys()),
        frozenset(rows.hidden_columns),
        frozenset(rows.merged),
    )


def holds_anything(package: Package, sheet: Listed) -> bool:
    """Whether something is written near the top of a sheet that is not read; where that can't be known, too."""
    try:
        return _VALUE.search(package.start_of(sheet.part, _GLANCE)) is not None
    except TableError:
        return True
