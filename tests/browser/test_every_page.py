"""Every public page, just by being there: nobody is shut out, nothing sticks out, and it is read without a script.

The addresses are those of tests/public_addresses.py, where another test sees to it that no route is missing.
"""

from io import StringIO

import pytest
from django.core.management import call_command

from aumenta.pages.make_demo_pages import make_demo_pages
from tests.cast import somebody
from tests.database import fill_once
from tests.public_addresses import SMALL, pages
from tests.voices_cast import a_consultation

pytestmark = pytest.mark.django_db(transaction=True)

DESK, SMALLEST_PHONE = 1280, 320
# Each language is measured at widths of its own, so that all are and the test stays short.
WIDTHS = {"it": (SMALLEST_PHONE, 1024, 1920), "en": (SMALLEST_PHONE, 390, DESK)}


# The addresses are dealt out, so that several processes share them.
PARTS = 3


@pytest.fixture
def site():
    """The whole installation, as `aumenta prepare` leaves it, with the pages of the demo."""
    fill_once("site", installation)


def installation() -> None:
    call_command("prepare", verbosity=0, stdout=StringIO())
    make_demo_pages(person=somebody("administrator"))
    a_consultation()


def addresses(language: str, part: int) -> list[str]:
    every = [
        address.format(language=language, **SMALL)
        for address in (*pages(), "/{language}/accessibilita/", "/{language}/dati-aperti/api/")
    ]
    return every[part::PARTS]


@pytest.mark.parametrize(("language", "width"), [("it", SMALLEST_PHONE), ("en", DESK)])
@pytest.mark.parametrize("part", range(PARTS))
def test_no_public_page_shuts_anybody_out_or_sticks_out_or_lays_words_on_words_or_needs_a_script(
    site, page_at, axe, no_horizontal_scroll, badly_laid_out, language, width, part
):
    """One walk, because opening a page takes longer than looking at it; without a script pages are read in Italian."""
    page = page_at(SMALLEST_PHONE, language)
    without_script = page_at(WIDTHS[language][-1], script=False)
    faults = []
    for address in addresses(language, part):
        page.set_viewport_size({"width": SMALLEST_PHONE, "height": 800})
        page.goto(address)
        faults += found(no_horizontal_scroll, page)
        for measured in WIDTHS[language]:
            page.set_viewport_size({"width": measured, "height": 800})
            faults += badly_laid_out(page)
        if language == "it":
            without_script.goto(address)
            faults += lost_without_a_script(page, without_script)
        page.set_viewport_size({"width": width, "height": 800})
        faults += found(axe, page)
    assert not faults, "\n\n".join(faults)


def lost_without_a_script(page, without_script) -> list[str]:
    """Words of the page that are not read where no script runs; both are equally wide."""
    # What a script alone can do is offered by the script; the browser prints by its own menu.
    page.evaluate("document.querySelectorAll('[data-print]').forEach((button) => { button.hidden = true })")
    with_script, without = (set(one.locator("main").inner_text().split()) for one in (page, without_script))
    page.evaluate("document.querySelectorAll('[data-print]').forEach((button) => { button.hidden = false })")
    missing = sorted(with_script - without)
    return [f"{page.url} without a script: {' '.join(missing[:12])}"] if missing else []


def found(check, page) -> list[str]:
    try:
        check(page)
    except AssertionError as fault:
        return [str(fault)]
    return []


def test_every_link_and_control_of_a_page_is_reached_by_keyboard_in_its_order(site, page_at):
    page = page_at(DESK)
    for address in ("/it/", f"/it/{SMALL['label']}/azioni/2.2.2/"):
        page.goto(address)
        n = page.locator("a[href]:visible, button:visible, input:visible, select:visible, summary:visible").count()
        seen: list[str] = []
        for _ in range(n + 20):
            page.keyboard.press("Tab")
            mark = page.evaluate(
                """() => {
                  const e = document.activeElement
                  if (!e || e === document.body) return ''
                  e.dataset.order ??= String(document.querySelectorAll('[data-order]').length)
                  const shown = getComputedStyle(e)
                  const unseen = shown.outlineStyle === 'none' && shown.boxShadow === 'none'
                  return e.dataset.order + (unseen ? ' unseen' : '')
                }"""
            )
            if not mark or mark in seen:
                break
            seen.append(mark)
        assert len(seen) >= n * 0.95, f"{address}: {len(seen)} of {n} reached"
        assert not [mark for mark in seen if "unseen" in mark], f"{address}: the focus is not seen"


@pytest.mark.parametrize("width", [SMALLEST_PHONE, DESK])
def test_what_is_said_of_an_edition_does_not_stick_to_the_head_of_the_page(site, page_at, width):
    page = page_at(width)
    page.goto("/it/confronto/")
    notice, head = page.locator(".notice").first.bounding_box(), page.locator(".site-header").bounding_box()
    assert notice["y"] - (head["y"] + head["height"]) >= 16
