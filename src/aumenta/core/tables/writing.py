"""The one writer of tables: CSV (commas or semicolons), XLSX and ODS; what people typed never runs as a formula."""

import csv
import io
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

import xlsxwriter

from aumenta.core.tables.delimited import RUNS_INSIDE
from aumenta.core.tables.findings import TableError, column_letters
from aumenta.core.tables.ods_writing import write_ods

Value = str | int | float | bool | date | datetime | None
Format = Literal["csv", "csv-semicolon", "xlsx", "ods"]

FORMATS: Final[dict[str, Format]] = {"xlsx": "xlsx", "ods": "ods", "csv": "csv"}
"""The formats of a table by the ending of its file."""
MEDIA_TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "csv-semicolon": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
LONGEST_CELL: Final = 32_767
"""Characters that a cell of XLSX holds."""
_MOST_ROWS: Final = 1_048_576
# What a spreadsheet would run as a formula when a cell of a CSV begins with it (OWASP, CSV injection).
_FORMULA: Final = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
# The same inside of a text, where a spreadsheet that parts cells at another sign would begin one: a list whose
# lines begin with a hyphen and a space stays as it is, unless it calls something.
_FORMULA_INSIDE: Final = re.compile(f"([\t;,\r\n])(?={RUNS_INSIDE})")
# Characters that XML 1.0 cannot hold at all, not even by their number: they are in no format, so that all say the same.
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NUMBER: Final = 10**15
"""A spreadsheet keeps fifteen figures of a number: a longer one is a code, whose last figures would become noughts."""


@dataclass(frozen=True)
class SheetToWrite:
    """One sheet: its name, its headings, its rows (an iterator is written as it is read).

    `frozen` columns stay in view; `widths` are in characters, column by column.
    """

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[Value]]
    frozen: int = 0
    widths: Sequence[int] = ()


def write_table(sheets: Sequence[SheetToWrite], file_format: Format, *, cut: str | None = None) -> bytes:
    """The sheets as one file; a CSV holds the first. Texts stay texts, numbers numbers, dates dates.

    A text too long for a cell of XLSX raises TableError, or is cut and ends with `cut` where that is given.
    """
    if file_format == "xlsx":
        return _xlsx(sheets, cut)
    if file_format == "ods":
        named = [(_name(sheet.name, number), sheet) for number, sheet in enumerate(sheets, 1)]
        return write_ods([(name, list(map(clean, sheet.header)), map(_clean_row, sheet.rows)) for name, sheet in named])
    separator = ";" if file_format == "csv-semicolon" else ","
    return "".join(csv_lines(sheets[0].header, sheets[0].rows, separator=separator)).encode()


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Value]], *, separator: str = ",") -> Iterator[str]:
    """The lines of a CSV with the mark that spreadsheets want, one at a time, however many rows there are.

    With the semicolon, decimals have a comma: that is how Italian spreadsheets read both.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    yield "\ufeff"
    writer.writerow([guarded(clean(heading)) for heading in header])
    for row in rows:
        yield out.getvalue()
        out.seek(0)
        out.truncate()
        writer.writerow([_csv_cell(value, separator) for value in row])
    yield out.getvalue()


def guarded(text: str) -> str:
    """A text as a cell of a CSV: an apostrophe before what a spreadsheet would take for a formula, at its beginning and
    after what separates cells elsewhere: an Italian spreadsheet opens a file with commas at its semicolons.

    The reader takes it away again (`unguarded`), so that a text with an apostrophe before a sign comes back whole too.
    """
    text = _FORMULA_INSIDE.sub(r"\1'", text)
    return f"'{text}" if _FORMULA.match(text) else text


def clean(text: str) -> str:
    """A text without the characters that no XML may hold."""
    return _NOT_XML.sub("", text)


def _clean_row(row: Sequence[Value]) -> list[Value]:
    return [clean(value) if isinstance(value, str) else _of_a_spreadsheet(value) for value in row]


def _of_a_spreadsheet(value: Value) -> Value:
    """Nothing for what is no number, a text for a number with more figures than a spreadsheet keeps."""
    if isinstance(value, int) and abs(value) >= _LONGEST_NUMBER:
        return str(value)
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _csv_cell(value: Value, separator: str) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return guarded(clean(value))
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        text = repr(value) if math.isfinite(value) else ""
        return text.replace(".", ",") if separator == ";" else text
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    return value.isoformat() if isinstance(value, date) else str(value)


def _name(name: str, number: int) -> str:
    return _NOT_IN_NAMES.sub(" ", clean(name))[:31].strip() or str(number)


def _xlsx(sheets: Sequence[SheetToWrite], cut: str | None) -> bytes:
    file = io.BytesIO()
    # Rows leave memory as they are written; nothing that people typed becomes a formula, a link or a number.
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": False,
        "remove_timezone": True,
    }
    with xlsxwriter.Workbook(file, options) as book:
        formats = {
            "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
            "text": book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"}),
            "date": book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"}),
            "datetime": book.add_format({"num_format": "dd/mm/yyyy hh:mm", "valign": "top"}),
        }
        for number, sheet in enumerate(sheets, 1):
            page = book.add_worksheet(_name(sheet.name, number))
            for place, width in enumerate(sheet.widths):
                page.set_column(place, place, width)
            page.freeze_panes(1, sheet.frozen)
            for place, heading in enumerate(sheet.header):
                page.write_string(0, place, _fitting(clean(heading), 1, place, cut), formats["head"])
            for row, values in enumerate(sheet.rows, 1):
                if row >= _MOST_ROWS:
                    raise TableError("too_many_rows", most=_MOST_ROWS - 1)
                for place, value in enumerate(values):
                    _write_xlsx_cell(page, row, place, value, formats, cut)
    return file.getvalue()


def _write_xlsx_cell(
    page: "xlsxwriter.worksheet.Worksheet",
    row: int,
    place: int,
    value: Value,
    formats: "dict[str, xlsxwriter.format.Format]",
    cut: str | None,
) -> None:
    value = _of_a_spreadsheet(value)
    if value is None or value == "":
        return
    if isinstance(value, str):
        page.write_string(row, place, _fitting(clean(value), row + 1, place, cut), formats["text"])
    elif isinstance(value, bool):
        page.write_boolean(row, place, value)
    elif isinstance(value, datetime | date):
        page.write_datetime(row, place, value, formats["datetime" if isinstance(value, datetime) else "date"])
    else:
        page.write_number(row, place, value)


def _fitting(text: str, row: int, place: int, cut: str | None) -> str:
    if len(text) <= LONGEST_CELL:
        return text
    if cut is None:
        raise TableError("cell_too_long", row=row, column=column_letters(place), most=LONGEST_CELL)
    return text[: LONGEST_CELL - len(cut)] + cut
