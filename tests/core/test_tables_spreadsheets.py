"""XLSX and ODS as spreadsheets, web portals and scripts write them, damaged and hostile ones too."""

import time
import tracemalloc
from datetime import date, datetime

import pytest

from aumenta.core.tables import Kind, Limits, Table, TableError, read_table
from aumenta.core.tables.xlsx_styles import date_of_serial
from tests.tables_made import case, ods, packed, row, xlsx

HEADINGS = ("testo", "data", "zona", "provenienza")
HEAD = row(1, "testo", "data", "zona")


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in one.cells] for one in table.rows]


@pytest.mark.parametrize("dimension", ["A1", "A1:C2", "A1:XFD1048576", "Z9:A1", "niente"])
def test_every_row_is_read_whatever_the_dimension_says(dimension: str) -> None:
    rows = HEAD + "".join(row(number, f"voce {number}") for number in range(2, 9))
    table = read_table(xlsx(rows, dimension=dimension), HEADINGS)
    assert texts(table) == [[f"voce {number}"] for number in range(2, 9)]


def test_a_single_cell_far_down_costs_nothing() -> None:
    table = read_table(xlsx(HEAD + row(1_048_576, "in fondo")), HEADINGS)
    assert [(one.number, one.cells[0].text) for one in table.rows] == [(1_048_576, "in fondo")]


def test_errors_and_formulas_without_a_result_hold_no_value_and_say_so() -> None:
    cells = (
        '<c t="e"><v>#NAME?</v></c>',
        "<c><f>A1&amp;B1</f><v></v></c>",
        "<c><f>1+1</f><v>2</v></c>",
        '<c t="str"><f>"a"</f><v>esito</v></c>',
        '<c t="str"><f>""</f><v></v></c>',
        "<c><f>A9</f></c>",
    )
    (one,) = read_table(xlsx(HEAD + row(2, *cells)), HEADINGS).rows
    assert [one.cell(place).kind for place in range(6)] == [
        Kind.ERROR,
        Kind.FORMULA,
        Kind.NUMBER,
        Kind.TEXT,
        Kind.TEXT,
        Kind.FORMULA,
    ]
    assert [one.cell(place).text for place in (2, 3, 4)] == ["2", "esito", ""]
    faults = [one.cell(place).fault for place in range(6)]
    assert [fault and fault.code for fault in faults] == [
        "cell_error",
        "cell_formula",
        None,
        None,
        None,
        "cell_formula",
    ]


def test_escaped_returns_rich_text_and_phonetic_hints_are_the_text_people_see() -> None:
    strings = (
        "<si><t>Più treni_x000D_\nla sera</t></si>"
        "<si><r><t>Più </t></r><r><rPr><b/></rPr><t>treni</t></r><rPh><t>hint</t></rPh></si>"
        "<si><t>_x005F_x000D_ resta</t></si>"
    )
    cells = "".join(f'<row r="{n + 2}"><c t="s"><v>{n}</v></c></row>' for n in range(3))
    table = read_table(xlsx(HEAD + cells, strings=strings), HEADINGS)
    assert [one[0] for one in texts(table)] == ["Più treni\nla sera", "Più treni", "_x000D_ resta"]


STYLES = (
    '<numFmts count="3"><numFmt numFmtId="170" formatCode="dd/mm/yyyy;@"/><numFmt numFmtId="171" '
    'formatCode="000000"/><numFmt numFmtId="172" formatCode="[h]:mm&quot; d&quot;"/></numFmts><fills count="0"/>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="22"/><xf numFmtId="171"/>'
    '<xf numFmtId="172"/><xf numFmtId="4"/></cellXfs>'
)


def test_dates_codes_and_durations_are_told_by_their_format() -> None:
    stored = [(0, 46145), (1, 46145), (2, 46145), (3, 46145.4375), (4, 1272), (5, 1.0625), (6, 1234.5)]
    cells = [f'<c s="{style}"><v>{value}</v></c>' for style, value in stored]
    (one,) = read_table(xlsx(HEAD + row(2, *cells), styles=STYLES), HEADINGS).rows
    assert [cell.text for cell in one.cells] == [
        "46145",
        "2026-05-03",
        "2026-05-03",
        "2026-05-03 10:30",
        "001272",
        "25:30",
        "1234.5",
    ]
    assert one.cells[1].value == date(2026, 5, 3)
    assert one.cells[3].value == datetime.fromisoformat("2026-05-03T10:30")
    shifted = xlsx(HEAD + row(2, '<c s="1"><v>44683</v></c>'), styles=STYLES, workbook='<workbookPr date1904="1"/>')
    assert texts(read_table(shifted, HEADINGS)) == [["2026-05-03"]]
    assert (date_of_serial(1), date_of_serial(60), date_of_serial(61)) == (
        date(1900, 1, 1),
        date(1900, 2, 28),
        date(1900, 3, 1),
    )


def test_strict_files_and_empty_fills_are_read_like_others() -> None:
    cells = row(2, "Più treni", '<c t="d"><v>2026-05-03T00:00:00</v></c>', '<c t="b"><v>1</v></c>')
    table = read_table(xlsx(HEAD + cells, strict=True, styles="<fills><fill/></fills>"), HEADINGS)
    assert texts(table) == [["Più treni", "2026-05-03", "TRUE"]]


def test_the_sheet_with_the_headings_is_read_and_the_others_are_told() -> None:
    table = read_table(xlsx("hidden:" + HEAD, row(1, "Da rivedere"), row(3, "testo", "data") + row(4, "uno")), HEADINGS)
    assert table.sheet in {"Foglio1", "Foglio3"}
    table = read_table(xlsx(row(1, "Da rivedere"), row(3, "testo", "data") + row(4, "uno")), HEADINGS)
    assert (table.sheet, table.header_row, texts(table)) == ("Foglio2", 3, [["uno"]])
    assert [note.details["others"] for note in table.notes] == ["Foglio1"]


def ods_row(*cells: str, repeated: int = 1) -> str:
    made = "".join(
        one if one.startswith("<") else f"<table:table-cell><text:p>{one}</text:p></table:table-cell>" for one in cells
    )
    return f'<table:table-row table:number-rows-repeated="{repeated}">{made}</table:table-row>'


def ods_cell(about: str, shown: str = "") -> str:
    return f"<table:table-cell {about}><text:p>{shown}</text:p></table:table-cell>"


def test_an_open_document_spreadsheet_is_read_as_people_see_it() -> None:
    cells = (
        "<table:table-cell><office:annotation><text:p>nota</text:p></office:annotation><text:p>Più<text:s/>treni</text:p>"
        "<text:p>la <text:span>sera</text:span></text:p></table:table-cell>",
        ods_cell('office:value-type="date" office:date-value="2026-05-03"', "3 mag 26"),
        ods_cell('office:value-type="float" office:value="1234.5"', "1.234,5"),
        ods_cell('office:value-type="float" office:value="1272"', "001272"),
        ods_cell('table:formula="of:=X" office:value-type="string" calcext:value-type="error"', "#NOME?"),
        ods_cell('table:formula="of:=1+1"'),
        ods_cell('office:value-type="boolean" office:boolean-value="true"', "VERO"),
    )
    empty = '<table:table-cell table:number-columns-repeated="16384"/>'
    body = (
        ods_row("testo", "data", "zona")
        + ods_row(*cells)
        + ods_row(empty, repeated=1_048_000)
        + ods_row("ultima", empty)
    )
    table = read_table(ods("", body), HEADINGS)
    assert table.rows[0].number == 2
    assert texts(table) == [
        ["Più treni\nla sera", "2026-05-03", "1234.5", "001272", "#NOME?", "", "TRUE"],
        ["ultima"],
    ]
    assert [cell.kind for cell in table.rows[0].cells[4:6]] == [Kind.ERROR, Kind.FORMULA]
    assert table.rows[1].number == 1_048_003


def test_locked_and_damaged_files_are_told() -> None:
    whole = xlsx(HEAD + row(2, "uno"))
    damaged = [
        whole[: len(whole) // 2],
        xlsx(HEAD + "<row r='2'><c"),
        xlsx(HEAD + row(2, '<c t="s"><v>7</v></c>')),
        xlsx(HEAD, more={"xl/workbook.xml": "<workbook"}),
        xlsx('<!DOCTYPE a [<!ENTITY b "c">]>' + HEAD),
        xlsx(HEAD, more={"xl/worksheets/sheet1.xml": '<!DOCTYPE lolz [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'}),
    ]
    for data in damaged:
        with pytest.raises(TableError, match="damaged"):
            read_table(data, HEADINGS)
    for data, code in [
        (ods(HEAD, manifest="<manifest:encryption-data/>"), "password"),
        (packed({"word/document.xml": "<w/>"}), "not_a_table"),
        (packed({"xl/workbook.bin": "x"}), "not_a_table"),
        (xlsx(""), "empty_sheet"),
        (xlsx(), "no_sheet"),
        (ods(), "no_sheet"),
    ]:
        with pytest.raises(TableError) as told:
            read_table(data, HEADINGS)
        assert told.value.code == code


MANY_CELLS = '<table:table-cell table:number-columns-repeated="9000000"><text:p>x</text:p></table:table-cell>'
MANY_SPACES = '<table:table-cell><text:p><text:s text:c="999999999"/>x</text:p></table:table-cell>'
REFUSED = {"unpacked", "too_slow", "too_many_rows", "too_many_cells", "too_many_columns", "cell_too_long"}


BOMBS = {
    "a theme nobody reads": lambda: xlsx(HEAD + row(2, "uno"), more={"xl/theme/theme1.xml": b" " * 40_000_000}),
    "one text": lambda: xlsx(HEAD + row(2, "a" * 40_000_000)),
    "blanks between": lambda: xlsx(HEAD + " " * 50_000_000),
    "strings": lambda: xlsx(HEAD, strings="<si><t>a</t></si>" * 3_000_000),
    "rows": lambda: xlsx(HEAD + "".join(row(number, "x" * 200) for number in range(2, 200_000))),
    "empty rows": lambda: xlsx(HEAD + "<row/>" * 6_000_000),
    "styles": lambda: xlsx(HEAD + row(2, "uno"), styles="<cellXfs>" + "<xf/>" * 6_000_000 + "</cellXfs>"),
    "repeated rows": lambda: ods(ods_row("testo") + ods_row("x", repeated=1_000_000)),
    "repeated cells": lambda: ods(ods_row("testo") + ods_row(MANY_CELLS)),
    "spaces": lambda: ods(ods_row("testo") + ods_row(MANY_SPACES)),
    "columns": lambda: xlsx(HEAD + '<row r="2"><c r="XFD2"><v>1</v></c></row>'),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(BOMBS))
def test_small_files_that_would_become_large_ones_are_refused_or_read_in_bounds(name: str) -> None:
    data = BOMBS[name]()
    assert len(data) < 1_500_000
    tracemalloc.start()
    start = time.thread_time()
    try:
        outcome = "read" if len(read_table(data, HEADINGS).rows) <= 2 else "too much"
    except TableError as told:
        outcome = told.code
    spent, (_now, peak) = time.thread_time() - start, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert outcome in REFUSED | {"read"}
    assert peak < 300_000_000
    assert spent < 60  # of a processor that is traced: the bound itself is in `Limits`


def test_bounds_are_those_of_the_caller() -> None:
    data = xlsx(HEAD + "".join(row(number, "a", "b") for number in range(2, 30)))
    for limits, code in [
        (Limits(rows=10), "too_many_rows"),
        (Limits(cells=20), "too_many_cells"),
        (Limits(columns=2), "too_many_columns"),
        (Limits(bytes=100), "too_large"),
        (Limits(unpacked=500), "unpacked"),
        (Limits(seconds=-1), "too_slow"),
    ]:
        with pytest.raises(TableError) as told:
            read_table(data, HEADINGS, limits=limits)
        assert told.value.code == code
    with pytest.raises(TableError, match="too_many_rows"):
        read_table(b"testo\n" + b"x\n" * 20, HEADINGS, limits=Limits(rows=10))


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("s02_formula_no_value.xlsx", 4),
        ("s03_error_cell.xlsx", 4),
        ("s04_carriage_return.xlsx", 4),
        ("s05_wrong_dimension.xlsx", 4),
        ("s05b_short_dimension.xlsx", 4),
        ("s06_empty_fill.xlsx", 4),
        ("s07_capital_head.xlsx", 4),
        ("s11_note_first.xlsx", 4),
        ("s12_stray_note.xlsx", 4),
        ("s13_rich_text.xlsx", 4),
        ("s14_number_version.xlsx", 4),
        ("x01_dates.xlsx", 3),
        ("x02_formula.xlsx", 1),
        ("x03_error.xlsx", 2),
        ("x04_dimension.xlsx", 5),
        ("x05_fill.xlsx", 1),
        ("x06_strict.xlsx", 1),
        ("x07_cr.xlsx", 1),
        ("x08_serial.xlsx", 1),
        ("x09_title_row.xlsx", 1),
    ],
)
def test_the_shared_spreadsheets_are_read(name: str, rows: int) -> None:
    table = read_table(case(name), ("edizione", "codice", "titolo", *HEADINGS))
    assert len(table.rows) == rows
    assert not [cell for one in table.rows for cell in one.cells if "_x000D_" in cell.text]


@pytest.mark.parametrize("name", ["s09_cut_sheet.xlsx", "s10_cut_workbook.xlsx"])
def test_the_shared_damaged_spreadsheets_are_told(name: str) -> None:
    with pytest.raises(TableError, match="damaged"):
        read_table(case(name), ("edizione", "codice"))


TWO_DEEP = (
    (["zona", "valori", ""], ["", "testo", "data"]),
    (["zona", "testo", ""], ["", "", "data"]),
    (["", "zona", "valori"], ["testo", "", "data"]),
)


@pytest.mark.parametrize(("upper", "lower"), TWO_DEEP)
@pytest.mark.parametrize("title", [[], ["Contributi 2026"]])
def test_headings_over_two_rows_are_read_as_merged_cells_leave_them(
    upper: list[str], lower: list[str], title: list[str]
) -> None:
    lines = [*([title] if title else []), upper, lower, ["a", "b", "c"]]
    rows = "".join(row(number, *cells) for number, cells in enumerate(lines, start=1))
    table = read_table(xlsx(rows), HEADINGS)
    assert sorted(table.header) == ["data", "testo", "zona"]
    assert texts(table) == [["a", "b", "c"]]
    assert [note.code for note in table.notes] == (["rows_above"] if title else [])


def test_a_row_of_values_under_the_headings_makes_no_second_one() -> None:
    """A cell that says the name of a column is a value where the row above names as many columns."""
    rows = row(1, "testo", "data", "zona") + row(2, "zona", "", "testo") + row(3, "b", "c", "d")
    table = read_table(xlsx(rows), HEADINGS)
    assert table.header == ("testo", "data", "zona")
    assert len(table.rows) == 2
