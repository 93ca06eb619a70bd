"""CSV and TSV: the separator is found by what is in the file; only line ends outside quotation marks end a row."""

import csv
import io
import re
from collections.abc import Collection, Sequence
from typing import Final

from aumenta.core.tables.findings import Finding, TableError
from aumenta.core.tables.headers import header_at, known_in
from aumenta.core.tables.table import EMPTY, Budget, Cell, Row, Sheet, text_cell
from aumenta.core.text import Decoded, mend

SEPARATORS: Final = "\t;,|"
SAMPLE: Final = 100_000
# A formula guard as `writing` puts it before what a spreadsheet would run.
_GUARDED: Final = re.compile("'+[=+\\-@\t\r\n＝＋－＠]")
RUNS_INSIDE: Final = r"'*(?:[=@＝＠]|[+\-＋－](?:[^ \u00a0]|[^\t;,\r\n]*(?:\w\(|\|)))"
"""What a spreadsheet would run where a separator stands before it, whatever guards it."""
_GUARDED_INSIDE: Final = re.compile(f"([\\t;,\\r\\n])'(?={RUNS_INSIDE})")
_SEP_LINE: Final = re.compile('"?sep=(.)"?[;,\t]*\r?(?:\n|\r|$)', re.IGNORECASE)
# A row that no table has: where the last one read is another one, a quotation mark was never closed.
END: Final = "\x1d\x1eend\x1e\x1d"
LONGEST_CELL: Final = 2**31 - 1
_CONTROLS: Final = re.compile("[\x00-\x08\x0e-\x1f]")
_CONTROL_SHARE: Final = 0.01


def read_delimited(found: Decoded, headings: Collection[str], budget: Budget) -> tuple[Sheet, str, list[Finding]]:
    """The rows of a text, its separator, and what is to be told about it."""
    text, notes = found.text, []
    if len(_CONTROLS.findall(text[:SAMPLE])) > max(2, _CONTROL_SHARE * len(text[:SAMPLE])) and "\x00" in text:
        raise TableError("binary")
    if found.encoding not in {"utf-8", "utf-16-le", "utf-16-be"}:
        notes.append(Finding("encoding", details={"encoding": found.encoding}))
    if found.damaged:
        notes.append(Finding("damaged_letters", details={"count": found.damaged}))
    separator = ""
    if said := _SEP_LINE.match(text):
        separator, text = said[1], text[said.end() :]
        notes.append(Finding("separator_line", details={"line": said[0].strip("\r\n")}))
    separator = chosen_separator(text, headings, separator)
    rows = [
        Row(number, tuple(_cell(text) for text in cells))
        for number, cells in enumerate(_parsed(text, separator, budget), 1)
        if any(cell.strip() for cell in cells)
    ]
    return Sheet("", rows), separator, notes


def _cell(text: str) -> Cell:
    return text_cell(mend(unguarded(text))) if text else EMPTY


def unguarded(text: str) -> str:
    """A cell's text without the apostrophes that `writing.guarded` put before what would run."""
    if "'" not in text:
        return text
    return _GUARDED_INSIDE.sub(r"\1", text[1:] if _GUARDED.match(text) else text)


def _parsed(text: str, separator: str, budget: Budget) -> list[list[str]]:
    csv.field_size_limit(LONGEST_CELL)
    lines = io.StringIO(f"{text.replace(chr(0), '')}\r\n{END}\r\n", newline="")
    rows: list[list[str]] = []
    try:
        for cells in csv.reader(lines, delimiter=separator):
            rows.append(cells)
            if any(cells):
                budget.spend_row(len(cells), len(rows))
            if len(rows) % 1_000 == 0:
                budget.check_time()
    except csv.Error as problem:
        raise TableError("not_delimited", row=len(rows) + 1, reason=str(problem)) from None
    if rows[-1] != [END]:
        raise TableError("quote_not_closed", row=len(rows))
    return rows[:-1]


def chosen_separator(text: str, headings: Collection[str], said: str) -> str:
    """The separator under which the start of the text is best a table; the one a `sep=` line says, if it is one."""
    sample = text[:SAMPLE]
    found = {one: _sampled(sample, one, cut=len(text) > SAMPLE) for one in SEPARATORS}
    if said and said not in "\r\n\"'":
        found[said] = _sampled(sample, said, cut=len(text) > SAMPLE)
        if not headings or known_in(found[said], headings):
            return said
    return max(found, key=lambda one: _fitness(found[one], headings))


def _sampled(sample: str, separator: str, *, cut: bool) -> list[list[str]]:
    csv.field_size_limit(LONGEST_CELL)
    try:
        rows = list(csv.reader(io.StringIO(sample.replace("\x00", ""), newline=""), delimiter=separator))
    except (csv.Error, TypeError, ValueError):
        return []
    rows = rows[:-1] if cut and len(rows) > 1 else rows
    return [row for row in rows if any(cell.strip() for cell in row)]


def _fitness(rows: Sequence[Sequence[str]], headings: Collection[str]) -> tuple[int, float, int]:
    """How good a table they make: headings that are known, the share of rows that fit under the header, its width."""
    if not rows:
        return 0, 0.0, 0
    at = header_at(rows, headings)
    known, width = known_in([rows[at]], headings), len(rows[at])
    body = rows[at + 1 :] or [rows[at]]
    # A title or a note has fewer cells; a row that has more is cut where its text has the sign.
    fitting = sum(len(row) <= width and (width == 1 or len(row) > 1) for row in body)
    share = round(fitting / len(body), 1)
    return (known, share, width) if known else (0, share if width > 1 else 0.05, width)
