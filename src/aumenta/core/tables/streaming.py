"""A delimited text too long to be kept as cells: its header, then row after row, under the same guards as any table."""

import csv
import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from aumenta.core.tables.delimited import END, LONGEST_CELL, chosen_separator, unguarded
from aumenta.core.tables.findings import Finding, TableError
from aumenta.core.tables.headers import LOOKED_AT, header_at
from aumenta.core.tables.table import Budget, Limits
from aumenta.core.text import decode

Line = tuple[int, list[str]]


@dataclass(frozen=True)
class Stream:
    """The columns by name, the sign between them, what is to be told, and the rows with their numbers, read once."""

    header: tuple[str, ...]
    separator: str
    notes: tuple[Finding, ...]
    rows: Iterator[Line]


def stream_delimited(data: bytes, headings: Collection[str], limits: Limits) -> Stream:
    """The rows of a CSV or TSV without keeping them. Raises TableError, the iterator too while it is read."""
    if len(data) > limits.bytes:
        raise TableError("too_large", most=limits.bytes // 1_000_000)
    found = decode(data)
    text = found.text
    if "\x00" in text[:100_000]:
        raise TableError("binary")
    if not text.strip():
        raise TableError("empty")
    notes: list[Finding] = []
    if found.encoding not in {"utf-8", "utf-16-le", "utf-16-be"}:
        notes.append(Finding("encoding", details={"encoding": found.encoding}))
    separator = chosen_separator(text, headings, "")
    lines = _lines(text, separator, Budget(limits))
    first: list[Line] = []
    for line in lines:
        first.append(line)
        if len(first) == LOOKED_AT:
            break
    if not first:
        raise TableError("empty")
    at = header_at([cells for _number, cells in first], headings)
    if at:
        notes.append(Finding("rows_above", details={"count": at, "row": first[at][0]}))
    header = tuple(cell.strip() for cell in first[at][1])

    def rows() -> Iterator[Line]:
        yield from first[at + 1 :]
        yield from lines

    return Stream(header, separator, tuple(notes), rows())


def _lines(text: str, separator: str, budget: Budget) -> Iterator[Line]:
    csv.field_size_limit(LONGEST_CELL)
    source = io.StringIO(f"{text}\r\n{END}\r\n", newline="")
    number, last = 0, [""]
    try:
        for number, last in enumerate(csv.reader(source, delimiter=separator), 1):
            if last == [END]:
                return
            if any(last):
                budget.spend_row(len(last), number)
                yield number, [unguarded(cell) if "'" in cell else cell for cell in last]
            if number % 1_000 == 0:
                budget.check_time()
    except csv.Error as problem:
        raise TableError("not_delimited", row=number + 1, reason=str(problem)) from None
    raise TableError("quote_not_closed", row=number)
