"""The browser tests themselves: a guard that never bites would guard nothing."""

import pytest
from playwright.sync_api import Error as PlaywrightError

pytestmark = [pytest.mark.urls("tests.browser.urls_with_style_guide"), pytest.mark.django_db(transaction=True)]


def test_the_guard_sees_a_request_that_leaves_the_site(page_at, guard):
    page = page_at()
    page.goto("/it/guida-stile/")
    with page.expect_console_message(lambda message: "example.org" in message.text):
        page.evaluate("fetch('https://example.org/').catch(() => {})")
    assert any("example.org" in fault for fault in guard.faults)
    guard.faults.clear()


def test_the_guard_sees_a_style_that_the_policy_refuses(page_at, guard):
    page = page_at()
    page.goto("/it/guida-stile/")
    with page.expect_console_message(lambda message: "style" in message.text):
        page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">x</p>')")
    assert any("Content Security Policy" in fault for fault in guard.faults)
    guard.faults.clear()


def test_a_cut_wire_is_cut_for_pages_that_open_later_too_and_mended_for_all(page_at, wire):
    page = page_at()
    page.goto("/it/guida-stile/")
    wire.cut()
    later = page.context.new_page()
    for one in (page, later):
        with pytest.raises(PlaywrightError, match="net::ERR_"):
            one.goto("/it/guida-stile/")
    wire.mend()
    for one in (page, later):
        # The failed page is still on its way to the browser's own error page; a visit that begins before it is
        # there would be broken off by it.
        one.wait_for_url("chrome-error://**")
    for one in (page, later):
        assert _visited(one) == 200


def _visited(page):
    """The status of the page, asked for again where the browser's own second attempt broke the visit off."""
    for _attempt in range(20):
        try:
            return page.goto("/it/guida-stile/").status
        except PlaywrightError as fault:
            if "interrupted by another navigation" not in str(fault):
                raise
    return None


def test_the_guard_forgives_that_nothing_answers_only_while_the_wire_is_cut(page_at, wire, guard):
    page = page_at()
    page.goto("/it/guida-stile/")
    page.context.route("**/perduta/", lambda route: route.abort())
    with page.expect_console_message(lambda message: "net::ERR_" in message.text):
        page.evaluate("fetch('/perduta/').catch(() => {})")
    assert any("net::ERR_FAILED" in fault for fault in guard.faults)
    guard.faults.clear()
    wire.cut()
    with page.expect_console_message(lambda message: "net::ERR_" in message.text):
        page.evaluate("fetch('/it/guida-stile/').catch(() => {})")
    assert not guard.faults


def test_axe_finds_a_picture_without_words(page_at, axe):
    page = page_at()
    page.goto("/it/guida-stile/")
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    with pytest.raises(AssertionError, match="image-alt"):
        axe(page)


def test_the_scroll_check_finds_what_sticks_out(page_at, no_horizontal_scroll):
    page = page_at(320)
    page.goto("/it/guida-stile/")
    page.evaluate("""() => {
      const wide = document.createElement('p'); wide.className = 'too-wide'; wide.textContent = 'x'.repeat(9)
      wide.style.width = '900px'; document.querySelector('main').append(wide)
    }""")
    with pytest.raises(AssertionError, match="too-wide"):
        no_horizontal_scroll(page)
