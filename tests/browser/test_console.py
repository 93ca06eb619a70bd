"""The table console in a real browser: two tabs, no network, a killed tab, and the time it takes to enter a poster."""

import json
import re
from pathlib import Path

import pytest
from django.db import connections
from playwright.sync_api import expect

from aumenta.console.sync import batch_writer
from aumenta.core.tablelog.encrypted_export import decrypt
from aumenta.core.tablelog.operation import read_operation
from aumenta.core.tablelog.state import read_table
from aumenta.events.models import TableOperation
from tests.console_cast import all_arrived, cut, enter, kept, mend, tab
from tests.events_cast import an_event, table

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _leave_the_database_to_the_next_test():
    """The consoles' writer is a thread that lasts; its connection must not outlive the tables it has seen."""
    yield
    batch_writer.thread.submit(connections.close_all).result()


def truth(page):
    return expect(page.locator("#truth"))


def test_a_day_without_network_two_tabs_and_a_killed_one_lose_nothing(page_at, wire):
    at = table(an_event(strategies=6))
    page = page_at(390)
    enter(page, at)
    cut(page, wire)
    tab(page, 2)
    for _ in range(5):
        page.click("button[aria-label='Un bollino in più su 1.1']")
    # A second tab opens from the device alone, and both write to the same table.
    other = page.context.new_page()
    other.goto(f"/it/tavolo/#{at.code}")
    other.wait_for_selector("#tabs button")
    tab(other, 4)
    other.select_option("select", "2.1")
    other.fill("textarea", "Detta senza rete")
    other.press("textarea", "Enter")
    page.click("button[aria-label='Un bollino in più su 2.1']")
    # Each tab hears of the other's entries once these are on the device's disk; until then a kill may take them.
    # A voice with its text and its place is one thing, as is each press of a button.
    for one in (page, other):
        truth(one).to_have_text("7 inserimenti · 0 arrivati al centro · 7 in attesa")
    # One tab is killed, the other reloaded from the device: everything is still there.
    page.close(run_before_unload=False)
    other.reload()
    other.wait_for_selector("#tabs button")
    tab(other, 2)
    expect(other.locator("[aria-label^='Bollini su 1.1']")).to_have_value("5")
    assert TableOperation.objects.count() == 0
    mend(other, wire)
    truth(other).to_have_text("7 inserimenti · 7 arrivati al centro · 0 in attesa")
    operations = kept(at)
    assert len(operations) == 8
    state = read_table(operations)
    assert state.stickers_in("s1") == {"1.1": 5, "2.1": 1}
    assert [o.text for o in state.observations] == ["Detta senza rete"]


def test_half_a_sentence_outlives_a_killed_tab_with_its_place_and_its_secrecy(page_at, wire):
    at = table(an_event(strategies=6))
    page = page_at(390)
    enter(page, at)
    cut(page, wire)
    tab(page, 4)
    page.select_option("select", "2.1")
    page.check("[id^=secret]")
    page.fill("textarea", "Mezza frase che nessuno ha ancora")
    other = page.context.new_page()
    page.close(run_before_unload=False)
    other.goto(f"/it/tavolo/#{at.code}")
    other.wait_for_selector("#tabs button")
    tab(other, 4)
    expect(other.locator("textarea")).to_have_value("Mezza frase che nessuno ha ancora")
    expect(other.locator("[id^=secret]")).to_be_checked()
    expect(other.locator(".question")).to_contain_text("2.1")
    other.press("textarea", "Enter")
    expect(other.locator("textarea")).to_have_value("")
    expect(other.locator("[id^=secret]")).not_to_be_checked()
    mend(other, wire)
    all_arrived(other)
    state = read_table(kept(at))
    assert [(o.text, o.strategy, o.private) for o in state.observations] == [
        ("Mezza frase che nessuno ha ancora", "2.1", True)
    ]
    # Whoever comes back finds an empty field, and nothing is left on a device that leaves its table.
    other.fill("textarea", "Un'altra")
    tab(other, 5)
    other.get_by_role("button", name="Lascia il tavolo").first.click()
    other.get_by_role("button", name="Sì, lascia").click()
    other.wait_for_selector("#code")
    assert other.evaluate("() => Object.keys(localStorage)") == []


def test_a_server_that_dies_and_comes_back_gets_everything_once(page_at, wire):
    at = table(an_event(strategies=6))
    page = page_at(390)
    enter(page, at)
    all_arrived(page)
    tab(page, 2)
    # All four wait before the first goes, so that whichever exchange is the fatal one carries them all.
    wire.cut()
    for _ in range(4):
        page.click("button[aria-label='Un bollino in più su 1.1']")
    tab(page, 5)
    # The server writes what it got, and dies before it can say so; then it does not answer at all.
    wire.cut_before_the_answer_to("POST /api/tavolo/scambio")
    wire.mend()
    page.click("text=Invia ora")
    wire.wait_until_cut()
    assert TableOperation.objects.count() == 4
    truth(page).to_have_text("4 inserimenti · 0 arrivati al centro · 4 in attesa")
    page.click("text=Invia ora")
    wire.wait_until_refused()
    wire.mend()
    page.click("text=Invia ora")
    truth(page).to_have_text("4 inserimenti · 4 arrivati al centro · 0 in attesa")
    assert read_table(kept(at)).stickers_in("s1") == {"1.1": 4}
    assert TableOperation.objects.count() == 4


def test_two_devices_at_one_table_end_with_the_same_count(page_at, wire, live_server):
    at = table(an_event(strategies=6))
    one, two = page_at(390), page_at(1280, at=live_server.url)
    for page in (one, two):
        enter(page, at)
        tab(page, 2)
    cut(one, wire)
    for _ in range(3):
        one.click("button[aria-label='Un bollino in più su 1.1']")
        two.click("button[aria-label='Un bollino in più su 1.1']")
    truth(one).to_have_text("3 inserimenti · 0 arrivati al centro · 3 in attesa")
    mend(one, wire)
    for page in (one, two):
        # Each asks the centre again every eight seconds or so.
        expect(page.locator("[aria-label^='Bollini su 1.1']")).to_have_value("6", timeout=30_000)
        truth(page).to_have_text("6 inserimenti · 6 arrivati al centro · 0 in attesa")


# How long a practised hand takes, in seconds: to press a key and to let go of it, to tap and to find the place again.
A_KEY = 0.24
A_TAP = 0.31


def test_a_poster_of_27_strategies_takes_under_a_minute_by_keys_and_under_90_seconds_by_thumb(page_at):
    """Acts are counted, at a hand's pace: what a busy machine takes for them says nothing about the console.

    The keys follow each other faster than any hand, and none is lost.
    """
    event = an_event()
    page = page_at(1280)
    enter(page, table(event, 1))
    tab(page, 1)
    page.fill("#headcount", "10")
    page.press("#headcount", "Tab")
    tab(page, 2)
    counts = [(n * 7) % 5 for n in range(27)]
    page.click(".strategies li:first-child input")
    keys = 0
    for count in counts:
        for key in (*str(count), "Enter"):
            page.keyboard.press(key)
            keys += 1
    expect(page.locator(".total")).to_have_text(re.compile(rf"^{sum(counts)} "))
    phone = page_at(390)
    enter(phone, table(event, 2))
    tab(phone, 2)
    taps = 0
    for number, count in enumerate(counts, start=1):
        button = phone.locator(f".strategies li:nth-child({number}) .more")
        for _ in range(count):
            button.click()
            taps += 1
    expect(phone.locator(".total")).to_have_text(re.compile(rf"^{sum(counts)} "))
    print(f"27 strategies, {sum(counts)} stickers: {keys * A_KEY:.1f} s by keyboard, {taps * A_TAP:.1f} s by thumb")  # noqa: T201
    assert keys * A_KEY <= 60
    assert taps * A_TAP <= 90
    all_arrived(page)
    all_arrived(phone)


def test_observations_are_typed_changed_withdrawn_and_kept_from_the_public(page_at):
    at = table(an_event(strategies=6))
    page = page_at(1280)
    enter(page, at)
    tab(page, 4)
    page.select_option("select", "1.1")
    for words in ("Prima cosa", "Seconda cosa"):
        page.fill("textarea", words)
        page.press("textarea", "Enter")
    page.check("input[type=checkbox]")
    page.fill("textarea", "Terza, su una persona")
    page.press("textarea", "Enter")
    page.click("li:has-text('Prima cosa') [data-do=edit]")
    page.fill("textarea", "Prima cosa, detta meglio")
    page.press("textarea", "Enter")
    page.click("li:has-text('Seconda cosa') [data-do=withdraw]")
    all_arrived(page)
    state = read_table(kept(at))
    assert [(o.text, o.private, o.withdrawn) for o in state.observations] == [
        ("Prima cosa, detta meglio", False, False),
        ("Seconda cosa", False, True),
        ("Terza, su una persona", True, False),
    ]
    assert all((o.strategy, o.question) == ("1.1", "q1") for o in state.observations)


def test_a_pasted_text_that_is_too_long_is_refused_with_words_and_stays_to_be_shortened(page_at):
    at = table(an_event(strategies=6))
    page = page_at(1280)
    enter(page, at)
    tab(page, 4)
    page.select_option("select", "1.1")
    page.fill("textarea", "à" * 2_003)
    page.press("textarea", "Enter")
    expect(page.locator("[role=alert]:visible")).to_contain_text("3 ")
    assert len(page.input_value("textarea")) == 2_003
    page.fill("textarea", "à" * 2_000)
    page.press("textarea", "Enter")
    expect(page.locator("[role=alert]:visible")).to_have_count(0)
    all_arrived(page)
    assert [len(said.text) for said in read_table(kept(at)).observations] == [2_000]


def test_the_encrypted_file_of_the_browser_opens_at_the_centre(page_at, wire):
    at = table(an_event(strategies=6))
    page = page_at(390)
    enter(page, at)
    cut(page, wire)
    tab(page, 2)
    page.click("button[aria-label='Un bollino in più su 1.1']")
    tab(page, 5)
    with page.expect_download() as download:
        page.click("text=Salva il file cifrato")
    content = Path(download.value.path()).read_bytes()
    assert "stickers" not in content.decode()
    records = decrypt(content, bytes(at.export_key))
    assert read_table(map(read_operation, records)).stickers_in("s1") == {"1.1": 1}


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("width", [390, 1280])
def test_every_part_of_the_console_is_accessible_and_fits(page_at, axe, no_horizontal_scroll, language, width):
    event = an_event()
    at = table(event)
    page = page_at(width, language)
    page.goto(f"/{language}/tavolo/#{at.code}")
    page.wait_for_selector("#pin")
    axe(page)
    page.fill("#pin", "000000")
    page.click("button.primary")
    page.wait_for_selector("[role=alert]:not([hidden])")
    enter(page, at, language)
    for number in range(1, 6):
        tab(page, number)
        if number == 2:
            page.click(".strategies li:first-child .more")
        if number == 4:
            page.select_option("select", "1.1")
            page.fill("textarea", "Una frase")
            page.press("textarea", "Enter")
        axe(page)
        no_horizontal_scroll(page)


def test_the_whole_console_weighs_at_most_150_kb_compressed_without_its_fonts(client):
    import gzip

    from django.contrib.staticfiles import finders

    from aumenta.console.shell import _FILES

    an_event()
    weight = sum(len(gzip.compress(client.get(f"/it/tavolo/{name}").content)) for name in ("", "lavoro.js"))
    for name in _FILES:
        if "fonts" not in name:
            weight += len(gzip.compress(Path(finders.find(name)).read_bytes()))
    print(json.dumps({"console_bytes_compressed": weight}))  # noqa: T201
    assert weight <= 150_000
