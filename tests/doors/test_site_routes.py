"""Every public route, just by being there: who sees it, how heavy it is, how often it asks the database."""

import gzip
import json
import re
from heapq import heappop, heappush
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, resolve
from django.utils import timezone, translation

from aumenta.activity.public_revision import touch
from aumenta.core.process_cache import forget_everything
from aumenta.events.models import Event
from aumenta.plan.find.catalogue import CATALOGUES, catalogue
from aumenta.plan.models import Edition, Framework
from aumenta.results.models import Snapshot
from aumenta.results.take_snapshot import take_snapshot
from aumenta.site import urls
from aumenta.site.files.dictionary import files_and_columns
from aumenta.site.machines.sitemap import LEFT_OUT
from aumenta.ui.caching import forget_pages
from tests.cast import a_person, a_plan, somebody, standing
from tests.events_cast import a_small_event
from tests.markup import words_in
from tests.monitoring_cast import a_project
from tests.public_addresses import EXAMPLES, FILES, LANGUAGES, LARGE, SMALL, acts_of_turin, files, pages, two_plans
from tests.themes_cast import a_theme_said

MOST_QUERIES = 10
HEAVIEST = 60_000
"""Bytes of HTML, compressed."""

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _plans(django_db_setup, django_db_blocker):
    """Two sizes of plan, made once for all tests of this module and taken away after them."""
    forget_everything()
    with standing(django_db_blocker, plans):
        yield
    forget_everything()


def plans() -> None:
    two_plans()
    call_command("load_territory", city="torino", stdout=StringIO())
    acts_of_turin()
    a_plan(label="2041-2043", state="preparation")
    a_plan(label="2044-2046", strategies=27, actions=0, state="preparation")
    a_small_event("prova-1")
    Event.objects.update(published_at=timezone.now())
    Snapshot.objects.update(published_at=timezone.now())


def test_what_a_process_keeps_of_an_edition_costs_ten_queries_at_most():
    for label in (SMALL["label"], LARGE["label"]):
        CATALOGUES.clear()
        with CaptureQueriesContext(connection) as asked:
            catalogue(Edition.objects.get(label=label))
        assert len(asked) <= MOST_QUERIES


@pytest.fixture(autouse=True)
def _nothing_kept():
    """Not as for every other test: what is known of the two plans stays, their pages too. They are the same for the
    whole module; a test that changes something asks for `changes`."""


@pytest.fixture
def changes():
    """Nobody after this test sees a page of what it changed."""
    forget_pages()
    yield
    forget_everything()


def fresh(client: Client, address: str):
    """The page made anew, not one that was kept."""
    forget_pages()
    return client.get(address)


def queries(client: Client, address: str) -> int:
    """How often a page asks the database, in a process that has read this edition before."""
    assert client.get(address).status_code in {200, 302}
    with CaptureQueriesContext(connection) as asked:
        fresh(client, address)
    return len(asked)


def test_every_route_of_the_public_site_has_an_example():
    waiting = list(urls.urlpatterns)
    names: set[str] = set()
    while waiting:
        pattern = waiting.pop()
        waiting += getattr(pattern, "url_patterns", [])
        names |= {pattern.name} if isinstance(pattern, URLPattern) else set()
    assert names == set(EXAMPLES), "add the new route to tests/public_addresses.py"


@pytest.mark.parametrize("labels", [SMALL, LARGE], ids=["111 actions", "1,110 actions"])
@pytest.mark.parametrize("address", pages())
def test_every_page_is_light_and_in_its_language(client, address, labels):
    for language in LANGUAGES:
        response = client.get(address.format(language=language, **labels), follow=True)
        assert response.status_code == 200
        text = response.content.decode()
        assert f'<html lang="{language}">' in text
        assert len(re.findall(r"<h1[ >]", text)) == 1
        assert not re.search(r"<title>\s*(·|</title>)", text)
        assert 'name="description" content=""' not in text
        assert len(gzip.compress(response.content, 6)) <= HEAVIEST
        assert not re.search(r"</a>\s+,", text), "a comma stands by its word"
        if language == "en":
            assert not re.search("[«»]", words_in(text, "en")), "Italian marks in English, or Italian not said to be"


@pytest.mark.parametrize("address", pages())
def test_no_page_asks_the_database_more_for_a_plan_ten_times_as_large(client, address):
    small = queries(client, address.format(language="it", **SMALL))
    large = queries(client, address.format(language="it", **LARGE))
    assert small == large
    assert large <= MOST_QUERIES


@pytest.mark.parametrize("address", files())
def test_no_file_asks_the_database_more_for_a_plan_ten_times_as_large(client, address):
    small = queries(client, address.format(language="it", **SMALL))
    large = queries(client, address.format(language="it", **LARGE))
    assert small == large <= MOST_QUERIES


@pytest.mark.parametrize("address", pages())
def test_strangers_colleagues_and_owners_read_the_same_page(client, address):
    address = address.format(language="it", **SMALL)
    heading = re.compile(r"<h1.*?</h1>", re.DOTALL)
    seen = set()
    colleague, owner = Client(), Client()
    colleague.force_login(a_person("colleague@esempio.it"))
    owner.force_login(a_person("owner@esempio.it", is_staff=True, is_superuser=True))
    for chair in (client, colleague, owner):
        response = chair.get(address, follow=True)
        assert response.status_code == 200
        seen.add(heading.search(response.content.decode()).group())
    assert len(seen) == 1


@pytest.mark.parametrize("address", [one for one in (*pages(), *files()) if "{label}" in one])
def test_an_edition_in_preparation_is_nobodys_here(client, address):
    owner = Client()
    owner.force_login(a_person("owner@esempio.it", is_staff=True, is_superuser=True))
    for chair in (client, owner):
        for labels in (
            SMALL | {"label": "2041-2043", "next": "2044-2046"},
            SMALL | {"label": "1999-2001", "next": "2002-2004"},
        ):
            assert chair.get(address.format(language="it", **labels)).status_code == 404


@pytest.mark.parametrize("address", [*pages(), *files(), "/sitemap.xml", "/robots.txt", "/dati/luoghi.csv"])
def test_head_answers_wherever_get_does(client, address):
    address = address.format(language="it", **SMALL)
    got, head = client.get(address), client.head(address)
    assert head.status_code == got.status_code
    assert head.headers.get("Content-Type") == got.headers.get("Content-Type")


@pytest.mark.parametrize("address", [*files(), "/dati/luoghi.geojson?tipo=zone", "/dati/equilibrio.csv"])
def test_every_file_may_be_read_by_other_sites_is_not_fetched_twice_and_travels_light(client, address):
    address = address.format(language="it", **SMALL)
    first = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert first.status_code == 200
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"], "Accept-Encoding": "gzip"})
    assert again.status_code == 304
    assert again.content == b""
    plain = client.get(address).content
    if not address.partition("?")[0].endswith((".xlsx", ".ods", ".parquet")) and len(plain) > 500:
        assert gzip.decompress(first.content) == plain
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("address", [one for one in files() if "dizionario" not in one])
def test_every_column_of_every_file_is_in_the_dictionary(client, address):
    known = {one.name for _name, columns in files_and_columns() for one in columns}
    known |= set(Framework.objects.values_list("code", flat=True))
    csv_address = re.sub(r"\.(json|xlsx|ods)", ".csv", address).format(language="it", **SMALL)
    header = client.get(csv_address).content.decode("utf-8-sig").splitlines()[0].split(",")
    assert set(header) <= known


def test_every_public_page_is_in_the_sitemap_or_its_route_says_why_not(client, changes):
    a_theme_said(Event.objects.get())
    take_snapshot(person=somebody("administrator"), event=Event.objects.get())
    Snapshot.objects.update(published_at=None)
    Snapshot.objects.filter(pk=Snapshot.objects.order_by("-pk")[0].pk).update(published_at=timezone.now())
    Event.objects.update(results_published_at=timezone.now())
    a_project()
    touch()
    listed = set(re.findall(r"<loc>[^<]*?(/(?:it|en)/[^<]*)</loc>", client.get("/sitemap.xml").content.decode()))
    routes = set()
    for address in listed:
        with translation.override(address[1:3]):  # an address is known in its own language only
            routes.add(resolve(address).url_name)
    assert routes | set(LEFT_OUT) >= {name for name in EXAMPLES if name not in FILES}
    assert not routes & set(LEFT_OUT)
    assert len([one for one in listed if "/territorio/comuni/0" in one]) == 2 * 312
    with translation.override("it"):
        for address in pages():
            if "?" not in address and resolve(address.format(language="it", **SMALL)).url_name not in LEFT_OUT:
                assert address.format(language="it", **SMALL) in listed


PARTS = re.compile("/(azioni|territorio)/.")
"""Pages of actions and places, of which there are hundreds."""
MOST_CLICKS = 4


def is_of_large_plan(address: str) -> bool:
    """Whether it is a page of the plan that is ten times as large, which is there for other tests."""
    return any(f"/{LARGE[name]}/" in address for name in ("label", "next"))


def links_of(client: Client, address: str) -> list[str]:
    """The pages that a page leads to."""
    answer = client.get(address, follow=True)
    if answer.status_code != 200 or "html" not in answer.headers["Content-Type"]:
        return []
    found = re.findall(r'href="(/it/[^"#]*)', answer.content.decode())
    return list(dict.fromkeys(link.partition("?")[0] for link in found))


def clicks_from_home(client: Client, wanted: set[str]) -> dict[str, int]:
    """In how many clicks each page of the site is reached, up to four, until every wanted one is. Opened last are pages
    of the large plan, before them those of actions and places, which lead to few others; where a shorter way to a page
    is met later, it is gone on from there."""
    found, links, waiting = {"/it/": 0}, {}, [(False, False, 0, "/it/")]
    while waiting and not wanted <= set(found):
        _large, _part, clicks, address = heappop(waiting)
        if address not in links:
            links[address] = links_of(client, address)
        for path in links[address]:
            if clicks + 1 < found.get(path, MOST_CLICKS + 1):
                found[path] = clicks + 1
                if clicks + 1 < MOST_CLICKS:
                    heappush(waiting, (is_of_large_plan(path), PARTS.search(path) is not None, clicks + 1, path))
    return found


def test_every_page_of_the_sitemap_is_within_four_clicks_from_home(client):
    listed = set(re.findall(r"<loc>[^<]*?(/it/[^<]*)</loc>", client.get("/sitemap.xml").content.decode()))
    wanted = {one for one in listed if not is_of_large_plan(one)}
    assert len(wanted) > 500
    assert wanted - set(clicks_from_home(client, wanted)) == set()


def test_the_sitemap_says_when_sheets_last_changed(client):
    text = client.get("/sitemap.xml").content.decode()
    of_action = next(part for part in text.split("<url>") if "/it/2021-2023/azioni/2.2.2/</loc>" in part)
    assert re.search(r"<lastmod>\d{4}-\d\d-\d\d</lastmod>", of_action)


def test_the_sitemap_says_of_every_kind_of_page_that_has_one_when_it_last_changed(client):
    """Places, projects, indicators, acts and consultations as well as sheets: what never says it is only a list."""
    parts = client.get("/sitemap.xml").content.decode().split("<url>")[1:]
    dated: dict[str, bool] = {}
    for part in parts:
        path = re.search(r"<loc>[^<]*?/(?:it|en)(/[^<]*)</loc>", part)[1]
        if not is_of_large_plan(part):
            with translation.override("it"):
                kind = resolve(f"/it{path}").url_name
            dated[kind] = dated.get(kind, False) or "<lastmod>" in part
    undated = {kind for kind, said in dated.items() if not said}
    assert undated <= UNDATED, undated - UNDATED


UNDATED = {
    "act",
    "how_made",
    "compare",
    "open_data",
    "news",
    "events",
    "events_by_month",
    "consultations",
    "contact",
    "acts",
    "instruments",
    "instrument",
    "body_sessions",
    "questionnaires",
    "questionnaire",
    "projects",
    "indicators_of",
    "issue",
}
"""Lists of what others changed, and what keeps no day of its own, as an act of the register that took no step here."""


def test_two_editions_in_the_wrong_order_lead_to_the_comparison_in_the_right_one(client):
    answer = client.get("/it/confronto/2024-2026/2021-2023/?livello=azioni")
    assert answer.status_code == 301
    assert answer.headers["Location"] == "/it/confronto/2021-2023/2024-2026/?livello=azioni"


@pytest.mark.parametrize("address", pages())
def test_what_pages_say_to_machines_can_be_read_by_them(client, address):
    page = client.get(address.format(language="en", **SMALL), follow=True).content.decode()
    for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL):
        data = json.loads(block)
        assert all(one.get("@type") for one in (data if isinstance(data, list) else [data]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_before_any_edition_is_public_the_home_page_says_how_to_begin(client, changes, language):
    Edition.objects.update(state="preparation")
    touch()
    response = fresh(client, f"/{language}/")
    assert response.status_code == 200
    assert "aumenta prepare" in response.content.decode()
