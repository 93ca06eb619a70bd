"""The rules of progress against published figures, and what must hold of any series.

Published figures: the progress measure of the Canadian hub for the sustainable development goals (sdg-data-canada, MIT
licence); the whole set is read where it is at hand.
"""

import json
import math
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from aumenta.config.cli import run_analyst
from aumenta.core.progress.rules import DEFAULT, RULES, of_group
from aumenta.core.progress.series import NOT_AVAILABLE, Assessment, Reason, Series

PUBLISHED = Path(__file__).resolve().parents[3] / "shared/data/indicators/statcan_progress_components.yml"
statcan = RULES[DEFAULT].assess

BY_HAND = [
    ("1-2-1", Series(-1, 2015, 14.5, 2023, 10.2, 7.25, 2030), 0.952590179, 2.518556, "substantial_progress"),
    (
        "14-4-1",
        Series(1, 2015, 95.5974842767296, 2023, 97.4874371859297, 100, 2030),
        0.815053857,
        1.536148,
        "moderate_progress",
    ),
    ("15-4-1", Series(1, 2020, 34.78, 2023, 34.94, 100, 2030), 0.013745249, -2.442728, "limited_progress"),
    ("16-10-2", Series(1, 2020, 8.0, 2023, 7.5, 9, 2030), -1.796353464, -5, "deterioration"),
    ("14-5-1", Series(1, 2015, 0.9, 2023, 14.7, 10, 2030), 2.399683611, 5, "target_achieved"),
    ("5-b-1", Series(1, 2015, 86.1, 2023, 95.7, limit=100), 0.013301296, 5, "substantial_progress"),
    ("8-1-1", Series(1, 2015, 57590.92, 2024, 59529.12), 0.003684626, -0.657687, "limited_progress"),
]


@pytest.mark.parametrize(("_id", "series", "value", "score", "status"), BY_HAND, ids=[case[0] for case in BY_HAND])
def test_published_series_come_out_as_published(
    _id: str, series: Series, value: float, score: float, status: str
) -> None:
    said = statcan(series)
    assert said.value == pytest.approx(value, abs=1e-8)
    assert said.score == pytest.approx(score, abs=1e-6)
    assert said.status == status


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the published set is not at hand")
def test_all_247_published_series_and_114_of_116_indicators_come_out(capsys: Any) -> None:
    assert run_analyst("progress", [str(PUBLISHED), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    published = yaml.safe_load(PUBLISHED.read_text())
    series = same = indicators = 0
    for name, indicator in published.items():
        for key, fields in indicator.items():
            if isinstance(fields, dict):
                series += 1
                ours = said[name][key]
                assert ours["status"] == fields["status"], key
                for mine, theirs in (
                    (ours["progress_value"], fields["progress_value"]),
                    (ours["score"], fields["score"]),
                ):
                    assert (mine is None) == (theirs is None), key
                    assert mine is None or math.isclose(mine, theirs, abs_tol=1e-9), key
        if indicator["score"] is not None:
            indicators += 1
            assert said[name]["progress_status"] == indicator["progress_status"], name
            same += math.isclose(said[name]["score"], indicator["score"], abs_tol=1e-9)
    # Two scores come from series whose names the publication cut short, so that some of them are lost in it.
    assert (series, indicators, same) == (247, 116, 114)


@pytest.mark.parametrize(
    ("series", "reason"),
    [
        (Series(1, None, None, 2023, 3), Reason.NO_SERIES),
        (Series(1, 2015, 3, None, None), Reason.NO_SERIES),
        (Series(1, 2015, 3, 2015, 3), Reason.ONE_POINT),
        (Series(1, 2015, -3, 2020, 3), Reason.SIGN_CHANGE),
        (Series(1, 2015, 3, 2020, 4, -2, 2030), Reason.SIGN_CHANGE),
        (Series(1, 2015, 3, 2020, 2, 3, 2030), Reason.TARGET_IS_BASE),
        (Series(1, 2015, 3, 2020, 4, 9, 2014), Reason.TARGET_YEAR_PASSED),
    ],
)
def test_what_cannot_be_assessed_says_why(series: Series, reason: Reason) -> None:
    assert statcan(series) == Assessment(None, None, NOT_AVAILABLE, reason)


def test_a_zero_base_counts_as_a_thousandth_and_says_so() -> None:
    said = statcan(Series(1, 2015, 0, 2020, 2))
    assert said.adjusted
    assert said.value == pytest.approx((2 / 0.001) ** 0.2 - 1)


def test_a_fall_to_nothing_is_progress_where_less_is_better() -> None:
    assert statcan(Series(-1, 2015, 81124, 2023, 0, 0, 2030)).status == "target_achieved"


@pytest.mark.parametrize(
    ("rule", "last", "status"),
    [
        ("istat-2019", 106, "clear_improvement"),
        ("istat-2019", 104, "slight_improvement"),
        ("istat-2019", 100, "stable"),
        ("istat-2019", 97, "slight_worsening"),
        ("istat-2019", 94, "clear_worsening"),
        ("eurostat-target", 110, "significant_progress"),
        ("eurostat-target", 108, "moderate_progress"),
        ("eurostat-target", 102, "insufficient_progress"),
        ("eurostat-target", 99, "movement_away"),
        ("eustat-unsd", 110, "on_track"),
        ("eustat-unsd", 105, "moderate"),
        ("eustat-unsd", 100, "limited"),
    ],
)
def test_each_other_rule_gives_each_of_its_statuses(rule: str, last: float, status: str) -> None:
    said = RULES[rule].assess(Series(1, 2020, 100, 2021, last, 100 * 1.1**5, 2025))
    assert said.status == status
    assert said.score is None


@pytest.mark.parametrize(
    ("points", "status"),
    [
        ([10, 12, 14, 16, 18], "sun"),
        ([10, 11.5, 13, 14.5, 16], "slightly_cloudy"),
        ([10, 10.5, 11, 11.5, 12], "cloud"),
        ([10, 9.8, 9.5, 9, 8], "thunderstorm"),
        ([10, 12, 14], NOT_AVAILABLE),
    ],
)
def test_the_weather_looks_at_the_last_five_years(points: list[float], status: str) -> None:
    course = {2018 + place: value for place, value in enumerate(points)}
    said = RULES["destatis-weather"].assess(Series(1, None, None, None, None, 20, 2024, points=course))
    assert said.status == status


def test_groups_are_averaged_first_and_achieved_only_where_every_series_is() -> None:
    series = {
        "x / a / one": Assessment(0.1, 5.0, "target_achieved"),
        "x / a / two": Assessment(0.1, 3.0, "substantial_progress"),
        "x / b": Assessment(0.1, -2.0, "limited_progress"),
    }
    assert of_group(DEFAULT, series) == (1.0, "moderate_progress")
    achieved = {"x / a": Assessment(1.0, 5.0, "target_achieved"), "x / b": Assessment(1.0, 5.0, "target_achieved")}
    assert of_group(DEFAULT, achieved) == (5.0, "target_achieved")
    assert of_group(DEFAULT, {}) == (None, NOT_AVAILABLE)
    assert of_group(
        "istat-2019", {"a": Assessment(0, None, "stable"), "b": Assessment(0, None, "clear_worsening")}
    ) == (
        None,
        "clear_worsening",
    )


values = st.floats(0.01, 1e6)
series_of_any_kind = st.builds(
    Series,
    direction=st.sampled_from([1, -1]),
    base_year=st.just(2015.0),
    base_value=values,
    current_year=st.floats(2015, 2025),
    current_value=values,
    target=st.none() | values,
    target_year=st.none() | st.floats(2010, 2040),
    limit=st.none() | st.floats(1, 1e6),
    points=st.dictionaries(st.integers(2010, 2025), values, max_size=8),
)


@given(series_of_any_kind)
def test_every_rule_gives_one_of_its_statuses_and_a_reason_where_it_gives_none(series: Series) -> None:
    for rule in RULES.values():
        said = rule.assess(series)
        assert said.status in rule.statuses
        assert (said.status == NOT_AVAILABLE) == (said.reason is not None)
        assert said.score is None or -5 <= said.score <= 5


def test_growth_past_all_numbers_leads_past_the_target() -> None:
    said = RULES["eustat-unsd"].assess(Series(1, 2015, 1.0, 2015.01, 5000.0, 10.0, 2040))
    assert said.status == "on_track"


@given(series_of_any_kind, st.floats(1, 1000))
def test_a_better_value_never_scores_less_where_there_is_no_target(series: Series, better: float) -> None:
    now = Series(series.direction, 2015, series.base_value, 2023, series.current_value, limit=series.limit)
    assert series.current_value is not None
    other = series.current_value * better if series.direction == 1 else series.current_value / better
    then = Series(series.direction, 2015, series.base_value, 2023, other, limit=series.limit)
    assert (statcan(then).score or 0) >= (statcan(now).score or 0) - 1e-9


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ("", "indicator"),
        ("[1, 2]", "indicator"),
        ("a: {b: {direction: 2}}", "direction"),
        ("a: {b: {direction: 1, base_value: many}}", "base_value"),
        ("a: {b: {direction: 1, base_value: .nan}}", "base_value"),
        ("a: {b: {direction: 1, points: [1]}}", "points"),
        ("a: {b: {direction: 1}}\na: {}", "“a”"),
        ("a: &x [1]\nb: *x", "YAML"),
        ("{", "JSON"),
        ("a: 3", "“a”"),
    ],
)
def test_a_file_that_will_not_do_is_refused_with_its_place(
    content: str, word: str, tmp_path: Path, capsys: Any
) -> None:
    file = tmp_path / "series.yml"
    file.write_text(content)
    assert run_analyst("progress", [str(file), "--json"]) == 2
    said = capsys.readouterr()
    assert not said.out
    assert word in said.err
