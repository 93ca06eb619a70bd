"""The regia in a real browser: accessible everywhere, grouped by keyboard and by dragging, slides by arrow keys."""

import pytest
from django.urls import reverse

from aumenta.listening.freeze import freeze
from aumenta.listening.keep_operations import keep_operations
from aumenta.listening.models import ThemeSource
from tests.cast import somebody
from tests.listening_cast import Device, an_event, table

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def morning(client):
    """An event at which two tables have spoken."""
    # The first request of a process loads every address, which must not count as a page that hangs.
    client.get("/it/regia/")
    event = an_event(strategies=12, invented=True)
    for number, texts in ((1, ("Più treni la sera", "Più autobus")), (3, ("Una biblioteca aperta",))):
        at = table(event, number)
        device = Device(at)
        device.set("headcount", "", 6)
        device.set("stickers", "s1/1.1", 5)
        device.set("stickers", "s1/2.1", number)
        for text in texts:
            device.say(text)
        keep_operations(table=at, records=[operation.as_json() for operation in device.to_send()])
    return event


def grouped():
    return dict(ThemeSource.objects.values_list("observation__text", "theme__name"))


def test_observations_are_grouped_with_the_keyboard_by_dragging_and_back(page_at, signed_in, morning):
    page = page_at(1400)
    signed_in(page, somebody("facilitator"))
    page.goto(f"/it/regia/{morning.slug}/temi/")
    page.wait_for_selector("#inbox li")
    page.focus("#inbox")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.keyboard.type("Trasporti")
    page.keyboard.press("Enter")
    page.wait_for_selector("#themes li")
    page.wait_for_function("() => document.querySelectorAll('#inbox li').length === 1")
    assert grouped() == {"Più treni la sera": "Trasporti", "Più autobus": "Trasporti"}
    page.drag_and_drop("#inbox li", "#themes li")
    page.wait_for_function("() => document.querySelectorAll('#inbox li').length === 0")
    assert grouped()["Una biblioteca aperta"] == "Trasporti"
    page.click("#steps li:first-child button")
    page.wait_for_function("() => document.querySelectorAll('#inbox li').length === 1")
    assert "Una biblioteca aperta" not in grouped()


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("width", [390, 1400])
def test_regia_wall_slides_and_reports_are_accessible_and_fit(
    page_at, signed_in, axe, no_horizontal_scroll, morning, language, width
):
    by = somebody("facilitator")
    taken = freeze(by=by, event=morning)
    page = page_at(width, language)
    signed_in(page, by)
    base = f"/{language}/regia/"
    state = f"{base}{morning.slug}/stati/{taken.number}/"
    for address in (base, f"{base}{morning.slug}/", f"{base}{morning.slug}/temi/", f"{base}{morning.slug}/schermo/",
                    state, f"{state}report/", f"{state}report/1.html"):  # fmt: skip
        page.goto(address, wait_until="domcontentloaded")
        page.wait_for_timeout(400)
        axe(page)
        no_horizontal_scroll(page)


def test_slides_turn_with_the_arrow_keys(page_at, signed_in, morning):
    by = somebody("facilitator")
    taken = freeze(by=by, event=morning)
    page = page_at(1400)
    signed_in(page, by)
    page.goto(reverse("regia-slides", args=[morning.slug, taken.number]))
    assert page.locator(".slide:visible").count() == 1
    first = page.text_content(".slide:visible h2")
    page.keyboard.press("ArrowRight")
    assert page.text_content(".slide:visible h2") != first
    page.keyboard.press("Home")
    assert page.text_content(".slide:visible h2") == first
