"""Stickers from a participant's phone in a real browser: a code works once, and a network that goes loses nothing."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from aumenta.events.models import Badge, Event, StickerCount
from aumenta.events.participants.phone_votes import phone_codes
from aumenta.events.tables.project_log import project_log
from tests.events_cast import an_event, table

pytestmark = pytest.mark.django_db(transaction=True)
DONE = "I tuoi bollini sono sul manifesto"


@pytest.fixture
def event(client):
    # The first request of a process loads every address, which must not count as a page that hangs.
    client.get("/it/eventi/")
    made, now = an_event(strategies=12), timezone.now()
    Event.objects.update(votes_by_phone=True, starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=5))
    return made


@pytest.fixture
def code(event):
    return next(iter(phone_codes(table(event)).values()))


def placed(event):
    project_log(event)
    return dict(StickerCount.objects.values_list("strategy_code", "count"))


def enter(page, code):
    page.fill("#codice", code)
    page.click("main form button[type=submit]")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_code_places_its_stickers_once_and_the_second_use_is_refused_in_words(page_at, axe, event, code, script):
    page = page_at(390, script=script, touch=True)
    address = reverse("site:event_phone", args=[event.slug])
    page.goto(address)
    enter(page, code.lower())
    page.check("input[value='1.1']")
    page.check("input[value='2.1']")
    if script:
        axe(page)
    page.click("main form button[type=submit]")
    expect(page.locator("h1")).to_contain_text(DONE)
    if script:
        axe(page)
    assert placed(event) == {"1.1": 1, "2.1": 1}
    page.goto(address)
    enter(page, code)
    expect(page.locator("#errore")).to_contain_text("già stato usato")
    if script:
        axe(page)
    assert placed(event) == {"1.1": 1, "2.1": 1}


@pytest.mark.parametrize("language", ["it", "en"])
def test_the_pages_of_the_ballot_are_accessible_and_fit(page_at, axe, no_horizontal_scroll, event, code, language):
    page = page_at(320, language)
    page.goto(f"/{language}/eventi/{event.slug}/bollini/")
    axe(page)
    enter(page, "ZZZZZZZZ")
    expect(page.locator("#errore")).to_be_visible()
    axe(page)
    enter(page, code)
    page.check("input[value='1.1']")
    axe(page)
    no_horizontal_scroll(page)


def test_a_network_that_goes_takes_neither_the_code_nor_the_ticks(page_at, axe, wire, event, code):
    page = page_at(390)
    page.goto(reverse("site:event_phone", args=[event.slug]))
    wire.cut()
    enter(page, code)
    unsent = page.locator("[data-unsent]")
    expect(unsent).to_be_visible()
    expect(page.locator("#codice")).to_have_value(code)
    wire.mend()
    page.click("main form button[type=submit]")
    page.check("input[value='1.1']")
    wire.cut()
    page.click("main form button[type=submit]")
    expect(unsent).to_be_visible()
    axe(page)
    expect(page.locator("input[value='1.1']")).to_be_checked()
    assert not Badge.objects.filter(phone_code_used=True).exists()
    wire.mend()
    page.click("main form button[type=submit]")
    expect(page.locator("h1")).to_contain_text(DONE)
    assert placed(event) == {"1.1": 1}


def test_an_answer_that_is_lost_counts_once_and_the_next_try_says_that_they_are_there(page_at, wire, event, code):
    page = page_at(390)
    address = reverse("site:event_phone", args=[event.slug])
    page.goto(address)
    enter(page, code)
    page.check("input[value='1.1']")
    wire.cut_before_the_answer_to(f"POST {address}")
    page.click("main form button[type=submit]")
    expect(page.locator("[data-unsent]")).to_be_visible()
    wire.mend()
    page.click("main form button[type=submit]")
    expect(page.locator("#errore")).to_contain_text("già stato usato")
    assert placed(event) == {"1.1": 1}
