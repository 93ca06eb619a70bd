"""Files of sheets as an office sends them back, with some cells written anew."""

from collections.abc import Callable, Mapping

from aumenta.core.tables import Format, SheetToWrite, Value, read_table, write_table
from aumenta.plan.models import Action, Edition
from aumenta.review.spreadsheet import write_spreadsheet


def sheets_as(edition: Edition, change: Callable[[list[list[Value]]], None], file_format: Format = "xlsx") -> bytes:
    """The file of an edition's sheets with its rows (headings first) changed, in any format."""
    table = read_table(write_spreadsheet(Action.objects.of(edition)), ["edizione"])
    width = len(table.header)
    rows: list[list[Value]] = [list(table.header)]
    rows += [[one.cell(place).text for place in range(width)] for one in table.rows]
    change(rows)
    return write_table([SheetToWrite("schede", [str(head) for head in rows[0]], rows[1:])], file_format)


def put(edition: Edition, cells: Mapping[str, Value], file_format: Format = "xlsx") -> bytes:
    """The file with some cells of sheet 1.1.1 written anew."""

    def change(rows: list[list[Value]]) -> None:
        for head, value in cells.items():
            if head not in rows[0]:
                rows[0].append(head)
            for one in rows[1:]:
                one += [""] * (len(rows[0]) - len(one))
            rows[1][rows[0].index(head)] = value

    return sheets_as(edition, change, file_format)
