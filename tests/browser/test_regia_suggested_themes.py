"""Proposed groups on the regia's screen, and the voices like the one that is read or typed, in a real browser.

What takes seconds is done at once and with word stems: the screen is what is looked at here, not the encoder.
"""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from aumenta.core.synthesis import process_encoder
from aumenta.core.synthesis.encoders import HashedStems, Opened
from aumenta.events.models import Observation
from aumenta.events.tables.append_operations import append_operations
from aumenta.live.background import background
from aumenta.themes import plan_texts, strategy_matches
from aumenta.themes.models import SuggestedThemes, Theme, ThemeSource
from aumenta.themes.refresh_suggested_themes import refresh_suggested_themes
from aumenta.voices.models import Contribution
from tests.cast import a_small_plan, somebody
from tests.events_cast import Device, a_facilitator, an_event, table
from tests.themes_cast import AtOnce

pytestmark = pytest.mark.django_db(transaction=True)
TRAINS = [
    f"Più treni e binari alla stazione di {place}"
    for place in ("Ala", "Bra", "Ceva", "Dego", "Ivrea", "Lanzo", "Nole", "Orta", "Pino", "Susa", "Trana", "Usseglio")
]
WOODS = [text.replace("Più treni e binari alla stazione", "Pascoli e foreste, legname del bosco") for text in TRAINS]


@pytest.fixture(autouse=True)
def _stems_at_once(monkeypatch):
    monkeypatch.setattr(process_encoder, "_opened", [Opened(HashedStems(), ())])
    monkeypatch.setattr(plan_texts, "worker", AtOnce())
    monkeypatch.setattr(background, "worker", AtOnce())


@pytest.fixture
def morning(client):
    """Two subjects, said at two tables, and the proposals made of them."""
    # The first request of a process loads every address, which must not count as a page that hangs.
    client.get("/it/regia/")
    event = an_event(strategies=12)
    for number, texts in ((1, TRAINS), (4, WOODS)):
        at = table(event, number)
        device = Device(at)
        for text in texts:
            device.say(text)
        append_operations(table=at, records=[operation.as_json() for operation in device.to_send()])
    refresh_suggested_themes(event)
    return event


@pytest.fixture
def page(page_at, signed_in, morning):
    """The page of the themes, drawn."""
    opened = page_at(1400)
    signed_in(opened, a_facilitator())
    opened.goto(reverse("regia-themes", args=[morning.slug]))
    expect(opened.locator(".proposal")).to_have_count(2)
    return opened


def card_of(page, words):
    return page.locator(".proposal", has=page.locator("h4", has_text=re.compile(words, re.IGNORECASE)))


def themes():
    return {theme.name: theme.observations.count() for theme in Theme.objects.filter(active=True)}


def test_a_proposal_is_accepted_under_another_name_and_without_a_voice(page, axe):
    axe(page)
    trains = card_of(page, "treni|binari|stazione")
    trains.locator("summary").click()
    left_out = trains.get_by_role("checkbox", name="Più treni e binari alla stazione di Susa")
    left_out.uncheck()
    trains.locator(".proposal-accept input").fill("Treni per tutti")
    trains.locator(".proposal-accept button").click()
    expect(page.locator("#themes .theme-card")).to_have_count(1)
    expect(page.locator("#themes h3")).to_have_text("Treni per tutti")
    assert themes() == {"Treni per tutti": 11}
    assert not ThemeSource.objects.filter(observation__text__contains="Susa").exists()
    # The voice left out is still proposed, to be added to the theme that was made.
    expect(page.locator(".proposal")).to_have_count(2)
    expect(card_of(page, "Treni per tutti")).to_contain_text("(1)")
    page.locator("#steps li").first.get_by_role("button").click()
    expect(page.locator("#themes .theme-card")).to_have_count(0)
    assert themes() == {}


def test_all_proposals_are_accepted_with_one_button(page):
    page.click("#accept-all")
    expect(page.locator("#themes .theme-card")).to_have_count(2)
    expect(page.locator("#inbox li")).to_have_count(0)
    assert sorted(themes().values()) == [12, 12]


def test_a_regrouping_is_a_list_of_differences_of_which_people_take_some(page, axe):
    page.locator("details:has(#regroup) > summary").click()
    page.fill("#headings", "Treni e binari\nPascoli e foreste")
    page.locator("#regroup button").last.click()
    expect(page.locator("#differences > li").first).to_be_visible()
    axe(page)
    assert page.locator("#differences > li").count() == 2
    waiting = SuggestedThemes.objects.get().regrouping["differences"]
    page.locator("#differences input").first.check()
    page.click("#take-chosen")
    expect(page.locator("#regrouping")).to_be_hidden()
    record = SuggestedThemes.objects.get()
    moved = {key for key in waiting[0]["statements"] if record.state["theme_of"].get(key) == waiting[0]["after"]}
    assert moved == set(waiting[0]["statements"])
    assert {record.state["theme_of"].get(key) for key in waiting[1]["statements"]} == {waiting[1]["before"]}


def test_the_voice_under_the_eye_shows_strategies_and_the_voices_like_it(page):
    first = Observation.objects.get(text=TRAINS[0])
    page.locator(f"#said-{first.pk}").click()
    voice = page.locator("#voice")
    expect(voice).to_contain_text("Più treni e binari alla stazione di Bra")
    expect(voice).not_to_contain_text("foreste")
    code = voice.get_by_role("button", name=re.compile("^Conferma ")).first
    name = code.inner_text()
    code.click()
    expect(voice.get_by_role("button", name=f"✓ {name}")).to_be_visible()
    assert name.endswith(f" {Observation.objects.get(pk=first.pk).confirmed_strategy.code}")


def test_while_a_contribution_is_typed_strategies_and_voices_like_it_appear(page_at, signed_in, axe, client):
    client.get("/it/regia/")
    edition = a_small_plan()
    Contribution.objects.create(
        edition=edition, text="Riaprire la biblioteca del quartiere", source="e-mail", received_on="2026-05-03"
    )
    page = page_at(1280)
    signed_in(page, somebody("editor"))
    page.goto(reverse("desk:add_contribution"))
    matches = page.locator("#matches")
    page.locator("textarea").press_sequentially("Riaprire la biblioteca del quartiere, la sera")
    expect(matches).to_contain_text("Riaprire la biblioteca del quartiere")
    expect(matches.locator("ol > li")).not_to_have_count(0)
    axe(page)
    page.fill("textarea", "12 345")
    expect(matches).not_to_contain_text("biblioteca")
    expect(matches.locator("ol > li")).to_have_count(0)
    page.fill("textarea", "")
    expect(matches).to_contain_text("Mentre scrivi")


def test_on_the_page_of_a_contribution_suggestions_come_by_themselves_once_the_plan_is_read(
    page_at, signed_in, client, monkeypatch
):
    client.get("/it/regia/")
    written = Contribution.objects.create(
        edition=a_small_plan(), text="Riaprire la biblioteca", source="e-mail", received_on="2026-05-03"
    )
    reading = iter(["preparing", "preparing"])
    real = plan_texts.edition_plan_soon
    monkeypatch.setattr(strategy_matches, "edition_plan_soon", lambda edition: next(reading, None) or real(edition))
    page = page_at(1280)
    signed_in(page, somebody("editor"))
    page.goto(reverse("desk:contribution", args=[written.pk]))
    expect(page.locator("#matches [data-again]")).to_be_visible()
    expect(page.locator("#matches ol > li")).not_to_have_count(0, timeout=15_000)
    expect(page.locator("#matches [data-again]")).to_have_count(0)


def test_voices_outside_the_plan_and_without_anything_to_read_can_be_opened(page, axe):
    record = SuggestedThemes.objects.get()
    first, last = Observation.objects.get(text=TRAINS[0]), Observation.objects.get(text=WOODS[0])
    record.shown |= {"outside": [first.pk], "unreadable": [last.pk]}
    record.save()
    page.reload()
    page.locator("#outside > summary").click()
    expect(page.locator("#outside summary")).to_have_text("Forse fuori dal piano (1)")
    expect(page.locator("#outside li")).to_contain_text(TRAINS[0])
    page.locator("#unreadable > summary").click()
    expect(page.locator("#unreadable li")).to_contain_text(WOODS[0])
    axe(page)


def test_a_name_of_private_words_is_warned_of_as_soon_as_the_page_is_opened(page, morning):
    page.click("#accept-all")
    expect(page.locator("#themes .theme-card")).to_have_count(2)
    theme = Theme.objects.first()
    Theme.objects.filter(pk=theme.pk).update(name="Treni di Abbruzzini")
    Observation.objects.filter(text=TRAINS[0]).update(text="Abbruzzini lo dice", private=True)
    page.reload()
    expect(page.locator("#themes .theme-warned:visible")).to_contain_text("Abbruzzini")


def test_one_voice_is_one_and_a_voice_without_text_says_so(page):
    one = Observation.objects.get(text=TRAINS[0])
    Observation.objects.filter(pk=one.pk).update(text="")
    page.reload()
    expect(page.locator(f"#said-{one.pk}")).to_contain_text("(ancora senza testo)")
    page.locator(f"#said-{one.pk}").click()
    expect(page.locator("#inbox-count")).to_contain_text("1 selezionata")
