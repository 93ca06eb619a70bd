"""An address with nothing behind it says what is missing and leads to what may have been meant."""

import re
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest

from aumenta.plan.models import Action, Edition
from aumenta.territory.models import Municipality
from aumenta.ui.not_found import words_of_address
from tests.cast import a_small_plan
from tests.events_cast import zones

SITE = Path(__file__).parents[2] / "src/aumenta/site"


def ways(page: str) -> list[str]:
    """The links between the heading and the button."""
    main = page.partition("<main")[2].partition("</main>")[0]
    return [unescape(one) for one in re.findall(r'<a\s+href="([^"]+)"', main)]


def test_every_sentence_about_what_is_missing_reaches_its_reader():
    """Django's own page shows none of it: `NotHereError` does, and without a sentence there is nothing to show."""
    silent = re.compile(r"raise Http404\(\s*\S")
    assert [path.name for path in SITE.rglob("*.py") if silent.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "sentence", "led_to"),
    [
        ("azioni/1.1.9", "non ha un’azione «1.1.9»", ["azioni/1.1.2/", "strategie/1.1/", "azioni/"]),
        ("azioni/01.1.2", "non ha un’azione «01.1.2»", ["azioni/1.1.2/", "azioni/"]),
        ("azioni/2-1-1", "non ha un’azione «2-1-1»", ["azioni/2.1.1/", "azioni/"]),
        ("azioni/9.9.9", "non ha un’azione «9.9.9»", ["azioni/"]),
        ("azioni/acqua", "non ha un’azione «acqua»", ["azioni/"]),
        ("strategie/1.7", "non ha una strategia «1.7»", ["strategie/1.1/", "assi/1/", ""]),
        ("strategie/9.1", "non ha una strategia «9.1»", [""]),
        ("assi/3", "non ha un asse «3»", ["assi/2/", ""]),
        ("assi/9", "non ha un asse «9»", [""]),
    ],
)
def test_a_code_that_is_not_there_leads_to_the_nearest_and_to_what_it_would_be_part_of(
    client, asked: str, sentence: str, led_to: list[str]
) -> None:
    a_small_plan()
    answer = client.get(f"/it/2021-2023/{asked}/")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert sentence in page
    search = f"/it/cerca/?q={quote(words_of_address(f'/it/{asked}/'))}"
    assert ways(page)[: len(led_to)] == [f"/it/2021-2023/{one}" for one in led_to]
    assert search in ways(page)
    for way in ways(page):
        assert client.get(way).status_code == 200, way


@pytest.mark.django_db
def test_a_code_of_another_edition_leads_there_and_an_edition_that_is_not_public_to_those_that_are(client) -> None:
    earlier = a_small_plan()
    later = Edition.objects.create(
        plan=earlier.plan, label="2024-2026", first_year=2024, last_year=2026, title_it="Nuovo", state="public"
    )
    hidden = Edition.objects.create(
        plan=earlier.plan, label="2027-2029", first_year=2027, last_year=2029, title_it="Segreto"
    )
    page = client.get(f"/it/{later.label}/azioni/2.1.1/").content.decode()
    assert "/it/2021-2023/azioni/2.1.1/" in ways(page)
    missing = client.get(f"/it/{hidden.label}/azioni/2.1.1/").content.decode()
    assert {f"/it/{later.label}/", "/it/2021-2023/"} <= set(ways(missing))
    assert "Segreto" not in missing


@pytest.mark.django_db
@pytest.mark.parametrize("written", ["4242", "san-prova", "San%20Prova"])
def test_a_municipality_is_found_by_its_code_without_zeros_and_by_its_name(client, written: str) -> None:
    zone = zones()[0]
    Municipality.objects.create(
        territory=zone.territory, zone=zone, istat_code="004242", name="San Prova", zone_confidence="official"
    )
    a_small_plan()
    answer = client.get(f"/it/territorio/comuni/{written}/")
    assert answer.status_code == 404
    assert ways(answer.content.decode())[0] == "/it/territorio/comuni/004242/"


@pytest.mark.django_db
def test_what_a_developer_would_read_is_not_shown(client) -> None:
    a_small_plan()
    for address in ("/it/mai-sentito/", "/it/eventi/mai-sentito/", "/it/notizie/mai-sentita/"):
        page = client.get(address).content.decode()
        assert "Pagina non trovata" in page
        assert not re.search(r"matches the given query|Resolver404|Http404|tried", page), address
    assert not Action.objects.with_code("9.9.9").exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("/it/dati/", "/it/dati-aperti/"),
        ("/en/dati/", "/en/dati-aperti/"),
        ("/it/evento/", "/it/eventi/"),
        ("/it/teritorio/", "/it/territorio/"),
        ("/it/partecipa/seguire/", "/it/partecipa/segui/"),
    ],
)
@pytest.mark.parametrize("debug", [False, True])
def test_an_address_written_almost_like_one_of_ours_leads_there(client, settings, asked: str, meant: str, debug: bool):
    """While trying out too, where Django would answer with its own list of addresses."""
    settings.DEBUG = debug
    a_small_plan()
    answer = client.get(asked)
    page = answer.content.decode()
    assert answer.status_code == 404
    assert ways(page)[0] == meant
    assert len(ways(page)) <= 3 + 2
    assert client.get(meant).status_code == 200
    assert "URLconf" not in page


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["/it/mai-sentito/", "/it/xyz/abc/", "/it/wp-login.php"])
def test_an_address_like_none_of_ours_leads_to_none_but_the_search(client, asked: str) -> None:
    a_small_plan()
    assert [one for one in ways(client.get(asked).content.decode()) if "/cerca/?q=" not in one] == []


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/it/piste-ciclabili.html", "piste ciclabili"),
        ("/en/2021-2023/azioni/9.9.9/", "9.9.9"),
        ("/it/%3Cscript%3E/", "script"),
        ("/it/", ""),
        ("/", ""),
        ("/it/" + "x" * 900, "x" * 60),
    ],
)
def test_the_end_of_an_address_becomes_words_to_search_for(path: str, words: str) -> None:
    assert words_of_address(path) == words
