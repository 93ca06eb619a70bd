"""What is shown is seen: slides, wall and console at every size, measured in the page; and the measure measures."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from aumenta.events.models import Event, EventStrategy, Registration, Table
from aumenta.plan.load_bundle import load_bundles
from aumenta.results.take_snapshot import take_snapshot
from aumenta.territory.models import Zone
from tests.cast import somebody
from tests.database import fill_once

pytestmark = pytest.mark.django_db(transaction=True)

SCREENS = ((1920, 1080), (1280, 720), (1024, 768))
PHONES = ((390, 844), (320, 568))
SHOWN = ".slide:not([hidden])"


def rehearsed() -> None:
    """The demo's event as a newcomer finds it: its real strategies, zones and lengths."""
    load_bundles()
    call_command("load_territory", city="torino", stdout=StringIO())
    call_command(
        "rehearse", no_network=True, public=True, tables=11, people=70, observations=300, verbosity=0, stdout=StringIO()
    )


@pytest.fixture
def event():
    fill_once("rehearsed", rehearsed)
    return Event.objects.get(slug="prova-1")


def turned(page, whole, badly_laid_out):
    """What is wrong with any slide of the open page, from the first to the last."""
    faults = []
    for number in range(page.locator(".slide").count()):
        faults += [f"slide {number + 1}: {one}" for one in badly_laid_out(page, whole, SHOWN)]
        page.keyboard.press("ArrowRight")
    return faults


@pytest.mark.parametrize("alone", [False, True], ids=["page", "file"])
def test_every_slide_of_the_demo_is_whole_on_every_screen(
    event, page_at, signed_in, badly_laid_out, tmp_path, client, alone
):
    by = somebody("administrator")
    address = reverse("regia-slides", args=[event.slug, 1])
    if alone:
        client.force_login(by)
        file = tmp_path / "slides.html"
        file.write_bytes(client.get(f"{address}?scarica").content)
        address = f"file://{file}"
    page = page_at()
    signed_in(page, by)
    faults = []
    for width, height in (*SCREENS, *PHONES):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(address)
        page.evaluate("document.fonts.ready")
        faults += turned(page, (width, height) in SCREENS, badly_laid_out)
    assert not faults, "\n".join(faults)


def test_titles_as_long_as_the_forms_allow_still_fit_their_slides(event, page_at, signed_in, badly_laid_out):
    long = "Una strategia dal titolo lunghissimo, che nessuno ha voluto accorciare, per la metropoli intera "
    EventStrategy.objects.filter(event=event, position__lte=6).update(title_it=(long * 4)[:320])
    Zone.objects.filter(number__in=[3, 4]).update(name="Area metropolitana torinese sud e valli confinanti")
    event.title_it = (long * 2)[:160]
    event.save()
    by = somebody("administrator")
    taken = take_snapshot(person=by, event=event)
    page = page_at()
    signed_in(page, by)
    faults = []
    for width, height in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        page.goto(reverse("regia-slides", args=[event.slug, taken.number]))
        page.evaluate("document.fonts.ready")
        faults += turned(page, True, badly_laid_out)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<p style='margin:0'>Uno e due</p><p style='margin:-1em 0 0'>Tre e quattro</p>", "on top of each other"),
        ("<p style='width:60px;white-space:nowrap'>Infrastrutture metropolitane</p>", "outside its box"),
        ("<p style='width:60px;overflow:hidden;white-space:nowrap'>Infrastrutture</p>", "cut at the side"),
        ("<p style='height:20px;overflow:hidden'>Uno<br>due<br>tre</p>", "cut below"),
        ("<p style='position:absolute;left:1270px'>Fuori dalla finestra</p>", "outside the window"),
        ("<p style='margin-top:790px;font-size:2rem'>In fondo</p>", "below the screen"),
        (
            "<input style='position:absolute;top:0;left:0'><p style='margin:0'>Sotto il campo</p>",
            "on top of each other",
        ),
    ],
)
def test_the_measure_finds_what_a_person_would_notice(page_at, badly_laid_out, html, fault):
    page = page_at(1280)
    page.goto("about:blank")
    page.set_content(f"<body style='margin:0;font:16px sans-serif'>{html}</body>")
    found = badly_laid_out(page, whole=True)
    assert any(fault in one for one in found), found


def test_the_measure_finds_nothing_where_all_is_well(page_at, badly_laid_out):
    page = page_at(1280)
    page.goto("about:blank")
    page.set_content(
        "<body style='margin:0'><h1>Titolo</h1><p>Un testo<br>su due righe</p><div style='overflow:auto;width:90px'>"
        "<p style='width:400px'>Si scorre di lato per leggere tutto</p></div><details><summary>Apri</summary>dentro"
        "</details><p style='position:absolute;width:1px;height:1px;overflow:hidden'>per chi ascolta</p></body>"
    )
    assert badly_laid_out(page, whole=True) == []


@pytest.mark.parametrize("language", ["it", "en"])
def test_the_wall_is_whole_with_every_strategy_of_the_demo(event, page_at, signed_in, badly_laid_out, language):
    page = page_at()
    signed_in(page, somebody("administrator"))
    faults = []
    for width, height in (*SCREENS, *PHONES):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"/{language}/regia/{event.slug}/schermo/")
        page.locator("#bars .bar").first.wait_for()
        page.evaluate("document.fonts.ready")
        faults += badly_laid_out(page, whole=(width, height) in SCREENS)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("language", ["it", "en"])
def test_every_part_of_the_console_is_seen_on_phones_and_tablets(event, page_at, badly_laid_out, language):
    at = Table.objects.filter(event=event).first()
    now = timezone.now()
    Event.objects.filter(pk=event.pk).update(starts_at=now, ends_at=now + timedelta(hours=4))
    page = page_at(390, language)
    page.goto(f"/{language}/tavolo/#{at.code}")
    page.locator("#pin").fill(at.pin)
    page.locator("form button").click()
    page.locator("#tabs button").first.wait_for()
    faults = []
    for width, height in (*SCREENS, *PHONES):
        page.set_viewport_size({"width": width, "height": height})
        for tab in range(page.locator("#tabs button").count()):
            page.locator("#tabs button").nth(tab).click()
            faults += [f"part {tab + 1}: {one}" for one in badly_laid_out(page)]
    assert not faults, "\n".join(faults)


# Every page of an event at the desk and at the regia; each width is measured in one language, so that the test stays
# short and both are read.
WIDTHS = {"it": (1920, 1024, 320), "en": (1280, 390)}
EVENT_PAGES = ("event", "event_data", "event_programme", "event_questions", "event_tables", "event_people")
EVENT_PAGES += ("event_letter", "event_entrance", "event_prints", "event_reports", "copy_event", "event_preview")
REGIA_PAGES = ("regia", "regia-themes", "regia-matrix", "regia-words", "regia-devices")


@pytest.mark.parametrize("language", ["it", "en"])
def test_every_page_of_an_event_at_the_desk_and_the_regia_is_laid_out_well(
    event, page_at, signed_in, badly_laid_out, language
):
    now = timezone.now()
    Event.objects.filter(pk=event.pk).update(starts_at=now, ends_at=now + timedelta(hours=4))
    page = page_at(1280, language)
    signed_in(page, somebody("administrator"))
    with override(language):
        person = Registration.objects.filter(event=event).first()
        addresses = [reverse(f"desk:{name}", args=[event.slug]) for name in EVENT_PAGES]
        addresses += [reverse(name, args=[event.slug]) for name in REGIA_PAGES]
        addresses += [
            reverse("desk:event_table", args=[event.slug, 1]),
            reverse("desk:event_venue", args=[event.slug, 1]),
            reverse("desk:event_person", args=[event.slug, person.pk]),
            reverse("desk:events"),
            reverse("regia-events"),
        ]
    faults = []
    for address in addresses:
        page.goto(address)
        page.evaluate("document.fonts.ready")
        for width in WIDTHS[language]:
            page.set_viewport_size({"width": width, "height": 900})
            faults += [f"{address} at {width}: {one}" for one in badly_laid_out(page)]
    assert not faults, "\n".join(faults)
