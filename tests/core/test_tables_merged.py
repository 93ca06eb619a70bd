"""Headings merged over several columns: the row below belongs to them, whatever it holds."""

import io
from collections.abc import Mapping, Sequence
from typing import Final

import pytest
import xlsxwriter

from aumenta.core.tables import Table, read_table
from tests.tables_made import ods

UPPER: Final = ("Comune", "Popolazione", "", "Reddito", "")
ROWS: Final = (("Torino", 10, 11, 1, 2), ("Balme", 20, 22, 3, 4))
BELOW: Final = {
    "years as numbers": (2023, 2024, 2023, 2024),
    "years as texts": ("2023", "2024", "2023", "2024"),
    "school years": ("2022/23", "2023/24", "2022/23", "2023/24"),
    "words": ("maschi", "femmine", "maschi", "femmine"),
    "numbers of a census": (1, 2, 1, 2),
}
TITLES: Final = {"no title": (), "a title over all": ("Popolazione e reddito per comune",)}


def workbook(below: Sequence[object], title: Sequence[str], *, name_over_two: bool = True) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        at = len(title)
        if title:
            sheet.merge_range(0, 0, 0, 4, title[0])
        if name_over_two:
            sheet.merge_range(at, 0, at + 1, 0, "Comune")
        else:
            sheet.write(at + 1, 0, "Comune")
        sheet.merge_range(at, 1, at, 2, "Popolazione")
        sheet.merge_range(at, 3, at, 4, "Reddito")
        sheet.write_row(at + 1, 1, below)
        for number, cells in enumerate(ROWS, at + 2):
            sheet.write_row(number, 0, cells)
    return file.getvalue()


def open_document(below: Sequence[object]) -> bytes:
    def cell(value: object, more: str = "") -> str:
        if isinstance(value, int):
            return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p>' + END
        return f'<table:table-cell office:value-type="string"{more}><text:p>{value}</text:p>{END}'

    over = ' table:number-columns-spanned="2"'
    covered = "<table:covered-table-cell/>"
    upper = cell("Comune") + cell("Popolazione", over) + covered + cell("Reddito", over) + covered
    lower = "<table:table-cell/>" + "".join(map(cell, below))
    rows = [upper, lower, *("".join(map(cell, one)) for one in ROWS)]
    return ods("".join(f"<table:table-row>{one}</table:table-row>" for one in rows))


END: Final = "</table:table-cell>"


def column(table: Table, name: str) -> list[str]:
    place = table.needed([name])
    return [row.cell(place).text for row in table.rows]


@pytest.mark.parametrize("name_over_two", [True, False])
@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("below", BELOW)
def test_the_row_below_a_merged_heading_belongs_to_it_and_is_no_row(
    below: str, title: str, name_over_two: bool
) -> None:
    data = workbook(BELOW[below], TITLES[title], name_over_two=name_over_two)
    table = read_table(data, ["Popolazione"])
    assert column(table, "Popolazione") == ["10", "20"]
    told = {note.code: note.details for note in table.notes}["heading_over_columns"]
    assert told["heading"] == "Popolazione"
    assert told["read"] == str(BELOW[below][0])
    other = read_table(data, [str(told["other"]), "Comune"])
    assert column(other, str(told["other"])) == ["11", "22"]
    assert column(other, "Comune") == ["Torino", "Balme"]
    assert "heading_over_columns" not in {note.code for note in other.notes}


@pytest.mark.parametrize("below", BELOW)
def test_so_it_is_in_an_open_document_spreadsheet(below: str) -> None:
    assert column(read_table(open_document(BELOW[below]), ["Popolazione"]), "Popolazione") == ["10", "20"]


def test_so_it_is_in_a_csv_where_the_cells_below_are_years() -> None:
    data = b"Comune;Popolazione;;Reddito;\n;2023;2024;2023;2024\nTorino;10;11;1;2\nBalme;20;22;3;4\n"
    assert column(read_table(data, ["Popolazione"]), "Popolazione") == ["10", "20"]
    assert column(read_table(data, ["Reddito 2024"]), "Reddito 2024") == ["2", "4"]


NO_HEADING: Final[Mapping[str, bytes]] = {
    "a row of values": b"Comune;Popolazione;\nTorino;10;11\nBalme;20;22\n",
    "a row without its name": b"Comune;Popolazione;\n;10;11\nBalme;20;22\n",
    "one year under one heading": b"Comune;Popolazione\n;2023\nBalme;20\n",
}


@pytest.mark.parametrize("what", NO_HEADING)
def test_a_row_of_values_under_headings_stays_a_row(what: str) -> None:
    assert len(read_table(NO_HEADING[what], ["Popolazione"]).rows) == 2


def test_a_row_of_values_under_a_merged_heading_stays_a_row_where_its_name_stands_beside() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "Comune")
        sheet.merge_range(0, 1, 0, 2, "Referenti")
        sheet.write_row(1, 0, ("Torino", "Ada", "Bruna"))
        sheet.write_row(2, 0, ("Balme", "Carla", "Dina"))
    table = read_table(file.getvalue(), ["Comune", "Referenti"])
    assert [row.cells[0].text for row in table.rows] == ["Torino", "Balme"]
