"""Numbers and dates as people write them: known from the column, or asked, or told; never guessed."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import aumenta.core.tables
from aumenta.core.tables import Cell, Finding, Kind, TableError, read_date, read_numbers, read_table
from aumenta.core.tables.sentences import SENTENCES, say, say_where
from tests.tables_made import case


def column(*texts: str, separator: str = "", decimal: str = "") -> list[float | None]:
    cells = [(number, Cell(text)) for number, text in enumerate(texts, 2)]
    return list(read_numbers(cells, "valore", separator=separator, decimal=decimal).values)


@pytest.mark.parametrize(
    ("texts", "values"),
    [
        (("1.234", "987,2", "2.100"), [1234, 987.2, 2100]),
        (("1,234", "987.2", "2,100"), [1234, 987.2, 2100]),
        (("1.234,50", "7"), [1234.5, 7]),
        (("1,234,567.5", "1.5"), [1234567.5, 1.5]),
        (("1.234.567", "1.234"), [1234567, 1234]),
        (("0.564", "1.234"), [0.564, 1.234]),
        (("1234.567",), [1234.567]),
        (("1 234,5", "12’345", "1'234'567"), [1234.5, 12345, 1234567]),
        (("12", "-5", "+3", "−4", ""), [12, -5, 3, -4, None]),
        (("1.5e3", "2E-1"), [1500, 0.2]),
        (("€ 1.250,00", "30 €", "EUR 5"), [1250, 30, 5]),
        (("-", "..", "n.d.", "…", "3"), [None, None, None, None, 3]),
        ((".5", "1.25"), [0.5, 1.25]),
    ],
)
def test_a_column_says_what_its_signs_mean(texts: tuple[str, ...], values: list[float | None]) -> None:
    assert column(*texts) == values


def test_where_the_column_does_not_say_it_the_files_separator_does_and_it_is_told() -> None:
    cells = [(2, Cell("847.398")), (3, Cell("56.117")), (4, Cell("155"))]
    found = read_numbers(cells, "abitanti", separator=";")
    assert found.values == (847398, 56117, 155)
    assert [note.code for note in found.notes] == ["read_as_thousands"]
    assert column("1,234", separator=";") == [1.234]
    assert column("1,234", separator=",") == [1234]
    for separator in ("", ",", "\t"):
        with pytest.raises(TableError, match="number_ambiguous"):
            read_numbers(cells, "abitanti", separator=separator)
    assert read_numbers(cells, "abitanti", decimal=".").values == (847.398, 56.117, 155)
    assert read_numbers(cells, "abitanti", decimal=",").values == (847398, 56117, 155)
    with pytest.raises(TableError, match="number_ambiguous"):
        column("1.234", "1,234", separator=";")


@pytest.mark.parametrize(
    ("texts", "values"),
    [
        (("1.200", "950"), [1200, 950]),
        (("950", "12.400", "1.215"), [950, 12400, 1215]),
        (("847.398", "56.117", "155", "48"), [847398, 56117, 155, 48]),
        (("1,200", "950"), [1200, 950]),
    ],
)
@pytest.mark.parametrize("separator", ["", "\t"])
def test_whole_numbers_beside_them_say_that_signs_part_thousands(
    texts: tuple[str, ...], values: list[float | None], separator: str
) -> None:
    cells = [(number, Cell(text)) for number, text in enumerate(texts, 2)]
    found = read_numbers(cells, "abitanti", separator=separator)
    assert list(found.values) == values
    assert [note.code for note in found.notes] == ["read_as_thousands"]
    stored = [(2, Cell("1.200")), (3, Cell("3400", Kind.NUMBER, 3400.0))]
    assert read_numbers(stored, "abitanti").values == (1200, 3400)


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(("1.200", "0", "0"), id="nothing is nothing with and without decimals"),
        pytest.param(("1.200", "1500"), id="thousands are not parted"),
        pytest.param(("1.125", "2", "3", "1.375"), id="eighths"),
        pytest.param(("1.200", "2.350"), id="no whole number"),
        pytest.param(("1.215", "12"), id="one whole number, and no zero at an end"),
    ],
)
def test_where_they_do_not_say_it_it_is_asked(texts: tuple[str, ...]) -> None:
    with pytest.raises(TableError, match="number_ambiguous"):
        column(*texts)


def test_where_file_and_column_say_otherwise_it_is_asked() -> None:
    with pytest.raises(TableError, match="number_ambiguous"):
        column("1,200", "950", separator=";")


def test_two_ways_of_writing_decimals_in_one_column_are_told_with_both_cells() -> None:
    with pytest.raises(TableError) as told:
        column("1,5", "7", "2.25")
    assert (told.value.code, told.value.finding.row) == ("number_mixed", 4)
    assert told.value.finding.details == {"shown": "2.25", "other": "1,5", "at": 2}


@pytest.mark.parametrize(
    "text",
    [
        "dodici",
        "1.23.456",
        "1,2,3",
        "1.2.3",
        "12-3",
        "--5",
        "1_000",
        "inf",
        "nan",
        "0x1f",
        "1 23",
        "3/5/2026",
        "٣",
        "1e999",
    ],
)
def test_what_is_no_number_is_told_with_its_place(text: str) -> None:
    with pytest.raises(TableError) as told:
        column("1", text)
    assert told.value.code == "not_a_number"
    assert (told.value.finding.row, told.value.finding.column) == (3, "valore")


def test_cells_that_hold_no_value_are_told() -> None:
    for kind, code in ((Kind.ERROR, "cell_error"), (Kind.FORMULA, "cell_formula")):
        with pytest.raises(TableError, match=code):
            read_numbers([(2, Cell("#N/D", kind))], "x")
        with pytest.raises(TableError, match=code):
            read_date(Cell("#N/D", kind))
    assert read_numbers([(2, Cell("0.3", Kind.NUMBER, 0.1 + 0.2))], "x").values == (0.1 + 0.2,)


def shown(value: float, *, decimal: str) -> str:
    text = f"{value:,.2f}"
    return text if decimal == "." else text.translate(str.maketrans(",.", ".,"))


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=8), st.sampled_from(".,"))
def test_numbers_written_in_either_convention_come_back(hundredths: list[int], decimal: str) -> None:
    values = [one / 100 for one in hundredths]
    assert column(*(shown(value, decimal=decimal) for value in values)) == values


@pytest.mark.parametrize(
    "text",
    [
        "2026-05-03",
        "2026/05/03",
        "2026-5-3",
        "3/5/2026",
        "03/05/2026",
        "03-05-2026",
        "3.5.2026",
        "3 . 5 . 2026",
        "3 maggio 2026",
        "3° maggio 2026",
        "domenica 3 maggio 2026",
        "Domenica, 3 mag. 2026",
        "3 May 2026",
        "May 3, 2026",
        "May 3rd, 2026",
        "03/05/2026 10.30.15",
        "03/05/2026, 10:30",
        "2026-05-03T10:30:15Z",
        "2026-05-03T10:30:15.123+02:00",
        "2026-05-03 23:59:59",
        "2026/05/03 10:30:15 AM CET",
        "2026/05/03 10:30:15 PM GMT+2",
        "3/5/2026 ore 10:30",
        " 3/5/2026 ",
        "03/05/26",
        "3 maggio 26",
    ],
)
def test_a_day_is_read_as_people_write_it(text: str) -> None:
    found = read_date(Cell(text), earliest=date(1990, 1, 1), latest=date(2026, 12, 31))
    assert found.day == date(2026, 5, 3)
    assert (
        (found.note is not None) == text.strip().endswith("26") and not text.strip().endswith("2026")
    ) or found.note is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "date_missing"),
        ("ieri", "date_unreadable"),
        ("31/02/2026", "date_impossible"),
        ("5/13/2026", "date_impossible"),
        ("2026-02-30", "date_impossible"),
        ("03/05/2062", "date_too_late"),
        ("03/05/62", "date_too_late"),
        ("03/05/1026", "date_too_early"),
        ("0/0/0000", "date_impossible"),
        ("3 brumaio 2026", "date_unreadable"),
        ("3/5", "date_unreadable"),
        ("maggio 2026", "date_unreadable"),
        ("12345", "date_unreadable"),
        ("3/5/202", "date_unreadable"),
        ("²/5/2026", "date_unreadable"),
        ("03/05/2026 e poi", "date_unreadable"),
    ],
)
def test_what_is_no_day_is_told_by_what_is_wrong(text: str, code: str) -> None:
    with pytest.raises(TableError) as told:
        read_date(Cell(text), earliest=date(1990, 1, 1), latest=date(2026, 12, 31))
    assert told.value.code == code


def test_a_day_stored_as_a_number_is_read_and_told() -> None:
    found = read_date(Cell("46145", Kind.NUMBER, 46145.0))
    assert found.day == date(2026, 5, 3)
    assert found.note is not None
    with pytest.raises(TableError, match="date_unreadable"):
        read_date(Cell("7", Kind.NUMBER, 7.0))


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_a_date_or_told(text: str) -> None:
    for read in (lambda: column(text), lambda: read_date(Cell(text))):
        said = "read"
        try:
            read()
        except TableError as told:
            said = say_where(told.finding, str)
        assert said


def test_every_finding_has_a_sentence_and_every_sentence_is_said_somewhere() -> None:
    folder = Path(aumenta.core.tables.__file__).parent
    source = "".join(path.read_text() for path in folder.glob("*.py") if path.name != "sentences.py")
    used = set(re.findall(r'(?:TableError|Finding)\(\s*"(\w+)"', source))
    used |= set(re.findall(r'"(cell_\w+|old_excel|password|read_as_\w+|no_rows|row_too_long|other_columns)"', source))
    assert used <= set(SENTENCES)
    for code in SENTENCES:
        places = dict.fromkeys(re.findall(r"%\((\w+)\)", SENTENCES[code]), "x")
        assert say(Finding(code, details=dict(places)), str)


@pytest.mark.parametrize(
    ("name", "heading", "values"),
    [
        ("i01_thousands.csv", "abitanti", (847398, 56117, 155, 48)),
        ("i02_mixed.csv", "reddito", (1234.5, 987.2)),
        ("i03_mixed2.csv", "reddito", (1234, 987.2, 2100)),
        ("i04_decimal_comma.csv", "reddito", (1234.5, 987.2)),
        ("i05_missing_dash.csv", "reddito", (1234, None, None)),
    ],
)
def test_the_shared_numbers_are_read(name: str, heading: str, values: tuple[float | None, ...]) -> None:
    table = read_table(case(name), (heading,))
    place = table.needed([heading])
    cells = [(row.number, row.cell(place)) for row in table.rows]
    assert read_numbers(cells, heading, separator=table.separator).values == values
