"""What a mail says of a registration is so: every kind of it, with a seat or on the waiting list, here or from afar."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from aumenta.events.models import Event, Registration
from aumenta.events.participants.links import link_of
from aumenta.events.participants.registration_mail import message_to
from tests.events_cast import a_small_event

pytestmark = pytest.mark.django_db

LINK = "https://sala.esempio.it/x"
KINDS = ("confirmed", "waiting", "promoted", "moved", "changed", "again", "cancelled", "takes_place")
ONLY_WITH_A_SEAT = {"confirmed", "promoted", "moved"}


def registered(state: str, *, remote: bool, cancelled: bool = False) -> Registration:
    event = a_small_event()
    Event.objects.filter(pk=event.pk).update(
        remote_link=LINK,
        starts_at=timezone.now() + timedelta(days=1),
        ends_at=timezone.now() + timedelta(days=1, hours=3),
        published_at=timezone.now(),
        cancelled_at=timezone.now() if cancelled else None,
        cancelled_why_it="Neve" if cancelled else "",
    )
    one: Any = Registration.objects.create(
        event=Event.objects.get(pk=event.pk), name="Ada Prova", email="ada@esempio.it", state=state, remote=remote
    )
    return Registration.objects.select_related("event", "table__venue").get(pk=one.pk)


@pytest.mark.parametrize("remote", [True, False], ids=["from-afar", "here"])
@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (kind, state)
        for kind in KINDS
        for state in ("confirmed", "waiting")
        if state == "confirmed" or kind not in ONLY_WITH_A_SEAT
    ],
)
def test_a_mail_says_what_is_so_of_the_link_the_file_and_the_seat(kind: str, state: str, remote: bool) -> None:
    with override("it"):
        mail = message_to(kind, registered(state, remote=remote, cancelled=kind == "cancelled"))
    has_a_seat = state == "confirmed"
    # Who waits for a seat is not let in by the link meanwhile.
    assert (LINK in mail.body) == (remote and has_a_seat and kind != "cancelled")
    files = [one[0] for one in mail.attachments]
    assert ("incontro.ics" in files) == has_a_seat
    if "allegato" in mail.body:
        assert "incontro.ics" in files
    assert ("lista d’attesa" in mail.body) == (not has_a_seat and kind != "cancelled")


@pytest.mark.parametrize("state", ["confirmed", "waiting"])
def test_the_page_of_who_takes_part_from_afar_has_the_link_once_she_has_a_seat(state: str, client: Client) -> None:
    one = registered(state, remote=True)
    page = client.get(f"/it/eventi/{one.event.slug}/la-mia-iscrizione/{link_of(one)}/").content.decode()
    assert (LINK in page) == (state == "confirmed")
