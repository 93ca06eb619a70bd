"""A real browser in front of the whole site.

    def test_something(page_at, axe):
        page = page_at(390, "en")
        page.goto("/en/")
        axe(page)

`page_at(width, language)` gives a page whose addresses are relative to the test's own server. Every page it gives is
watched: a request to another site, a refusal by the content security policy or an error in a script fails the test.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Route, sync_playwright

from tests.browser.chromium import ARGUMENTS, executable

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SECONDS = 1000


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


class Guard:
    """Collects what no page may do."""

    def __init__(self, address: str) -> None:
        self.own = urlsplit(address).netloc
        self.faults: list[str] = []

    def watch(self, context: BrowserContext) -> None:
        """From now on every page of `context` is watched, and requests to other sites are stopped."""
        context.route(lambda address: not self._is_own(address), self._refuse)
        context.on("console", self._listen)
        context.on("weberror", lambda error: self.faults.append(f"script error: {error.error}"))

    def _is_own(self, address: str) -> bool:
        parts = urlsplit(address)
        return parts.scheme in {"data", "blob", "about"} or parts.netloc == self.own

    def _refuse(self, route: Route) -> None:
        self.faults.append(f"a request left the site: {route.request.url}")
        route.abort()

    def _listen(self, message: ConsoleMessage) -> None:
        text = message.text
        if message.type == "error" and not text.startswith("Failed to load resource"):
            self.faults.append(f"console: {text}")


@pytest.fixture
def guard(live_server: Any) -> Iterator[Guard]:
    """What the pages of this test did wrong; anything in it at the end fails the test."""
    watcher = Guard(live_server.url)
    yield watcher
    assert not watcher.faults, "\n".join(watcher.faults)


PageAt = Callable[..., Page]


@pytest.fixture
def page_at(chromium: Browser, live_server: Any, guard: Guard) -> Iterator[PageAt]:
    """`page_at(width=1280, language="it", script=True, height=800)`: a fresh, watched page in its own session."""
    contexts: list[BrowserContext] = []

    def open_page(width: int = 1280, language: str = "it", script: bool = True, height: int = 800) -> Page:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            locale={"it": "it-IT", "en": "en-GB"}[language],
            timezone_id="Europe/Rome",
            java_script_enabled=script,
            reduced_motion="reduce",
        )
        # Generous: the first page of a run is slow on a busy machine, and that is no fault of the page.
        context.set_default_timeout(20 * SECONDS)
        guard.watch(context)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def signed_in(settings: Any, live_server: Any) -> Callable[[Page, Any], None]:
    """`signed_in(page, user)`: the page's session belongs to `user` from the next request on."""
    from django.test import Client

    def sign_in(page: Page, user: Any) -> None:
        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie.value, "url": live_server.url}]
        )

    return sign_in


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """`axe(page)` fails with every accessibility fault of the page as it now stands, and where it is."""
    source = AXE.read_text(encoding="utf-8") if AXE.exists() else ""

    def check(page: Page) -> None:
        page.evaluate(source)
        found = page.evaluate("tags => axe.run({runOnly: tags})", AXE_RULES)["violations"]
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
