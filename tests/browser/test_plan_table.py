"""The picture of the whole plan, as eye, pointer, finger and keyboard meet it."""

import pytest
from playwright.sync_api import Locator, expect

from aumenta.plan.load_bundle import load_bundles
from tests.database import fill_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def turin():
    fill_once("turin", load_bundles)


def is_open(card: Locator, is_it: bool = True) -> None:
    """Wait until a card is shown, or, with False, until it is there for screen readers alone."""
    wide = "e => e.getBoundingClientRect().width" + (" > 200" if is_it else " <= 1")
    card.page.wait_for_function(wide, arg=card.element_handle())


@pytest.mark.parametrize("language", ["it", "en"])
def test_the_whole_plan_is_seen_at_a_desk_without_scrolling(turin, page_at, language):
    page = page_at(1280, language, height=800)
    page.goto(f"/{language}/")
    assert page.locator(".plan-table .square").count() == 111
    assert page.locator(".plan-axes").evaluate("e => e.getBoundingClientRect().bottom") <= 800


def test_pointing_at_a_square_shows_its_title_and_sentence(turin, page_at):
    page = page_at()
    page.goto("/it/")
    square = page.locator(".square").nth(30)
    card = square.locator(".square-card")
    is_open(card, False)
    square.hover()
    is_open(card)
    assert len(card.inner_text().strip().splitlines()) >= 2


def test_no_card_leaves_the_window(turin, page_at):
    page = page_at(1280, height=800)
    page.goto("/it/")
    squares = page.locator(".square")
    for i in range(0, 111, 5):
        squares.nth(i).focus()
        is_open(squares.nth(i).locator(".square-card"))
        box = squares.nth(i).locator(".square-card").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 1280


def test_escape_shuts_a_card_and_the_keyboard_stays_where_it_was(turin, page_at):
    page = page_at()
    page.goto("/it/")
    square = page.locator(".square").first
    square.focus()
    card = square.locator(".square-card")
    is_open(card)
    page.keyboard.press("Escape")
    is_open(card, False)
    expect(square).to_be_focused()


def test_arrows_walk_from_square_to_square(turin, page_at):
    page = page_at()
    page.goto("/it/")
    page.locator(".square").first.focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.firstChild.textContent") == "1.1.2"
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.firstChild.textContent").startswith("1.2.")


def test_the_keyboard_can_leave_the_table_at_once(turin, page_at):
    page = page_at()
    page.goto("/it/")
    page.locator(".skip-table").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.closest('.plan-table')")


def test_a_first_tap_shows_the_card_and_says_that_a_second_opens_the_sheet(turin, page_at):
    page = page_at(820, height=1100, touch=True)
    page.goto("/it/")
    square = page.locator(".square").nth(3)
    square.tap()
    is_open(square.locator(".square-card"))
    assert page.url.endswith("/it/")
    assert "Tocca di nuovo" in square.locator(".square-card").inner_text()
    square.tap()
    page.wait_for_url("**/azioni/**")


@pytest.mark.parametrize("width", [320, 390])
def test_on_a_phone_the_titles_of_all_actions_are_a_list_and_one_tap_opens_a_sheet(turin, page_at, width):
    page = page_at(width, height=844, touch=True)
    page.goto("/it/")
    titles = page.locator(".square .square-card b")
    assert titles.count() == 111
    shown = titles.evaluate_all(
        "all => all.filter(e => e.getBoundingClientRect().width > 100 && getComputedStyle(e).clip === 'auto').length"
    )
    assert shown == 111
    lefts = titles.evaluate_all("all => all.map(e => Math.round(e.getBoundingClientRect().left / 24))")
    assert len(set(lefts)) == 1, "one under the other"
    page.locator(".square").nth(3).tap()
    page.wait_for_url("**/azioni/**")


def test_without_script_every_square_is_a_link_to_its_sheet(turin, page_at):
    page = page_at(390, script=False)
    page.goto("/it/")
    page.locator(".square").nth(5).click()
    page.wait_for_url("**/azioni/**")


def test_the_table_stacks_on_a_phone_with_targets_a_finger_can_hit(turin, page_at, no_horizontal_scroll):
    page = page_at(320)
    page.goto("/it/")
    no_horizontal_scroll(page)
    lefts = page.locator(".plan-axis").evaluate_all("all => all.map(e => Math.round(e.getBoundingClientRect().left))")
    assert len(set(lefts)) == 1
    smallest = page.locator(".square").evaluate_all(
        "all => Math.min(...all.map(e => Math.min(e.offsetWidth, e.offsetHeight)))"
    )
    assert smallest >= 44


def test_the_whole_plan_prints_in_its_columns(turin, page_at):
    page = page_at(1280)
    page.goto("/it/")
    page.emulate_media(media="print")
    tops = page.locator(".plan-axis").evaluate_all("all => all.map(e => Math.round(e.getBoundingClientRect().top))")
    assert len(set(tops)) == 1
    assert not page.locator(".site-nav").is_visible()
    assert page.locator(".square").last.is_visible()
