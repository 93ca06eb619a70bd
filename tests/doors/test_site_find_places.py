"""Find by place: what a zone, a belt or a municipality leaves, counted truly, in the page and in the files."""

import csv
import io
import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aumenta.plan import places
from aumenta.plan.find.catalogue import Catalogue
from aumenta.plan.find.place_filters import catalogue_with_places
from aumenta.plan.find.search_query import answer, read
from aumenta.plan.models import Action, ActionPlace, Edition
from aumenta.plan.places import Reached
from aumenta.territory.models import Belt, Municipality, Territory, Zone
from aumenta.ui.reached import reached_words
from tests.cast import a_plan
from tests.markup import squeezed
from tests.turin import turin  # noqa: F401 - a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("turin")]
LABEL = "2021-2023"
TIED: dict[str, dict[str, Any]] = {
    "1.1.1": {"reach": "whole", "state": "confirmed"},
    "1.1.2": {"reach": "belt", "belt": "montagna"},
    "1.1.3": {"reach": "zone", "zone": 5},
    "1.1.4": {"reach": "municipality", "municipality": "001063"},
    "1.1.5": {"reach": "small"},
    "1.2.1": {"reach": "zone", "zone": 9, "state": "declined"},
}


@pytest.fixture
def edition() -> Edition:
    """A plan of 111 actions, six of them tied to a place, one of these declined."""
    edition = a_plan(label=LABEL)
    actions = {action.code: action for action in Action.objects.of(edition)}
    for code, tie in TIED.items():
        places = {
            "belt": Belt.objects.filter(slug=tie.get("belt", "")).first(),
            "zone": Zone.objects.filter(number=tie.get("zone", 0)).first(),
            "municipality": Municipality.objects.filter(istat_code=tie.get("municipality", "")).first(),
        }
        ActionPlace.objects.create(
            action=actions[code], reach=tie["reach"], state=tie.get("state", "proposed"), found_words="parole", **places
        )
    return edition


@pytest.fixture
def plan(edition: Edition) -> Catalogue:
    return catalogue_with_places(edition)


def codes(plan: Catalogue, query: str) -> list[str]:
    return [entry.code for entry in answer(read(QueryDict(query), plan), plan).entries]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("comune=001272", ["1.1.1"]),
        ("comune=001063", ["1.1.1", "1.1.4"]),
        ("comune=001191", ["1.1.1", "1.1.3"]),
        ("comune=001175", ["1.1.1", "1.1.2", "1.1.5"]),
        ("comune=001063&comune=001191", ["1.1.1", "1.1.3", "1.1.4"]),
        ("zona=5", ["1.1.1", "1.1.2", "1.1.3", "1.1.5"]),
        ("zona=1", ["1.1.1"]),
        ("zona=9", ["1.1.1", "1.1.2", "1.1.5"]),
        ("fascia=montagna", ["1.1.1", "1.1.2", "1.1.3", "1.1.5"]),
        ("fascia=pianura&zona=4", ["1.1.1", "1.1.4"]),
        ("fascia=pianura&zona=7", ["1.1.1", "1.1.5"]),
        ("comune=001063&strategia=1.2", []),
    ],
)
def test_a_place_finds_the_actions_tied_to_it_and_to_what_it_lies_in(
    plan: Catalogue, query: str, found: list[str]
) -> None:
    assert codes(plan, query) == found


def test_the_counts_by_place_are_those_of_asking_one_by_one(plan: Catalogue) -> None:
    some = {
        "zona": ["1", "5", "9"],
        "fascia": ["pianura", "montagna"],
        "comune": ["001063", "001175"],
        "asse": ["1", "2"],
    }

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def true(data: st.DataObject) -> None:
        query = QueryDict(mutable=True)
        for word in data.draw(st.sets(st.sampled_from(sorted(some)), max_size=3)):
            query.setlist(word, data.draw(st.lists(st.sampled_from(some[word]), min_size=1, unique=True)))
        counts = answer(read(query, plan), plan).counts
        for word, values in some.items():
            for value in values:
                alone = query.copy()
                alone.setlist(word, [value])
                assert counts[word].get(value, 0) == len(codes(plan, alone.urlencode())), (query, word, value)

    true()


def test_a_filter_by_place_finds_what_the_page_of_the_place_lists(client: Client, edition: Edition) -> None:
    plan = catalogue_with_places(edition)
    for page, query in (
        ("zone/5/", "zona=5"),
        ("fasce/montagna/", "fascia=montagna"),
        ("comuni/001175/", "comune=001175"),
    ):
        html = squeezed(client.get(f"/it/territorio/{page}").content.decode())
        assert f'<a href="/it/{LABEL}/azioni/?{query}">Cerca e filtra queste azioni</a>' in html
        section = html.partition('<section class="section" aria-labelledby="azioni">')[2].partition("</section>")[0]
        assert set(re.findall(rf'href="/it/{LABEL}/azioni/([\d.]+)/', section)) == set(codes(plan, query))


@pytest.mark.usefixtures("edition")
@pytest.mark.parametrize("view", ["elenco", "tabella", "insieme"])
def test_every_view_shows_the_filter_its_chip_and_what_it_means(client: Client, view: str) -> None:
    page = client.get(f"/it/{LABEL}/azioni/?comune=001063&vista={view}").content.decode()
    assert "Comune: Caselle Torinese" in page
    assert "Trovi le azioni che citano il comune" in page
    assert "106 azioni non sono legate a nessun luogo" in page
    assert '<option value="001272">Torino (1)</option>' in page
    assert 'name="comune" value="001063" id="f-comune-1" checked' in page


@pytest.mark.usefixtures("edition")
def test_the_list_says_through_which_tie_an_action_reaches_the_place(client: Client) -> None:
    page = squeezed(client.get(f"/it/{LABEL}/azioni/?comune=001063").content.decode())
    assert "Arriva in questo luogo attraverso: Caselle Torinese (proposta)" in page
    assert "Arriva in questo luogo attraverso: tutto il territorio" in page
    both = squeezed(client.get(f"/it/{LABEL}/azioni/?comune=001002&zona=5").content.decode())
    assert "attraverso: zona 5. Pinerolese (proposta)" in both
    assert "attraverso: montagna" not in both, "the municipality lies in the plain"
    assert "Arriva in questo luogo" not in client.get(f"/it/{LABEL}/azioni/").content.decode()


@pytest.mark.usefixtures("edition")
def test_files_carry_the_places_and_follow_the_filter(client: Client) -> None:
    selection = json.loads(client.get(f"/it/{LABEL}/azioni.json?comune=001063").content)
    assert [row["code"] for row in selection["actions"]] == ["1.1.1", "1.1.4"]
    assert selection["selection"].endswith("?comune=001063")
    assert selection["actions"][1]["places"] == [
        {"reach": "municipality", "name": "Caselle Torinese", "state": "proposed", "found_words": "parole"}
    ]
    text = client.get(f"/it/{LABEL}/azioni.csv?comune=001063").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["places"] for row in rows] == ["tutto il territorio", "Caselle Torinese (proposta)"]


@pytest.mark.usefixtures("edition")
@pytest.mark.parametrize("query", ["comune=1063", "comune=Atlantide", "zona=12", "zona=0", "fascia=mare"])
def test_a_place_that_is_not_there_is_told_and_left_out(client: Client, query: str) -> None:
    page = client.get(f"/it/{LABEL}/azioni/?{query}").content.decode()
    assert "non è tra i valori del filtro" in page
    assert client.get(f"/it/{LABEL}/azioni.csv?{query}").status_code == 400


def test_a_tie_that_is_changed_or_a_territory_loaded_again_changes_the_answer(edition: Edition) -> None:
    assert codes(catalogue_with_places(edition), "zona=1") == ["1.1.1"]
    ActionPlace.objects.filter(reach="whole").delete()
    Edition.objects.filter(pk=edition.pk).update(revision=edition.revision + 1)
    edition.refresh_from_db()
    assert codes(catalogue_with_places(edition), "zona=1") == []
    ActionPlace.objects.filter(reach="small").update(reach="whole")
    territory = Territory.objects.get(code="001")
    Territory.objects.filter(pk=territory.pk).update(loaded_at=territory.loaded_at.replace(year=2001))
    assert codes(catalogue_with_places(edition), "zona=1") == ["1.1.5"]


def test_without_ties_there_is_no_filter_by_place(client: Client) -> None:
    a_plan(label=LABEL)
    assert "Per luogo" not in client.get(f"/it/{LABEL}/azioni/").content.decode()


@pytest.mark.usefixtures("edition")
def test_the_page_describes_itself_to_search_engines(client: Client) -> None:
    page = client.get(f"/it/{LABEL}/azioni/").content.decode()
    assert 'content="Le 111 azioni del piano 2021-2023: cercale per parola' in page


def flat(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.mark.parametrize(
    ("word", "key", "page", "name"),
    [
        ("comune", "001272", "/it/territorio/comuni/001272/", "Torino"),
        ("comune", "001063", "/it/territorio/comuni/001063/", "Caselle Torinese"),
        ("comune", "001175", "/it/territorio/comuni/001175/", ""),
        ("zona", "5", "/it/territorio/zone/5/", "Pinerolese"),
        ("zona", "9", "/it/territorio/zone/9/", "Eporediese"),
    ],
)
def test_the_actions_of_a_place_are_the_same_two_numbers_wherever_they_are_counted(
    client: Client, edition: Edition, word: str, key: str, page: str, name: str
) -> None:
    kind = {"comune": "comuni", "zona": "zone"}[word]
    raw = client.get(f"/dati/luoghi.csv?tipo={kind}&{word}={key}").content.decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(raw))
    told = reached_words(Reached(int(row["actions"]), int(row["actions_proposed"])))
    assert f"Azioni per questo luogo {told}" in flat(client.get(page).content.decode())
    assert f"({told})" in flat(client.get(f"/it/{edition.label}/azioni/?{word}={key}").content.decode())
    if name:
        assert f"azioni: {told}" in flat(client.get("/it/cerca/", {"q": name}).content.decode())
    if word == "comune":
        table = client.get("/it/territorio/azioni/").content.decode()
        assert told in unescape(table)
        [line] = re.findall(rf'<tr>\s*<th scope="row"><a href="[^"]*{key}/#azioni.*?</tr>', table, re.DOTALL)
        assert re.findall(r"\d+", flat(line.replace("zona", ""))[len(row["name"]) :])[-2:] == [
            row["actions"],
            row["actions_proposed"],
        ]


def test_the_map_and_the_places_count_by_one_function_and_no_other() -> None:
    # Whoever asks a tie whether it is proposed to count with it makes a second way to count.
    source = Path(places.__file__).parents[1]
    asking = {
        file.relative_to(source).as_posix()
        for file in source.rglob("*.py")
        if re.search(r"\btie\.proposed\b", file.read_text())
    }
    assert asking == {"plan/places.py", "site/territory/place_actions.py", "site/find/actions_export.py"}
