"""A real browser in front of the whole site.

    def test_something(page_at, axe):
        page = page_at(390, "en")
        page.goto("/en/")
        axe(page)

`page_at(width, language)` gives a page whose addresses are relative to the test's own server. Every page it gives is
watched: a request to another site, a refusal by the content security policy or an error in a script fails the test.

A test that asks for `wire` too has a network it can cut (see wire.py): its pages find the server through it.
"""

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakSet

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect, sync_playwright

from tests.browser.chromium import ARGUMENTS, executable
from tests.browser.wire import Wire

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
# Every rule is run; only what is wrong is worded and handed over, not the thousands of elements that are right.
AXE_IS_THERE = "typeof window.axe?.run === 'function'"
AXE_RUN = "tags => axe.run({runOnly: tags, resultTypes: ['violations']}).then((found) => found.violations)"
GEOMETRY = Path(__file__).parent / "geometry.js"
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# A loaded machine takes its time, and most of it for the first page: what is waited for is an event, never a moment.
PATIENCE = 40_000
expect.set_options(timeout=PATIENCE)
# The server's own refusals, such as a wrong PIN, are answers; what never got one is another thing.
ANSWERED = "Failed to load resource: the server responded with a status of"
UNREACHED = ("net::ERR_", "Failed to fetch", "network error response")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever stands in this folder drives a browser."""
    for item in items:
        if Path(__file__).parent in Path(item.path).parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """One Chromium for all browser tests; without one they are skipped, except in CI, where that is a failure."""
    path = executable()
    if path is None:
        reason = "no Chromium here: install the system's chromium, or name one in AUMENTA_CHROMIUM"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    if not AXE.exists():
        pytest.fail("node_modules is missing: run `make setup` first")
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    # Playwright keeps an event loop in this thread; Django would refuse to touch the database beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
            yield browser
            browser.close()
    finally:
        if before is None:
            del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
        else:
            os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@pytest.fixture
def wire(live_server: Any) -> Iterator[Wire]:
    """The network between the pages of this test and the server: `cut()` and `mend()` it."""
    one = Wire(live_server.url)
    yield one
    one.close()


@pytest.fixture
def site_address(request: pytest.FixtureRequest, live_server: Any) -> str:
    """Where the pages of this test find the site: through the wire, if the test asks for one."""
    if "wire" in request.fixturenames:
        through: Wire = request.getfixturevalue("wire")
        return through.address
    return str(live_server.url)


class Guard:
    """Collects what no page may do."""

    def __init__(self, addresses: list[str], wire: Wire | None = None) -> None:
        self.own = {urlsplit(address).netloc for address in addresses}
        self.wire = wire
        self.faults: list[str] = []

    def watch(self, context: BrowserContext) -> None:
        """From now on every page of `context` is watched.

        Watched, not intercepted: a page whose requests are intercepted has no cache and waits for this thread. What
        would leave the machine ends in the browser, which knows no other host (chromium.py).
        """
        context.on("request", self._look_where_to)
        context.on("console", self._listen)
        context.on("weberror", lambda error: self.faults.append(f"script error: {error.error}"))

    def _look_where_to(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob", "about", "file", "chrome-error"} and parts.netloc not in self.own:
            self.faults.append(f"a request left the site: {request.url}")

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type != "error" or message.text.startswith(ANSWERED):
            return
        # Without a network a page cannot help these; with one they are faults.
        if any(words in message.text for words in UNREACHED) and self._was_cut_at(message.timestamp / 1000):
            return
        self.faults.append(f"console: {message.text}")

    def _was_cut_at(self, moment: float) -> bool:
        return self.wire is not None and self.wire.was_cut_at(moment)


@pytest.fixture
def guard(request: pytest.FixtureRequest, live_server: Any, site_address: str) -> Iterator[Guard]:
    """What the pages of this test did wrong; anything in it at the end fails the test."""
    wire = request.getfixturevalue("wire") if "wire" in request.fixturenames else None
    watcher = Guard([live_server.url, site_address], wire)
    yield watcher
    assert not watcher.faults, "\n".join(watcher.faults)


PageAt = Callable[..., Page]


@pytest.fixture
def page_at(chromium: Browser, site_address: str, guard: Guard) -> Iterator[PageAt]:
    """`page_at(width=1280, language="it", script=True, height=800)`: a fresh, watched page in its own session.

    With `touch` it has a finger; with `at` its addresses are relative to another one: the server's own, past the wire.
    """
    contexts: list[BrowserContext] = []

    def open_page(
        width: int = 1280,
        language: str = "it",
        script: bool = True,
        height: int = 800,
        touch: bool = False,
        at: str | None = None,
    ) -> Page:
        context = chromium.new_context(
            base_url=at or site_address,
            viewport={"width": width, "height": height},
            locale={"it": "it-IT", "en": "en-GB"}[language],
            timezone_id="Europe/Rome",
            java_script_enabled=script,
            has_touch=touch,
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        guard.watch(context)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    _let_the_server_finish()


def _let_the_server_finish() -> None:
    """Wait until no request of the closed pages is still being answered: it would write into the next test's tables.

    The server keeps one thread for each connection, which ends with it.
    """
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(20)
            assert not thread.is_alive(), "the server still answers a page that was closed 20 seconds ago"


@pytest.fixture
def signed_in(settings: Any, site_address: str) -> Callable[[Page, Any], None]:
    """`signed_in(page, user)`: the page's session belongs to `user` from the next request on."""
    from django.test import Client

    def sign_in(page: Page, user: Any) -> None:
        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie.value, "url": site_address}])

    return sign_in


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """`axe(page)` fails with every accessibility fault of the page as it now stands, and where it is."""
    source = AXE.read_text(encoding="utf-8") if AXE.exists() else ""
    given: WeakSet[BrowserContext] = WeakSet()

    def check(page: Page) -> None:
        if not page.evaluate(AXE_IS_THERE):
            page.evaluate(source)
        if page.context not in given:
            # The browser keeps it for the pages to come: half a megabyte to hand over to each costs a fifth of a look.
            page.context.add_init_script(source)
            given.add(page.context)
        found = page.evaluate(AXE_RUN, AXE_RULES)
        lines = [
            f"{fault['id']}: {fault['help']}\n    " + "\n    ".join(node["html"][:200] for node in fault["nodes"][:5])
            for fault in found
        ]
        assert not lines, f"{page.url}\n" + "\n".join(lines)

    return check


@pytest.fixture(scope="session")
def no_horizontal_scroll() -> Callable[[Page], None]:
    """`no_horizontal_scroll(page)` fails where the page is wider than its window, naming what sticks out."""

    def check(page: Page) -> None:
        outside = page.evaluate(
            """() => {
              const width = document.documentElement.clientWidth
              if (document.documentElement.scrollWidth <= width) return []
              const scrolls = (node) => node && node !== document.body &&
                (/auto|scroll|hidden|clip/.test(getComputedStyle(node).overflowX) || scrolls(node.parentElement))
              return [...document.querySelectorAll('body *')]
                .filter((e) => e.getBoundingClientRect().right > width + 1 && !scrolls(e.parentElement))
                .map((e) => `${e.tagName}.${e.className} ${Math.round(e.getBoundingClientRect().right)} > ${width}`)
                .slice(0, 8).concat('the page scrolls sideways')
            }"""
        )
        assert not outside, f"{page.url}\n" + "\n".join(outside)

    return check


@pytest.fixture(scope="session")
def badly_laid_out() -> Callable[..., list[str]]:
    """`badly_laid_out(page, whole=False, part="body")`: what overlaps, is cut or stands outside its box, in sentences.

    With `whole` all of it must be seen without scrolling, as on a slide.
    """
    # The file is a function with a word before it.
    measure = GEOMETRY.read_text(encoding="utf-8").partition("\n;")[2]

    def check(page: Page, whole: bool = False, part: str = "body") -> list[str]:
        found: list[str] = page.evaluate(measure, {"whole": whole, "from": part})
        return [f"{urlsplit(page.url).path} at {page.viewport_size['width']}: {one}" for one in found]

    return check
