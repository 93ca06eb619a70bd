"""A file of sheets as offices send it back: broken cells, dates, names as people write them, new rows, CSV and ODS."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from aumenta.core.tables import Format, Value
from aumenta.people.models import User
from aumenta.people.refusals import RefusedError
from aumenta.plan.load_bundle import load_bundles
from aumenta.plan.load_frameworks import load_frameworks
from aumenta.plan.models import Action, Actor, Alignment, Edition, Framework, FrameworkItem
from aumenta.review.models import FrameProposal, Proposal
from aumenta.review.record import record_import
from aumenta.review.spreadsheet import (
    RowResult,
    SheetRows,
    propose_rows,
    read_spreadsheet,
    write_spreadsheet,
)
from tests.cast import a_small_plan, somebody
from tests.spreadsheets_made import put, sheets_as
from tests.tables_made import case, row, text, xlsx

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    edition = a_small_plan()
    record_import(edition=edition)
    return edition


@pytest.fixture
def approver(edition: Edition) -> User:
    return somebody("approver")


def first(data: bytes, person: User) -> RowResult:
    return read_spreadsheet(data, person=person).rows[0]


@pytest.mark.parametrize("file_format", ["xlsx", "ods", "csv", "csv-semicolon"])
def test_every_format_comes_back_without_a_change_and_with_one(
    edition: Edition, approver: User, file_format: Format
) -> None:
    same = write_spreadsheet(Action.objects.of(edition), file_format)
    assert [(one.changes, one.problems) for one in read_spreadsheet(same, person=approver).rows] == [((), ())] * 4
    changed = put(edition, {"titolo": "Più treni: la «sera»; e poi"}, file_format)
    assert [bool(one.changes) for one in read_spreadsheet(changed, person=approver).rows] == [True, False, False, False]
    if file_format.startswith("csv"):
        windows = changed.decode("utf-8-sig").encode("cp1252")
        assert first(windows, approver).changes == first(changed, approver).changes
        assert first(b"sep=" + (b"," if file_format == "csv" else b";") + b"\r\n" + windows, approver).changes


def cells_of_sheet(titolo: str, sintesi: str = text("Una frase che tutti capiscono.")) -> str:
    head = row(1, "edizione", "codice", "titolo", "sintesi")
    return head + row(2, "2021-2023", "1.1.1", titolo, sintesi) + row(3, "2021-2023", "1.1.2", "Nuovo titolo")


def test_a_cell_without_a_value_is_told_and_never_empties_a_field(edition: Edition, approver: User) -> None:
    formula, error = '<c><f>"a"&amp;"b"</f><v></v></c>', '<c t="e"><v>#NAME?</v></c>'
    for broken, word in ((formula, "formula"), (error, "#NAME?")):
        for data in (xlsx(cells_of_sheet(broken)), xlsx(cells_of_sheet("Azione 1.1.1", broken))):
            rows = read_spreadsheet(data, person=approver).rows
            assert word in " ".join(rows[0].problems)
            assert not rows[0].proposes
            assert rows[1].proposes
    propose_rows(person=approver, rows=rows, reason="")
    assert [proposal.code for proposal in Proposal.objects.all()] == ["1.1.2"]
    told = read_spreadsheet(xlsx(cells_of_sheet(error)), person=approver).rows[0].problems[0]
    assert "titolo" in told


def test_dates_numbers_and_line_breaks_are_those_that_people_see(edition: Edition, approver: User) -> None:
    found = first(put(edition, {"titolo": date(2026, 3, 1), "titolo_en": date(2026, 3, 1), "sintesi": 12.5}), approver)
    assert found.content is not None
    assert found.content["title_it"] == "01/03/2026"
    assert found.content["title_en"] == "2026-03-01"
    assert found.content["summary_it"] == "12,5"
    for written in ("Prima riga\nSeconda riga", "Prima riga_x000D_\nSeconda riga", "Prima riga\n\n\nSeconda riga"):
        head = row(1, "edizione", "codice", "descrizione")
        found = first(xlsx(head + row(2, "2021-2023", "1.1.1", written)), approver)
        assert found.content is not None
        assert found.content["description_it"] == "<p>Prima riga</p><p>Seconda riga</p>"
    inside = first(put(edition, {"descrizione": "<p>La rete ciclabile collega\ni comuni.</p>\nSubito."}), approver)
    assert inside.content is not None
    assert inside.content["description_it"] == "<p>La rete ciclabile collega</p><p>i comuni.</p>\n<p>Subito.</p>"


def test_a_code_that_became_a_date_is_told(edition: Edition, approver: User) -> None:
    found = first(put(edition, {"codice": date(2001, 1, 1)}), approver)
    assert "2001-01-01" in found.problems[0]


@pytest.fixture
def known(edition: Edition) -> Edition:
    load_frameworks()
    action = Action.objects.of(edition).with_code("1.1.1").get()
    item = FrameworkItem.objects.get(framework__code="pnrr", code="M1C1")
    Alignment.objects.create(action=action, item=item, printed="M1C1 Digitalizzazione", position=1)
    Actor.objects.get_or_create(slug="regione-piemonte", defaults={"name_it": "Regione Piemonte"})
    return edition


@pytest.mark.parametrize(
    "written",
    [
        "PNRR M1C1",
        "pnrr m1c1",
        "M1C1",
        "PNRR | M1C1",
        "PNRR - M1C1",
        "PNRR: M1C1",
        "pnrr | m1c1 | primario",
        "M1C1 Digitalizzazione",
    ],
)
def test_a_code_as_people_write_it_keeps_what_is_there(known: Edition, approver: User, written: str) -> None:
    found = first(put(known, {"allineamenti": written}), approver)
    assert (found.changes, found.problems) == ((), ())


def test_codes_and_names_as_people_write_them_are_understood_or_asked(known: Edition, approver: User) -> None:
    added = first(put(known, {"allineamenti": "PNRR M1C1\nPNRR M2C1 (possibile integrazione)"}), approver)
    assert added.problems == ()
    assert added.content is not None
    assert [(one["item"], one["role"]) for one in added.content["alignments"]] == [
        ("m1c1", "primary"),
        ("m2c1", "possible_integration"),
    ]
    people = first(put(known, {"attori": "Comuni\nRegione Piemonte\nregione  piemonte."}), approver)
    assert "Regione Piemonte" in " ".join(people.changes + people.problems)
    people = first(put(known, {"attori": "universita\nRegione Piemonte"}), approver)
    assert people.problems == ()
    assert people.content is not None
    assert people.content["actors"][1] == {"actor": "regione-piemonte", "printed": ""}
    for column, wrong, near in (("attori", "Regione Piemont", "Regione Piemonte"), ("allineamenti", "PNRR M9C9", "M")):
        asked = first(put(known, {column: wrong}), approver)
        assert near in asked.problems[0]
        assert not asked.proposes
    new = first(put(known, {"attori": "universita\n | Consorzio nuovo"}), approver)
    assert new.problems == ()
    assert new.proposes
    for empty in ("PNRR", "| |", "primario"):
        assert not first(put(known, {"allineamenti": empty}), approver).proposes or empty == "| |"


def test_a_name_that_means_two_things_is_asked(known: Edition, approver: User) -> None:
    other = Framework.objects.create(code="altro", name_it="Altro quadro")
    FrameworkItem.objects.create(framework=other, slug="m1c1", code="M1C1", name_it="Un’altra voce")
    asked = first(put(known, {"allineamenti": "M1C1\nM2C1"}), approver)
    assert "altro" in asked.problems[0]
    assert first(put(known, {"allineamenti": "PNRR M1C1"}), approver).problems == ()


def test_her_own_columns_are_left_out_with_a_word_and_a_misspelt_one_refuses_the_file(
    edition: Edition, approver: User
) -> None:
    found = read_spreadsheet(put(edition, {"Note mie": "da rivedere", "titolo": "Nuovo"}), person=approver)
    assert [bool(one.changes) for one in found.rows] == [True, False, False, False]
    assert "Note mie" in " ".join(found.notes)
    for misspelt in ("titlo", "sintessi", "Descrizzione", "allineamento"):
        with pytest.raises(RefusedError, match=misspelt):
            read_spreadsheet(put(edition, {misspelt: "x"}), person=approver)


def test_notes_beside_the_table_and_a_note_sheet_in_front_do_not_stop_it(edition: Edition, approver: User) -> None:
    book = openpyxl.load_workbook(BytesIO(put(edition, {"titolo": "Nuovo"})))
    book.worksheets[0]["Q7"] = "ricordati"
    note = book.create_sheet("appunti", 0)
    note["A1"] = "Da rivedere"
    file = BytesIO()
    book.save(file)
    found = read_spreadsheet(file.getvalue(), person=approver)
    assert sum(bool(one.changes) for one in found.rows) == 1
    assert "appunti" in " ".join(found.notes)


def new_row(edition: Edition, code: str, title: str) -> bytes:
    def change(rows: list[list[Value]]) -> None:
        for number in range(2):
            made: list[Value] = [""] * len(rows[0])
            made[0], made[1], made[rows[0].index("titolo")] = edition.label, code, f"{title} {number}"
            made[rows[0].index("attori")] = "Comuni"
            rows.append(made)

    return sheets_as(edition, change)


@pytest.mark.parametrize("code", ["1.1", "1.1.", "1.1.3"])
def test_new_rows_propose_new_actions_where_she_may_add_them(code: str) -> None:
    edition = a_small_plan(state="preparation")
    record_import(edition=edition)
    data = new_row(edition, code, "Nuova azione")
    rows = read_spreadsheet(data, person=somebody("administrator")).rows
    assert [one.code for one in rows[4:]] == ["1.1.3", "1.1.4"]
    assert all(one.proposes for one in rows[4:])
    outcomes = propose_rows(person=somebody("administrator"), rows=rows, reason="")
    assert [proposal.code for _row, proposal, _why in outcomes if proposal] == ["1.1.3", "1.1.4"]
    made = Proposal.objects.get(code="1.1.3")
    assert made.content["title_it"] == "Nuova azione 0"
    assert made.content["actors"] == [{"actor": "comuni", "printed": ""}]
    refused = read_spreadsheet(data, person=somebody("approver")).rows[-1]
    assert refused.problems
    assert not refused.proposes


def test_new_rows_of_a_public_edition_are_proposed_by_who_may_change_its_frame(edition: Edition) -> None:
    """With its words: what a sheet has in lists is written once there is one."""
    head = row(1, "edizione", "codice", "titolo", "sintesi")
    data = xlsx(head + row(2, "2021-2023", "1.1", "Tetti verdi", "Coltivare i tetti."))
    editor = somebody("editor", axes=(edition.axes.get(number=1),))
    (told,) = read_spreadsheet(data, person=editor).rows
    assert told.proposes
    ((_row, proposed, why),) = propose_rows(person=editor, rows=[told], reason="Chiesto dai sindaci")
    assert isinstance(proposed, FrameProposal), why
    assert (proposed.state, proposed.reason) == ("draft", "Chiesto dai sindaci")
    assert (proposed.content["title_it"], proposed.content["summary_it"]) == ("Tetti verdi", "Coltivare i tetti.")
    assert Action.objects.count() == 4, "nothing is added before somebody else agrees"
    for stranger in (somebody("editor", axes=(edition.axes.get(number=2),)), somebody("referent")):
        (refused,) = read_spreadsheet(data, person=stranger).rows
        assert "chi redige il loro asse" in refused.problems[0]
        assert not refused.proposes


def test_new_rows_with_lists_in_a_public_edition_or_without_a_title_are_told(edition: Edition) -> None:
    rows = read_spreadsheet(new_row(edition, "1.1.9", "Nuova"), person=somebody("administrator")).rows
    assert "dopo l’approvazione" in rows[-1].problems[0]
    Edition.objects.update(state="preparation")
    head = row(1, "edizione", "codice", "titolo")
    (told,) = read_spreadsheet(xlsx(head + row(2, "2021-2023", "1.1")), person=somebody("administrator")).rows
    assert told.problems
    assert Action.objects.count() == 4


DAMAGED = [
    b"",
    b"PK\x03\x04 niente",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 700,
    b"%PDF-1.7",
    b"\x89PNG\r\n\x1a\n",
    xlsx(""),
    xlsx(row(1, "edizione")),
    xlsx(row(1, "edizione", "codice") + "<row><c"),
    b'edizione;codice\n"2021',
    xlsx(row(1, "edizione", "codice"), styles="<fills><fill/></fills>")[:-40],
    b"\x00" * 50,
    bytes(range(256)) * 20,
    xlsx(row(1, "edizione", "codice"), more={"xl/workbook.xml": "<workbook><sheets>"}),
]


@pytest.mark.parametrize("data", DAMAGED, ids=range(len(DAMAGED)))
def test_a_damaged_file_gives_a_sentence_and_never_an_error(client: Client, edition: Edition, data: bytes) -> None:
    client.force_login(somebody("approver"))
    for language in ("it", "en"):
        with override(language):
            file = SimpleUploadedFile("schede.xlsx", data)
            page = client.post(reverse("desk:spreadsheet"), {"file": file}).content.decode()
            assert "notice-error" in page
    assert not Proposal.objects.exists()


@pytest.fixture
def turin(db: None) -> None:
    load_frameworks()
    load_bundles()
    for edition in Edition.objects.all():
        record_import(edition=edition)


def read_case(name: str) -> SheetRows:
    return read_spreadsheet(case(name), person=somebody("administrator"))


@pytest.mark.slow
def test_the_shared_files_have_their_right_answers(turin: None) -> None:
    one = read_case("s02_formula_no_value.xlsx").rows[0]
    assert (one.code, len(one.problems) > 0, one.proposes) == ("1.1.1", True, False)
    errors = read_case("s03_error_cell.xlsx").rows
    assert [bool(found.problems) for found in errors[:2]] == [True, True]
    assert not [sentence for found in errors for sentence in found.changes if "#NAME" in sentence]
    returned = read_case("s04_carriage_return.xlsx").rows
    said = " ".join(sentence for found in returned for sentence in found.changes)
    assert "Secondo esempio" in said
    assert "_x000D_" not in said
    for name in ("s05_wrong_dimension.xlsx", "s05b_short_dimension.xlsx"):
        rows = read_case(name).rows
        assert len(rows) == 4
        assert rows[3].changes
    filled = read_case("s06_empty_fill.xlsx").rows
    assert [(found.changes, found.problems) for found in filled] == [((), ())] * 4
    for name in ("s07_capital_head.xlsx", "s11_note_first.xlsx", "s12_stray_note.xlsx", "s13_rich_text.xlsx"):
        assert len(read_case(name).rows) == 4
    assert read_case("s14_number_version.xlsx").rows[0].proposes
    for name in ("s09_cut_sheet.xlsx", "s10_cut_workbook.xlsx"):
        with pytest.raises(RefusedError):
            read_case(name)
