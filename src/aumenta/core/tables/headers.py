"""Which row names the columns: titles, notes and blank rows may stand above it, and it may be two rows deep."""

from collections.abc import Collection, Sequence
from itertools import zip_longest
from typing import Final

from aumenta.core.tables.table import heading_key

LOOKED_AT: Final = 40


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


def _known(row: Sequence[str], keys: set[str]) -> int:
    # A heading is short: the key of a long text is not worth its making.
    return len({key for cell in row if cell and len(cell) < 200 and (key := heading_key(cell)) in keys})
