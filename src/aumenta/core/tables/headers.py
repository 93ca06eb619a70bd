"""Which row names the columns: titles, notes and blank rows may stand above it, and it may be two rows deep."""

import re
from collections.abc import Collection, Sequence
from itertools import pairwise, zip_longest
from typing import Final, NamedTuple

from aumenta.core.tables.findings import Finding
from aumenta.core.tables.table import Row, Sheet, heading_key

LOOKED_AT: Final = 40
_YEAR: Final = re.compile(r"(?:18|19|20|21)[0-9]{2}(?:[-/][0-9]{2,4})?")


class Headings(NamedTuple):
    """Where the headings end, each column's name, how many rows they take, what is to be told of how they were read."""

    at: int
    names: list[str]
    rows: int = 1
    notes: tuple[Finding, ...] = ()


def header_at(rows: Sequence[Sequence[str]], headings: Collection[str]) -> int:
    """The place of the row with most of the headings that are known, the first of equals; 0 where none has any."""
    keys = {heading_key(heading) for heading in headings}
    counts = [_known(row, keys) for row in rows[:LOOKED_AT]]
    return counts.index(max(counts)) if counts else 0


def known_in(rows: Sequence[Sequence[str]], headings: Collection[str]) -> int:
    """How many of the known headings the best of these rows has."""
    keys = {heading_key(heading) for heading in headings}
    return max((_known(row, keys) for row in rows[:LOOKED_AT]), default=0)


def over_two_rows(rows: Sequence[Sequence[str]], headings: Collection[str]) -> tuple[int, list[str]] | None:
    """Headings printed over two rows, as merged cells leave them: "Zone" beside "Values" over "Spending", "People".

    The place of the lower row, and each column's name: the lower one's, where that is empty the upper one's. None where
    a single row has as many of the known headings.
    """
    keys = {heading_key(heading) for heading in headings}
    best = known_in(rows, headings)
    found = None
    for at in range(1, min(len(rows), LOOKED_AT)):
        upper, lower = rows[at - 1], rows[at]
        both = [below if below.strip() else above for above, below in zip_longest(upper, lower, fillvalue="")]
        if (known := _known(both, keys)) > best and _known(lower, keys) and _known(upper, keys):
            best, found = known, (at, both)
    return found


def headings_of(sheet: Sheet, headings: Collection[str]) -> Headings:
    """The headings of a sheet with anything in it, over one row or two."""
    rows = sheet.rows[:LOOKED_AT]
    looked_at = [[cell.text for cell in row.cells] for row in rows]
    if merged := _under_merged(sheet, headings):
        return merged
    if deep := over_two_rows(looked_at, headings):
        return Headings(*deep, rows=2)
    at = header_at(looked_at, headings)
    return Headings(at, looked_at[at])


def _under_merged(sheet: Sheet, headings: Collection[str]) -> Headings | None:
    """Headings that are merged over several columns, with the row below them, which names each: "2023" and "2024"
    under "People".

    The first column under a heading that is asked for has its name; the others have both, as "People 2024". None where
    a row, or two that are not merged, have more of the known headings.
    """
    keys = {heading_key(heading) for heading in headings}
    rows = sheet.rows[:LOOKED_AT]
    texts = [[cell.text for cell in row.cells] for row in rows]
    deep = over_two_rows(texts, headings)
    best = max(known_in(texts, headings), _known(deep[1], keys) if deep else 0, 1)
    found = None
    for at, (upper, lower) in enumerate(pairwise(rows), 1):
        spans = _spans(sheet, upper, lower)
        if not spans or lower.number != upper.number + 1:
            continue
        names = _names(upper, lower, spans, keys)
        known = _known(names, keys)
        # A title over the whole table names no column.
        if known > _known(texts[at], keys) and (known > best or (known == best and found is None)):
            best, found = known, Headings(at, names, 2, _told(upper, lower, spans, names))
    return found


def _spans(sheet: Sheet, upper: Row, lower: Row) -> list[range]:
    """The columns under each heading that stands over several, where the row below belongs to the headings: its cells
    are years, or no heading beside the merged ones has anything under it."""
    width = max(len(upper.cells), len(lower.cells))
    merged = [(first, last) for number, first, last in sheet.merged if number == upper.number]
    if not merged and not sheet.merged:
        # A table without merged cells leaves the others empty.
        filled = [place for place in range(len(upper.cells)) if upper.cell(place).filled]
        merged = [(first, after - 1) for first, after in pairwise([*filled, width])]
    spans = [range(first, min(last, width - 1) + 1) for first, last in sorted(merged) if upper.cell(first).filled]
    spans = [span for span in spans if sum(lower.cell(place).filled for place in span) > 1]
    if not spans:
        return []
    inside = {place for span in spans for place in span}
    years = all(_YEAR.fullmatch(lower.cell(place).text.strip()) for place in inside if lower.cell(place).filled)
    both = any(upper.cell(place).filled and lower.cell(place).filled for place in set(range(width)) - inside)
    return spans if (years or sheet.merged) and not both else []


def _names(upper: Row, lower: Row, spans: Sequence[range], keys: Collection[str]) -> list[str]:
    width = max(len(upper.cells), len(lower.cells))
    above, below = ([row.cell(place).text.strip() for place in range(width)] for row in (upper, lower))
    names = [under or over for over, under in zip(above, below, strict=True)]
    for span in spans:
        over = above[span.start]
        first = next(place for place in span if below[place])
        for place in span:
            whole = f"{over} {below[place]}".strip()
            if heading_key(below[place]) not in keys or not below[place]:
                names[place] = whole if below[place] else ""
        if heading_key(over) in keys and heading_key(names[first]) not in keys:
            names[first] = over
    return names


def _told(upper: Row, lower: Row, spans: Sequence[range], names: Sequence[str]) -> tuple[Finding, ...]:
    """That a heading asked for stands over several columns, of which the first was read."""
    told = []
    for span in spans:
        over = upper.cell(span.start).text.strip()
        under = [lower.cell(place).text.strip() for place in span if lower.cell(place).filled]
        if over in [names[place] for place in span]:
            details: dict[str, str | int] = {
                "heading": over,
                "columns": ", ".join(under[:10]) + (" …" if len(under) > 10 else ""),
                "read": under[0],
                "other": f"{over} {under[-1]}",
            }
            told.append(Finding("heading_over_columns", row=upper.number, details=details))
    return tuple(told)


def _known(row: Sequence[str], keys: set[str]) -> int:
    # A heading is short: the key of a long text is not worth its making.
    return len({key for cell in row if cell and len(cell) < 200 and (key := heading_key(cell)) in keys})
