"""Sheets out to a spreadsheet and back: no change is no proposal, a change is exactly that change."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aumenta.people.models import User
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Action, Alignment, Edition, Example, FrameworkItem, Involvement, Link
from aumenta.plan.sheet_content import LISTS, ListName, normal_content, read_content
from aumenta.plan.write_sheet import write_sheet
from aumenta.review.approve import approve
from aumenta.review.models import Proposal
from aumenta.review.propose import propose
from aumenta.review.record import record_import
from aumenta.review.spreadsheet import (
    cell_list,
    list_cell,
    propose_rows,
    read_spreadsheet,
    write_spreadsheet,
)
from aumenta.review.submit import submit
from tests.cast import a_plan, a_small_plan, somebody

pytestmark = pytest.mark.django_db

AWKWARD = [
    "=1+1",
    "+39 011",
    "-",
    "@x",
    "a | b",
    " | ",
    "\\",
    "\\n",
    "a\\|b",
    "|",
    "riga\nriga",
    "«è»",
    "_x000D_",
    "1.10",
    "007",
    "  spazi  ",
    "a\tb",
    "<b>",
    "&amp;",
    "'",
    '"',
    "None",
    "TRUE",
    "12,50 €",
    "é\u0301",
    "🙂",
    "a\\ | \\b",
    "\\\\",
    "x|",
]
TEXT = st.one_of(
    st.sampled_from(AWKWARD), st.lists(st.sampled_from(AWKWARD), max_size=4).map("".join), st.text(max_size=20)
)


@pytest.fixture
def edition() -> Edition:
    edition = a_small_plan()
    record_import(edition=edition)
    return edition


@pytest.fixture
def approver(edition: Edition) -> User:
    return somebody("approver")


def rows_of(*, name: ListName) -> Any:
    row = st.fixed_dictionaries(dict.fromkeys(LISTS[name], TEXT))
    return st.lists(row, max_size=3)


@given(st.data())
def test_every_list_comes_back_from_its_cell(data: Any) -> None:
    name: ListName = data.draw(st.sampled_from(sorted(LISTS)))
    rows = normal_content({name: data.draw(rows_of(name=name))})[name]
    assert normal_content({name: cell_list(name, list_cell(name, rows))})[name] == rows


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(texts=st.lists(TEXT, min_size=12, max_size=12))
def test_export_then_import_without_a_change_proposes_nothing_for_every_field(
    edition: Edition, approver: User, texts: list[str]
) -> None:
    action = Action.objects.of(edition).with_code("1.1.1").get()
    item = FrameworkItem.objects.get(slug="m1c1")
    content = normal_content(
        {
            "title_it": texts[0] or "x",
            "title_en": texts[1],
            "summary_it": texts[2],
            "summary_en": texts[3],
            "description_it": texts[4],
            "description_en": texts[5],
            "examples": [{"text_it": texts[6] or "x", "text_en": texts[7]}],
            "actors": [{"actor": "comuni", "printed": texts[8]}, {"actor": "imprese", "printed": ""}],
            "alignments": [{"framework": "pnrr", "item": item.slug, "role": "primary", "printed": texts[9]}],
            "links": [{"address": "https://esempio.it/?a=1|2", "label": texts[10]}],
        }
    )
    write_sheet(action=action, content=content)
    data = write_spreadsheet(Action.objects.of(edition))
    results = read_spreadsheet(data, person=approver).rows
    assert [(row.changes, row.problems) for row in results] == [((), ())] * 4


def test_a_whole_plan_goes_out_and_comes_back_without_a_proposal() -> None:
    edition = a_plan()
    record_import(edition=edition)
    data = write_spreadsheet(Action.objects.of(edition))
    results = read_spreadsheet(data, person=somebody("administrator")).rows
    assert len(results) == 111
    assert not any(row.changes or row.problems for row in results)
    assert Involvement.objects.exists()
    assert Alignment.objects.exists()
    assert Example.objects.exists()
    assert Link.objects.exists()


def edited(data: bytes, changes: dict[str, str], *, row: int = 2) -> bytes:
    """The workbook with some cells of a row written anew; a heading that is not there is added."""
    book = openpyxl.load_workbook(BytesIO(data))
    page = book.worksheets[0]
    heads = [cell.value for cell in page[1]]
    for head, value in changes.items():
        if head not in heads:
            heads.append(head)
            page.cell(1, len(heads), head)
        page.cell(row, heads.index(head) + 1, value)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_change_is_previewed_in_words_and_becomes_a_draft(edition: Edition, approver: User) -> None:
    data = edited(write_spreadsheet(Action.objects.of(edition)), {"titolo": "Un altro titolo"})
    results = read_spreadsheet(data, person=approver).rows
    assert not Proposal.objects.exists()
    (changed,) = [row for row in results if row.changes]
    assert "Un altro titolo" in changed.changes[0]
    ((_row, proposal, why),) = propose_rows(person=approver, rows=results, reason="Dal foglio")
    assert (why, proposal and proposal.state) == ("", "draft")
    assert Proposal.objects.get().content["title_it"] == "Un altro titolo"


def test_each_bad_row_gets_its_own_message_and_the_good_ones_go_on(edition: Edition, approver: User) -> None:
    editor = somebody("editor", axes=tuple(edition.axes.all()))
    data = write_spreadsheet(Action.objects.of(edition))
    data = edited(data, {"codice": "9.9.9", "titolo": "x"}, row=2)
    data = edited(data, {"titolo": "Nuovo", "versione": "7"}, row=3)
    data = edited(data, {"titolo": ""}, row=4)
    data = edited(data, {"titolo": "Buono"}, row=5)
    results = read_spreadsheet(data, person=editor).rows
    assert "9.9.9" in results[0].problems[0]
    assert "7" in results[1].problems[0]
    assert results[2].problems
    assert results[3].problems == ()
    outcomes = propose_rows(person=editor, rows=results, reason="")
    assert [proposal is not None for _row, proposal, _why in outcomes] == [True]
    assert Proposal.objects.count() == 1


def test_a_sheet_with_an_open_proposal_is_told(edition: Edition, approver: User) -> None:
    action = Action.objects.of(edition).with_code("1.1.1").get()
    propose(person=approver, action=action, content={"title_it": "Aperta"})
    data = edited(write_spreadsheet(Action.objects.of(edition)), {"titolo": "Altro"})
    assert str(approver) in read_spreadsheet(data, person=approver).rows[0].problems[0]


def approved(action: Action, **new: str) -> None:
    """A newer version of the sheet, as somebody else's approved proposal makes it."""
    author, other = somebody("administrator"), somebody("approver")
    proposal = propose(person=author, action=action, content={**read_content(action), **new})
    proposal = submit(person=author, proposal_id=proposal.pk, revision=proposal.revision)
    approve(person=other, proposal_id=proposal.pk, revision=proposal.revision)


def test_a_row_whose_sheet_changed_after_the_export_is_told_and_keeps_the_newer_text(
    edition: Edition, approver: User
) -> None:
    data = edited(write_spreadsheet(Action.objects.of(edition)), {"titolo": "Dal foglio vecchio"})
    approved(Action.objects.of(edition).with_code("1.1.1").get(), title_it="Approvato nel frattempo")
    (row, *others) = read_spreadsheet(data, person=approver).rows
    assert "1" in row.problems[0]
    assert "2" in row.problems[0]
    assert not row.proposes
    assert all(not other.changes and not other.problems for other in others)
    assert propose_rows(person=approver, rows=[row], reason="") == []
    assert Action.objects.of(edition).with_code("1.1.1").get().title_it == "Approvato nel frattempo"


def test_a_row_that_was_not_touched_is_not_told_although_its_sheet_changed(edition: Edition, approver: User) -> None:
    action = Action.objects.of(edition).with_code("1.1.1").get()
    data = write_spreadsheet(Action.objects.of(edition))
    approved(action, title_it="Prima")
    approved(action, title_it="Azione 1.1.1")  # back to what the file says
    (row, *_others) = read_spreadsheet(data, person=approver).rows
    assert (row.changes, row.problems) == ((), ())


def test_a_sheet_that_changes_between_the_preview_and_the_press_is_kept_and_the_others_go_on(
    edition: Edition, approver: User
) -> None:
    data = edited(write_spreadsheet(Action.objects.of(edition)), {"titolo": "Uno"}, row=2)
    rows = read_spreadsheet(edited(data, {"titolo": "Due"}, row=3), person=approver).rows
    approved(Action.objects.of(edition).with_code("1.1.1").get(), title_it="Approvato nel frattempo")
    outcomes = {row.code: (proposal, why) for row, proposal, why in propose_rows(person=approver, rows=rows, reason="")}
    assert outcomes["1.1.1"][0] is None
    assert outcomes["1.1.1"][1]
    assert outcomes["1.1.2"][0] is not None
    assert [proposal.code for proposal in Proposal.objects.open()] == ["1.1.2"]


def test_a_column_that_is_left_out_keeps_what_the_sheet_says(edition: Edition, approver: User) -> None:
    book = openpyxl.load_workbook(BytesIO(write_spreadsheet(Action.objects.of(edition))))
    page = book.worksheets[0]
    page.delete_cols([cell.value for cell in page[1]].index("descrizione") + 1)
    file = BytesIO()
    book.save(file)
    rows = read_spreadsheet(edited(file.getvalue(), {"titolo": "Nuovo"}), person=approver).rows
    assert rows[0].content is not None
    assert rows[0].content["description_it"] == "<p>La rete ciclabile collega i comuni.</p>"
    assert [bool(row.changes) for row in rows] == [True, False, False, False]


def test_a_referent_can_not_reach_others_sheets_through_a_file(edition: Edition) -> None:
    own = Action.objects.of(edition).with_code("1.1.1").get()
    data = edited(write_spreadsheet(Action.objects.of(edition)), {"titolo": "Altro"}, row=3)
    results = read_spreadsheet(data, person=somebody("referent", answers_for=(own,))).rows
    assert [bool(row.problems) for row in results] == [False, True, True, True]


def test_an_unknown_column_refuses_the_file(edition: Edition, approver: User) -> None:
    data = edited(write_spreadsheet(Action.objects.of(edition)), {"titlo": "x"})
    with pytest.raises(RefusedError, match="titlo"):
        read_spreadsheet(data, person=approver)


@pytest.mark.parametrize("data", [b"", b"codice;titolo\n1.1.1;x", b"PK\x03\x04 niente"])
def test_what_is_no_spreadsheet_is_refused_in_words(data: bytes, approver: User) -> None:
    with pytest.raises(RefusedError):
        read_spreadsheet(data, person=approver)
