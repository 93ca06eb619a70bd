"""How much of the way from a base to a target is done: never actual over target, never zero where nothing is known."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aumenta.core.progress.achievement import achievement


@pytest.mark.parametrize(
    ("base", "target", "actual", "percent"),
    [
        (0, 10, 5, 50),
        (14.5, 7.25, 10.2, 100 * 4.3 / 7.25),
        (20, 10, 25, -50),
        (0, 10, 14.7, 147),
        (-5, 5, 0, 50),
    ],
)
def test_the_way_is_measured_from_the_base(base: float, target: float, actual: float, percent: float) -> None:
    found = achievement(base=base, target=target, actual=actual)
    assert found is not None
    assert found.percent == pytest.approx(percent)
    assert (found.expected, found.on_track) == (None, None)


def test_what_is_not_known_is_no_zero() -> None:
    assert achievement(base=1, target=1, actual=1) is None
    assert achievement(base=0, target=1, actual=None) is None


def test_the_calendar_says_how_much_should_be_done_and_tolerates_a_little() -> None:
    days: dict[str, Any] = {"begins_on": date(2024, 1, 1), "due_on": date(2025, 12, 31)}
    half = achievement(base=0, target=100, actual=41, as_of=date(2024, 12, 31), tolerance=10, **days)
    assert half is not None
    assert half.expected == pytest.approx(50, abs=0.1)
    assert half.on_track
    late = achievement(base=0, target=100, actual=39, as_of=date(2024, 12, 31), tolerance=10, **days)
    assert late is not None
    assert not late.on_track
    after = achievement(base=0, target=100, actual=99, as_of=date(2030, 1, 1), **days)
    assert after is not None
    assert (after.expected, after.on_track) == (100, False)


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_a_falling_target_is_like_a_rising_one_mirrored(base: float, target: float, actual: float) -> None:
    if abs(base - target) < 1e-3:
        return
    one, other = (achievement(base=s * base, target=s * target, actual=s * actual) for s in (1, -1))
    assert one is not None
    assert other is not None
    assert one.percent == pytest.approx(other.percent)
