"""One box for the whole site: what is meant comes first, in groups, and nothing is passed off as an answer."""

import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aumenta.pages.make_demo_pages import make_demo_pages
from aumenta.plan.load_bundle import load_bundles
from aumenta.plan.models import Edition, SearchSynonym
from aumenta.plan.propose_places import propose_places
from aumenta.plan.search.synonyms import load_synonyms
from aumenta.territory.load import load_territories
from aumenta.territory.models import Territory
from aumenta.ui.caching import forget_pages
from tests.cast import somebody, standing
from tests.public_addresses import acts_of_turin
from tests.turin import source_of_turin, tables_of_turin

pytestmark = pytest.mark.django_db
LABEL = "2021-2023"


def build() -> None:
    load_bundles()
    load_territories(source=source_of_turin(), tables=tables_of_turin())
    load_synonyms()
    for edition in Edition.objects.all():
        propose_places(edition=edition, territory=Territory.objects.get())
    make_demo_pages(person=somebody("administrator"))


@pytest.fixture(scope="module", autouse=True)
def _site(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    with standing(django_db_blocker, build):
        yield


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    forget_pages()


def found(client: Client, asked: str, language: str = "it") -> str:
    response = client.get(f"/{language}/cerca/", {"q": asked})
    assert response.status_code == 200
    return str(response.content.decode())


def headings(page: str) -> list[str]:
    main = page[page.index("<main") : page.index("</main>")]
    return [
        " ".join(re.sub("<[^>]+>", " ", one).split()) for one in re.findall(r"<h2[^>]*>(.*?)</h2>", main, re.DOTALL)
    ]


def suggested(client: Client, typed: str, language: str = "it") -> list[dict[str, str]]:
    response = client.get(f"/{language}/cerca/suggerimenti/", {"q": typed})
    assert response.status_code == 200
    return list(response.json()["suggestions"])


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("Condove", "/it/territorio/comuni/001093/"),
        ("Comune di Ivrea", "/it/territorio/comuni/001125/"),
        ("1272", "/it/territorio/comuni/001272/"),
        ("10015", "/it/territorio/comuni/001125/"),
        ("Valsusa", "/it/territorio/zone/6/"),
        ("Pinerollo", "/it/territorio/comuni/001191/"),
    ],
)
def test_a_place_by_whatever_name_is_offered_before_everything_else(client: Client, asked: str, address: str) -> None:
    page = found(client, asked)
    assert headings(page)[0] == "Luoghi"
    assert f'href="{address}"' in page


def test_a_programme_leads_to_its_matrix_and_to_all_its_actions(client: Client) -> None:
    page = found(client, "PNRR")
    assert headings(page)[0] == "Fondi, programmi ed enti"
    assert f'href="/it/{LABEL}/quadri/pnrr/"' in page
    assert "Tutte le 109 azioni" in page
    assert "«PNRR» è: PNRR" not in page, "what needs no explanation is not explained"


def test_everyday_words_are_understood_and_what_was_understood_is_said(client: Client) -> None:
    assert "«pullman» è stato cercato anche come: autobus" in found(client, "pullman")


def test_what_the_plan_does_not_deal_with_gets_three_nearest_actions_at_most_marked_as_such(client: Client) -> None:
    page = found(client, "carta d'identità")
    assert "Il piano non si occupa di" in page
    assert page.count('<h3><a href="/it/2021-2023/azioni/') <= 3
    assert "Tutte le" not in page


def test_where_nothing_answers_it_says_so(client: Client) -> None:
    assert "Nessun risultato in questo sito" in found(client, "xyzzyq")


def test_news_and_pages_are_found_beside_the_plan(client: Client) -> None:
    assert "Notizie" in headings(found(client, "incontro di prova"))


def test_the_same_words_can_be_looked_for_in_the_other_edition(client: Client) -> None:
    assert "/it/cerca/?q=acqua&amp;edizione=2024-2026" in found(client, "acqua")
    response = client.get("/it/cerca/", {"q": "acqua", "edizione": "2024-2026"})
    assert response.status_code == 200


@given(asked=st.text(max_size=60))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_gets_a_page_and_suggestions(client: Client, asked: str) -> None:
    assert "<h1" in found(client, asked)
    assert len(suggested(client, asked)) <= 8


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("cond", "Condove"),
        ("pnr", "PNRR"),
        ("2.2.2", "2.2.2 · "),
        ("comune di iv", "Ivrea"),
        ("valsu", "6 Valli di Susa e Sangone"),
        ("pullm", "pullman"),
        ("1272", "Torino"),
    ],
)
def test_suggestions_begin_with_what_is_meant(client: Client, typed: str, first: str) -> None:
    names = [one["name"] for one in suggested(client, typed)]
    assert names
    assert names[0].startswith(first)


def test_every_suggestion_leads_to_a_page_that_is_there(client: Client) -> None:
    for typed in ("pi", "mont", "acqua", "rete", "incontro", "uncem", "m1c"):
        for one in suggested(client, typed, "en"):
            assert one["address"].startswith("/en/")
            assert client.get(one["address"]).status_code == 200, one


def test_suggestions_ask_the_database_for_nothing_that_grows(client: Client) -> None:
    suggested(client, "ac")
    forget_pages()
    with CaptureQueriesContext(connection) as asked:
        suggested(client, "acq")
    assert len(asked) <= 5


def test_what_the_office_teaches_is_understood_at_once(client: Client) -> None:
    editor = Client()
    editor.force_login(somebody("approver"))
    assert "acqua" not in found(client, "borraccia").split("<main")[1].split("risultati")[0]
    entry = {"written": "borraccia; fontanella", "meaning": "acqua", "language": "it"}
    said = editor.post("/it/scrivania/parole/", entry, follow=True).content.decode()
    assert "borraccia; fontanella" in said
    assert "«borraccia» è stato cercato anche come: acqua" in found(client, "borraccia")
    number = SearchSynonym.objects.get(written="borraccia; fontanella").pk
    editor.post(f"/it/scrivania/parole/{number}/", entry | {"meaning": "bosco"})
    assert "«borraccia» è stato cercato anche come: bosco" in found(client, "borraccia")
    editor.post(f"/it/scrivania/parole/{number}/togli/")
    assert "bosco" not in found(client, "borraccia").split("<main")[1][:3000]


def test_words_that_name_no_framework_are_refused_beside_their_field() -> None:
    editor = Client()
    editor.force_login(somebody("approver"))
    answer = editor.post("/it/scrivania/parole/", {"written": "soldi", "meaning": "@pnnr", "language": "it"})
    assert answer.status_code == 409
    assert "@pnnr" in answer.content.decode()
    assert not SearchSynonym.objects.filter(written="soldi").exists()


def test_menu_and_search_stand_on_every_page_also_where_something_went_wrong(client: Client) -> None:
    for address in ("/it/", "/it/niente/", "/it/accessibilita/", "/it/accesso/login/", f"/it/{LABEL}/azioni/"):
        page = client.get(address).content.decode()
        assert 'action="/it/cerca/"' in page, address
        assert f'href="/it/{LABEL}/azioni/"' in page, address
    stranger = Client()
    stranger.force_login(somebody("reader"))
    refused = stranger.get("/it/scrivania/persone/")
    assert refused.status_code == 403
    assert 'action="/it/cerca/"' in refused.content.decode()


def test_acts_and_pages_of_the_site_are_found_by_what_they_are(client):
    acts_of_turin()
    assert "/it/atti/2015-04-14-statuto-della-citta-metropolitana/" in found(client, "statuto")
    assert "/it/atti/linee-di-indirizzo-psm-2024-2026/" in found(client, "delibera 23/2023")
    assert "/it/contatti/" in found(client, "telefono ufficio").partition("<main")[2].partition("</main")[0]
    assert "/it/eventi/calendario/" in found(client, "calendario incontri")
    assert "/it/come-si-fa/" in found(client, "come si fa il piano")
