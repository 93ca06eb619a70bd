"""Kits for the tables: PDF/UA for every kind, for all tables or one, to whom they belong and to nobody else."""

import re

import pypdfium2
import pytest
from django.urls import reverse
from django.utils.translation import override

from aumenta.events.models import BadgeHolder, Event, Registration, Table, Venue
from aumenta.events.participants.phone_votes import phone_codes
from tests.cast import somebody
from tests.events_cast import an_event, table

pytestmark = pytest.mark.django_db

KINDS = ("manifesti", "fogli", "accesso", "partecipanti", "cartellini")


@pytest.fixture
def event():
    made = an_event()
    one = table(made)
    name = "Ada #set page() «Prova» 🚲"
    person = Registration.objects.create(event=made, name=name, email="ada@esempio.it", table=one)
    BadgeHolder.objects.create(badge=one.badges.first(), registration=person, forget_on=made.forget_people_on)
    return made


def address(event: Event, kind: str, query: str = "", language: str = "it") -> str:
    with override(language):
        return reverse("print-kit", args=[event.slug, kind]) + query


def text_of(content: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("votes_by_phone", [True, False])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kit_passes_the_compilers_check(client, event, kind, votes_by_phone, language):
    # Typst compiles to PDF/UA-1 or refuses: what comes back has passed.
    Event.objects.update(votes_by_phone=votes_by_phone, invented=True)
    client.force_login(somebody("approver"))
    answer = client.get(address(event, kind, language=language))
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")
    assert b"pdfuaid" in answer.content
    words = text_of(answer.content)
    assert ("Table 4" if language == "en" else "Tavolo 4") in words
    assert answer.headers["Cache-Control"] == "no-store"


def test_each_kit_says_what_its_table_needs(client, event):
    Event.objects.update(votes_by_phone=True)
    client.force_login(somebody("approver"))
    one = table(event)
    kits = {kind: text_of(client.get(address(event, kind, "?tavolo=1")).content) for kind in KINDS}
    assert all(strategy.code in kits["manifesti"] for strategy in event.strategies.all())
    assert "Strategia inventata numero 3" in kits["manifesti"]
    assert "Quali reti" in kits["fogli"]
    assert one.pin in kits["accesso"].replace(" ", "")
    assert "«Prova»" in kits["partecipanti"]
    badge = one.badges.first()
    assert badge.code in kits["cartellini"]
    assert phone_codes(one)[badge.code] in kits["cartellini"].replace(" ", "")
    assert all("Tavolo 2" not in words for words in kits.values())


def test_printing_again_gives_the_same_codes(event):
    assert phone_codes(table(event)) == phone_codes(table(event))


def test_a_facilitator_prints_her_own_tables_and_nobody_elses(client, event):
    leader = somebody("facilitator")
    Table.objects.filter(event=event, number=2).update(facilitated_by=leader)
    client.force_login(leader)
    assert "Tavolo 1" not in text_of(client.get(address(event, "accesso")).content)
    assert client.get(address(event, "accesso", "?tavolo=1")).status_code == 404
    page = client.get(f"/it/scrivania/eventi/{event.slug}/stampe/").content.decode()
    assert "Tavolo 2" in page
    assert "Tavolo 1" not in page
    for person in (somebody("facilitator"), somebody("editor"), somebody("reader")):
        client.force_login(person)
        assert client.get(address(event, "partecipanti")).status_code == 404
    client.logout()
    assert client.get(address(event, "partecipanti")).status_code == 302


def test_who_is_in_charge_of_a_venue_prints_its_tables_and_every_link_of_her_page_opens(client, event):
    person = somebody("facilitator")
    venue = event.venues.order_by("position").first()
    Venue.objects.filter(pk=venue.pk).update(managed_by=person)
    client.force_login(person)
    printed = text_of(client.get(address(event, "accesso")).content)
    for one in event.tables.select_related("venue"):
        assert (str(one) in printed) == (one.venue_id == venue.pk)
    page = client.get(f"/it/scrivania/eventi/{event.slug}/").content.decode().split("<main", 1)[1].split("</main", 1)[0]
    links = set(re.findall(r'href="(/it/[^"#]+)"', page))
    assert f"/it/scrivania/eventi/{event.slug}/ingresso/" in links
    refused = [link for link in links if client.get(link).status_code >= 400]
    assert refused == []


@pytest.mark.parametrize("query", ["?tavolo=99", "?tavolo=uno", "?tavolo=99999999999999999999"])
def test_a_table_that_is_not_there_is_not_found(client, event, query):
    client.force_login(somebody("approver"))
    assert client.get(address(event, "accesso", query)).status_code == 404


def test_an_event_without_strategies_questions_or_people_prints_all_the_same(client):
    event = an_event()
    event.strategies.all().delete()
    event.sessions.all().delete()
    client.force_login(somebody("approver"))
    for kind in KINDS:
        assert client.get(address(event, kind)).content.startswith(b"%PDF")
