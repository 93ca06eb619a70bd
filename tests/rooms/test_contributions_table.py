"""Tables of written contributions as offices keep them: what is wrong is told by row and given back to be mended."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from aumenta.core.tables import Format, SheetToWrite, write_table
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Edition
from aumenta.voices.contributions_table import ContributionRows, given_back, rows_of_file, rows_of_text
from aumenta.voices.models import Contribution
from aumenta.voices.record_contributions import record_contribution
from tests.cast import a_small_plan, somebody
from tests.events_cast import zones
from tests.tables_made import case, row, xlsx

pytestmark = pytest.mark.django_db

HEAD = ["testo", "data", "provenienza"]


@pytest.fixture
def edition() -> Edition:
    return a_small_plan()


def table(*rows: str) -> ContributionRows:
    return rows_of_text("\n".join([";".join(HEAD), *rows]))


def days(found: ContributionRows) -> list[date | None]:
    return [one.values["received_on"] for one in found.rows]


def test_days_are_read_as_people_write_them_or_told() -> None:
    zones()
    found = table(
        "a;3/5/2026;x", "b;03.05.2026;x", "c;3 maggio 2026;x", "d;2026/05/03 10:30:15 AM CET;x", "e;03/05/26;x"
    )
    assert days(found) == [date(2026, 5, 3)] * 5
    assert [bool(one.notes) for one in found.rows] == [False] * 4 + [True]
    assert "2026" in found.rows[4].notes[0]
    tomorrow = timezone.localdate() + timedelta(days=1)
    wrong = table("a;03/05/2062;x", "b;03/05/1026;x", "c;31/02/2026;x", f"d;{tomorrow:%d/%m/%Y};x", "e;;x", "f;ieri;x")
    assert [len(one.problems) for one in wrong.rows] == [1] * 6
    assert len({one.problems[0] for one in wrong.rows}) == 6


def test_zones_are_understood_however_they_are_written() -> None:
    zones()
    found = rows_of_text(
        "testo\tdata\tprovenienza\tzona\n"
        + "".join(
            f"Voce\t3/5/2026\te-mail\t{zone}\n"
            for zone in ("01", "1", "Zona 1", "1.0", "zona n. 1", "Zona inventata 2", "99", "uno")
        )
    )
    assert [one.values["zone"].number if one.values["zone"] else None for one in found.rows] == [
        1,
        1,
        1,
        1,
        1,
        2,
        None,
        None,
    ]


def test_cells_without_a_value_cut_texts_and_signs_of_spreadsheets_are_told() -> None:
    broken = xlsx(
        row(1, *HEAD, "note mie")
        + row(2, '<c t="e"><v>#N/A</v></c>', "3/5/2026", "e-mail")
        + row(3, '<c><f>"a"</f><v></v></c>', "3/5/2026", "e-mail")
        + row(4, "Più treni_x000D_\nla sera", "3/5/2026", "e-mail", "x")
    )
    found = rows_of_file(broken)
    assert "#N/A" in found.rows[0].problems[0]
    assert "formula" in found.rows[1].problems[0]
    assert not any("Manca" in problem or "testo." in problem for one in found.rows[:2] for problem in one.problems)
    assert found.rows[2].values["text"] == "Più treni\nla sera"
    assert "note mie" in found.notes[0]
    cut = table("Più treni; anche la sera;3/5/2026;e-mail")
    assert "virgolette" in cut.rows[0].problems[0]


@pytest.mark.parametrize("file_format", ["csv", "csv-semicolon", "xlsx", "ods"])
def test_refused_rows_are_given_back_whole_and_can_be_sent_again(file_format: Format) -> None:
    rows = [["=1+1; «treni»\ndue righe", "ieri", 'disse "sì"'], ["Buono", "3/5/2026", "e-mail"], ["'-", "", ""]]
    found = rows_of_file(write_table([SheetToWrite("", HEAD, rows)], file_format))
    bad = [one for one in found.rows if one.problems]
    again = rows_of_text(given_back(bad))
    assert [dict(one.written) for one in again.rows] == [dict(one.written) for one in bad]
    assert [one.problems for one in again.rows] == [one.problems for one in bad]


def test_the_same_table_twice_is_noticed_before_it_doubles_anything(client: Client, edition: Edition) -> None:
    client.force_login(somebody("editor"))
    address = reverse("desk:add_contributions")
    sent = {
        "edizione": edition.label,
        "table": "testo;data;provenienza\nPiù treni;3/5/2026;e-mail\nPiste;3/5/2026;lettera\n",
    }
    assert client.post(address, sent).status_code == 302
    for again in (sent, {**sent, "table": sent["table"].replace("Più treni", "  PIÙ  TRENI ").replace(";", "\t")}):
        page = client.post(address, again).content.decode()
        assert "già" in page
        assert Contribution.objects.count() == 2
    data = sent["table"].encode("cp1252")
    client.post(address, {"edizione": edition.label, "file": SimpleUploadedFile("a.csv", data)})
    assert Contribution.objects.count() == 2
    client.post(address, {**sent, "repeated": "on"})
    assert Contribution.objects.count() == 4
    twice = rows_of_text("testo;data;provenienza\nUno;3/5/2026;x\nuno;3/5/2026;X\nUno;4/5/2026;x\n")
    assert [bool(one.problems) for one in twice.rows] == [False, True, False]


def test_the_page_gives_refused_rows_back_in_place_and_says_what_words_it_takes(
    client: Client, edition: Edition
) -> None:
    zones()
    client.force_login(somebody("editor"))
    address = reverse("desk:add_contributions")
    sent = "sep=;\ntesto;data;provenienza;mie\nBuona;03/05/26;e-mail;x\nSbagliata;03/05/2062;e-mail;y\n"
    page = client.post(address, {"edizione": edition.label, "table": sent}).content.decode()
    area = page.split('name="table"')[1].split("</textarea>")[0]
    assert "Sbagliata;03/05/2062;e-mail" in area
    assert "Buona" not in area
    assert "«mie»" in page
    assert "3 maggio 2026" in page
    for word in ("Zona inventata 1", "associazione", "contributo", "sì, no"):
        assert word in page
    assert [one.text for one in Contribution.objects.all()] == ["Buona"]


DAMAGED = [
    b"",
    b"PK\x03\x04",
    xlsx("<row"),
    xlsx(row(1, *HEAD), styles="<fills><fill/>"),
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"%PDF-1",
]


@pytest.mark.parametrize("data", DAMAGED, ids=range(len(DAMAGED)))
def test_a_damaged_file_gives_a_sentence(client: Client, edition: Edition, data: bytes) -> None:
    client.force_login(somebody("editor"))
    file = SimpleUploadedFile("a.xlsx", data)
    page = client.post(reverse("desk:add_contributions"), {"edizione": edition.label, "file": file})
    assert page.status_code == 200
    assert "notice-error" in page.content.decode()


def test_one_contribution_of_a_day_still_to_come_is_told_too(client: Client, edition: Edition) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    for day in (tomorrow, date(1026, 5, 3)):
        with pytest.raises(RefusedError):
            record_contribution(person=somebody("editor"), edition=edition, text="x", received_on=day, source="e-mail")


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("c01_two_digit_year.csv", 1, 0),
        ("c02_sep.csv", 1, 0),
        ("c03_oldmac.csv", 2, 0),
        ("c04_cp1252.csv", 1, 0),
        ("c05_bom.csv", 1, 1),
        ("c06_form_timestamp.csv", 3, 0),
        ("c07_future.csv", 0, 2),
        ("c08_multiline.csv", 1, 0),
        ("c09_formula.csv", 1, 0),
        ("c10_zone_zero.csv", 4, 0),
        ("c11_leading_blank.csv", 1, 0),
        ("c12_utf16.txt", 1, 0),
        ("c13_dots.csv", 3, 0),
        ("c14_semicolon_extra.csv", 0, 1),
        ("x01_dates.xlsx", 3, 0),
        ("x02_formula.xlsx", 0, 1),
        ("x03_error.xlsx", 0, 2),
        ("x04_dimension.xlsx", 5, 0),
        ("x05_fill.xlsx", 1, 0),
        ("x06_strict.xlsx", 1, 0),
        ("x07_cr.xlsx", 1, 0),
        ("x08_serial.xlsx", 1, 0),
        ("x09_title_row.xlsx", 1, 0),
    ],
)
def test_the_shared_tables_have_their_right_answers(name: str, good: int, bad: int) -> None:
    zones()
    found = rows_of_file(case(name)).rows
    assert (sum(not one.problems for one in found), sum(bool(one.problems) for one in found)) == (good, bad), found
    assert {one.values["received_on"] for one in found if not one.problems} <= {date(2026, 5, 3)}
    if name == "x07_cr.xlsx":
        assert found[0].values["text"] == "Più treni\nla sera"
    if name == "x02_formula.xlsx":
        assert "formula" in found[0].problems[0]


@pytest.mark.parametrize(
    "words", ["#N/D", "#RIF!", "#NOME?", "#VALORE!", "#DIV/0!", "#NUM!", "#NULLO!", "#N/A", "#REF!"]
)
def test_an_error_that_was_copied_with_the_values_is_nothing_that_anybody_said(words: str) -> None:
    found = rows_of_text(f"testo\tdata\tprovenienza\n{words}\t3/5/2026\te-mail\nPiù treni\t3/5/2026\te-mail\n")
    assert [bool(row.problems) for row in found.rows] == [True, False]
    assert words in found.rows[0].problems[0]
