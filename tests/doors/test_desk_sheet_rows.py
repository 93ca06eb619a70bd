"""The rows that a plan prints under labels of its own: written, approved and shown like the rest of a sheet."""

import pytest
from django.test import Client
from django.urls import reverse

from aumenta.people.models import User
from aumenta.plan.models import Action, Edition, SheetRow
from aumenta.review.approve import approve
from aumenta.review.models import Proposal
from aumenta.review.sentences import RowNames, change_sentences
from aumenta.review.spreadsheet.cells import cell_list, list_cell
from aumenta.review.submit import submit
from tests.cast import a_small_plan, somebody
from tests.desk_cast import address, fields_of

pytestmark = pytest.mark.django_db
COSTS = {"label": "Costi", "text_it": "Due milioni, dal 2027", "text_en": "Two million, from 2027"}


@pytest.fixture
def edition() -> Edition:
    return a_small_plan()


@pytest.fixture
def action(edition: Edition) -> Action:
    action = Action.objects.of(edition).with_code("1.1.1").get()
    SheetRow.objects.create(action=action, position=1, label="Tempi", text_it="Entro il 2026")
    return action


@pytest.fixture
def editor(edition: Edition) -> User:
    return somebody("editor", axes=tuple(edition.axes.all()))


def _saved(client: Client, editor: User, action: Action, **rows: str) -> Proposal:
    client.force_login(editor)
    typed = {name.replace("_", "-", 2): value for name, value in rows.items()}
    client.post(address("sheet", action), {**fields_of(client, action), **typed, "save": "1"})
    return Proposal.objects.get()


def test_a_row_that_stands_and_a_new_one_come_back_from_the_form(client: Client, editor: User, action: Action) -> None:
    new = {f"rows_1_{key}": value for key, value in COSTS.items()}
    proposal = _saved(client, editor, action, **new)
    assert proposal.content["rows"] == [{"label": "Tempi", "text_it": "Entro il 2026", "text_en": ""}, COSTS]


def test_an_approved_row_is_on_the_public_sheet_and_says_what_changed(
    client: Client, editor: User, action: Action
) -> None:
    held = _saved(client, editor, action, rows_0_text_it="Entro il 2028")
    names = RowNames([held.content], "it")
    before = {**held.content, "rows": [{"label": "Tempi", "text_it": "Entro il 2026", "text_en": ""}]}
    assert any("Tempi: Entro il 2028" in sentence for sentence in change_sentences(before, held.content, names))
    sent = submit(person=editor, proposal_id=held.pk, revision=held.revision)
    approve(person=somebody("approver"), proposal_id=sent.pk, revision=sent.revision)
    assert list(action.rows.values_list("label", "text_it")) == [("Tempi", "Entro il 2028")]
    client.logout()
    page = client.get(reverse("site:action", args=[action.strategy.axis.edition.label, action.code]))
    assert '<dt lang="it">Tempi</dt>' in (shown := page.content.decode())
    assert "<dd>Entro il 2028</dd>" in shown
    assert "<dd>Entro il 2026</dd>" not in shown


@pytest.mark.parametrize(
    ("label", "text", "said"),
    [
        ("Costi", "", "Alla riga «Costi» servono un’etichetta e un testo in italiano"),
        ("", "Due milioni", "Alla riga «Due milioni» servono"),
        ("c" * 201, "Due milioni", "Troppo lungo: al massimo 200 caratteri."),
    ],
)
def test_half_a_row_and_too_long_a_label_are_said_beside_the_rows(
    client: Client, editor: User, action: Action, label: str, text: str, said: str
) -> None:
    client.force_login(editor)
    typed = {**fields_of(client, action), "rows-1-label": label, "rows-1-text_it": text, "submit": "1"}
    page = client.post(address("sheet", action), typed, follow=True)
    assert said in page.content.decode()
    assert not Proposal.objects.filter(state=Proposal.State.SUBMITTED).exists()


def test_rows_go_through_a_spreadsheet_and_back() -> None:
    rows = [COSTS, {"label": "Tempi | modi", "text_it": "riga\\una", "text_en": ""}]
    assert cell_list("rows", list_cell("rows", rows)) == rows
