"""Public pages are kept while nothing public changes, and for nobody who is signed in."""

import gzip

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aumenta.plan.changed import changed
from aumenta.plan.models import Action, Edition
from tests.cast import a_person, a_plan

pytestmark = pytest.mark.django_db
ADDRESS = "/it/2021-2023/azioni/1.1.1/"


def retitle(title: str) -> None:
    """Change a title as every verb does: with the revision of its edition and of what is public."""
    Action.objects.filter(number=1, strategy__number=1, strategy__axis__number=1).update(title_it=title)
    changed(Edition.objects.all())


def test_the_second_reader_costs_the_revisions_alone(client: Client) -> None:
    a_plan(actions=6)
    first = client.get(ADDRESS)
    with CaptureQueriesContext(connection) as queries:
        second = Client().get(ADDRESS)
    assert second.content == first.content
    assert len(queries) == 1


def test_a_change_is_seen_at_once(client: Client) -> None:
    a_plan(actions=6)
    client.get(ADDRESS)
    retitle("Un titolo tutto nuovo")
    assert "Un titolo tutto nuovo" in client.get(ADDRESS).content.decode()


def test_whoever_has_the_page_already_is_told_that_nothing_changed(client: Client) -> None:
    a_plan(actions=6)
    tag = client.get(ADDRESS)["ETag"]
    again = client.get(ADDRESS, headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.content == b""
    retitle("Altro")
    assert client.get(ADDRESS, headers={"If-None-Match": tag}).status_code == 200


def test_a_kept_page_comes_compressed_to_those_who_can_read_it_so(client: Client) -> None:
    a_plan(actions=6)
    plain = client.get(ADDRESS)
    zipped = client.get(ADDRESS, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(zipped.content) == plain.content
    assert zipped["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in zipped["Vary"]


def test_who_is_signed_in_never_gets_or_leaves_a_kept_page(client: Client) -> None:
    a_plan(actions=6)
    client.force_login(a_person())
    mine = client.get(ADDRESS)
    assert "ETag" not in mine
    stranger = Client().get(ADDRESS).content.decode()
    assert "ada@esempio.it" not in stranger


def test_pages_of_two_languages_are_kept_apart(client: Client) -> None:
    a_plan(actions=6)
    pages = {
        client.get(address).content for address in (ADDRESS, ADDRESS.replace("/it/", "/en/")) for _again in range(2)
    }
    assert len(pages) == 2


def test_errors_are_not_kept(client: Client) -> None:
    a_plan(actions=6)
    missing = "/it/2021-2023/azioni/9.9.9/"
    assert client.get(missing).status_code == 404
    assert "ETag" not in client.get(missing)


def test_every_kept_page_has_the_content_security_policy(client: Client) -> None:
    a_plan(actions=6)
    client.get(ADDRESS)
    policy = Client().get(ADDRESS)["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_search_engines_find_every_public_page_in_both_languages_and_no_other(client: Client) -> None:
    a_plan(actions=6)
    a_plan(label="2024-2026", actions=6, state="preparation")
    sitemap = client.get("/sitemap.xml").content.decode()
    for language in ("it", "en"):
        assert f"/{language}/2021-2023/azioni/1.1.1/</loc>" in sitemap
    assert "2024-2026" not in sitemap
    robots = client.get("/robots.txt").content.decode()
    assert "Disallow: /it/scrivania/" in robots
    assert "/sitemap.xml" in robots
