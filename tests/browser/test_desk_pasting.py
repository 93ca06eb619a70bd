"""What is pasted into the editor is what everybody will read: rows of cells, lists, nothing that was struck out."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from aumenta.people.models import User
from aumenta.review.models import Proposal
from tests.cast import a_small_plan, somebody

pytestmark = pytest.mark.django_db(transaction=True)

PASTE = """(field, clipboard) => {
  const data = new DataTransfer()
  for (const [kind, text] of Object.entries(clipboard)) data.setData(kind, text)
  field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
}"""
TABLE = "<table><tr><td>2025</td><td>1.000&nbsp;€</td></tr><tr><td>2026</td><td>2.000&nbsp;€</td></tr></table>"


def test_a_table_a_list_and_a_deletion_are_pasted_as_they_look(
    page_at: Callable[..., Page], signed_in: Callable[[Page, User], None]
) -> None:
    page = page_at()
    signed_in(page, somebody("editor", axes=tuple(a_small_plan().axes.all())))
    page.goto("/it/scrivania/schede/2021-2023/1.1.1/")
    page.wait_for_selector(".ProseMirror")
    editor = page.locator('.ProseMirror[aria-labelledby="description_it-label"]')
    editor.click()
    page.keyboard.press("Control+End")
    editor.evaluate(PASTE, {"text/html": f"<p> Con <del>due</del>tre voci.</p>{TABLE}", "text/plain": "x"})
    editor.evaluate(PASTE, {"text/plain": "•\tuno\n•\tdue"})
    expect(editor.locator("li").last).to_have_text("due")
    page.get_by_role("button", name="Salva la bozza").click()
    expect(page.locator("#status")).to_contain_text("Bozza salvata")
    words = Proposal.objects.get().content["description_it"]
    assert "Con tre voci.</p><p>2025 | 1.000 €</p><p>2026 | 2.000 €" in words
    assert "uno" in words
    assert "due</" in words
    assert "•" not in words
