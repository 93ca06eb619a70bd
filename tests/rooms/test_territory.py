"""The territory: what is loaded, what is refused and how, figures, successors, balance and the map."""

import csv
import datetime
from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import shapely
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from aumenta.core.geometry import coverage
from aumenta.core.text import slug
from aumenta.territory import maps
from aumenta.territory.figures import FIGURES
from aumenta.territory.find_places import find
from aumenta.territory.inequality import inequality_of
from aumenta.territory.load import LoadReport, load_territories
from aumenta.territory.models import (
    Boundary,
    Municipality,
    Neighbourhood,
    OutsideNeighbour,
    Population,
    PublishedFigure,
    Succession,
    Territory,
    Zone,
)
from aumenta.territory.queries import BELT, MUNICIPALITY, WHOLE, ZONE, carry_to_successors, figure_table, successors_of
from tests.turin import TABLES, source_of_turin, tables_of_turin, turin  # noqa: F401 - turin is a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("turin")]

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "torino"


@pytest.fixture(autouse=True)
def _english() -> object:
    with translation.override("en"):
        yield


# What is there after the load


def test_there_are_312_municipalities_each_in_one_zone_and_one_belt() -> None:
    current = Municipality.objects.current()
    assert current.count() == 312
    assert not current.filter(zone=None).exists()
    assert not current.filter(belt=None).exists()
    sizes = Counter(current.values_list("zone__number", flat=True))
    assert [sizes[number] for number in range(1, 12)] == [1, 14, 18, 8, 45, 40, 40, 46, 54, 24, 22]
    assert Counter(current.values_list("belt__slug", flat=True)) == {"pianura": 83, "collina": 124, "montagna": 105}


def test_every_zone_and_belt_row_says_its_source_and_how_sure_it_is() -> None:
    for municipality in Municipality.objects.current():
        assert municipality.zone_source
        assert municipality.zone_confidence in {"official", "checked", "press"}
        assert municipality.belt_source
        assert municipality.belt_confidence in {"official", "derived"}


def test_each_zone_can_be_walked_through_without_leaving_it(turin: LoadReport) -> None:  # noqa: F811
    neighbours_of: dict[int, set[int]] = {}
    for a, b in Neighbourhood.objects.values_list("municipality_id", "neighbour_id"):
        neighbours_of.setdefault(a, set()).add(b)
    for zone in Zone.objects.all():
        members = set(zone.municipalities.values_list("pk", flat=True))
        assert coverage.is_contiguous(members, neighbours_of), zone
    assert turin.notes == []


def test_being_neighbours_goes_both_ways() -> None:
    pairs = set(Neighbourhood.objects.values_list("municipality_id", "neighbour_id"))
    assert pairs == {(b, a) for a, b in pairs}
    capital = Municipality.objects.get(istat_code="001272")
    assert capital.neighbourhoods.filter(neighbour__name="Moncalieri").exists()


def test_the_municipality_called_none_is_there_under_its_name() -> None:
    assert Municipality.objects.get(istat_code="001168").name == "None"


def test_the_total_area_is_within_a_thousandth_of_6827_square_kilometres() -> None:
    assert sum(Boundary.objects.values_list("area_km2", flat=True)) == pytest.approx(6827, rel=0.001)


def test_the_stored_boundaries_still_share_their_edges() -> None:
    territory = Territory.objects.get(code="001")
    stored = [bytes(blob) for blob in Boundary.objects.values_list("geometry", flat=True)]
    found = coverage.overlaps(coverage.project(shapely.from_wkb(stored), territory.projection))
    assert found.edges_match
    assert abs(found.overlap_share) < 0.0001


def test_loading_again_keeps_the_rows_that_others_are_tied_to() -> None:
    before = dict(Municipality.objects.values_list("istat_code", "pk"))
    load_territories(source=source_of_turin(), tables=tables_of_turin())
    assert dict(Municipality.objects.values_list("istat_code", "pk")) == before
    assert Population.objects.count() == 624
    assert Succession.objects.count() == 10
    assert PublishedFigure.objects.count() == 7


def test_the_tables_agree_with_the_facts_handed_over() -> None:
    if not SHARED.exists():
        pytest.skip("the shared data is not on this machine")
    with (SHARED / "zone_omogenee_torino.csv").open(encoding="utf-8") as file:
        zones = {row["istat_code"]: int(row["zone_number"]) for row in csv.DictReader(file)}
    with (SHARED / "zona_altimetrica_torino.csv").open(encoding="utf-8") as file:
        belts = {row["istat_code"]: int(row["zona_altimetrica_code"]) for row in csv.DictReader(file)}
    current = Municipality.objects.current()
    assert dict(current.values_list("istat_code", "zone__number")) == zones
    assert dict(current.values_list("istat_code", "altimetric_zone")) == belts


# History


@pytest.mark.parametrize(
    ("old", "successor"),
    [("001005", "Val di Chy"), ("001138", "Val di Chy"), ("001297", "Valchiusa"), ("001277", "Valchiusa")],
)
def test_a_code_of_before_2019_finds_its_heir(old: str, successor: str) -> None:
    assert [municipality.name for municipality in successors_of(old)] == [successor]
    assert Municipality.objects.get(istat_code=old).valid_to == datetime.date(2018, 12, 31)


def test_who_only_ceded_land_is_its_own_heir() -> None:
    assert [municipality.name for municipality in successors_of("001028")] == ["Borgaro Torinese"]
    assert Municipality.objects.get(name="Mappano").predecessors.count() == 4
    assert successors_of("001999") == []


def test_figures_of_2010_for_merged_municipalities_are_summed_on_their_heir() -> None:
    placed, lost = carry_to_successors(
        {"001005": 688.0, "001138": 376.0, "001182": 208.0, "001272": 9.0, "001999": 1.0}
    )
    assert placed == {"001317": 1272.0, "001272": 9.0}
    assert lost == ["001999"]


# Figures


def test_all_figures_of_all_places_take_at_most_eight_queries(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_max_num_queries(8):
        table = figure_table()
    assert len(table.places) == 312 + 11 + 3 + 1
    assert set(table.values) == set(FIGURES)


def test_residents_are_the_final_ones_and_ages_those_of_the_file_by_age_each_with_its_day() -> None:
    table = figure_table()
    whole = table.find(WHOLE, "001", "001")
    assert table.value("population", whole) == 2_204_276
    assert table.final
    assert table.on("population") == table.on("density") == datetime.date(2025, 1, 1)
    assert table.on("mean_age") == datetime.date(2023, 1, 1)
    bands = [table.value(key, whole) for key in ("aged_0_18", "aged_19_39", "aged_40_64", "aged_65_over")]
    assert bands == [342_318, 462_684, 816_041, 577_194]
    assert table.value("old_age_index", whole) == pytest.approx(221.43, abs=0.01)
    assert table.value("structural_dependency", whole) == pytest.approx(61.59, abs=0.01)
    assert table.value("change", whole) == pytest.approx(100 * (2_204_276 / 2_203_353 - 1))


def test_without_published_figures_of_every_place_residents_are_those_by_age_added_up() -> None:
    Territory.objects.update(slug="elsewhere")
    table = figure_table()
    whole = table.find(WHOLE, "001", "001")
    assert table.value("population", whole) == 2_198_237
    assert not table.final
    assert table.on("population") == datetime.date(2023, 1, 1)
    assert table.value("change", whole) == pytest.approx(100 * (2_198_237 / 2_208_370 - 1))


def test_the_figures_are_consistent_with_those_the_plan_prints() -> None:
    """Three years on: fewer young, more old, the same order of size."""
    table = figure_table()
    whole = table.find(WHOLE, "001", "001")
    for printed in PublishedFigure.objects.all():
        ours = table.value(printed.figure, whole)
        assert ours == pytest.approx(printed.value, rel=0.10), printed.figure


@pytest.mark.parametrize("kind", [ZONE, BELT])
def test_what_adds_up_adds_up(kind: str) -> None:
    table = figure_table()
    whole = table.find(WHOLE, "001", "001")
    for key, figure in FIGURES.items():
        if figure.adds_up:
            assert np.sum(table.values[key][table.of_kind(kind)]) == pytest.approx(table.values[key][whole])


def test_figures_of_zones_agree_with_the_profile_handed_over() -> None:
    if not SHARED.exists():
        pytest.skip("the shared data is not on this machine")
    table = figure_table()
    with (SHARED / "zones_torino_profile.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            zone = table.find(ZONE, row["zone_number"], "001")
            ages = ("aged_0_18", "aged_19_39", "aged_40_64", "aged_65_over")
            assert sum(table.value(key, zone) for key in ages) == int(row["pop"])
            assert table.value("old_age_index", zone) == pytest.approx(float(row["old_age_index"]), abs=0.051)
            assert table.value("area", zone) == pytest.approx(float(row["area"]), rel=0.01)


def test_a_place_whose_population_is_not_known_has_no_figures_and_no_false_change() -> None:
    Population.objects.filter(municipality__istat_code="001001").delete()
    Territory.objects.update(slug="elsewhere")
    table = figure_table()
    aglie = table.find(MUNICIPALITY, "001001", "001")
    assert table.value("population", aglie) is None
    assert table.value("area", aglie) == pytest.approx(13.3, abs=0.1)
    assert table.missing == ["001001"]
    whole = table.find(WHOLE, "001", "001")
    assert table.value("population", whole) == 2_198_237 - 2558


def test_one_place_that_is_not_known_empties_no_figure_of_what_it_is_part_of() -> None:
    """Every figure but the change over time, of its zone, its belt and the whole."""
    Territory.objects.update(slug="elsewhere")  # no final residents are published of it
    before = figure_table()
    Population.objects.filter(municipality__istat_code="001001").delete()
    after = figure_table()
    place = before.places[before.find(MUNICIPALITY, "001001", "001")]
    for kind, key in ((ZONE, str(place.zone)), (BELT, place.belt), (WHOLE, "001")):
        there = {name for name in FIGURES if before.value(name, before.find(kind, key, "001")) is not None}
        still = {name for name in FIGURES if after.value(name, after.find(kind, key, "001")) is not None}
        assert there - still <= {"change"}
        assert {"population", "density", "old_age_index"} <= still


def test_where_the_earlier_year_is_missing_nobody_reads_a_change_of_the_place_nor_of_what_it_is_part_of() -> None:
    earlier = sorted(set(Population.objects.values_list("year", flat=True)))[-2]
    Population.objects.filter(municipality__istat_code="001001", year=earlier).delete()
    Territory.objects.update(slug="elsewhere")  # no final residents are published of it
    table = figure_table()
    aglie, whole = table.find(MUNICIPALITY, "001001", "001"), table.find(WHOLE, "001", "001")
    zone = table.find(ZONE, str(table.places[aglie].zone), "001")
    other = next(place for place in table.of_kind(ZONE) if place != zone)
    assert table.value("population", aglie) == 2558
    assert table.value("population", whole) == 2_198_237
    assert [table.value("change", place) for place in (aglie, zone, whole)] == [None, None, None]
    assert table.value("change", other) is not None


def test_with_one_year_alone_there_are_figures_and_no_change() -> None:
    latest = max(Population.objects.values_list("year", flat=True))
    Population.objects.exclude(year=latest).delete()
    Territory.objects.update(slug="elsewhere")
    table = figure_table()
    whole = table.find(WHOLE, "001", "001")
    assert table.value("population", whole) == 2_198_237
    assert not any(table.value("change", place) is not None for place in range(len(table.places)))


def test_a_place_without_children_has_no_old_age_index_rather_than_an_infinite_one() -> None:
    population = Population.objects.get(municipality__istat_code="001001", year=2023)
    counts = np.frombuffer(population.counts, dtype="<u4").reshape(2, -1).copy()
    counts[:, :15] = 0
    population.counts = counts.astype("<u4").tobytes()
    population.save()
    table = figure_table()
    assert table.value("old_age_index", table.find(MUNICIPALITY, "001001", "001")) is None


# Inequality


def test_the_balance_has_parts_that_lie_between_zero_and_one() -> None:
    table = figure_table()
    found = inequality_of(table, "old_age_index", "001")
    assert found.gini == pytest.approx(0.0717, abs=1e-4)
    assert str(found.degree) == "moderate"
    assert 0 < found.between_zones < 1
    assert found.between_belts < found.between_zones
    assert found.top_bottom == pytest.approx(found.top_mean / found.bottom_mean)


def test_a_figure_with_negative_values_is_refused_with_the_reason() -> None:
    found = inequality_of(figure_table(), "change", "001")
    assert found.gini is None
    assert "values of zero or more" in found.reason


# The map


def test_the_map_draws_every_municipality_and_every_zone() -> None:
    territory = Territory.objects.get(code="001")
    picture = maps.draw(territory)
    assert len(picture.shapes) == 312
    assert all(shape.path.startswith("M") for shape in picture.shapes)
    assert [number for number, _x, _y in picture.zone_labels] == list(range(1, 12))


def test_each_municipality_is_in_one_class_of_the_legend_and_classes_are_about_equally_full() -> None:
    territory = Territory.objects.get(code="001")
    drawn = maps.choropleth(figure_table(), FIGURES["density"], territory)
    assert sum(entry.places for entry in drawn.legend) == 312
    assert len(drawn.colours) == 312
    assert all(55 <= entry.places <= 70 for entry in drawn.legend)
    assert all(a.highest == b.lowest for a, b in pairwise(drawn.legend))


def test_the_map_colours_get_darker_from_step_to_step() -> None:
    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    levels = [luminance(colour) + 0.05 for colour in maps.SCALE]
    assert all(light / dark >= 1.35 for light, dark in pairwise(levels))


# Beyond the border


def test_neighbours_beyond_the_border_are_named_with_their_province_and_share_of_border() -> None:
    beyond = {
        (one.municipality.name, one.name): (one.province, round(one.border_km, 1))
        for one in OutsideNeighbour.objects.select_related("municipality")
    }
    assert beyond[("Settimo Rottaro", "Borgo d'Ale")] == ("Vercelli", 1.1)
    assert len({town for town, _outside in beyond if town == "Torino"}) == 0, "the capital lies inside"
    assert {province for province, _km in beyond.values()} == {
        "Alessandria",
        "Asti",
        "Biella",
        "Cuneo",
        "Valle d'Aosta/Vallée d'Aoste",
        "Vercelli",
    }
    total = sum(one.border_km for one in OutsideNeighbour.objects.all())
    assert total == pytest.approx(363.6, abs=0.1), "all of the border with Italy, the rest is France's"
    assert not OutsideNeighbour.objects.filter(istat_code__startswith="001").exists()


@pytest.mark.parametrize("asked", ["Ivrea", "rivar", "San Mauro", "Torre", "Chieri", "villar", "Condove", "Bruino"])
def test_where_a_name_begins_with_what_is_asked_no_name_that_is_only_alike_stands_beside_it(asked: str) -> None:
    """«Rivar» is Rivara, Rivarolo and Rivarossa, never Rivalta."""
    hits = find(Territory.objects.get(), asked)
    assert hits
    assert [hit.name for hit in hits if f"-{slug(asked)}" not in f"-{slug(hit.under or hit.name)}"] == []
