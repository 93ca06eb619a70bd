"""Every button that writes, pressed once in a real browser: what leaves it is taken by the site, and undone.

The buttons are found in the pages as they stand once their scripts have run, so a new one is pressed by being there.
Another test sends each form without a browser (tests/doors/test_every_form.py); here a script that holds a press back,
a field that no browser lets go and a button outside its form are met too.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.test import Client
from playwright.sync_api import FilePayload, Page, Request, Route
from playwright.sync_api import TimeoutError as NothingSentError

from tests.browser.conftest import PATIENCE
from tests.cast import a_small_plan, somebody
from tests.desk_things import ROUTES
from tests.pages_with_forms import ENTRANCE, addresses, pages_forms, public_things

pytestmark = pytest.mark.django_db(transaction=True)

PARTS = 3
"""The pages are dealt out, so that several processes share them."""
BUTTONS = """() => [...document.forms].flatMap((form, at) => form.method !== 'post' ? [] :
  [...form.elements].filter((one) => one.type === 'submit').map((button, place) => {
    const path = new URL(button.getAttribute('formaction') || form.getAttribute('action') || location.pathname,
      location).pathname.replace(/\\/\\d+(?=\\/)/g, '/0')
    const names = [...new Set([...form.elements].map((one) => one.name).filter(Boolean))].sort().join(' ')
    return { form: at, button: place, path, names,
      value: `${button.name}=${button.name ? button.value.replace(/\\d+/g, '0') : ''}` }
  }))"""
PRESS = """([form, button]) => {
  const whole = document.forms[form]
  document.querySelectorAll('details').forEach((one) => { one.open = true })
  const words = { email: 'ada@esempio.it', url: 'https://esempio.it/', date: '2026-05-03', time: '10:00',
    'datetime-local': '2026-05-03T10:00', tel: '0110000000' }
  for (const one of whole.elements) {
    if (!one.willValidate || one.validity.valid || one.type === 'file') continue
    if (one.type === 'checkbox' || one.type === 'radio') one.checked = true
    else if (one.tagName === 'SELECT') one.selectedIndex = one.options.length - 1
    else if (one.type === 'number') one.value = one.min || '1'
    else one.value = words[one.type] || 'Testo di prova'
    one.dispatchEvent(new Event('input', { bubbles: true }))
    one.dispatchEvent(new Event('change', { bubbles: true }))
  }
  // By its place among them: editors put buttons of their own into the form.
  ;[...whole.elements].filter((one) => one.type === 'submit')[button].click()
}"""
ASKS_A_DEVICE = "/webauthn/"
"""A passkey: what is sent comes from a device that no test has."""
FILE: FilePayload = {"name": "prova.csv", "mimeType": "text/csv", "buffer": b"a;b\n1;2\n"}


@dataclass
class Pressing:
    """A browser whose posts are answered by a client that checks tokens, and then undone."""

    page: Page
    person: Any
    seen: set[tuple[str, str, str]] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def take(self, route: Route) -> None:
        """Answer a post as the site would, and leave the page where it is."""
        if route.request.method != "POST":
            route.fallback()
            return
        status = self.answered(route.request)
        if status in {403, 404, 405} or status >= 500:
            self.faults.append(f"{status}: {urlsplit(route.request.url).path}")
        route.fulfill(status=204)

    def answered(self, request: Request) -> int:
        """The site's answer to what the browser sent."""
        client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        for cookie in self.page.context.cookies():
            client.cookies[cookie["name"]] = cookie["value"]
        with transaction.atomic():
            if self.person:
                client.force_login(self.person)
            body, kind = request.post_data_buffer or b"", request.headers.get("content-type", "")
            answer = client.post(urlsplit(request.url).path, body, content_type=kind)
            transaction.set_rollback(True)
        return answer.status_code

    def press_all(self, address: str) -> None:
        """Every button of the page that was not pressed on another one; the first on the page as it was found."""
        pressed = False
        for button in self.buttons(address):
            what = (button["path"], button["names"], button["value"])
            if what in self.seen or ASKS_A_DEVICE in button["path"]:
                continue
            self.seen.add(what)
            if pressed:
                self.page.goto(address, wait_until="load")
            self.press(address, button)
            pressed = True

    @cached_property
    def reader(self) -> Client:
        """Who looks whether a page has a form at all, without a browser."""
        client = Client()
        if self.person:
            client.force_login(self.person)
        return client

    def buttons(self, address: str) -> list[dict[str, Any]]:
        if not pages_forms(self.reader, address):
            return []
        self.page.goto(address, wait_until="load")
        found: list[dict[str, Any]] = self.page.evaluate(BUTTONS)
        return found

    def press(self, address: str, button: dict[str, Any]) -> None:
        """Press it on a page that was just opened; the post it sends must be taken."""
        for one in self.page.locator("input[type=file]").all():
            one.set_input_files(FILE)
        self.page.route("**/*", self.take)
        try:
            with self.page.expect_response(lambda told: told.request.method == "POST", timeout=PATIENCE / 4):
                self.page.evaluate(PRESS, [button["form"], button["button"]])
        except NothingSentError:
            self.faults.append(f"nothing is sent: {address} {button['path']} {button['value']}")
        self.page.unroute("**/*")


@pytest.fixture
def pressing(page_at: Callable[..., Page], settings: Any, tmp_path: Any) -> Pressing:
    settings.MEDIA_ROOT = tmp_path
    page = page_at()
    page.on("dialog", lambda dialog: dialog.accept())
    return Pressing(page, None)


@pytest.mark.parametrize("part", range(PARTS))
def test_every_button_of_the_house_sends_what_the_site_takes(
    pressing: Pressing, signed_in: Callable[[Page, Any], None], part: int
) -> None:
    every = list(addresses(public_things()))
    pressing.person = somebody("administrator", email="capo@esempio.it")
    signed_in(pressing.page, pressing.person)
    for address in every[part::PARTS]:
        pressing.press_all(address)
    assert pressing.faults == []
    assert len(pressing.seen) > len(ROUTES) // PARTS // 3


def test_every_button_of_the_entrance_sends_what_the_site_takes(pressing: Pressing) -> None:
    a_small_plan()
    for address in [*ENTRANCE[:2], "/it/contatti/", "/it/valuta/?pagina=/it/&voto=2", "/it/"]:
        pressing.press_all(address)
    assert pressing.faults == []
    assert {"/it/accesso/login/", "/it/contatti/", "/it/valuta/"} <= {path for path, _names, _value in pressing.seen}
