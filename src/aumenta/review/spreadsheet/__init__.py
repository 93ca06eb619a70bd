"""Sheets in a spreadsheet and back: every field of a content as cells, read again without loss."""

from aumenta.review.spreadsheet.cells import cell_list, list_cell
from aumenta.review.spreadsheet.proposing import propose_rows
from aumenta.review.spreadsheet.reading import SheetRows, read_spreadsheet
from aumenta.review.spreadsheet.rows import RowResult
from aumenta.review.spreadsheet.writing import write_spreadsheet

__all__ = [
    "RowResult",
    "SheetRows",
    "cell_list",
    "list_cell",
    "propose_rows",
    "read_spreadsheet",
    "write_spreadsheet",
]
