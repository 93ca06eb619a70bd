"""Statuses with rule, version, thresholds, inputs and a sentence; zones by numerator and denominator; composites."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from aumenta.core.progress.rules import RULES
from aumenta.core.progress.series import Reason
from aumenta.monitoring.composites import freeze_goalposts, strategy_composite
from aumenta.monitoring.models import Goalposts, Indicator, Status
from aumenta.monitoring.refresh_statuses import refresh_statuses
from aumenta.monitoring.rules_of_status import RULE_FACTS
from aumenta.monitoring.status_words import REASONS, STATUS_NAMES
from aumenta.monitoring.write_indicator import write_indicator
from aumenta.monitoring.zones import spread, zone_figures
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Strategy
from aumenta.territory.models import Territory
from tests.cast import a_small_plan
from tests.monitoring_cast import a_territory, an_indicator, taken

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def territory() -> Territory:
    return a_territory()


def status(rule: str = "statcan-2025", place: str = "ITX") -> Status:
    return Status.objects.get(rule=rule, place__code=place)


def test_every_rule_speaks_and_says_what_it_was_worked_out_from() -> None:
    an_indicator(direction=-1, target=7.25, target_year=2030)
    taken(["RED", "ITX", "2015", 14.5], ["RED", "ITX", "2023", 10.2])
    found = status()
    assert (found.status, round(found.value or 0, 9), found.version) == ("substantial_progress", 0.952590179, "2025")
    assert found.thresholds["with_target"] == [0.95, 0.6, 0]
    assert (found.inputs["base_year"], found.inputs["current_value"], found.inputs["target"]) == (2015, 10.2, 7.25)
    assert found.sentence_it.startswith(
        "Progresso sostanziale: da 14,5 (2015) a 10,2 euro (2023); meglio se diminuisce"
    )
    assert found.sentence_en.startswith("Substantial progress: from 14.5 (2015) to 10.2 euro (2023)")
    assert set(Status.objects.values_list("rule", flat=True)) == set(RULES)
    assert status("destatis-weather").reason == "too_few_points"


@pytest.mark.parametrize(
    ("rows", "facts", "reason"),
    [
        ([["2020", 1.0]], {}, "one_point"),
        ([["2020", None, "m"]], {}, "no_series"),
        ([["2020", None, "c"]], {}, "suppressed"),
        ([["2020", 1.0], ["2021", 2.0], ["2022", None, "c"]], {}, "suppressed"),
        ([["2020", 1.0], ["2021", 2.0, "b"]], {}, "break_in_series"),
        ([["2020", 1.0], ["2021", 2.0, "d"], ["2022", 2.0]], {}, "definition_changed"),
        ([["2020", 1.0], ["2021", 2.0, "u"]], {}, "low_reliability"),
        ([["2020", 1.0], ["2021", -2.0]], {}, "sign_change"),
        ([["2020", 1.0], ["2021", 2.0]], {"direction": 0}, "no_direction"),
        ([["2020", 1.0], ["2021", 2.0]], {"base_year": 2030}, "no_series"),
    ],
)
def test_where_nothing_can_be_said_the_reason_is_said(rows: list, facts: dict, reason: str) -> None:
    an_indicator(**facts)
    taken(*(["RED", "ITX", *row] for row in rows))
    found = status()
    assert (found.status, found.reason) == ("not_available", reason)
    assert found.sentence_it.startswith("Non valutabile con la regola statcan-2025: ")


def test_a_break_before_the_base_or_at_it_does_not_block() -> None:
    an_indicator(base_year=2020)
    taken(["RED", "ITX", "2019", 1.0, "b"], ["RED", "ITX", "2020", 1.0, "b"], ["RED", "ITX", "2022", 2.0])
    assert status().reason == ""


def test_every_status_and_reason_there_can_be_has_words_and_every_rule_its_facts() -> None:
    assert {name for rule in RULES.values() for name in rule.statuses} == set(STATUS_NAMES)
    assert {reason.value for reason in Reason} <= set(REASONS)
    assert set(RULE_FACTS) == set(RULES)


@pytest.mark.parametrize(
    ("unit", "target", "told"),
    [
        ("%", {}, "da 31,0% (2020) a 36,0% (2021); meglio se aumenta; nessun obiettivo fissato"),
        ("anni", {}, "da 31,0 (2020) a 36,0 anni (2021); meglio se aumenta; nessun obiettivo fissato"),
        (
            "%",
            {"target": 40.0, "target_year": 2030},
            "(2021); meglio se aumenta; obiettivo 40,0% entro il 2030",
        ),
    ],
)
def test_the_sentence_of_a_status_has_the_unit_beside_the_figure(unit: str, target: dict, told: str) -> None:
    an_indicator(unit_it=unit, direction=1, **target)
    taken(["RED", "ITX", "2020", 31.0], ["RED", "ITX", "2021", 36.0])
    assert told in status().sentence_it


def test_a_changed_card_changes_the_status() -> None:
    card = an_indicator(direction=1)
    taken(["RED", "ITX", "2020", 1.0], ["RED", "ITX", "2021", 2.0])
    assert status().status == "substantial_progress"
    write_indicator(person=None, indicator=card, facts={"direction": -1})
    assert status().status == "deterioration"


def test_statuses_of_many_indicators_cost_no_more_queries_than_of_one() -> None:
    for n in range(12):
        an_indicator(f"I{n}")
    taken(*([f"I{n}", "ITX", str(year), float(year)] for n in range(12) for year in (2020, 2021)))
    counts = []
    for chosen in (Indicator.objects.filter(code="I1"), Indicator.objects.all()):
        keys = set(chosen.values_list("pk", flat=True))
        with CaptureQueriesContext(connection) as queries:
            refresh_statuses(keys)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 8


def test_zones_are_added_up_by_numerator_and_denominator(territory: Territory) -> None:
    card = an_indicator(grouping="ratio", per=100.0, unit_it="%")
    taken(
        ["RED", "999001", "2020", 50.0, "", 1.0, 2.0],
        ["RED", "999002", "2020", 10.0, "", 10.0, 100.0],
        ["RED", "999003", "2020", 20.0, "", 1.0, 5.0],
        ["RED", "999004", "2020", None, "c"],
    )
    first, second = zone_figures(card, territory)
    assert round(first.value, 6) == round(1100 / 102, 6), "not the mean of 50 and 10"
    assert (first.whole, second.whole, second.known) == (True, False, 1)


def test_the_territory_is_worked_out_from_all_its_municipalities_unless_it_was_read_itself() -> None:
    an_indicator(grouping="ratio")
    rows = [["RED", f"99900{n}", y, 10.0 * n, "", 100.0 * n, 10.0] for n in range(1, 5) for y in ("2020", "2021")]
    taken(*rows[:-1])
    assert status().reason == "one_point", "one municipality is missing in 2021"
    taken(rows[-1])
    assert (status().inputs["current_value"], status().inputs["current_year"]) == (25.0, 2021)
    taken(["RED", "ITX", "2019", 7.0], ["RED", "ITX", "2021", 9.0])
    assert status().inputs["current_value"] == 9.0


def test_sums_are_sums_and_what_cannot_be_worked_out_is_not(territory: Territory) -> None:
    rows = [["RED", f"99900{n}", "2020", float(n)] for n in range(1, 5)]
    card = an_indicator(grouping="sum")
    taken(*rows)
    assert [zone.value for zone in zone_figures(card, territory)] == [3.0, 7.0]
    card.grouping = "none"
    assert zone_figures(card, territory) == []
    assert spread(card, territory, "2020") is None, "nobody is known to live there"


def composite_stage() -> Strategy:
    edition = a_small_plan()
    strategy = Strategy.objects.of(edition).first()
    up, down = an_indicator("UP"), an_indicator("DOWN", direction=-1)
    up.strategies.add(strategy)
    down.strategies.add(strategy)
    taken(
        *(
            ["UP", place, year, value]
            for place, year, value in [("ITX", "2020", 55.0), ("ITX", "2021", 70.0), ("IT", "2020", 40.0)]
        ),
        *(
            ["DOWN", place, year, value]
            for place, year, value in [("ITX", "2020", 25.0), ("ITX", "2021", 10.0), ("IT", "2020", 40.0)]
        ),
    )
    return strategy


def test_a_composite_is_a_hundred_where_its_goalposts_were_made_and_new_years_do_not_move_it(
    territory: Territory,
) -> None:
    strategy = composite_stage()
    edition = strategy.axis.edition
    freeze_goalposts(person=None, edition=edition, territory=territory)
    with pytest.raises(IntegrityError), transaction.atomic():
        Goalposts.objects.update(low=0)
    before = {(r.place, r.year): r.value for r in strategy_composite(strategy, edition, territory).rows}
    assert before == {("ITX", 2020): 100.0, ("ITX", 2021): 130.0, ("IT", 2020): 70.0}
    taken(["UP", "ITX", "2022", 900.0], ["DOWN", "ITX", "2022", 1.0])
    after = {(r.place, r.year): r.value for r in strategy_composite(strategy, edition, territory).rows}
    assert before.items() <= after.items()
    with pytest.raises(RefusedError, match="goalposts_frozen"):
        freeze_goalposts(person=None, edition=edition, territory=territory)


def test_an_indicator_without_goalposts_is_left_out_and_said(territory: Territory) -> None:
    strategy = composite_stage()
    freeze_goalposts(person=None, edition=strategy.axis.edition, territory=territory)
    an_indicator("LATE").strategies.add(strategy)
    found = strategy_composite(strategy, strategy.axis.edition, territory)
    assert ([card.code for card in found.used], [card.code for card in found.left_out]) == (["DOWN", "UP"], ["LATE"])


def test_without_readings_there_is_nothing_to_freeze(territory: Territory) -> None:
    with pytest.raises(RefusedError, match="nothing_to_freeze"):
        freeze_goalposts(person=None, edition=a_small_plan(), territory=territory)
