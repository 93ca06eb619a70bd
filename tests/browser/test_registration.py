"""Giving a seat back in a real browser: the link of the e-mail, then the button, as the person who got it does."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from aumenta.events.models import Event, Registration
from aumenta.events.participants.links import link_of
from aumenta.events.participants.register import confirm, register
from tests.events_cast import an_event

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_the_button_behind_the_signed_link_gives_the_seat_back(client, page_at, axe, script):
    # The first request of a process loads every address, which must not count as a page that hangs.
    client.get("/it/eventi/")
    now = timezone.now()
    event = an_event()
    Event.objects.update(starts_at=now + timedelta(days=9), ends_at=now + timedelta(days=9, hours=4))
    register(event=event, now=now, name="Ada Prova", email="ada@esempio.it", organisation_kind="citizen")
    page = page_at(390, script=script)
    page.goto(reverse("site:my_registration", args=[event.slug, link_of(Registration.objects.get())]))
    page.click("main button.btn-primary")
    page.locator("main .tag-good").wait_for()
    if script:
        axe(page)
    with page.expect_navigation() as answer:
        page.click("main button.btn-danger")
    assert answer.value.status == 200
    gone = Registration.objects.get()
    assert (gone.state, gone.name, gone.email) == ("withdrawn", "", "")
    assert "Ada Prova" not in page.content()


@pytest.fixture
def soon(client):
    """An event in nine days for which people register."""
    client.get("/it/eventi/")
    now, event = timezone.now(), an_event()
    Event.objects.update(published_at=now, starts_at=now + timedelta(days=9), ends_at=now + timedelta(days=9, hours=4))
    return Event.objects.get(pk=event.pk)


def looked_at(page, axe, no_horizontal_scroll, address):
    page.goto(address)
    page.locator("h1").wait_for()
    axe(page)
    no_horizontal_scroll(page)


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_of_a_registration_is_accessible_in_both_languages(
    page_at, axe, no_horizontal_scroll, soon, language, width
):
    register(event=soon, now=timezone.now(), name="Ada Prova", email="ada@esempio.it", organisation_kind="citizen")
    mine = Registration.objects.get()
    asked = f"/{language}/eventi/{soon.slug}/la-mia-iscrizione/{link_of(mine)}/"
    page = page_at(width, language)
    looked_at(page, axe, no_horizontal_scroll, asked)
    confirm(registration=mine)
    base = f"/{language}/eventi/{soon.slug}/"
    own = f"{base}la-mia-iscrizione/{link_of(mine)}/"
    for address in (base, f"{base}iscrizione/", f"{base}iscrizione/inviata/", own):
        looked_at(page, axe, no_horizontal_scroll, address)
    Registration.objects.update(state="waiting", table=None)
    looked_at(page, axe, no_horizontal_scroll, own)
    page.click("main button.btn-danger")
    expect(page.locator("main button.btn-danger")).to_have_count(0)
    axe(page)
    no_horizontal_scroll(page)
    # The link again, once there is nothing behind it; then the form, once nobody may register.
    looked_at(page, axe, no_horizontal_scroll, own)
    Event.objects.update(registration_until=timezone.now() - timedelta(hours=1))
    looked_at(page, axe, no_horizontal_scroll, f"{base}iscrizione/")
