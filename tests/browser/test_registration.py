"""Giving a seat back in a real browser: the link of the e-mail, then the button, as the person who got it does."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from aumenta.listening.models import Event, Registration
from aumenta.listening.register import link_of, register
from tests.listening_cast import an_event

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
    if script:
        axe(page)
    with page.expect_navigation() as answer:
        page.click("main button.btn-danger")
    assert answer.value.status == 200
    gone = Registration.objects.get()
    assert (gone.state, gone.name, gone.email) == ("withdrawn", "", "")
    assert "Ada Prova" not in page.content()
