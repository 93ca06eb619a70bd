"""Loading a territory: what is refused, how it is named, and that nothing is written."""

import csv
import datetime
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
import shapely
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import translation

from aumenta.territory.load import load_territories
from aumenta.territory.models import (
    Municipality,
    Succession,
    Territory,
)
from aumenta.territory.queries import WHOLE, carry_to_successors, figure_table
from aumenta.territory.refusals import LoadRefusedError
from aumenta.territory.source import with_boundaries, with_population
from aumenta.territory.tables import place_words
from tests.turin import TABLES, source_of_turin, tables_of_turin, turin  # noqa: F401 - turin is a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("turin")]


@pytest.fixture(autouse=True)
def _english() -> object:
    with translation.override("en"):
        yield


# Bad input: named with its row, and nothing written


def changed(name: str, tmp_path: Path, change: dict[str, str | None], extra: str = "") -> Path:
    """A copy of one of our tables with the lines that begin with a code replaced, or taken away."""
    lines = []
    for line in (TABLES / name).read_text(encoding="utf-8").splitlines():
        code = line[:6]
        if code not in change:
            lines.append(line)
        elif (new := change[code]) is not None:
            lines.append(new)
    path = tmp_path / name
    path.write_text("\n".join([*lines, extra]) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("change", "extra", "says"),
    [
        ({"001003": None}, "", "zones.csv leaves out 001003 Ala di Stura"),
        ({}, "001003,Ala di Stura,7,Ciriacese – Valli di Lanzo,checked,x", "001003 Ala di Stura is named twice, here"),
        (
            {"001003": "1003,Ala di Stura,7,Ciriacese – Valli di Lanzo,checked,x"},
            "",
            "line 4: the code “1003” has lost",
        ),
        ({"001003": "00100A,Ala di Stura,7,Y,checked,x"}, "", "line 4: “00100A” is not an ISTAT code"),
        ({}, "001005,Alice Superiore,9,Eporediese,checked,x", "001005 no longer exists since 1 January 2019"),
        ({}, "001399,Nova,9,Eporediese,checked,x", "line 314: 001399 is not a municipality of this territory"),
        ({}, "005122,Moransengo-Tonengo,9,Eporediese,checked,x", "005122 exists since 1 January 2023"),
        ({"001003": "001003,None,7,Y,checked,x"}, "", "line 4: 001003 is Ala di Stura and the table calls it “None”"),
        ({"001168": "001168,,5,Pinerolese,checked,x"}, "", "the name of 001168 None is missing"),
        ({"001003": "001003,Ala di Stura,sette,Y,checked,x"}, "", "“sette” is not the number of a zone"),
        ({"001003": "001003,Ala di Stura,7,Altra,checked,x"}, "", "zone 7 is called"),
        ({"001003": "001003,Ala di Stura,7,Ciriacese – Valli di Lanzo,forse,x"}, "", "says nothing of how sure"),
        ({"001003": "001003,Ala di Stura,7,Ciriacese – Valli di Lanzo,checked,"}, "", "the source is missing"),
        ({"001003": "001003,Ala di Stura"}, "", "does not have as many cells"),
    ],
)
def test_a_bad_zone_table_is_named_with_its_line_and_stops_the_load(
    tmp_path: Path, change: dict[str, str | None], extra: str, says: str
) -> None:
    tables = tables_of_turin(zones=changed("zones.csv", tmp_path, change, extra))
    with pytest.raises(LoadRefusedError) as refused:
        load_territories(source=source_of_turin(), tables=tables)
    assert any(says in problem for problem in refused.value.problems), refused.value.problems


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("001003,Ala di Stura,7,1080,T,official,x", "“7” is not an altimetric zone"),
        ("001003,Ala di Stura,1,alto,T,official,x", "“alto” is not an altitude"),
    ],
)
def test_a_bad_belt_table_is_refused(tmp_path: Path, line: str, says: str) -> None:
    tables = tables_of_turin(belts=changed("belts.csv", tmp_path, {"001003": line}))
    assert any(says in problem for problem in tables.problems)


FEW = 5
"""Municipalities of whom a bad file tells, so that 31,512 rows are not read to find one fault."""


def population_file(
    tmp_path: Path, change: dict[tuple[str, int], str | None], extra: str = "", most: int | None = None
) -> Path:
    rows = io.StringIO()
    rows.write("istat_code,year,age,females,males\n")
    for code, counts in list(source_of_turin().population[2023].items())[:most]:
        for age in range(101):
            line = f"{code},2023,{age},{counts[0, age]},{counts[1, age]}"
            new = change.get((code, age), line)
            if new is not None:
                rows.write(new + "\n")
    path = tmp_path / "population.csv"
    path.write_text(rows.getvalue() + extra, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("change", "extra", "says"),
    [
        ({("001002", 44): None}, "", "population.csv, 2023: 001002 lacks age 44"),
        ({}, "001002,2023,44,1,1\n", "001002 has age 44 twice"),
        ({("001002", 44): "001002,2023,144,1,1"}, "", "001002 has age 144"),
        ({("001002", 44): "001002,2023,44,-1,1"}, "", "“-1” in females is not a whole number"),
        ({("001002", 44): "1002,2023,44,1,1"}, "", "write 001002"),
        ({}, "001399,2023,0,1,1\n", "001399 is not a municipality of this territory"),
        ({}, "001002,2999,0,1,1\n", "the year 2999 is still to come"),
    ],
)
def test_a_bad_population_file_is_named_with_its_row(
    tmp_path: Path, change: dict[tuple[str, int], str | None], extra: str, says: str
) -> None:
    source = with_population(source_of_turin(), population_file(tmp_path, change, extra, FEW))
    with pytest.raises(LoadRefusedError) as refused:
        load_territories(source=source, tables=tables_of_turin())
    assert any(says in problem for problem in refused.value.problems), refused.value.problems


def test_a_sound_population_file_gives_the_same_figures(tmp_path: Path) -> None:
    source = with_population(source_of_turin(), population_file(tmp_path, {}))
    assert source.problems == []
    assert all(
        (source.population[2023][code] == counts).all() for code, counts in source_of_turin().population[2023].items()
    )


def test_a_population_without_one_municipality_is_refused() -> None:
    source = source_of_turin()
    without = {code: counts for code, counts in source.population[2023].items() if code != "001003"}
    with pytest.raises(LoadRefusedError, match="population of 2023: 001003 Ala di Stura is missing"):
        load_territories(source=replace(source, population={2023: without}), tables=tables_of_turin())


def boundary_file(tmp_path: Path, change: dict[str, object], codes: dict[str, str] | None = None) -> Path:
    source = source_of_turin()
    features = []
    for municipality, area in zip(source.municipalities, source.boundaries, strict=True):
        geometry = change.get(municipality.code, area)
        features.append(
            {
                "type": "Feature",
                "properties": {"istat_code": (codes or {}).get(municipality.code, municipality.code)},
                "geometry": None if geometry is None else json.loads(shapely.to_geojson(geometry)),
            }
        )
    path = tmp_path / "boundaries.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


BOW = shapely.Polygon([(7.3, 45.3), (7.4, 45.4), (7.4, 45.3), (7.3, 45.4)])


@pytest.mark.parametrize(
    ("change", "codes", "says"),
    [
        ({"001003": BOW}, {}, "001003 Ala di Stura: the boundary crosses or touches itself"),
        ({"001003": None}, {}, "001003 Ala di Stura: there is no area"),
        ({}, {"001003": "1003"}, "feature 3: the code “1003” has lost its leading zeros"),
        ({}, {"001003": "001999"}, "001999 is not a municipality of this territory"),
        ({}, {"001003": "001002"}, "001002 is there twice"),
        ({"001003": shapely.box(7.2, 45.2, 7.5, 45.5)}, {}, "overlaps its neighbours"),
    ],
)
def test_a_bad_boundary_is_named_and_stops_the_load(
    tmp_path: Path, change: dict[str, object], codes: dict[str, str], says: str
) -> None:
    source = with_boundaries(source_of_turin(), boundary_file(tmp_path, change, codes))
    with pytest.raises(LoadRefusedError) as refused:
        load_territories(source=source, tables=tables_of_turin())
    assert any(says in problem for problem in refused.value.problems), refused.value.problems[:5]


def test_a_file_that_is_no_geojson_is_refused_with_its_name(tmp_path: Path) -> None:
    path = tmp_path / "x.geojson"
    path.write_text("[]", encoding="utf-8")
    with pytest.raises(LoadRefusedError, match=r"x\.geojson is not a GeoJSON"):
        with_boundaries(source_of_turin(), path)


def test_a_municipality_without_a_name_is_refused() -> None:
    source = source_of_turin()
    nameless = [replace(source.municipalities[2], name=""), *source.municipalities[3:]]
    broken = replace(source, municipalities=[*source.municipalities[:2], *nameless])
    with pytest.raises(LoadRefusedError, match="001003 has no name"):
        load_territories(source=broken, tables=tables_of_turin())


def test_the_command_says_it_all_writes_nothing_and_ends_with_2(tmp_path: Path) -> None:
    before = Territory.objects.get(code="001").loaded_at
    path = changed("zones.csv", tmp_path, {"001003": None, "001004": None})
    with pytest.raises(CommandError) as refused:
        call_command("load_territory", city="torino", zones=path)
    assert refused.value.returncode == 2
    assert "001003 Ala di Stura" in str(refused.value)
    assert "001004 Albiano d'Ivrea" in str(refused.value)
    assert Territory.objects.get(code="001").loaded_at == before


def test_a_city_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(CommandError, match=r"“atlantide”.*torino, genova, milano"):
        call_command("load_territory", city="atlantide")


def test_another_metropolitan_city_loads_without_zones_beside_the_first() -> None:
    said = io.StringIO()
    call_command("load_territory", city="cagliari", stdout=said)
    assert "17 municipalities" in said.getvalue()
    assert Territory.objects.home().code == "001"
    cagliari = Territory.objects.get(slug="cagliari")
    assert cagliari.kind == Territory.Kind.METROPOLITAN_CITY
    assert not cagliari.zones.exists()
    table = figure_table([cagliari])
    assert table.value("population", table.find(WHOLE, "092", "092")) > 400_000


def test_a_known_defect_of_the_published_boundaries_is_mended_and_told() -> None:
    said = io.StringIO()
    call_command("load_territory", city="bari", stdout=said)
    assert "072037 Rutigliano: The ring touches itself" in said.getvalue()


# Constraints


def test_the_database_itself_refuses_a_code_without_its_zeros() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Municipality.objects.create(istat_code="1272", name="Torino", territory=Territory.objects.get(code="001"))


def test_the_database_itself_refuses_an_heir_of_oneself() -> None:
    capital = Municipality.objects.get(istat_code="001272")
    with pytest.raises(IntegrityError), transaction.atomic():
        Succession.objects.create(
            predecessor=capital, successor=capital, on=datetime.date(2020, 1, 1), kind="merged", source="x"
        )


# History elsewhere


@pytest.mark.parametrize(
    ("city", "old", "successor"),
    [
        ("bologna", ["037004", "037018", "037023", "037043", "037058"], "037061"),
        ("firenze", ["048003", "048045"], "048054"),
    ],
)
def test_mergers_of_other_metropolitan_cities_lead_to_their_heir_with_the_sum(
    city: str, old: list[str], successor: str
) -> None:
    call_command("load_territory", city=city, stdout=io.StringIO())
    placed, lost = carry_to_successors(dict.fromkeys(old, 100.0))
    assert (placed, lost) == ({successor: 100.0 * len(old)}, [])


def test_every_row_of_the_history_has_a_source_and_an_heir_of_another_code() -> None:
    with (TABLES.parent / "succession.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert all(row["source"] and row["successor_code"] != row["predecessor_code"] for row in rows)
    assert len({(row["predecessor_code"], row["successor_code"]) for row in rows}) == len(rows)


def test_words_that_mean_a_place_name_their_source() -> None:
    assert place_words("torino")
    assert all(source for _words, _reach, _key, source in place_words("torino"))
    assert {reach for _words, reach, _key, _source in place_words("torino")} == {"zone", "municipality", "nowhere"}
