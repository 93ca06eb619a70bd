"""The indicators that come with the bundled plan: facts with their source, loaded once, zones worked out from them."""

import pytest

from aumenta.monitoring.composites import strategy_composite
from aumenta.monitoring.load_bundle import load_bundle
from aumenta.monitoring.models import Goalposts, Indicator, Reading, Status
from aumenta.monitoring.zones import spread, zone_figures
from aumenta.plan.models import Strategy
from aumenta.territory.models import Territory
from tests.cast import a_plan
from tests.turin import turin

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("turin")]
__all__ = ["turin"]


def test_the_bundle_is_loaded_once_with_sources_statuses_and_goalposts() -> None:
    territory, edition = Territory.objects.get(slug="torino"), a_plan(strategies=24, actions=0)
    assert load_bundle(edition=edition, territory=territory) == Reading.objects.count() > 9_000
    assert load_bundle(edition=edition, territory=territory) == 0
    assert not Indicator.objects.filter(source="").exists()
    assert Reading.objects.get(place__code="001316", period="2012", indicator__code="REDDITO").absence == "m"
    income = Indicator.objects.get(code="REDDITO")
    zones = {(zone.zone, zone.period): round(zone.value) for zone in zone_figures(income, territory)}
    # Printed by zone in the source's own table.
    assert zones[1, "2000"] == 17602
    unequal = spread(income, territory, "2023")
    assert unequal is not None
    assert unequal.places == 312
    assert 0 < unequal.gini < 0.2
    told = Status.objects.get(indicator=income, place__code="ITC11", rule="statcan-2025")
    assert told.reason == "current_prices", "money that inflation alone makes grow is no progress"
    assert told.inputs["current_year"] == 2023
    assert Goalposts.objects.filter(edition=edition).count() >= 10
    strategy = Strategy.objects.of(edition).with_code("5.4").get()
    composite = strategy_composite(strategy, edition, territory)
    assert {row.place for row in composite.rows} == {"ITC11", "ITC1"}


def test_what_the_plan_prints_in_its_third_chapter_stands_beside_other_cities_and_is_in_no_composite() -> None:
    territory, edition = Territory.objects.get(slug="torino"), a_plan(strategies=24, actions=0)
    load_bundle(edition=edition, territory=territory)
    printed = Indicator.objects.filter(code__startswith="PSM-")
    assert printed.count() == 9
    assert all(card.source.startswith("Piano strategico metropolitano 2021-2023") for card in printed)
    rows = Reading.objects.filter(indicator__code="PSM-DISOCC", period="2019").values_list("place__code", "value")
    assert dict(rows) == {"ITC11": 7.8, "IT": 10.0, "ITC4C": 5.1, "ITH55": 3.3}
    reasons = Status.objects.filter(indicator__in=printed, place__code="ITC11", rule="statcan-2025")
    told = dict(reasons.values_list("indicator__code", "reason"))
    assert told["PSM-DISOCC"] == "one_point"
    assert told["PSM-VECCHIAIA"] == "no_direction"
    assert told["PSM-VALORE"] == "current_prices"
    untied = printed.filter(strategies__isnull=True).values_list("code", flat=True)
    assert list(untied) == ["PSM-VALORE"], "the plan of this test has no strategy 1.6"
    assert not Goalposts.objects.filter(indicator__in=printed).exists(), "no composite is made of them"
