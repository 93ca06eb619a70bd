"""The calendar of duties at the desk: page, file, and what stands on everybody's first page."""

import re
from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from aumenta.governance.duties.links import address_of
from aumenta.governance.models import OwnDuty
from aumenta.plan.models import Action
from tests.cast import a_small_plan, somebody
from tests.markup import words
from tests.monitoring_cast import an_indicator, an_update

pytestmark = pytest.mark.django_db
PAGE = "/it/scrivania/scadenze/"


def test_a_duty_is_written_seen_on_the_first_page_of_whose_it_is_and_settled(client: Client) -> None:
    keeper, today = somebody("editor"), timezone.localdate()
    client.force_login(somebody("approver"))
    sent = {"verb": "write", "title": "Obiettivi del DUP", "due_on": today.isoformat(), "person": keeper.pk}
    page = client.post(PAGE, {**sent, "every_year": "on"}, follow=True)
    assert "Obiettivi del DUP" in words(page.content.decode())
    client.force_login(keeper)
    first = words(client.get("/it/scrivania/").content.decode())
    assert "Le tue scadenze" in first
    assert "Obiettivi del DUP" in first
    duty = OwnDuty.objects.get()
    page = client.post(PAGE, {"verb": "settle", "duty": duty.pk}, follow=True)
    assert "torna l’anno prossimo" in words(page.content.decode())
    assert OwnDuty.objects.filter(done_on=None).get().due_on.year == today.year + 1


def test_what_is_late_stands_first_and_leads_to_its_page(client: Client) -> None:
    a_small_plan()
    client.force_login(somebody("editor"))
    an_indicator(next_due=timezone.localdate() - timedelta(days=3))
    page = client.get(PAGE).content.decode()
    assert "In ritardo" in words(page)
    assert 'href="/it/scrivania/indicatori/RED/"' in page
    assert client.get("/it/scrivania/indicatori/RED/").status_code == 200
    assert "Prossimo dato" not in words(client.get(f"{PAGE}?mie=1").content.decode())


def test_the_calendar_file_is_one_that_calendars_read(client: Client) -> None:
    client.force_login(somebody("editor"))
    an_indicator(next_due=timezone.localdate())
    response = client.get("/it/scrivania/scadenze.ics")
    assert response["Content-Type"].startswith("text/calendar")
    assert response.content.startswith(b"BEGIN:VCALENDAR")
    assert b"Prossimo dato" in response.content


def test_a_calendar_program_reads_the_duties_by_an_address_that_ends_with_the_password(client: Client) -> None:
    keeper = somebody("editor")
    client.force_login(keeper)
    an_indicator(next_due=timezone.localdate())
    found = re.search(r'href="[^"]*(/it/scadenze/[^"]+[.]ics)"', client.get(PAGE).content.decode())
    assert found
    stranger, address = Client(), found[1]
    answer = stranger.get(address)
    assert answer.status_code == 200
    assert b"Prossimo dato" in answer.content
    assert "no-store" in answer["Cache-Control"]
    for wrong in (address.replace(".ics", "x.ics"), "/it/scadenze/x.ics", f"/it/scadenze/{signing.dumps('x')}.ics"):
        assert stranger.get(wrong).status_code == 404
    keeper.set_password("un’altra parola, lunga")
    keeper.save()
    assert stranger.get(address).status_code == 404
    fresh = address_of(keeper).partition("//")[2].partition("/")[2]
    assert stranger.get(f"/{fresh}").status_code == 200
    keeper.grants.all().delete()
    assert stranger.get(f"/{fresh}").status_code == 404, "who lost the role lost the calendar"


def test_an_update_that_waits_is_on_the_first_page_of_who_approves(client: Client) -> None:
    edition = a_small_plan()
    an_update(Action.objects.of(edition).with_code("1.1.1").get())
    client.force_login(somebody("approver"))
    assert "Aggiornamenti di azioni da verificare" in words(client.get("/it/scrivania/").content.decode())
    client.force_login(somebody("editor"))
    assert "Aggiornamenti di azioni da verificare" not in words(client.get("/it/scrivania/").content.decode())


def test_what_is_typed_wrong_is_told_and_a_duty_is_taken_off_after_a_question(client: Client) -> None:
    client.force_login(somebody("approver"))
    assert client.post(PAGE, {"verb": "write", "title": "", "due_on": "domani"}).status_code == 409
    for number in ("", "x", "²", "99999"):
        assert client.post(PAGE, {"verb": "settle", "duty": number}).status_code == 404
    duty = OwnDuty.objects.create(title="PIAO", due_on=timezone.localdate())
    client.post(PAGE, {"verb": "drop", "duty": duty.pk})
    assert OwnDuty.objects.exists(), "it asks first"
    client.post(PAGE, {"verb": "drop", "duty": duty.pk, "sure": "1"})
    assert not OwnDuty.objects.exists()
