"""Find in a browser: filters answer at once without losing the place; without script the button does the same."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.cast import a_plan

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "/it/2021-2023/azioni/"


@pytest.fixture
def plan() -> None:
    a_plan()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_filter_answers_at_once_keeps_focus_and_can_be_undone_by_going_back(
    plan: None, page_at: Callable[..., Page], width: int
) -> None:
    page = page_at(width)
    page.goto(ADDRESS)
    page.evaluate("window.same = true")
    box = page.locator('.filters input[name=asse][value="2"]')
    box.scroll_into_view_if_needed()
    box.focus()
    before = box.bounding_box()
    page.keyboard.press("Space")
    page.wait_for_url("**/?asse=2")
    expect(box).to_be_checked()
    expect(box).to_be_focused()
    after = box.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(before["y"] - after["y"]) < 2, "what is read does not jump"
    expect(page.locator("#risposta-detta")).to_contain_text("su 111")
    page.go_back()
    expect(box).not_to_be_checked()
    assert page.evaluate("window.same"), "the page was never left"


def test_without_script_the_button_applies_the_filters(plan: None, page_at: Callable[..., Page]) -> None:
    page = page_at(script=False)
    page.goto(ADDRESS)
    page.locator('.filters input[name=asse][value="2"]').check()
    page.locator(".filter-buttons button").click()
    page.wait_for_url("**asse=2**")
    expect(page.locator("#risultati")).to_contain_text("su 111")
