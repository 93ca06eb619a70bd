"""The matrix as sheets of a file: one row for each sheet and item, the grid with the words of each cell, and, for the
office, what the computer proposes."""

from collections.abc import Iterable, Sequence
from typing import Final

from django.utils.translation import gettext as _

from aumenta.core.tables import SheetToWrite
from aumenta.core.tables.writing import Value
from aumenta.governance.coherence.grid import judged_cells, proposed_for
from aumenta.governance.coherence.keep import HEADINGS
from aumenta.governance.coherence.matrix import Matrix, Row
from aumenta.governance.models import InstrumentItem, InstrumentVersion

LONG: Final = (
    "edition",
    "code",
    "title_it",
    "instrument",
    "version",
    "item",
    "item_name_it",
    "tie",
    "tie_source",
    "reason_it",
    "judged_on",
    "settled_by",
    "settle_until",
    "settled_on",
    "invented",
    "address",
)
"""Columns of the long table; the data dictionary says what each holds."""


def long_table(found: Matrix, address: str) -> SheetToWrite:
    """One row for each sheet and item, judged or not."""
    rows = (_long_row(found, row, item, address) for row in found.rows for item in found.items)
    return SheetToWrite(_("Coherence"), LONG, rows, frozen=2)


def _long_row(found: Matrix, row: Row, item: InstrumentItem, address: str) -> Sequence[Value]:
    tie = row.ties.get(item.pk)
    return (
        found.edition.label,
        row.action.code,
        row.action.title_it,
        str(found.version.instrument),
        found.version.label,
        item.code,
        item.title_it,
        _state(row, item),
        _("decided") if tie else _("printed in the plan") if row.printed else "",
        tie.reason if tie else "",
        tie.judged_on if tie else None,
        tie.owner if tie else "",
        tie.due_on if tie else None,
        tie.settled_on if tie else None,
        "1" if found.version.invented or (tie and tie.invented) else "0",
        address,
    )


def _state(row: Row, item: InstrumentItem) -> str:
    tie = row.ties.get(item.pk)
    return str(tie.get_kind_display()) if tie else _("not yet judged")


def grid_table(found: Matrix) -> SheetToWrite:
    """Sheets down, items across, in each cell its state in words: none is empty."""
    header = [_("Code"), _("Sheet"), *(f"{item.code} {item.title_it}"[:120] for item in found.items)]
    rows: Iterable[Sequence[Value]] = (
        [row.action.code, row.action.title_it, *(_state(row, item) for item in found.items)] for row in found.rows
    )
    return SheetToWrite(_("Matrix"), header, rows, frozen=2)


def proposals_table(found: Matrix) -> SheetToWrite:
    """What the computer proposes for cells that nobody has judged."""
    judged, items = judged_cells(found), {one.pk: one for one in found.items}
    actions = {row.action.pk: row.action for row in found.rows}
    rows = [
        (actions[action].code, actions[action].title_it, items[item].code, items[item].title_it, one.found_words)
        for (action, item), one in sorted(proposed_for(found).items())
        if (action, item) not in judged and action in actions
    ]
    header = [_("Code"), _("Sheet"), _("Item"), _("Title of the item"), _("Words in common")]
    return SheetToWrite(_("Proposals, not counted"), header, rows, frozen=2)


def items_table(version: InstrumentVersion) -> SheetToWrite:
    """The items of a version under the headings by which they are loaded again."""
    header = [
        HEADINGS[field][0]
        for field in ("code", "parent", "level", "title_it", "title_en", "led_by", "municipalities", "source")
    ]
    rows = [
        (
            one.code,
            one.parent.code if one.parent else "",
            one.level,
            one.title_it,
            one.title_en,
            one.led_by,
            "; ".join(place.name for place in one.municipalities.all()),
            one.source,
        )
        for one in version.items.select_related("parent").prefetch_related("municipalities")
    ]
    return SheetToWrite(_("Items"), header, rows, frozen=1)
