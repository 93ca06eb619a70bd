"""The grid of coherence from the keyboard: arrows, numbers, one save; a conflict is written on its sheet's page."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from aumenta.governance.models import Tie
from aumenta.plan.models import Action
from tests.cast import a_small_plan
from tests.governance_cast import an_instrument, chief

pytestmark = pytest.mark.django_db(transaction=True)


def test_cells_are_judged_from_the_keyboard_and_saved_at_once(
    page_at: Callable[..., Page], signed_in: Callable[[Page, Any], None], axe: Callable[[Page], None]
) -> None:
    edition, version = a_small_plan(), an_instrument()
    first, second = Action.objects.of(edition)[:2]
    page = page_at()
    signed_in(page, chief())
    page.goto(f"/it/scrivania/coerenza/{version.pk}/")
    cells = page.locator("a[data-cell]")
    assert page.locator("a[data-cell][tabindex='0']").count() == 1, "Tab goes through the grid in one step"
    cells.first.focus()
    for key in ("1", "ArrowRight", "5", "ArrowDown", "3", "2", "ArrowLeft", "1", "0", "ArrowUp", "ArrowUp"):
        page.keyboard.press(key)
    expect(page.locator("[data-ties-said]")).to_have_text("Segnate, ancora da salvare: 3")
    expect(cells.first).to_be_focused()
    axe(page)
    page.get_by_label("Perché").fill("Parla d'altro")
    page.get_by_role("button", name="Salva le celle segnate").click()
    expect(page.get_by_text("Celle valutate: 3.")).to_be_visible()
    assert set(Tie.objects.values_list("action", "item__code", "kind", "reason")) == {
        (first.pk, "A", "implements", ""),
        (first.pk, "B", "not_pertinent", "Parla d'altro"),
        (second.pk, "B", "contributes", ""),
    }
    page.locator("a[data-cell]").nth(2).focus()
    page.keyboard.press("4")
    expect(page).to_have_url(
        f"/it/scrivania/coerenza/{version.pk}/{edition.label}/{second.code}/#voce-{version.items.first().pk}"
    )
