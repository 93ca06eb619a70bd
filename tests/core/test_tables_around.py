"""What stands around the rows of a table: lines of source and notes, what is hidden, sheets that nobody read."""

import io
import zipfile
from pathlib import Path

import pytest

from aumenta.analyst.inequality import read_columns
from aumenta.core.tables import Table, read_pasted, read_table, without_totals
from tests.tables_made import ods, packed, row, xlsx

ZONES = "Zona;Spesa;Abitanti\nVal Pellice;12;3\nPinerolo;8;4\nLanzo;5;6\n"
SOURCES = (
    "Fonte: Istat, 2023",
    "FONTE: elaborazione degli uffici",
    "Fonti: Istat e MEF",
    "Source: Istat",
    "Elaborazione su dati Istat",
    "Dati al 31 dicembre 2023",
    "Ultimo aggiornamento 3 maggio 2026",
    "Estratto il 3/5/2026",
    "Nota: i valori sono provvisori",
    "N.B. I valori sono provvisori",
    "(*) Valori provvisori",
    "* Valori provvisori",
    "(1) Valori provvisori",
    "© Città metropolitana",
)
NO_SOURCES = ("Fonte;7;2", "Note di valle;7;2", "Fonte Gaia;;", "Notaresco;7;2", "Elaborazioni Creative;7;2")


def told(table: Table) -> list[tuple[str, int | None]]:
    return [(note.code, note.row) for note in table.notes]


@pytest.mark.parametrize("line", SOURCES)
@pytest.mark.parametrize("rest", ["", ";;", ";;;"])
def test_lines_of_source_and_notes_under_a_table_are_left_out_and_told(line: str, rest: str) -> None:
    found = read_table(f"{ZONES}\n{line}{rest}\n".encode(), ["Spesa"])
    assert [one.cells[0].text for one in found.rows] == ["Val Pellice", "Pinerolo", "Lanzo"]
    assert told(found) == [("note_left_out", 6)]


def test_a_source_that_its_comma_cut_over_cells_is_one_line_and_several_lines_are_told_each() -> None:
    lines = "Zona,Spesa,Abitanti\nPinerolo,8,4\nLanzo,5,6\n(*) provvisorio\nFonte: Istat, BES, 2023\n"
    found = read_table(lines.encode(), ["Spesa"])
    assert len(found.rows) == 2
    assert told(found) == [("note_left_out", 4), ("note_left_out", 5)]


@pytest.mark.parametrize("line", NO_SOURCES)
def test_places_with_such_names_are_rows(line: str) -> None:
    assert len(read_table(f"{ZONES}{line}\n".encode(), ["Spesa"]).rows) == 4


@pytest.mark.parametrize("said", ["Nota: la strada è chiusa", "N.B. Manca la pensilina", "* Più treni"])
def test_what_somebody_said_is_no_note_however_it_begins(said: str) -> None:
    assert len(read_pasted(f"testo;nome;ente\nPiù treni;Anna;Rivoli\n{said};;\n", ["testo", "nome"]).rows) == 2
    assert len(read_pasted(f"testo\nPiù treni\n{said}\n", ["testo"]).rows) == 2


def test_a_source_between_rows_is_no_end_of_the_table() -> None:
    assert len(read_table((ZONES + "Fonte: Istat;;\nSusa;3;4\n").encode(), ["Spesa"]).rows) == 5


def test_inequality_is_measured_with_sentences_under_the_table(tmp_path: Path) -> None:
    path = tmp_path / "spesa.csv"
    path.write_text(ZONES + "\nI valori degli ultimi anni sono provvisori.\nFonte: Istat, Bilanci\n", encoding="utf-8")
    assert read_columns(path, "Spesa", "Abitanti", "Zona").values == [12, 8, 5]


def number(value: int) -> str:
    return f"<c><v>{value}</v></c>"


def hidden(number_of_row: int, *cells: str) -> str:
    return row(number_of_row, *cells).replace("<row ", '<row hidden="1" ', 1)


def test_rows_columns_and_sheets_that_are_hidden_are_read_and_told() -> None:
    rows = row(1, "Zona", "Spesa") + row(2, "Susa", number(3))
    rows += "".join(hidden(n, f"Zona {n}", number(n)) for n in (3, 4, 6)) + row(7, "Lanzo", number(9)) + hidden(9)
    found = read_table(xlsx(rows), ["Zona", "Spesa"])
    assert len(found.rows) == 5
    (note,) = found.notes
    assert (note.code, note.details) == ("hidden_rows", {"count": 3, "rows": "3–4, 6"})
    shown = read_table(xlsx("", "hidden:" + row(1, "Zona", "Spesa") + row(2, "Susa", number(3))), ["Zona", "Spesa"])
    assert [note.code for note in shown.notes] == ["hidden_sheet"]
    book = xlsx(row(1, "Zona", "Spesa", "Altro") + row(2, "Susa", number(3), "x"))
    columns = book_with_columns(book)
    (note,) = read_table(columns, ["Zona", "Spesa"]).notes
    assert (note.code, note.details) == ("hidden_columns", {"columns": "Spesa"})


def book_with_columns(book: bytes) -> bytes:
    """The workbook with its second and third column hidden."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(b"<sheetData>", b'<cols><col min="2" max="3" hidden="1"/></cols><sheetData>')
    return packed(parts)


def test_the_same_is_told_of_an_open_document() -> None:
    def line(*words: str, more: str = "") -> str:
        cells = "".join(f"<table:table-cell><text:p>{word}</text:p></table:table-cell>" for word in words)
        return f"<table:table-row{more}>{cells}</table:table-row>"

    unseen, repeated = ' table:visibility="filter"', ' table:visibility="collapse" table:number-rows-repeated="2"'
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    found = read_table(
        ods(
            columns
            + line("Zona", "Spesa")
            + line("Susa", "3")
            + line("Lanzo", "4", more=unseen)
            + line("Ivrea", "5", more=repeated)
            + line("Rivoli", "6")
        ),
        ["Zona", "Spesa"],
    )
    assert len(found.rows) == 5
    assert [(note.code, note.details) for note in found.notes] == [
        ("hidden_rows", {"count": 3, "rows": "3–5"}),
        ("hidden_columns", {"columns": "Spesa"}),
    ]


@pytest.mark.parametrize("known", [["Zona", "Spesa"], ["Zona", "Spesa", "Anno"], []])
def test_every_sheet_that_was_not_read_is_told_and_no_empty_one(known: list[str]) -> None:
    table = row(1, "Zona", "Spesa") + row(2, "Susa", number(3))
    other = row(1, "Altro", "Cosa") + row(2, "Uno", number(3))
    styled = '<row r="1"><c r="A1" s="1"/></row>'
    found = read_table(xlsx(table, other, "", styled, other, "hidden:" + other), known)
    assert found.sheet == "Foglio1"
    assert [note.details["others"] for note in found.notes] == ["Foglio2, Foglio5, Foglio6"]


def test_a_damaged_sheet_that_is_not_needed_is_told_and_stops_nothing() -> None:
    table = row(1, "Zona", "Spesa") + row(2, "Susa", number(3))
    found = read_table(xlsx(table, "<row><c><v>"), ["Zona", "Spesa"])
    assert [note.details["others"] for note in found.notes] == ["Foglio2"]


@pytest.mark.parametrize("place", [1, 4])
def test_a_row_without_a_name_that_is_the_sum_of_the_others_is_a_total(place: int) -> None:
    lines = ZONES.splitlines()
    lines.insert(place, ";25;13")
    found = without_totals(read_table("\n".join(lines).encode(), ["Zona", "Spesa"]))
    assert [one.cells[0].text for one in found.rows] == ["Val Pellice", "Pinerolo", "Lanzo"]
    assert told(found) == [("sum_left_out", place + 1)]


def test_sums_of_parts_and_of_all_without_names_are_totals() -> None:
    lines = "Zona;Spesa\nA;1.200\nB;800\n;2.000\nC;300\nD;450\n;750\n;2.750\n"
    found = without_totals(read_table(lines.encode(), ["Zona", "Spesa"]))
    assert [one.cells[0].text for one in found.rows] == ["A", "B", "C", "D"]
    assert told(found) == [("sum_left_out", 4), ("sum_left_out", 7), ("sum_left_out", 8)]


def test_a_last_row_without_a_name_that_is_no_sum_is_counted_and_told() -> None:
    found = without_totals(read_table((ZONES + ";24;\n").encode(), ["Zona", "Spesa"]))
    assert len(found.rows) == 4
    assert told(found) == [("row_without_name", 5)]


def test_of_figures_alone_a_last_sum_is_counted_and_told() -> None:
    found = without_totals(read_table(b"Spesa\n12\n8\n5\n25\n", ["Spesa"]))
    assert len(found.rows) == 4
    assert told(found) == [("perhaps_total", 5)]
    assert not without_totals(read_table(b"Spesa\n12\n8\n5\n26\n", ["Spesa"])).notes


def test_names_merged_over_rows_make_no_totals() -> None:
    lines = "Zona;Comune;Spesa\nSusa;Avigliana;3\n;Bussoleno;3\n;Susa;6\nLanzo;Ceres;4\n"
    found = without_totals(read_table(lines.encode(), ["Zona", "Spesa"]))
    assert len(found.rows) == 4
    assert not found.notes


def test_a_table_of_headings_alone_has_no_totals() -> None:
    assert without_totals(read_table(b"Zona;Spesa\n", ["Spesa"])).rows == ()
