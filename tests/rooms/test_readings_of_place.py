"""What indicators say of a municipality or a zone: the first and the last figure, each with its year and source."""

import pytest

from aumenta.monitoring.readings_of_place import PlaceFigure, municipality_indicators, zone_indicators
from aumenta.territory.models import Municipality, Territory
from tests.monitoring_cast import a_territory, an_indicator, taken

pytestmark = pytest.mark.django_db


@pytest.fixture
def territory() -> Territory:
    return a_territory()


def test_a_municipality_has_the_first_and_the_last_figure_with_year_and_source(territory: Territory) -> None:
    an_indicator("RED", source="Ministero", licence="CC BY 4.0")
    taken(["RED", "999001", "2013", 10.0], ["RED", "999001", "2019", 12.0], ["RED", "999001", "2023", 14.5, "p"])
    (found,) = municipality_indicators(Municipality.objects.get(istat_code="999001"))
    assert (found.source, found.licence, found.unit) == ("Ministero", "CC BY 4.0", "euro")
    assert found.first == PlaceFigure("2013", 10.0, "")
    assert found.last == PlaceFigure("2023", 14.5, "p")
    assert municipality_indicators(Municipality.objects.get(istat_code="999002")) == []


def test_one_figure_alone_is_no_course(territory: Territory) -> None:
    an_indicator("RED")
    taken(["RED", "999001", "2023", 14.5])
    (found,) = municipality_indicators(Municipality.objects.get(istat_code="999001"))
    assert found.first is None


def test_what_the_office_keeps_to_itself_and_what_is_suppressed_is_left_out(territory: Territory) -> None:
    an_indicator("MIO", public=False)
    an_indicator("RED")
    taken(["MIO", "999001", "2023", 1.0], ["RED", "999001", "2023", None, "c"])
    assert municipality_indicators(Municipality.objects.get(istat_code="999001")) == []


def test_a_zone_is_the_sum_of_numerators_over_the_sum_of_denominators(territory: Territory) -> None:
    an_indicator("RED", grouping="ratio")
    taken(["RED", "999001", "2023", 10.0, "", 100, 10], ["RED", "999002", "2023", 20.0, "", 1800, 90])
    (found,) = zone_indicators(territory, 1, 2)
    assert found.last == PlaceFigure("2023", 19.0, "")


def test_a_period_in_which_a_municipality_is_missing_is_not_said_of_the_zone(territory: Territory) -> None:
    an_indicator("RES", grouping="sum", unit_it="residenti")
    taken(["RES", "999001", "2022", 5.0], ["RES", "999002", "2022", 7.0], ["RES", "999001", "2023", 6.0])
    (found,) = zone_indicators(territory, 1, 2)
    assert (found.first, found.last) == (None, PlaceFigure("2022", 12.0, ""))


def test_what_cannot_be_worked_out_from_municipalities_is_not_said_of_zones(territory: Territory) -> None:
    an_indicator("ARIA", grouping="none")
    taken(["ARIA", "999001", "2023", 1.0], ["ARIA", "999002", "2023", 2.0])
    assert zone_indicators(territory, 1, 2) == []
    assert len(municipality_indicators(Municipality.objects.get(istat_code="999001"))) == 1
