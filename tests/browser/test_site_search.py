"""The box in the header of every page: suggestions by keyboard, and a plain form where no script runs."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.cast import a_plan

pytestmark = pytest.mark.django_db(transaction=True)


def test_suggestions_are_walked_by_keyboard_announced_and_left_with_escape(page_at: Callable[..., Page]) -> None:
    a_plan()
    page = page_at(1280)
    page.goto("/it/eventi/")
    box = page.get_by_role("combobox", name="Cerca in tutto il sito")
    box.press_sequentially("pnrr")
    options = page.get_by_role("listbox").get_by_role("option")
    expect(options.first).to_contain_text("PNRR")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".site-search [role=status]")).to_contain_text("suggeriment")
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", options.first.get_attribute("id") or "-")
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("pnrr")
    box.press("ArrowDown")
    expect(options.first).to_be_visible()
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url("**/quadri/pnrr/")


def test_enter_without_a_choice_and_a_page_without_script_both_lead_to_the_results(
    page_at: Callable[..., Page],
) -> None:
    a_plan()
    for script in (True, False):
        page = page_at(390, script=script)
        page.goto("/it/eventi/")
        page.locator("#cerca-nel-sito").fill("mobilità")
        page.locator("#cerca-nel-sito").press("Enter")
        page.wait_for_url("**/cerca/?q=mobilit*")
        expect(page.get_by_role("heading", level=1)).to_have_text("Cerca in tutto il sito")
