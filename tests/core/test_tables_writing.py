"""What is written comes back as it was, in every format, and runs nowhere."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import aumenta.core.tables
from aumenta.core.tables import Kind, SheetToWrite, TableError, Value, csv_lines, read_numbers, read_table, write_table
from aumenta.core.tables.writing import LONGEST_CELL, Format, clean
from aumenta.core.text import mend

FORMATS: tuple[Format, ...] = ("csv", "csv-semicolon", "xlsx", "ods")
AWKWARD = [
    "=1+1",
    "+39 011",
    "-",
    "@x",
    "'=x",
    "''",
    "\t=1",
    "a;b",
    "a,b",
    'disse "no"',
    '"',
    "riga\nriga",
    "\n",
    "  spazi  ",
    "a\tb",
    "_x000D_",
    "007",
    "1.10",
    "1e5",
    "TRUE",
    "None",
    "<b>",
    "&amp;",
    "]]>",
    "é\u0301",
    "👩\u200d🌾",
    "sep=;",
    "#NAME?",
    "3/5/2026",
    "\x00\x07",
    "＝cmd",
    "\u2028",
    "\x0b",
    "a\r\nb",
    "a;'=b",
    "c\n- d, -e|f",
]
SEVERAL = st.lists(st.sampled_from(AWKWARD), max_size=3).map("".join)
TEXT = st.one_of(
    st.sampled_from(AWKWARD), st.text(max_size=12), st.lists(st.sampled_from(AWKWARD), max_size=3).map("".join)
)
NUMBER = st.one_of(st.integers(-(2**52), 2**52), st.floats(-1e12, 1e12).map(lambda one: float(f"{one:.12g}")))


def as_read(text: str) -> str:
    """What of a text can come back: signs that no format may hold are gone, the rest is mended as every text is."""
    return mend(clean(text))


@settings(max_examples=120)
@given(
    rows=st.lists(st.lists(TEXT, min_size=3, max_size=3), max_size=5),
    file_format=st.sampled_from(FORMATS),
)
def test_texts_come_back_from_every_format(rows: list[list[str]], file_format: Format) -> None:
    header = ["colonna uno", "colonna due", "colonna tre"]
    data = write_table([SheetToWrite("Foglio", header, rows)], file_format)
    table = read_table(data, header)
    assert list(table.header) == header
    wanted = [[as_read(text) for text in row] for row in rows]
    wanted = [row for row in wanted if any(text.strip() for text in row)]
    assert [[row.cell(place).text for place in range(3)] for row in table.rows] == wanted


@settings(max_examples=60)
@given(rows=st.lists(st.tuples(NUMBER, st.booleans()), min_size=1, max_size=5), file_format=st.sampled_from(FORMATS))
def test_numbers_come_back_as_numbers(rows: list[tuple[float, bool]], file_format: Format) -> None:
    header = ["numero", "vero"]
    table = read_table(write_table([SheetToWrite("", header, rows)], file_format), header)
    decimal = "," if file_format == "csv-semicolon" else "."
    values = read_numbers([(row.number, row.cell(0)) for row in table.rows], "numero", decimal=decimal).values
    assert values == pytest.approx([number for number, _true in rows], rel=1e-14)
    assert [row.cell(1).text for row in table.rows] == ["TRUE" if true else "FALSE" for _number, true in rows]


DAYS = [date(2026, 5, 3), date(1999, 12, 31), datetime.fromisoformat("2026-05-03T10:30")]


@pytest.mark.parametrize("file_format", FORMATS)
def test_days_come_back_as_days(file_format: Format) -> None:
    data = write_table([SheetToWrite("", ["giorno", "x"], [(day, None) for day in DAYS])], file_format)
    cells = [row.cell(0) for row in read_table(data, ["giorno"]).rows]
    assert [cell.text for cell in cells] == ["2026-05-03", "1999-12-31", "2026-05-03 10:30"]
    if not file_format.startswith("csv"):
        assert [(cell.kind, cell.value) for cell in cells] == [(Kind.DATE, day) for day in DAYS]


def test_what_people_typed_never_runs_as_a_formula() -> None:
    rows = [["=1+1"], ["+1"], ["-1"], ["@SUM(A1)"], ["\t=1"], ["\n=1"], ["＝1"], ["=HYPERLINK(1)"]]
    for file_format in ("csv", "csv-semicolon"):
        text = write_table([SheetToWrite("", ["testo"], rows)], file_format).decode("utf-8-sig")
        assert all(one[0].startswith("'") for one in list(csv.reader(io.StringIO(text, newline="")))[1:])
    book = openpyxl.load_workbook(io.BytesIO(write_table([SheetToWrite("", ["testo"], rows)], "xlsx")))
    assert {cell.data_type for (cell,) in book.worksheets[0].iter_rows()} <= {"s", "inlineStr"}
    assert [cell.value for (cell,) in book.worksheets[0].iter_rows()][1:] == [text for (text,) in rows]
    with zipfile.ZipFile(io.BytesIO(write_table([SheetToWrite("", ["testo"], rows)], "ods"))) as folder:
        assert folder.namelist()[0] == "mimetype"
        content = folder.read("content.xml").decode()
    assert "table:formula" not in content
    assert content.count('office:value-type="string"') == 9


def spreadsheet_cells(data: bytes, separator: str) -> list[str]:
    """The cells as a spreadsheet parts them: a quotation mark counts at the beginning of a cell alone."""
    return re.split(f"[{separator}\r\n]", data.decode("utf-8-sig").replace(f'{separator}"', separator))


@pytest.mark.parametrize("opened_with", [",", ";", "\t"])
@pytest.mark.parametrize("file_format", ["csv", "csv-semicolon"])
@pytest.mark.parametrize("formula", ["=1+1", "@SUM(A1)", "+1", "-1+cmd|' /C calc'!A0", "- cmd|' /C calc'!A0", "＝1"])
@pytest.mark.parametrize("before", [",", ";", "\t", "\n", "\r\n", ";'"])
def test_no_text_runs_as_a_formula_where_the_file_is_opened_with_another_separator(
    opened_with: str, file_format: Format, formula: str, before: str
) -> None:
    """An Italian spreadsheet parts the cells of a file with commas at its semicolons, wherever they stand."""
    text = f"bene{before}{formula}"
    data = write_table([SheetToWrite("", ["n", "testo"], [[1, text], [2, "ok"]])], file_format)
    cells = [cell.lstrip('"') for cell in spreadsheet_cells(data, opened_with)]
    assert [cell for cell in cells if cell[:1] in {"=", "+", "-", "@", "＝"} and cell[:1]] == []
    assert read_table(data, ["n", "testo"]).rows[0].cell(1).text == as_read(text)


def test_lists_and_figures_in_a_text_stay_as_they_were_written() -> None:
    text = "Si vuole:\n- più treni (la sera)\n- meno -5 % di auto, 3 - 2, a - b"
    assert f'"{text}"' in write_table([SheetToWrite("", ["testo"], [[text]])], "csv").decode("utf-8-sig")


def test_numbers_of_people_who_write_decimals_with_a_comma() -> None:
    rows: list[tuple[Value, ...]] = [(1234.5, 3, None, True, -0.25)]
    text = write_table([SheetToWrite("", list("abcde"), rows)], "csv-semicolon").decode("utf-8-sig")
    assert text.splitlines()[1] == "1234,5;3;;TRUE;-0,25"


@pytest.mark.parametrize("file_format", FORMATS)
def test_a_heading_is_guarded_and_cleaned_as_every_other_text(file_format: Format) -> None:
    data = write_table([SheetToWrite("", ["=1+1\x00\uffff", "@x"], [["a", "b"]])], file_format)
    if file_format.startswith("csv"):
        separator = ";" if file_format == "csv-semicolon" else ","
        first = next(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=separator))
        assert first == ["'=1+1", "'@x"]
    assert list(read_table(data, ["=1+1", "@x"]).header) == ["=1+1", "@x"]


@pytest.mark.parametrize("number", [10**15 - 1, 10**15, 10**15 + 1, -(10**15), 2**53 - 1])
@pytest.mark.parametrize("file_format", ["xlsx", "ods"])
def test_a_number_of_sixteen_figures_is_a_code_of_which_none_is_lost(number: int, file_format: Format) -> None:
    cell = read_table(write_table([SheetToWrite("", ["n"], [[number]])], file_format), ["n"]).rows[0].cell(0)
    assert cell.text == str(number)
    assert (cell.kind is Kind.TEXT) == (len(str(abs(number))) > 15)


@pytest.mark.parametrize("over", [-1, 0])
def test_a_text_of_just_the_length_that_fits_stays_whole(over: int) -> None:
    text = "a" * (LONGEST_CELL + over)
    assert read_table(write_table([SheetToWrite("", ["x"], [[text]])], "xlsx"), ["x"]).rows[0].cells[0].text == text


def test_a_text_too_long_for_a_cell_is_refused_or_cut_with_a_word() -> None:
    sheet = SheetToWrite("", ["x"], [["a" * (LONGEST_CELL + 1)]])
    with pytest.raises(TableError) as told:
        write_table([sheet], "xlsx")
    assert (told.value.code, told.value.finding.row, told.value.finding.column) == ("cell_too_long", 2, "A")
    table = read_table(write_table([sheet], "xlsx", cut=" […]"), ["x"])
    assert len(table.rows[0].cells[0].text) == LONGEST_CELL
    assert table.rows[0].cells[0].text.endswith(" […]")
    assert len(read_table(write_table([sheet], "ods"), ["x"]).rows[0].cells[0].text) == LONGEST_CELL + 1


def test_many_rows_are_written_as_they_are_read() -> None:
    given_out: list[int] = []

    def rows() -> Iterator[tuple[int]]:
        for number in range(5):
            given_out.append(number)
            yield (number,)

    lines = csv_lines(["n"], rows())
    assert next(lines) == "\ufeff"
    assert next(lines) == "n\r\n"
    assert len(given_out) == 1
    assert list(lines) == [f"{number}\r\n" for number in range(5)]


@pytest.mark.parametrize("name", ["", "a/b:c*[d]", "x" * 50, "'", "\x00"])
@pytest.mark.parametrize("file_format", ["xlsx", "ods"])
def test_any_name_of_a_sheet_is_made_one(name: str, file_format: Format) -> None:
    sheets = [SheetToWrite(name, ["a"], [["1"]]), SheetToWrite("Fonte", ["b"], [["2"]])]
    assert read_table(write_table(sheets, file_format), ["a"]).header == ("a",)


def test_nothing_but_the_one_reader_and_the_one_writer_opens_a_table() -> None:
    package = Path(aumenta.core.tables.__file__).parents[2]
    opens = re.compile(r"^\s*(?:import|from) (?:csv|openpyxl|xlsxwriter|odfdo|odf|pandas)\b", re.MULTILINE)
    others = [
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if opens.search(path.read_text()) and not path.is_relative_to(package / "core" / "tables")
    ]
    assert others == []
