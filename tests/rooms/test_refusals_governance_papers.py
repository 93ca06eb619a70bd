"""Every way in which annexes, instruments and ties are refused: each met once."""

from datetime import date
from typing import Any
from unittest.mock import patch

import pytest
from django.urls import reverse

from aumenta.governance.coherence.keep import add_version, import_items, judge, settle
from aumenta.governance.coherence.propose import propose_ties
from aumenta.governance.road.annexes import MOST_BYTES, add_annex, drop_annex
from aumenta.plan.models import Action
from tests.attachments_made import a_pdf_with_a_program
from tests.cast import a_small_plan
from tests.documents_made import others_being_read
from tests.governance_cast import a_small_territory, an_act, an_instrument, chief
from tests.governance_walks import adopted
from tests.media_cast import a_pdf
from tests.refusals_met import Refusals, page_after

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_2029")]
REFUSALS = Refusals()
PDF = a_pdf()


def add(data: bytes | None = None, title: str = "Relazione", **facts: Any) -> Any:
    return add_annex(person=chief(), act=an_act(), data=PDF if data is None else data, title=title, **facts)


@REFUSALS.get("annex_empty")
def an_annex_has_no_bytes() -> object:
    return add(b"")


@REFUSALS.get("annex_title_required")
def an_annex_has_no_title() -> object:
    return add(title=" ")


@REFUSALS.get("annex_too_large")
def an_annex_is_too_large() -> object:
    return add(b"%PDF-" + bytes(MOST_BYTES))


@REFUSALS.get("annex_wrong_kind")
def an_annex_is_a_picture() -> object:
    return add(b"GIF89a")


@REFUSALS.get("annex_busy")
def an_annex_comes_while_others_are_read() -> object:
    with others_being_read():
        return add()


@REFUSALS.get("annex_damaged")
def an_annex_cannot_be_opened() -> object:
    return add(b"%PDF-1.7 niente")


@REFUSALS.get("annex_has_macros")
def an_annex_holds_a_program() -> object:
    return add(a_pdf_with_a_program())


@REFUSALS.get("annex_twice")
def one_file_is_added_twice() -> object:
    add()
    return add(title="La stessa")


@REFUSALS.get("annex_signed")
def a_signed_annex_is_taken_away() -> object:
    return drop_annex(person=chief(), annex=add(signed=True))


@REFUSALS.get("annex_decided_on")
def an_annex_of_an_adopted_act_is_taken_away() -> object:
    annex = add()
    adopted()
    return drop_annex(person=chief(), annex=annex)


def version(**facts: Any) -> object:
    given = {"territory": a_small_territory(), "kind": "dup", "name_it": "Strumento di prova", "label": "1", **facts}
    return add_version(person=chief(), **given)


@REFUSALS.get("instrument_name_required")
def an_instrument_has_no_name() -> object:
    return version(name_it=" ")


@REFUSALS.get("version_required")
def a_version_has_no_name() -> object:
    return version(label=" ")


@REFUSALS.get("version_twice")
def a_version_is_entered_twice() -> object:
    return version(label=an_instrument().label)


@REFUSALS.get("horizon_before_start")
def an_instrument_ends_before_it_begins() -> object:
    return version(from_day=date(2026, 1, 1), horizon=2025)


def items(table: str) -> object:
    return import_items(person=chief(), version=an_instrument(), data=table.encode())


@REFUSALS.get("items_columns")
def a_table_of_items_has_other_columns() -> object:
    return items("numero,nome\n1,Uno\n")


@REFUSALS.get("too_many_items")
def a_table_of_items_is_too_long() -> object:
    return items("codice,titolo\n" + "".join(f"{n},Voce {n}\n" for n in range(2001)))


@REFUSALS.get("item_row")
def an_item_has_no_code() -> object:
    return items("codice,titolo\nC1,Uno\n,Due\n")


@REFUSALS.get("item_twice")
def a_code_stands_in_two_rows() -> object:
    return items("codice,titolo\nC1,Uno\nC1,Due\n")


@REFUSALS.get("item_parent_unknown")
def an_item_is_part_of_nothing_there_is() -> object:
    return items("codice,titolo,parte di\nC1,Uno,Z9\n")


@REFUSALS.get("item_level_unknown")
def an_item_is_on_an_odd_level() -> object:
    return items("codice,titolo,livello\nC1,Uno,nuvola\n")


def tie(kind: str, **facts: Any) -> Any:
    action = Action.objects.of(a_small_plan()).select_related("strategy__axis")[0]
    return judge(person=chief(), action=action, item=an_instrument().items.all()[0], kind=kind, **facts)


@REFUSALS.get("bad_tie")
def a_sheet_perhaps_implements() -> object:
    return tie("perhaps")


@REFUSALS.get("tie_reason_required")
def a_sheet_is_not_pertinent_and_nobody_says_why() -> object:
    return tie("not_pertinent")


@REFUSALS.get("conflict_needs_owner")
def a_conflict_is_nobodys() -> object:
    return tie("conflicts", reason="Tempi")


@REFUSALS.get("not_in_conflict")
def what_is_no_conflict_is_settled() -> object:
    return settle(person=chief(), tie=tie("implements"), how="Rivisto")


@REFUSALS.get("ties_changed_meanwhile")
def a_colleague_judged_the_sheet_meanwhile() -> object:
    action = tie("implements").action
    label = action.strategy.axis.edition.label
    address = reverse("desk:judged", args=[an_instrument().pk, label, action.code])
    return page_after(address, {"seen": ""})


@REFUSALS.get("item_municipality_unknown")
def an_item_names_a_municipality_there_is_not() -> object:
    return import_items(person=chief(), version=an_instrument(), data=b"codice,titolo,comuni\nC1,Uno,Atlantide\n")


def cells(*sent: str) -> object:
    if not Action.objects.exists():
        a_small_plan()
    return page_after(reverse("desk:instrument", args=[an_instrument().pk]), {"verb": "cells", "cell": list(sent)})


@REFUSALS.get("too_many_cells")
def more_cells_are_marked_than_are_taken_at_once() -> object:
    return cells(*["1:1::implements"] * 501)


@REFUSALS.get("cell_gone")
def a_cell_is_marked_that_is_no_longer_there() -> object:
    return cells("999999:1::implements")


@REFUSALS.get("conflict_in_its_sheet")
def a_conflict_is_marked_in_the_grid() -> object:
    action, item = tie("implements").action, an_instrument().items.order_by("-position")[0]
    return cells(f"{action.pk}:{item.pk}::conflicts")


@REFUSALS.get("items_without_words")
def ties_are_proposed_for_items_without_titles() -> object:
    an_instrument().items.update(level="whole")
    edition = tie("implements").action.strategy.axis.edition
    return propose_ties(person=chief(), edition=edition, version=an_instrument())


@REFUSALS.get("plan_being_read")
def ties_are_proposed_while_the_plan_is_being_read() -> object:
    edition = tie("implements").action.strategy.axis.edition
    with patch("aumenta.governance.coherence.propose.actions_plan_soon", return_value="preparing"):
        return propose_ties(person=chief(), edition=edition, version=an_instrument())


@pytest.mark.parametrize("code", sorted(REFUSALS.attempts))
def test_it_is_refused_with_a_sentence_that_is_whole(code: str) -> None:
    REFUSALS.check(code)
