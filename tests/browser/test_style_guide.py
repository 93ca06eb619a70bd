"""Every component, in a real browser, as everybody may meet it."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.urls("tests.browser.urls_with_style_guide"), pytest.mark.django_db(transaction=True)]

ADDRESS = "/{}/guida-stile/"


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("width", [1280, 390])
def test_no_component_shuts_anybody_out(page_at, axe, width, language):
    page = page_at(width, language)
    page.goto(ADDRESS.format(language))
    axe(page)


def test_no_component_scrolls_sideways_on_the_smallest_phone(page_at, no_horizontal_scroll):
    page = page_at(320)
    page.goto(ADDRESS.format("it"))
    no_horizontal_scroll(page)


def test_the_menu_of_a_phone_opens_by_keyboard_and_closes_with_escape(page_at):
    page = page_at(390)
    page.goto(ADDRESS.format("it"))
    opener = page.locator(".nav-opener")
    expect(page.locator("#menu")).to_be_hidden()
    opener.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#menu")).to_be_visible()
    expect(opener).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(page.locator("#menu")).to_be_hidden()
    expect(opener).to_be_focused()


def test_without_script_the_menu_stands_open_on_a_phone(page_at):
    page = page_at(390, script=False)
    page.goto(ADDRESS.format("it"))
    assert page.locator("#menu").is_visible()
    assert not page.locator(".nav-opener").is_visible()


def test_the_language_switch_keeps_the_page(page_at):
    page = page_at(1280)
    page.goto(ADDRESS.format("it") + "?ordina=titolo")
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(re.compile(r"/en/guida-stile/\?ordina=titolo$"))


def test_the_first_press_of_tab_offers_to_skip_to_the_content(page_at):
    page = page_at(1280)
    page.goto(ADDRESS.format("it"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#contenuto"
    box = page.locator(".skiplinks a").first.bounding_box()
    assert box is not None
    assert box["height"] > 20


def test_a_message_can_be_put_away(page_at):
    page = page_at(1280)
    page.goto(ADDRESS.format("it"))
    page.locator(".notice-close").first.click()
    expect(page.locator(".notes .notice")).to_have_count(0)
