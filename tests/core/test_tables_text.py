"""CSV and TSV as offices, old computers and web forms write them."""

import pytest

from aumenta.core.tables import TableError, read_pasted, read_table
from tests.tables_made import case

HEADINGS = ("testo", "text", "id", "data", "provenienza", "zona")


def cells_of(data: bytes) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in read_table(data, HEADINGS).rows]


LATER = "e la domenica verso Pinerolo"


@pytest.mark.parametrize("cut", ["\u2028", "\u2029", "\x0b", "\x85", "\x0c", "\x1c"])
def test_no_sign_inside_a_cell_cuts_a_voice_in_two(cut: str) -> None:
    for quote in ("", '"'):
        data = f"id,text\n1,{quote}Più treni la sera{cut}{LATER}{quote}\n2,Piste\n".encode()
        first, second = cells_of(data)
        assert first[1].startswith("Più treni la sera")
        assert first[1].endswith(LATER)
        assert second == ["2", "Piste"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_every_writing_of_one_table_is_the_same_table(end: str, encoding: str, separator: str) -> None:
    lines = ["testo|data|provenienza", '"Più treni: la sera"|3/5/2026|e-mail', "Perché sì, così|4/5/2026|lettera"]
    quoted = f'"{lines[2].split("|")[0]}"' + lines[2][len("Perché sì, così") :]
    data = end.join([*lines[:2], quoted, ""]).replace("|", separator).encode(encoding)
    assert cells_of(data) == [
        ["Più treni: la sera", "3/5/2026", "e-mail"],
        ["Perché sì, così", "4/5/2026", "lettera"],
    ]


def test_the_separator_is_found_by_content_and_not_by_counting_the_heading() -> None:
    table = read_table("id;text;note (anni, mesi, giorni, ore)\n1;Più treni, la sera, sempre;a\n".encode(), HEADINGS)
    assert table.separator == ";"
    assert table.header[:2] == ("id", "text")
    one = read_table("text\nPiù treni, la sera\nPiste; bici; corsie\n".encode(), HEADINGS)
    assert [row.cells[0].text for row in one.rows] == ["Più treni, la sera", "Piste; bici; corsie"]
    unknown = read_table(b"comune;abitanti, 2023\nTorino;847,398\nIvrea;22,5\n")
    assert unknown.header == ("comune", "abitanti, 2023")


@pytest.mark.parametrize("line", ["sep=;", "SEP=;", '"sep=;"'])
def test_the_line_that_names_the_separator_is_left_out_and_told(line: str) -> None:
    table = read_table(f"{line}\r\nid;text\r\n1;Più treni, la sera\r\n".encode("utf-8-sig"), HEADINGS)
    assert table.header == ("id", "text")
    assert [note.code for note in table.notes] == ["separator_line"]


def test_titles_and_blank_lines_may_stand_above_the_headings() -> None:
    table = read_table(
        "\n;;\nContributi ricevuti, 2026;;\n\nTesto;Data;Provenienza\nPiù treni;3/5/2026;e-mail\n".encode(), HEADINGS
    )
    assert table.header == ("Testo", "Data", "Provenienza")
    assert [row.number for row in table.rows] == [6]
    assert [(note.code, note.details["row"]) for note in table.notes] == [("rows_above", 5)]
    blank = read_table(b"\n\n\ntesto;data\nuno;3/5/2026\n", HEADINGS)
    assert not blank.notes


def test_a_quotation_mark_that_is_never_closed_is_told_where_it_opens() -> None:
    with pytest.raises(TableError) as told:
        read_table(b'testo;data\nuno;3/5/2026\n"due;3/5/2026\ntre;3/5/2026\n', HEADINGS)
    assert (told.value.code, told.value.finding.row) == ("quote_not_closed", 3)


def test_a_guarded_formula_comes_back_without_its_guard() -> None:
    assert cells_of(b"testo;data\n'=1+1;x\n=1+1;x\n''=a;x\n'ndrangheta;x\n") == [
        ["=1+1", "x"],
        ["=1+1", "x"],
        ["'=a", "x"],
        ["'ndrangheta", "x"],
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n", "empty"),
        (b";;;\n;;;\n", "empty"),
        (b"\x00" * 90, "empty"),
        (b"%PDF-1.7 ...", "not_a_table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old_excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"\xef\xbb\xbf <!DOCTYPE html><table>", "web_page"),
        (b"<table><tr><td>testo", "web_page"),
        (b'<?xml version="1.0"?><Workbook>', "not_a_table"),
        (b"PK\x03\x04 niente", "damaged"),
        (bytes(range(256)) * 40, "binary"),
        (b"\x89PNG\r\n\x1a\n....", "not_a_table"),
    ],
)
def test_what_is_no_table_is_told_by_what_it_is(data: bytes, code: str) -> None:
    with pytest.raises(TableError) as told:
        read_table(data, HEADINGS)
    assert told.value.code == code


def test_columns_are_found_by_any_of_their_names_and_twice_is_told() -> None:
    table = read_pasted("  Titolo_EN \tCOSÌ\tnote\nx\ty\tz", ("titolo_en", "cosi"))
    assert (table.place(["titolo en"]), table.place(["cosi"]), table.place(["altro"])) == (0, 1, None)
    assert table.others(["titolo_en", "cosi"]) == ["note"]
    with pytest.raises(TableError) as told:
        table.needed(["altro", "other"])
    assert told.value.finding.details["there"] == "Titolo_EN, COSÌ, note"
    with pytest.raises(TableError, match="column_twice"):
        read_pasted("TEXT\tText\na\tb").place(["text"])
    # Where case tells two columns apart, the one written as it was asked for is meant.
    assert read_pasted("Text\ttext\na\tb").place(["text"]) == 1


@pytest.mark.parametrize("between", ["", "testo;data\n", "\n", "\ntesto;data\n"])
def test_the_same_table_pasted_below_itself_is_told(between: str) -> None:
    rows = "Più treni;3/5/2026\nPiù alberi;4/5/2026\nMeno rumore;4/5/2026\n"
    told = read_table(f"testo;data\n{rows}{between}{rows}".encode(), HEADINGS).notes
    assert [note.code for note in told] == ["table_twice"]
    assert told[0].row == 5 + between.startswith("\n")


@pytest.mark.parametrize(
    "rows",
    [
        "a;1\nb;2\nc;3\na;1\nb;2\nc;4\n",  # the last one differs
        "a;1\na;1\na;1\na;1\na;1\na;1\n",  # all say the same: many voices may
        "a;1\nb;2\na;1\nb;2\n",  # too few to be a sign
        "a;1\nb;2\nc;3\nx;9\na;1\nb;2\nc;3\n",  # something else stands between
        "",
    ],
)
def test_rows_that_come_again_are_not_taken_for_a_second_table(rows: str) -> None:
    assert read_table(f"testo;data\n{rows}".encode(), HEADINGS).notes == ()


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("c02_sep.csv", 1),
        ("c03_oldmac.csv", 2),
        ("c04_cp1252.csv", 1),
        ("c05_bom.csv", 2),
        ("c08_multiline.csv", 1),
        ("c11_leading_blank.csv", 1),
        ("c12_utf16.txt", 1),
        ("t01_u2028.csv", 2),
        ("t02_vt.csv", 2),
        ("t03_quoted_u2028.csv", 2),
        ("t04_sep.csv", 2),
        ("t05_bom_semicolon.csv", 2),
        ("t06_cp1252.csv", 1),
        ("t07_oldmac.csv", 2),
        ("t09_header_comma.csv", 2),
    ],
)
def test_the_shared_cases_are_read(name: str, rows: int) -> None:
    table = read_table(case(name), HEADINGS)
    assert len(table.rows) == rows
    place = table.place(["testo", "text"])
    assert place is not None
    assert table.rows[0].cell(place).text.startswith("Più treni")
    if name.startswith(("t01", "t02", "t03")):
        assert table.rows[0].cell(place).text.endswith("verso Pinerolo")
