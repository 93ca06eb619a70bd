"""The public pages of the territory and its files: what they say, what they cost, what they refuse."""

import csv
import gzip
import io
import json
import re
import sqlite3
from pathlib import Path

import openpyxl
import pytest
import shapely
from django.test import Client

from aumenta.territory.find_places import find
from aumenta.territory.models import Population, Territory
from aumenta.territory.queries import table_of
from tests.cast import a_plan
from tests.markup import squeezed
from tests.turin import turin  # noqa: F401 - a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("turin")]


def test_the_map_is_light_and_has_a_link_for_each_municipality_and_the_same_numbers_in_a_table(client: Client) -> None:
    page = client.get("/it/territorio/mappa/?dato=densita").content.decode()
    drawing = page[page.index('<svg class="territory-map"') : page.index("</svg>", page.index("territory-map"))]
    assert drawing.count("<a href=") == 312
    assert len(gzip.compress(drawing.encode())) <= 150_000
    assert "<title>Torino: 6.559,1</title>" in drawing
    table = squeezed(page[page.index("<tbody>") :])
    assert table.count("<tr>") == 312
    assert '<a href="/it/territorio/comuni/001272/">Torino</a></th><td class="figure">6.559,1</td>' in table


@pytest.mark.parametrize("page", ["", "mappa/", "zone/9/", "fasce/montagna/"])
def test_a_map_to_press_is_enlarged_and_made_whole_again_by_its_address_alone(client: Client, page: str) -> None:
    text = client.get(f"/it/territorio/{page}").content.decode()
    for name, words in (("mappa-grande", "Ingrandisci la mappa"), ("mappa-intera", "Mostra la mappa intera")):
        assert text.count(f'id="{name}"') == 1
        assert re.search(rf'href="#{name}"[^>]*>{words}</a>', text)
    box = text[text.index('id="mappa-grande"') :]
    assert box.index("<svg") < box.index("</div>"), "the map is in the box"


def test_a_picture_with_nothing_to_press_is_not_enlarged(client: Client) -> None:
    assert "mappa-grande" not in client.get("/it/territorio/comuni/001125/").content.decode()


def test_a_place_whose_value_is_not_known_is_hatched_and_told(client: Client) -> None:
    Population.objects.filter(municipality__istat_code="001001").delete()
    territory = Territory.objects.get(code="001")
    Territory.objects.filter(pk=territory.pk).update(loaded_at=territory.loaded_at.replace(year=2001))
    page = client.get("/it/territorio/mappa/").content.decode()
    assert '<title>Agliè: –</title><path fill="url(#ignoto)"' in page
    assert "non noto" in page


def test_an_unknown_figure_is_told_and_the_usual_one_shown(client: Client) -> None:
    page = client.get("/it/territorio/mappa/?dato=felicita").content.decode()
    assert "Il dato «felicita» non esiste" in page
    assert "Indice di vecchiaia" in page


def test_counting_figures_are_not_measured_for_balance(client: Client) -> None:
    assert "scegli un rapporto" in client.get("/it/territorio/equilibrio/?dato=popolazione").content.decode()


def test_a_figure_without_balance_says_why(client: Client) -> None:
    assert "non si può misurare" in client.get("/it/territorio/equilibrio/?dato=variazione").content.decode()


@pytest.mark.parametrize("page", ["zone/12/", "zone/x/", "fasce/mare/", "comuni/999999/", "comuni/1272/"])
def test_a_place_that_is_not_there_is_not_found(client: Client, page: str) -> None:
    assert client.get(f"/it/territorio/{page}").status_code == 404


def test_a_municipality_that_is_gone_leads_to_its_heir(client: Client) -> None:
    page = client.get("/it/territorio/comuni/001005/").content.decode()
    assert "Alice Superiore non esiste più" in page
    assert '<a href="/it/territorio/comuni/001317/">Val di Chy</a>' in page


def test_a_municipality_tells_its_history(client: Client) -> None:
    assert "Nato da Alice Superiore" in client.get("/it/territorio/comuni/001317/").content.decode()
    assert "Ha ceduto territorio a Mappano" in client.get("/it/territorio/comuni/001063/").content.decode()
    assert "Si è chiamato Ulzio fino al 1960" in client.get("/it/territorio/comuni/001175/").content.decode()


def test_the_plans_published_figures_stand_beside_ours_with_their_year(client: Client) -> None:
    page = client.get("/it/territorio/").content.decode()
    for printed in ("206,1", "61,1", "25,55", "359.156", "575.255", ">2019<", ">2020<", "221,4", "61,6"):
        assert printed in page, printed


# Finding


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("Ciriè", "001086"),
        ("cirie", "001086"),
        ("CIRIE'", "001086"),
        ("san giorio", "001245"),
        ("ulzio", "001175"),
        ("Ferrera Cenisio", "001157"),
        ("vico canavese", "001297"),
        ("None", "001168"),
        ("001272", "001272"),
        ("moncalleri", "001156"),
        ("Cuorgne", "001098"),
        ("Leinì", "001130"),
    ],
)
def test_a_municipality_is_found_by_any_spelling_former_name_or_code(asked: str, code: str) -> None:
    assert find(Territory.objects.get(code="001"), asked)[0].code == code


@pytest.mark.parametrize("asked", ["", "   ", "qwertyuiop", "«»", "🏔"])
def test_what_is_no_name_finds_nothing(asked: str) -> None:
    assert find(Territory.objects.get(code="001"), asked) == []


def test_a_name_that_is_exactly_one_municipality_opens_it(client: Client) -> None:
    response = client.get("/it/territorio/comuni/?q=cirie")
    assert response["Location"] == "/it/territorio/comuni/001086/"
    assert "Nessun comune" in client.get("/it/territorio/comuni/?q=zzzzzz").content.decode()


# Comparing


def test_a_place_is_added_by_its_name_and_the_address_can_be_kept(client: Client) -> None:
    response = client.get("/it/territorio/confronto/?luogo=zona-5&aggiungi=Montagna")
    assert response["Location"] == "/it/territorio/confronto/?luogo=zona-5&luogo=fascia-montagna"
    response = client.get("/it/territorio/confronto/?luogo=zona-5&aggiungi=ivrea")
    assert response["Location"].endswith("luogo=comune-001125")


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("luogo=zona-99", "Non c’è un luogo «zona-99»"),
        ("luogo=pianeta-marte", "Non c’è un luogo «pianeta-marte»"),
        ("aggiungi=Atlantide", "Nessun luogo qui si chiama «Atlantide»"),
        ("&".join(f"luogo=zona-{n}" for n in range(1, 8)), "fino a cinque luoghi"),
        ("&".join(f"luogo=zona-{n}" for n in range(1, 6)) + "&aggiungi=ivrea", "prima togline uno"),
    ],
)
def test_what_cannot_be_compared_is_said(client: Client, query: str, says: str) -> None:
    assert says in client.get(f"/it/territorio/confronto/?{query}").content.decode()


# Files


def test_geojson_has_all_places_their_codes_as_text_and_its_source_licence_and_crs(client: Client) -> None:
    data = json.loads(client.get("/dati/luoghi.geojson").content)
    assert len(data["features"]) == 312
    assert (data["licence"], data["crs"]) == ("CC BY 4.0", "EPSG:4326")
    assert "ISTAT" in data["source"]
    codes = {feature["properties"]["istat_code"] for feature in data["features"]}
    assert "001168" in codes
    shapes = [shapely.from_geojson(json.dumps(feature["geometry"])) for feature in data["features"]]
    whole = shapely.union_all(shapes)
    assert abs(sum(shape.area for shape in shapes) / whole.area - 1) < 0.0001


def test_a_geopackage_opens_with_its_layer_crs_and_selection(client: Client, tmp_path: Path) -> None:
    path = tmp_path / "zone.gpkg"
    path.write_bytes(client.get("/dati/luoghi.gpkg?tipo=comuni&zona=3").content)
    with sqlite3.connect(path) as file:
        assert file.execute("select table_name, srs_id from gpkg_contents").fetchall() == [("municipality", 4326)]
        assert file.execute("select count(*), min(licence) from municipality").fetchone() == (18, "CC BY 4.0")
        assert file.execute("select name from municipality where istat_code = '001168'").fetchone() == ("None",)


@pytest.mark.parametrize(("kind", "rows"), [("comuni", 312), ("zone", 11), ("fasce", 3)])
def test_csv_and_xlsx_hold_every_figure_of_every_place(client: Client, kind: str, rows: int) -> None:
    text = client.get(f"/dati/luoghi.csv?tipo={kind}").content.decode("utf-8-sig")
    table = list(csv.DictReader(io.StringIO(text)))
    assert len(table) == rows
    assert table[0]["licence"] == "CC BY 4.0"
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/dati/luoghi.xlsx?tipo={kind}").content))
    assert book.sheetnames == ["places", "figures", "source"]
    sheet = list(book["places"].values)
    assert len(sheet) == rows + 1
    assert str(sheet[1][0]) == next(iter(table[0].values()))
    shown = table_of(Territory.objects.get(code="001"))
    assert sum(int(row["population"]) for row in table) == shown.value(
        "population", shown.find("territory", "001", "001")
    )


@pytest.mark.parametrize("query", ["tipo=mari", "zona=99", "boh=1", "comune=1272"])
def test_a_file_never_answers_a_question_it_does_not_understand(client: Client, query: str) -> None:
    response = client.get(f"/dati/luoghi.csv?{query}")
    assert response.status_code == 400
    assert response["Content-Type"].startswith("text/plain")


def test_other_formats_are_not_found(client: Client) -> None:
    assert client.get("/dati/luoghi.pdf").status_code == 404
    assert client.get("/dati/equilibrio.gpkg").status_code == 404


def test_the_table_of_balance_is_a_file_with_its_source(client: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/dati/equilibrio.csv").content.decode("utf-8-sig"))))
    by_figure = {row["figure"]: row for row in rows}
    assert len(rows) == 11
    assert round(float(by_figure["old_age_index"]["gini"]), 4) == 0.0717
    assert by_figure["change"]["gini"] == "", "not defined, so not a number"
    assert all("ISTAT" in row["source"] and row["licence"] == "CC BY 4.0" for row in rows)
    book = openpyxl.load_workbook(io.BytesIO(client.get("/dati/equilibrio.xlsx").content))
    assert book.sheetnames == ["table", "source"]
    assert book["table"].max_row == 12


def test_places_side_by_side_are_a_file_with_the_numbers_of_the_page(client: Client) -> None:
    query = "?luogo=comune-001272&luogo=zona-5"
    assert (
        f'href="/dati/confronto.csv{query.replace("&", "&amp;")}"'
        in client.get(f"/it/territorio/confronto/{query}").content.decode()
    )
    rows = list(csv.DictReader(io.StringIO(client.get(f"/dati/confronto.csv{query}").content.decode("utf-8-sig"))))
    shown = table_of(Territory.objects.get(code="001"))
    zone = shown.find("zone", "5", "001")
    assert zone is not None
    by_figure = {row["figure"]: row for row in rows}
    assert float(by_figure["population"][shown.places[zone].name]) == shown.value("population", zone)
    assert all(row["formula"] and row["licence"] == "CC BY 4.0" for row in rows)
    assert client.get(f"/dati/confronto.xlsx{query}").status_code == 200


@pytest.mark.parametrize("query", ["", "?luogo=comune-999999", "?luogo=boh"])
def test_a_comparison_of_nothing_or_of_what_is_not_there_is_refused_in_words(client: Client, query: str) -> None:
    response = client.get(f"/dati/confronto.csv{query}")
    assert response.status_code == 400
    assert "luogo=comune-001272" in response.content.decode()


def test_more_than_five_places_are_refused(client: Client) -> None:
    words = "&".join(f"luogo=zona-{number}" for number in range(1, 7))
    assert client.get(f"/dati/confronto.csv?{words}").status_code == 400


def test_what_the_plan_prints_is_a_file_that_says_where_it_is_printed(client: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/dati/stampati.csv").content.decode("utf-8-sig"))))
    by_figure = {row["figure"]: row for row in rows}
    assert float(by_figure["old_age_index"]["printed"]) == 206.1
    assert all(row["printed_in"] and row["ours"] for row in rows)
    assert 'href="/dati/stampati.csv"' in client.get("/it/territorio/").content.decode()
    assert client.get("/dati/stampati.pdf").status_code == 404


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("zone/5/", "zona=5"),
        ("fasce/montagna/", "fascia=montagna"),
        ("zone/", "tipo=zone"),
        ("comuni/001002/", "comune=001002"),
    ],
)
def test_a_page_offers_the_file_of_what_it_shows(client: Client, page: str, query: str) -> None:
    assert f'href="/dati/luoghi.csv?{query}"' in client.get(f"/it/territorio/{page}").content.decode()
    assert client.get(f"/dati/luoghi.csv?{query}").status_code == 200


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("1272", "001272"),
        ("Comune di Ivrea", "001125"),
        ("comune d'Ivrea", "001125"),
        ("Città di Torino", "001272"),
        ("10015", "001125"),
        ("Savonera", "001090"),
        ("barriera di milano", "001272"),
        ("Eporedia", "001125"),
        ("municipio di Condove", "001093"),
        ("comune di None", "001168"),
    ],
)
def test_a_municipality_is_found_by_every_name_and_code_people_use(client: Client, asked: str, code: str) -> None:
    a_plan(label="2021-2023")
    answer = client.get("/it/territorio/comuni/", {"q": asked})
    assert answer.headers.get("Location") == f"/it/territorio/comuni/{code}/"
    # The search of the whole site offers the same place before anything else.
    page = client.get("/it/cerca/", {"q": asked}).content.decode()
    assert f"/it/territorio/comuni/{code}/" in page[page.index('id="luoghi"') :][:600]


@pytest.mark.parametrize(
    ("asked", "numbers"), [("Valsusa", {"6"}), ("Canavese", {"7", "8", "9", "10"}), ("zona 5", {"5"})]
)
def test_a_name_of_an_area_leads_to_its_zones(client: Client, asked: str, numbers: set[str]) -> None:
    page = client.get("/it/territorio/comuni/", {"q": asked}).content.decode()
    found = page[page.index('class="hits"') :]
    assert set(re.findall(r"/it/territorio/zone/(\d+)/", found[: found.index("</ul>")])) == numbers


def test_a_postcode_of_many_shows_them_all_with_it(client: Client) -> None:
    answer = client.get("/it/territorio/comuni/", {"q": "10090"})
    assert answer.status_code == 200
    assert answer.content.decode().count("10090") > 3
