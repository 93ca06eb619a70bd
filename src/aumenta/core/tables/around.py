"""What stands around the rows of a table and is none: lines of its source and notes under it; what is not shown."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from aumenta.core.tables.findings import Finding
from aumenta.core.tables.table import Kind, Row, Sheet, Table, heading_key

SHOWN: Final = 60
LONG: Final = 60
SENTENCE: Final = 3
"""Words from which a text that ends with a full stop is a sentence and no name."""
# «Fonte» and «Nota» are names of places too: as lines of a source or note they have a sign after them.
_SOURCE: Final = re.compile(r"(?i)(?:font[ei]|sources?|elaborazion[ei]|licenza|licen[cs]e)\s*:")
_OTHER_SOURCE: Final = re.compile(
    r"(?i)(?:fonte dei dati|elaborazion[ei] (?:su|di|del|della|dell['’])|dati (?:al|aggiornati al) |"
    r"ultimo aggiornamento|estratt[oi] il |source of the data|last updated|extracted on|©|\(c\) )"
)
_NOTE: Final = re.compile(r"(?i)(?:not[ae]|notes?|n\.? ?b\.?|legenda?|avvertenz[ae])\s*[:.]|\(?[*†‡]+\)?|\([0-9a-z]\) ")


def without_source_lines(
    rows: Sequence[Row], header: Sequence[str], headings: Collection[str]
) -> tuple[list[Row], list[Finding]]:
    """The rows without the lines of source and notes under them, and a finding for each of these.

    Only the last rows can be such lines, and only in a table of several columns. What begins like a note is one where
    it stands alone in its row and not in a column that is read: there it may be what somebody said.
    """
    if sum(bool(name.strip()) for name in header) < 2:
        return list(rows), []
    known = {heading_key(heading) for heading in headings}
    end = len(rows)
    while end and _is_source_line(rows[end - 1], header, known):
        end -= 1
    return list(rows[:end]), [_left_out(row) for row in rows[end:]]


def without_sentences_below(table: Table) -> Table:
    """The table without sentences under it: last rows with one text alone, where others hold figures beside names."""
    end = len(table.rows)
    while end and _is_sentence(table.rows[end - 1]):
        end -= 1
    if end in {0, len(table.rows)}:
        return table
    told = [_left_out(row) for row in table.rows[end:]]
    return replace(table, rows=table.rows[:end], notes=(*table.notes, *told))


def unseen(sheet: Sheet, rows: Sequence[Row], header: Sequence[str], headings: Collection[str]) -> list[Finding]:
    """A finding for what the spreadsheet hides and is read all the same: the sheet, rows, columns with known names."""
    found = []
    if sheet.hidden:
        found.append(Finding("hidden_sheet", details={"sheet": sheet.name}))
    hidden = [row.number for row in rows if row.number in sheet.hidden_rows]
    if hidden:
        found.append(Finding("hidden_rows", details={"count": len(hidden), "rows": stretches(hidden)}))
    known = {heading_key(heading) for heading in headings}
    names = [name.strip() for place, name in enumerate(header) if place in sheet.hidden_columns]
    read = [name for name in names if heading_key(name) in known]
    if read:
        found.append(Finding("hidden_columns", details={"columns": ", ".join(read)}))
    return found


def stretches(numbers: Sequence[int]) -> str:
    """Numbers in their order, neighbours as a stretch.

    >>> stretches([3, 7, 8, 9, 12])
    '3, 7–9, 12'
    """
    starts = [numbers[0], *(after for before, after in pairwise(numbers) if after != before + 1)]
    ends = [*(before for before, after in pairwise(numbers) if after != before + 1), numbers[-1]]
    named = [f"{start}" if start == end else f"{start}–{end}" for start, end in zip(starts, ends, strict=True)]
    return ", ".join(named[:10]) + (" …" if len(named) > 10 else "")


def _is_source_line(row: Row, header: Sequence[str], known: Collection[str]) -> bool:
    filled = _filled(row)
    place = filled[0]
    text = row.cells[place].text.strip()
    if row.cells[place].kind is not Kind.TEXT:
        return False
    # A comma in it may have cut a source over several cells.
    if _SOURCE.match(text):
        return place == 0 or len(filled) == 1
    is_read = place < len(header) and heading_key(header[place]) in known
    return len(filled) == 1 and not is_read and bool(_OTHER_SOURCE.match(text) or _NOTE.match(text))


def _is_sentence(row: Row) -> bool:
    filled = _filled(row)
    text = row.cells[filled[0]].text.strip()
    if len(filled) != 1 or row.cells[filled[0]].kind is not Kind.TEXT:
        return False
    ends = text.endswith(".") and len(text.split()) >= SENTENCE
    return len(text) > LONG or ends or bool(_OTHER_SOURCE.match(text) or _NOTE.match(text))


def _filled(row: Row) -> list[int]:
    return [place for place, cell in enumerate(row.cells) if cell.filled]


def _left_out(row: Row) -> Finding:
    text = " ".join(cell.text.strip() for cell in row.cells if cell.filled)
    shown = text if len(text) <= SHOWN else f"{text[:SHOWN].rsplit(' ', 1)[0]}…"
    return Finding("note_left_out", row=row.number, details={"shown": shown})
