"""What the office says of an edition stands on every page of it, and nothing is shown as zero that is not there yet."""

import re
from datetime import date

import pytest
import time_machine
from django.test import Client

from aumenta.activity.models import ActivityEntry
from aumenta.people.permission import NotAllowedError
from aumenta.plan.describe_edition import EditionFacts, describe_edition
from aumenta.plan.models import Edition
from aumenta.ui.caching import forget_pages
from tests.cast import a_plan, somebody

pytestmark = pytest.mark.django_db
WHOLE = {
    "standing": "in_force",
    "in_force_since": "2021-02-10",
    "standing_it": "",
    "standing_en": "",
    "source": "Atto n. 4",
    "licence": "CC BY 4.0",
    "licence_address": "https://creativecommons.org/licenses/by/4.0/",
}


@pytest.fixture
def editions() -> None:
    a_plan(label="2021-2023", actions=3)
    a_plan(label="2024-2026", actions=0)


def line(client: Client, address: str) -> str:
    """The line about the edition on a page."""
    forget_pages()
    page = client.get(address).content.decode()
    start = page.index('<p class="edition-line">')
    return " ".join(re.sub("</?time[^>]*>", "", page[start : page.index("</p>", start)]).split())


def test_the_office_says_which_edition_is_in_force_and_every_page_repeats_it(client: Client, editions: None) -> None:
    office = Client()
    office.force_login(somebody("administrator"))
    answer = office.post("/it/scrivania/edizioni/2021-2023/che-cosa-e/", WHOLE, follow=True)
    assert "Salvato" in answer.content.decode()
    for address in ("/it/", "/it/2021-2023/", "/it/2021-2023/azioni/", "/it/2021-2023/assi/1/"):
        assert "in vigore dal 10 febbraio 2021" in line(client, address)
        assert "3 azioni pubblicate" in line(client, address)
    other = line(client, "/it/2024-2026/")
    assert 'in vigore oggi: <a href="/it/2021-2023/">2021-2023</a>' in other
    assert "azioni non ancora pubblicate" in other
    assert " 0 " not in other


def test_when_another_edition_comes_into_force_the_former_one_no_longer_is(client: Client, editions: None) -> None:
    office = somebody("administrator")
    older, newer = Edition.objects.order_by("first_year")
    describe_edition(person=office, edition=older, facts=EditionFacts(standing="in_force"))
    describe_edition(person=office, edition=newer, facts=EditionFacts(standing="in_force"))
    older.refresh_from_db()
    assert older.standing == "past"
    assert "non più in vigore" in line(client, "/it/2021-2023/")
    assert ActivityEntry.objects.filter(code="edition.described").count() == 2


def test_an_edition_that_comes_into_force_later_is_not_the_one_of_today_and_takes_its_place_on_its_day(
    client: Client, editions: None
) -> None:
    Edition.objects.filter(label="2021-2023").update(standing="in_force", in_force_since=date(2021, 2, 10))
    Edition.objects.filter(label="2024-2026").update(standing="in_force", in_force_since=date(2027, 6, 1))
    with time_machine.travel("2027-05-31T12:00:00+02:00", tick=False):
        assert "in vigore oggi" not in line(client, "/it/2021-2023/")
        assert "in vigore dal 1° giugno 2027" in line(client, "/it/2024-2026/")
        assert "in force from 1 June 2027" in line(client, "/en/2024-2026/")
        assert 'in vigore oggi: <a href="/it/2021-2023/">' in line(client, "/it/2024-2026/")
        kept = client.get("/it/2021-2023/").content.decode()
    with time_machine.travel("2027-06-01T00:01:00+02:00", tick=False):
        page = client.get("/it/2021-2023/").content.decode()
        assert page != kept, "nothing was written, the day alone has changed"
        assert 'in vigore oggi: <a href="/it/2024-2026/">' in " ".join(page.split())
        assert "in force since 1 June 2027" in line(client, "/en/2024-2026/")


def test_where_no_edition_here_is_in_force_it_says_so(client: Client, editions: None) -> None:
    Edition.objects.filter(label="2021-2023").update(standing="past")
    Edition.objects.filter(label="2024-2026").update(standing="proposal")
    assert "il piano in vigore non è ancora su questo sito" in line(client, "/it/2021-2023/")


def test_a_proposal_cannot_be_in_force_since_a_day(editions: None) -> None:
    office = Client()
    office.force_login(somebody("administrator"))
    answer = office.post("/it/scrivania/edizioni/2021-2023/che-cosa-e/", WHOLE | {"standing": "proposal"})
    assert answer.status_code == 409
    assert Edition.objects.get(label="2021-2023").source != "Atto n. 4"


@pytest.mark.parametrize("role", ["approver", "editor", "reader"])
def test_only_who_administers_says_it(editions: None, role: str) -> None:
    with pytest.raises(NotAllowedError):
        describe_edition(person=somebody(role), edition=Edition.objects.first(), facts=EditionFacts())  # type: ignore[arg-type]
