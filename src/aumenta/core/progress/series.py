"""A measured series, as the rules take it, and what a rule says of it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Reason(StrEnum):
    """Why a series cannot be assessed; doors say it in the reader's language."""

    NO_SERIES = "no_series"
    ONE_POINT = "one_point"
    SIGN_CHANGE = "sign_change"
    ZERO_BASE = "zero_base"
    NO_TARGET = "no_target"
    TOO_FEW_POINTS = "too_few_points"
    TARGET_IS_BASE = "target_is_base"
    TARGET_YEAR_PASSED = "target_year_passed"


@dataclass(frozen=True, slots=True)
class Series:
    """One series: where it started, where it stands, where it should go.

    `direction` is +1 where more is better and -1 where less is. Years are calendar years; `limit` is the value beyond
    which nothing can go (100 for a share). `points` are all known values by year, for rules that look at the course.
    """

    direction: int
    base_year: float | None
    base_value: float | None
    current_year: float | None
    current_value: float | None
    target: float | None = None
    target_year: float | None = None
    limit: float | None = None
    points: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a rule says: the value it worked out, a score (None where the rule gives none), its status.

    `reason` says why the status is *not available*; `adjusted` that a zero base or target counted as 0.001.
    """

    value: float | None
    score: float | None
    status: str
    reason: Reason | None = None
    adjusted: bool = False


NOT_AVAILABLE = "not_available"


def not_available(reason: Reason) -> Assessment:
    """A series of which nothing can be said, and why."""
    return Assessment(None, None, NOT_AVAILABLE, reason)


def growth(first: float, last: float, years: float) -> float:
    """Compound yearly growth: (last/first)^(1/years) - 1, both of one sign; -1 is a fall to nothing, else infinite."""
    try:
        return float((last / first) ** (1 / years) - 1)
    except OverflowError:
        return math.inf


def grown(value: float, rate: float, years: float) -> float:
    """What a value, other than 0, is after years of growth at a rate of at least -1; infinite past all numbers."""
    try:
        return float(value * (1 + rate) ** years)
    except OverflowError:
        return math.copysign(math.inf, value)


def ends(series: Series) -> tuple[float, float, float, float] | Reason:
    """Base value and year, current value and year, where there are two points in order; else what is missing."""
    if series.base_value is None or series.base_year is None:
        return Reason.NO_SERIES
    if series.current_value is None or series.current_year is None:
        return Reason.NO_SERIES
    if series.current_year <= series.base_year:
        return Reason.ONE_POINT
    return series.base_value, series.base_year, series.current_value, series.current_year
