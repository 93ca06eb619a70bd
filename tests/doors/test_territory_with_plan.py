"""The public pages of the territory where actions of a plan reach places: what they say and what they cost."""

import csv
import gzip
import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from aumenta.pages.models import Page
from aumenta.plan.models import Action, ActionPlace, Plan
from aumenta.territory.load import LoadReport
from aumenta.territory.models import Municipality, Zone
from aumenta.ui.caching import forget_pages
from tests.cast import a_plan, somebody, standing
from tests.turin import turin  # noqa: F401 - a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plan")]

PAGES = [
    "",
    "mappa/",
    "mappa/?dato=densita",
    "equilibrio/",
    "equilibrio/?dato=variazione",
    "azioni/",
    "confronto/",
    "confronto/?luogo=zona-5&luogo=comune-001272&luogo=fascia-montagna&luogo=tutto",
    "zone/",
    "zone/5/",
    "fasce/montagna/",
    "comuni/",
    "comuni/?q=torre",
    "comuni/001168/",
    "comuni/001317/",
    "comuni/001005/",
]


def _actions_that_reach_places() -> None:
    edition = a_plan()
    first, second = Action.objects.filter(strategy__axis__edition=edition).order_by("pk")[:2]
    ActionPlace.objects.create(action=first, reach="zone", zone=Zone.objects.get(number=5), found_words="Pinerolese")
    ActionPlace.objects.create(action=second, reach="whole", state="confirmed")


@pytest.fixture(scope="module")
def plan(turin: LoadReport, django_db_blocker: Any) -> Iterator[None]:  # noqa: F811
    with standing(django_db_blocker, _actions_that_reach_places):
        yield


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_answers_in_both_languages_and_weighs_little(client: Client, language: str, page: str) -> None:
    response = client.get(f"/{language}/territorio/{page}")
    assert response.status_code == 200
    assert len(gzip.compress(response.content)) <= 60_000
    assert "style=" not in response.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_no_page_asks_the_database_more_for_more_places(
    client: Client, page: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(40):
        client.get(f"/it/territorio/{page}")


def test_the_page_of_a_municipality_shows_its_figures_beside_its_zone_belt_and_whole(client: Client) -> None:
    page = client.get("/it/territorio/comuni/001002/").content.decode()
    assert "<h1>Airasca</h1>" in page
    for heading in ("Zona 5 Pinerolese", "Pianura", "Tutto il territorio"):
        assert heading in page
    assert "Nominano la sua zona" in page
    assert "Proposte da un programma" in page
    assert "«Pinerolese»" in page
    assert "Nome della zona omogenea 5 (tabella delle zone)" in page
    assert '<a href="/it/territorio/comuni/001168/">None</a>' in page


def test_a_municipality_on_the_border_names_those_beyond_it_and_says_what_is_not_known(client: Client) -> None:
    page = client.get("/it/territorio/comuni/001264/").content.decode()
    assert "Oltre il confine del territorio" in page
    assert 'Borgo d&#x27;Ale <span class="soft">Vercelli · confine in comune: 1,1 km</span>' in " ".join(page.split())
    assert "quelli in altri Stati non sono elencati" in page
    assert "Oltre il confine" not in client.get("/it/territorio/comuni/001272/").content.decode()


def test_files_of_places_count_confirmed_actions_and_proposals_apart(client: Client) -> None:
    rows = csv.DictReader(io.StringIO(client.get("/dati/luoghi.csv").content.decode("utf-8-sig")))
    counted = {row["istat_code"]: (row["actions"], row["actions_proposed"]) for row in rows}
    assert counted["001191"] == ("1", "1")
    assert counted["001272"] == ("1", "0")


def test_a_guess_is_marked_and_never_counted_among_the_actions_of_a_place(client: Client) -> None:
    page = client.get("/it/territorio/comuni/001002/").content.decode()
    start = page.index("Azioni per questo luogo")
    heading = page[start : page.index("</h2>", start)]
    assert heading.split(">")[1].startswith("1 confermata, ")
    guesses = page[page.index("Azioni che possono riguardare questo luogo") :]
    assert "contate a parte" in guesses
    assert "Nominano la sua zona" in guesses
    assert "Nominano la sua zona" not in page[: page.index("Azioni che possono riguardare questo luogo")]


def test_residents_are_those_istat_says_are_final_with_their_course_and_their_date(client: Client) -> None:
    whole = client.get("/it/territorio/").content.decode()
    assert "2.204.632" in whole
    assert "2.204.276" in whole
    place = client.get("/it/territorio/comuni/001272/").content.decode()
    assert "Abitanti nel tempo" in place
    assert "provvisorio" in place
    assert "Reddito medio dichiarato" in place
    assert "confine in comune" in client.get("/it/territorio/comuni/001002/").content.decode()


def _news(slug: str, title: str, body: str = "<p>Un testo.</p>") -> None:
    texts = {"slug": slug, "title_it": title, "summary_it": "Una frase.", "body_it": body}
    by, now = somebody("administrator"), timezone.now()
    Page.objects.create(kind="news", state="published", from_at=now, was_public=now, written_by=by, **texts)


def test_news_that_name_a_place_stand_on_its_page_and_on_that_of_its_zone(client: Client) -> None:
    _news("ciclabile", "Una ciclabile nuova", "<p>Da Bibiana a Campiglione.</p>")
    _news("niente", "None di loro è venuto; bibiana non c’entra")
    forget_pages()
    here = client.get("/it/territorio/comuni/001025/").content.decode()
    assert Municipality.objects.get(istat_code="001025").name == "Bibiana"
    assert 'href="/it/notizie/ciclabile/"' in here
    assert 'href="/it/notizie/niente/"' not in here, "that is another word"
    assert 'href="/it/notizie/ciclabile/"' in client.get("/it/territorio/zone/5/").content.decode()
    assert "Notizie che nominano" not in client.get("/it/territorio/comuni/001125/").content.decode()


def test_the_name_of_the_authority_does_not_make_every_piece_news_of_its_capital(client: Client) -> None:
    Plan.objects.update(authority_it="Città metropolitana di Torino")
    _news("del-ente", "La Città metropolitana di Torino apre uno sportello")
    _news("di-torino", "Torino, nuovi alberi in piazza")
    forget_pages()
    page = client.get("/it/territorio/comuni/001272/").content.decode()
    assert 'href="/it/notizie/di-torino/"' in page
    assert 'href="/it/notizie/del-ente/"' not in page
