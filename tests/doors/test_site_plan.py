"""The plan's own pages: what a sheet says, where its links lead, how a reader leafs through, what machines read."""

import json
import re

import pytest
from django.db.models import F
from django.urls import reverse
from django.utils.translation import override

from aumenta.plan.models import Action, Alignment, Edition, FrameworkItem
from tests.cast import a_plan, standing
from tests.markup import squeezed

pytestmark = pytest.mark.django_db
AT = "/it/2021-2023"


@pytest.fixture(scope="module", autouse=True)
def _plan(django_db_setup, django_db_blocker):
    with standing(django_db_blocker, lambda: a_plan(label="2021-2023")):
        yield


@pytest.fixture
def page(client):
    def get(address: str) -> str:
        response = client.get(address)
        assert response.status_code == 200, address
        return response.content.decode()

    return get


def an_action(code: str) -> Action:
    return Action.objects.of(Edition.objects.get()).with_code(code).get()


def aligned(code: str, framework: str, item: str, printed: str, role: str = "primary") -> None:
    action = an_action(code)
    action.alignments.all().delete()
    served = FrameworkItem.objects.get(framework__code=framework, slug=item)
    Alignment.objects.create(action=action, item=served, printed=printed, role=role, position=0)


def main_of(page: str) -> str:
    """The page's own words, without markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.split("<main")[1].split("</main>")[0]).split())


def test_a_sheet_shows_the_code_printed_and_the_code_of_today_and_leads_to_both_ends(page):
    aligned("2.2.2", "pnrr", "m2c2", "2.2")
    text = page(f"{AT}/azioni/2.2.2/")
    assert "2.2 → M2C2 Energia rinnovabile" in main_of(text)
    assert f'href="{AT}/azioni/?pnrr=m2c2"' in text
    assert f'href="{AT}/quadri/pnrr/"' in text


def test_a_code_that_is_printed_as_today_is_not_said_twice(page):
    aligned("2.2.2", "pnrr", "m2c2", "M2C2")
    assert "→" not in main_of(page(f"{AT}/azioni/2.2.2/"))


def test_a_possible_integration_is_told_apart(page):
    aligned("2.2.2", "pnrr", "m2c2", "2.2", role="possible_integration")
    assert "possibile integrazione" in main_of(page(f"{AT}/azioni/2.2.2/"))


def test_every_actor_leads_to_its_actions(page):
    text = page(f"{AT}/azioni/2.2.2/")
    for one in an_action("2.2.2").involvements.select_related("actor"):
        assert f'href="{AT}/azioni/?attore={one.actor.slug}"' in text


def test_a_reader_leafs_from_the_first_sheet_to_the_last(page):
    address, seen = f"{AT}/azioni/1.1.1/", []
    while address:
        seen.append(address)
        text = page(address)
        after = re.search(r'rel="next" href="([^"]+)"', text)
        address = after.group(1) if after else ""
    assert len(seen) == 111
    assert 'rel="prev"' not in page(seen[0])


@pytest.mark.parametrize(
    "address",
    [
        "azioni/9.9.9/",
        "azioni/02.2.2/",
        "azioni/2.2/",
        "azioni/a.b.c/",
        "azioni/" + "9" * 3000 + "/",
        "azioni/%00/",
        "strategie/9.9/",
        "strategie/2.02/",
        "assi/9/",
        "assi/%E2%82%AC/",
        "quadri/niente/",
    ],
)
def test_what_is_not_in_the_edition_is_not_found_in_words(client, address):
    response = client.get(f"{AT}/{address}")
    assert response.status_code == 404
    assert "<h1" in response.content.decode()


@pytest.mark.parametrize("address", ["", "assi/2/", "strategie/2.2/", "azioni/2.2.2/"])
def test_machines_read_what_the_page_is_about(page, address):
    text = page(f"{AT}/{address}")
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL).group(1))
    assert data["@context"] == "https://schema.org"
    assert data["@type"] in {"WebSite", "CreativeWork"}
    if address:
        assert data["identifier"] == address.split("/")[1]
        assert data["url"].endswith(f"{AT}/{address}")
        assert data["isPartOf"]["@type"] == "CreativeWork"
    assert '<meta property="og:title"' in text
    assert f'<link rel="canonical" href="http://127.0.0.1:8000{AT}/{address}">' in text


def test_no_title_breaks_out_of_its_place(page):
    hostile = '</script><script>alert("1")</script>&'
    Action.objects.filter(pk=an_action("2.2.2").pk).update(title_it=hostile, summary_it=hostile)
    for address in ("azioni/2.2.2/", "azioni/", "azioni/?vista=tabella&q=alert", "azioni/?q=alert", "strategie/2.2/"):
        assert "<script>alert" not in page(f"{AT}/{address}")


def test_english_pages_say_which_words_are_still_italian(page):
    Action.objects.filter(pk=an_action("2.2.2").pk).update(title_en="", title_it="Titolo soltanto italiano")
    assert '<span lang="it">Titolo soltanto italiano</span>' in page("/en/2021-2023/azioni/2.2.2/")


def test_without_a_description_the_sheet_says_where_the_full_text_is(page):
    Action.objects.filter(pk=an_action("2.2.2").pk).update(description_it="")
    assert 'href="https://www.esempio.it/piano"' in page(f"{AT}/azioni/2.2.2/").split("<main")[1]


def test_the_home_page_has_a_way_in_for_each_kind_of_reader(page):
    text = main_of(page("/it/"))
    for reader in ("Vivi o lavori qui", "Rappresenti un comune", "Fai informazione o ricerca", "Lavori al piano"):
        assert reader in text
    assert "6 assi, 24 strategie, 111 azioni" in text


def test_the_numbers_of_a_strategy_are_those_of_the_search_they_open(page):
    text = squeezed(page(f"{AT}/strategie/2.2/"))
    ties = re.findall(r'href="([^"]+\?strategia=2\.2&amp;[^"]+)">.*?<span class="count">(\d+)</span>', text)
    assert ties
    for address, count in ties[:8]:
        found = main_of(page(address.replace("&amp;", "&")))
        assert re.search(rf"\b{count} azion[ei] su 111", found)


@pytest.mark.parametrize(
    ("language", "says"), [("it", "Proposta, non in vigore."), ("en", "A proposal, not in force.")]
)
def test_every_page_of_an_edition_that_is_only_proposed_says_so(page, language: str, says: str) -> None:
    routes = [
        ("edition", []),
        ("axis", ["1"]),
        ("strategy", ["1.1"]),
        ("action", ["1.1.1"]),
        ("actions", []),
        ("frameworks", []),
    ]
    with override(language):
        addresses = [reverse(f"site:{name}", args=["2021-2023", *rest]) for name, rest in routes]
    words = {"standing_it": "Proposta, non in vigore.", "standing_en": "A proposal, not in force."}
    Edition.objects.update(standing="proposal", revision=F("revision") + 1, **words)
    for address in addresses:
        assert says in page(address), address


def test_an_edition_of_which_nothing_is_said_has_no_notice(page) -> None:
    assert 'role="note"' not in page(f"{AT}/")
