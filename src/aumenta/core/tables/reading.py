"""The one reader of tables: whatever an office sends, its headings and rows, or a TableError that says why not."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from aumenta.core.package import Package
from aumenta.core.tables import ods, xlsx
from aumenta.core.tables.around import unseen, without_source_lines
from aumenta.core.tables.delimited import read_delimited
from aumenta.core.tables.findings import Finding, TableError
from aumenta.core.tables.headers import LOOKED_AT, headings_of, known_in
from aumenta.core.tables.package import open_spreadsheet
from aumenta.core.tables.table import LIMITS, Budget, Limits, Sheet, Table
from aumenta.core.text import Decoded, decode

# What people send by mistake, told by its first bytes.
_SIGNATURES: Final = (
    (b"%PDF", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"Rar!", "RAR"),
    (b"SQLite format 3", "SQLite"),
)
MOST_NAMED: Final = 10
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")


def read_table(data: bytes, headings: Collection[str] = (), *, limits: Limits = LIMITS) -> Table:
    """The table in a CSV, TSV, XLSX or ODS file, told by its content.

    `headings` are the names its columns may have: they find the separator, the sheet and the row that names the
    columns. Raises TableError; nothing is unpacked or built beyond `limits`.
    """
    if len(data) > limits.bytes:
        raise TableError("too_large", most=limits.bytes // 1_000_000)
    budget = Budget(limits)
    if data.startswith(b"PK"):
        return _from_package(open_spreadsheet(data, budget), headings, budget)
    _refuse_others(data)
    return _from_text(decode(data), headings, budget)


def read_pasted(text: str, headings: Collection[str] = (), *, limits: Limits = LIMITS) -> Table:
    """The table in a text that was copied from a spreadsheet or typed."""
    if len(text) > limits.bytes:
        raise TableError("too_large", most=limits.bytes // 1_000_000)
    return _from_text(Decoded(text.removeprefix("\ufeff"), "utf-8"), headings, Budget(limits))


def _refuse_others(data: bytes) -> None:
    if data.startswith(_OLE):
        raise TableError("password" if _ENCRYPTED in data else "old_excel")
    for mark, kind in _SIGNATURES:
        if data.startswith(mark):
            raise TableError("not_a_table", kind=kind)
    start = data[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta")):
        raise TableError("web_page")
    if start.startswith(b"<?xml"):
        raise TableError("not_a_table", kind="XML")


def _from_text(found: Decoded, headings: Collection[str], budget: Budget) -> Table:
    if not found.text.strip('\x00 \t\r\n\ufeff;,|"'):
        raise TableError("empty")
    sheet, separator, notes = read_delimited(found, headings, budget)
    return _table(sheet, headings, "csv", separator, notes)


def _from_package(package: Package, headings: Collection[str], budget: Budget) -> Table:
    if ods.is_ods(package):
        return _best(ods.read_sheets(package, budget), headings, "ods")
    if package.has("xl/workbook.bin"):
        raise TableError("not_a_table", kind="XLSB")
    if not xlsx.is_xlsx(package):
        raise TableError("not_a_table", kind=_kind_of(package))
    book = xlsx.open_book(package)
    sheets: list[Sheet] = []
    for one in book.sheets:
        sheets.append(xlsx.read_sheet(package, book, one, budget))
        if _known(sheets[-1], headings) and _known(sheets[-1], headings) == len(set(headings)):
            break
    unread = [one.name for one in book.sheets[len(sheets) :] if xlsx.holds_anything(package, one)]
    return _best(sheets, headings, "xlsx", unread)


def _kind_of(package: Package) -> str:
    for part, kind in (("word/document.xml", "Word"), ("ppt/presentation.xml", "PowerPoint"), ("content.xml", "ODF")):
        if package.has(part):
            return kind
    return "ZIP"


def _known(sheet: Sheet, headings: Collection[str]) -> int:
    single = known_in([[cell.text for cell in row.cells] for row in sheet.rows[:LOOKED_AT]], headings)
    return max(single, known_in([headings_of(sheet, headings).names], headings)) if sheet.rows else 0


def _best(sheets: Sequence[Sheet], headings: Collection[str], file_format: str, unread: Sequence[str] = ()) -> Table:
    """The sheet with most of the known headings, the first of equals that holds anything; the others are told, those
    too that were not even looked at (`unread`)."""
    filled = [sheet for sheet in sheets if sheet.rows]
    if not filled:
        raise TableError("empty_sheet")
    best = max(filled, key=lambda sheet: _known(sheet, headings))
    others = [*(sheet.name for sheet in filled if sheet is not best), *unread]
    named = ", ".join(others[:MOST_NAMED]) + (" …" if len(others) > MOST_NAMED else "")
    notes = [Finding("other_sheets", details={"read": best.name, "others": named})] if others else []
    return _table(best, headings, file_format, "", notes)


def _table(
    sheet: Sheet, headings: Collection[str], file_format: str, separator: str, notes: Sequence[Finding]
) -> Table:
    found = headings_of(sheet, headings)
    at, names = found.at, found.names
    head = sheet.rows[at]
    over = at + 1 - found.rows
    above = [Finding("rows_above", details={"count": over, "row": head.number})] if over else []
    rows, below = without_source_lines(
        [row for row in sheet.rows[at + 1 :] if any(cell.filled for cell in row.cells)], names, headings
    )
    table = Table(
        header=tuple(name.strip() for name in names),
        header_row=head.number,
        rows=tuple(rows),
        format=file_format,
        separator=separator,
        sheet=sheet.name,
        notes=(*notes, *above, *found.notes, *unseen(sheet, rows, names, headings), *below),
    )
    again = table.second_copy()
    return table if again is None else replace(table, notes=(*table.notes, Finding("table_twice", row=again)))
