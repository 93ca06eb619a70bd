"""Sheets in a spreadsheet: each a row, every field in its column, all cells text.

The column `versione` says which version the row was made from, so that a sheet changed meanwhile is noticed.
"""

from collections.abc import Iterable

from aumenta.core.tables import Format, SheetToWrite, TableError, write_table
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Action
from aumenta.plan.sheet_content import LISTS, TEXTS, read_contents
from aumenta.review.models import Version
from aumenta.review.spreadsheet.cells import COLUMNS, list_cell

_WIDTHS = (11, 8, 9, *[40] * (len(COLUMNS) - 3))


def write_spreadsheet(sheets: Iterable[Action], file_format: Format = "xlsx") -> bytes:
    """A file of these sheets. Six queries.

    Refused for a text longer than a cell can hold: a cut text would come back as a change.
    """
    actions = list(sheets)
    contents = read_contents(Action.objects.filter(pk__in=[action.pk for action in actions]))
    numbers = Version.objects.filter(action__in=contents).newest_numbers()
    rows = []
    for action in actions:
        content = contents[action.pk]
        edition = action.strategy.axis.edition.label
        cells = {"edition": edition, "code": action.code, "version": str(numbers.get(action.pk, 0))}
        cells |= {text: content[text] for text in TEXTS}
        cells |= {name: list_cell(name, content[name]) for name in LISTS}
        rows.append([cells[field] for field in COLUMNS.values()])
    try:
        return write_table([SheetToWrite("schede", list(COLUMNS), rows, frozen=2, widths=_WIDTHS)], file_format)
    except TableError as problem:
        code = actions[(problem.finding.row or 2) - 2].code
        most = problem.finding.details.get("most", 0)
        raise RefusedError("text_too_long_for_a_cell", code_of_sheet=code, most=most) from None
