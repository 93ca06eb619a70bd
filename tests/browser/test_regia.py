"""The regia in a real browser: accessible everywhere, grouped by keyboard and by dragging, slides by arrow keys."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from aumenta.events.tables.append_operations import append_operations
from aumenta.results.take_snapshot import take_snapshot
from aumenta.themes.models import ThemeSource
from tests.events_cast import Device, a_facilitator, an_event, table

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
        append_operations(table=at, records=[operation.as_json() for operation in device.to_send()])
    return event


def grouped():
    return dict(ThemeSource.objects.values_list("observation__text", "theme__name"))


def test_observations_are_grouped_with_the_keyboard_by_dragging_and_back(page_at, signed_in, morning):
    page = page_at(1400)
    signed_in(page, a_facilitator())
    page.goto(f"/it/regia/{morning.slug}/temi/")
    page.wait_for_selector("#inbox li")
    page.focus("#inbox")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.keyboard.type("Trasporti")
    page.keyboard.press("Enter")
    expect(page.locator("#inbox li")).to_have_count(1)
    expect(page.locator("#steps li")).to_have_count(1)
    assert grouped() == {"Più treni la sera": "Trasporti", "Più autobus": "Trasporti"}
    page.drag_and_drop("#inbox li", "#themes li")
    expect(page.locator("#inbox li")).to_have_count(0)
    expect(page.locator("#steps li")).to_have_count(2)
    assert grouped()["Una biblioteca aperta"] == "Trasporti"
    page.click("#steps li:first-child button")
    expect(page.locator("#inbox li")).to_have_count(1)
    assert "Una biblioteca aperta" not in grouped()


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("width", [390, 1400])
def test_regia_wall_slides_and_reports_are_accessible_and_fit(
    page_at, signed_in, axe, no_horizontal_scroll, morning, language, width
):
    by = a_facilitator()
    taken = take_snapshot(person=by, event=morning)
    page = page_at(width, language)
    signed_in(page, by)
    base = f"/{language}/regia/"
    state = f"{base}{morning.slug}/stati/{taken.number}/"
    # Where a script draws what is shown, what tells that it has.
    for address, drawn in (
        (base, "h1"),
        (f"{base}{morning.slug}/", "#venues .table-card"),
        (f"{base}{morning.slug}/temi/", "#inbox li"),
        (f"{base}{morning.slug}/schermo/", "#bars .bar"),
        (state, ".slide"),
        (f"{state}report/", "h1"),
        (f"{state}report/1.html", "h1"),
    ):
        page.goto(address)
        page.locator(drawn).first.wait_for()
        axe(page)
        no_horizontal_scroll(page)


def test_slides_turn_with_the_arrow_keys(page_at, signed_in, morning):
    by = a_facilitator()
    taken = take_snapshot(person=by, event=morning)
    page = page_at(1400)
    signed_in(page, by)
    page.goto(reverse("regia-slides", args=[morning.slug, taken.number]))
    expect(page.locator(".slide:visible")).to_have_count(1)
    title = page.locator(".slide:visible h2")
    first = title.inner_text()
    page.keyboard.press("ArrowRight")
    expect(title).not_to_have_text(first)
    page.keyboard.press("Home")
    expect(title).to_have_text(first)


def test_the_foot_of_the_regia_is_the_foot_of_every_page(page_at, signed_in, morning):
    """The regia has headings of its own; they end where its content ends."""
    page = page_at(1280)
    signed_in(page, a_facilitator())
    sizes = []
    for address in ("/it/accessibilita/", f"/it/regia/{morning.slug}/"):
        page.goto(address)
        sizes.append(page.locator(".it-footer h2").first.evaluate("e => getComputedStyle(e).fontSize"))
    assert sizes[0] == sizes[1]
