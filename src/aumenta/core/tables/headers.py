"""Which row names the columns: titles, notes and blank rows may stand above it."""

from collections.abc import Collection, Sequence
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


def _known(row: Sequence[str], keys: set[str]) -> int:
    # A heading is short: the key of a long text is not worth its making.
    return len({key for cell in row if cell and len(cell) < 200 and (key := heading_key(cell)) in keys})
