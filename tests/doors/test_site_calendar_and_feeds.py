"""The calendar of events, all events as one file, and a feed for each place."""

from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.utils import timezone
from icalendar import Calendar

from aumenta.events.models import Event, Venue
from aumenta.governance.models import Act, Session
from aumenta.plan.models import Action, ActionPlace
from aumenta.review.record import record_import
from aumenta.territory.models import Municipality, Zone
from aumenta.ui.caching import forget_pages
from tests.cast import a_plan
from tests.events_cast import an_event
from tests.governance_cast import a_body
from tests.markup import words
from tests.turin import turin  # noqa: F401 - a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("turin")]
ATOM = "{http://www.w3.org/2005/Atom}"
NONE, IVREA = "001168", "001125"


@pytest.fixture
def event():
    made = an_event()
    Venue.objects.filter(event=made).update(municipality=Municipality.objects.get(istat_code=NONE))
    return made


def titles(client, address: str) -> list[str]:
    answer = client.get(address)
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    return [one.findtext(f"{ATOM}title") or "" for one in ElementTree.fromstring(answer.content).iter(f"{ATOM}entry")]


def test_all_published_events_are_in_one_file_that_calendars_read(client, event):
    hidden = Event.objects.create(
        process=event.process,
        slug="nascosto",
        title_it="Non ancora pubblico",
        starts_at=timezone.now(),
        ends_at=timezone.now() + timedelta(hours=1),
        forget_people_on=timezone.localdate(),
    )
    content = client.get("/it/eventi/incontri.ics").content
    (entry,) = Calendar.from_ical(content).events
    assert entry["summary"] == event.title
    assert hidden.title_it.encode() not in content
    # The same event has the same identity in its own file: a calendar that holds both shows it once.
    (own,) = Calendar.from_ical(client.get(f"/it/eventi/{event.slug}/incontro.ics").content).events
    assert own["uid"] == entry["uid"]


def test_the_calendar_shows_the_month_of_an_event_and_leads_to_it(client, event):
    page = client.get("/it/eventi/calendario/?mese=2026-12").content.decode()
    assert "Incontri di dicembre 2026" in page
    assert page.count(f'href="/it/eventi/{event.slug}/"') == 2, "in the list for phones and in the table of days"
    empty = client.get("/it/eventi/calendario/?mese=2027-01").content.decode()
    assert "non ci sono incontri" in empty
    assert "?mese=2026-12" in empty


@pytest.mark.parametrize("bad", ["2026-13", "dicembre", "1999-12", "2026-12-01", "0000-01", "9999-12"])
def test_what_is_no_month_is_told(client, bad):
    assert client.get("/it/eventi/calendario/", {"mese": bad}).status_code == 404


def test_a_place_tells_its_followers_of_events_results_and_confirmed_actions_alone(client, event):
    edition = a_plan(label="2021-2023")
    record_import(edition=edition)
    first, second = Action.objects.filter(strategy__axis__edition=edition).order_by("pk")[:2]
    here = Municipality.objects.get(istat_code=NONE)
    ActionPlace.objects.create(action=first, reach="municipality", municipality=here, state="confirmed")
    ActionPlace.objects.create(action=second, reach="municipality", municipality=here)
    told = titles(client, f"/it/territorio/comuni/{NONE}/atom.xml")
    assert event.title in told
    assert any(one.startswith(f"{first.code} ") for one in told)
    assert not any(one.startswith(f"{second.code} ") for one in told), "a guess is no news"
    assert titles(client, f"/it/territorio/comuni/{IVREA}/atom.xml") == []
    Event.objects.update(results_published_at=timezone.now())
    forget_pages()
    assert f"Risultati: {event.title}" in titles(client, f"/it/territorio/comuni/{NONE}/atom.xml")


def test_the_pages_of_places_name_their_feeds_and_unknown_places_have_none(client):
    number = Zone.objects.order_by("number").values_list("number", flat=True)[0]
    for address in (f"/it/territorio/comuni/{NONE}/", f"/it/territorio/zone/{number}/"):
        page = client.get(address).content.decode()
        assert page.count(f'href="{address}atom.xml"') == 2, "in the head for readers of feeds, below for people"
        assert client.get(f"{address}atom.xml").status_code == 200
    assert client.get("/it/territorio/comuni/999999/atom.xml").status_code == 404
    assert client.get("/it/territorio/zone/99/atom.xml").status_code == 404


def test_the_feed_of_events_tells_what_is_new_about_all_of_them_alone(client, event):
    assert titles(client, "/it/eventi/atom.xml") == [event.title]
    for page in ("/it/eventi/", "/it/eventi/calendario/"):
        assert 'href="/it/eventi/atom.xml"' in client.get(page).content.decode()
    Event.objects.update(results_published_at=timezone.now())
    forget_pages()
    assert titles(client, "/en/eventi/atom.xml") == [f"Results: {event.title}", event.title]
    Event.objects.update(published_at=None, results_published_at=None)
    forget_pages()
    assert titles(client, "/it/eventi/atom.xml") == []


def test_every_calendar_says_what_the_standard_asks_and_what_was_invented(client, event):
    Event.objects.update(invented=True)
    Act.objects.create(
        slug="prova",
        body=a_body(),
        kind="other",
        state="recorded",
        object_it="Prova",
        invented=True,
        day=date(2026, 6, 1),
    )
    for begins in (time(15, 30), None):
        Session.objects.create(
            body=a_body(), held_on=date(2026, 6, 1), begins=begins, number="7", agenda="Parere\nVoto", invented=True
        )
    pages = ("/it/eventi/incontri.ics", f"/it/eventi/{event.slug}/incontro.ics", "/it/atti/sedute.ics")
    for address in pages:
        answer = client.get(address)
        assert answer.headers["Content-Type"].startswith("text/calendar")
        calendar = Calendar.from_ical(answer.content)
        assert calendar.events, address
        assert calendar.get_missing_tzids() == set(), "a time zone that is named is described"
        assert {str(calendar[name]) for name in ("version", "method")} == {"2.0", "PUBLISH"}
        for entry in calendar.events:
            assert all(entry.get(name) for name in ("uid", "dtstamp", "dtstart", "summary", "url")), entry
            assert str(entry["summary"]).endswith("(inventato)"), address
            assert client.get(urlsplit(str(entry["url"])).path).status_code == 200
    sessions = Calendar.from_ical(client.get("/it/atti/sedute.ics").content).events
    (whole_day, timed) = sorted(sessions, key=lambda one: len(str(one.start)))
    assert timed.start == datetime(2026, 6, 1, 13, 30, tzinfo=UTC), "half past three in Rome, in summer"
    assert whole_day.start == date(2026, 6, 1)
    assert str(timed["description"]) == "Parere\nVoto"
    assert all(one.endswith("(inventato)") for one in titles(client, "/it/atti/atom.xml"))


def test_an_act_is_called_by_its_number_as_each_language_writes_it(client):
    Act.objects.create(
        slug="prova", body=a_body(), kind="other", state="recorded", object_it="Prova", number="23", year=2023
    )
    for language, label in (("it", "n. 23/2023"), ("en", "no. 23/2023")):
        for address in (f"/{language}/atti/", f"/{language}/atti/prova/"):
            assert label in words(client.get(address).content.decode())
