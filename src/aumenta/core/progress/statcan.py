"""The rule `statcan-2025`: compound growth against what is needed, or against thresholds where there is no target.

Source: the progress measure of the Canadian hub for the sustainable development goals and of Open SDG 2.4, "inspired
by Eurostat 2021". With y0, t0 the base, yi, ti the current and yT, tT the target value and year, d the direction
(+1 or -1) and sign = -1 where y0 is negative:

    growth    CAGR_o = (yi/y0)^(1/(ti-t0)) - 1
    no target v = sign d CAGR_o; thresholds 1.5 %, 0.5 % and 0, the first two times C
    target    v = sign d CAGR_o / |CAGR_T|, CAGR_T = (yT/y0)^(1/(tT-t0)) - 1; thresholds 95 %, 60 % and 0
    C         1 without a limit; with b = |y0|, L = |limit|, a = 4.44: 1 where b >= 2L, 1 - (b/L)^a where b <= L,
              else 1 - ((2L-b)/L)^a: near a limit little growth is much
    achieved  d (yi - yT) >= 0, whatever v

Zero as base or target counts as 0.001. Not meant for growth rates, nor for values of both signs. Scores run from -5 to
5. Checked against 247 published series in tests/core/test_progress.py.
"""

from typing import Final

from aumenta.core.progress.series import Assessment, Reason, Series, ends, growth, not_available

NAME: Final = "statcan"
VERSION: Final = "2025"
STATUSES: Final = (
    "target_achieved",
    "substantial_progress",
    "moderate_progress",
    "limited_progress",
    "deterioration",
    "not_available",
)
WITHOUT_TARGET: Final = (0.015, 0.005)
WITH_TARGET: Final = (0.95, 0.6)
LIMIT_POWER: Final = 4.44
ZERO: Final = 0.001


def assess(series: Series) -> Assessment:
    """What the rule says of a series."""
    known = ends(series)
    if isinstance(known, Reason):
        return not_available(known)
    base, base_year, current, current_year = known
    adjusted = base == 0
    base = base or ZERO
    if current / base < 0:
        return not_available(Reason.SIGN_CHANGE)
    sign = -1 if base < 0 else 1
    observed = sign * series.direction * growth(base, current, current_year - base_year)
    if series.target is None:
        return _without_target(observed, ease(base, series.limit), adjusted)
    target = series.target or ZERO
    adjusted = adjusted or series.target == 0
    if target / base < 0:
        return not_available(Reason.SIGN_CHANGE)
    achieved = series.direction * (current - target) >= 0
    needed = 0.0
    if series.target_year is not None and series.target_year > base_year:
        needed = growth(base, target, series.target_year - base_year)
    value = observed / abs(needed) if needed else None
    if achieved:
        return Assessment(value, 5.0, "target_achieved", adjusted=adjusted)
    if value is None:
        return not_available(Reason.TARGET_IS_BASE if series.target == series.base_value else Reason.TARGET_YEAR_PASSED)
    score = min(7.1429 * value - 4.2857, 5.0) if value >= WITH_TARGET[1] else max(4.1667 * value - 2.5, -5.0)
    return Assessment(value, score, _status(value, *WITH_TARGET), adjusted=adjusted)


def ease(base: float, limit: float | None) -> float:
    """C of the formula: by how much the thresholds shrink because a limit is near (1 where none is)."""
    if limit is None:
        return 1.0
    size, end = abs(base), abs(limit)
    if size >= 2 * end:
        return 1.0
    return float(1 - ((size if size <= end else 2 * end - size) / end) ** LIMIT_POWER)


def of_scores(score: float) -> str:
    """The status of a mean of scores."""
    return STATUSES[1 + sum(score < threshold for threshold in (2.5, 0, -2.5))]


def _without_target(value: float, eased: float, adjusted: bool) -> Assessment:
    high, middle = (threshold * eased for threshold in WITHOUT_TARGET)
    if value < 0:
        score = max(125 * value - 2.5, -5.0)
    elif eased == 0:
        score = 5.0
    elif value >= high:
        score = min(500 * value / eased - 5, 5.0)
    elif value >= middle:
        score = 250 * value / eased - 1.25
    else:
        score = 500 * value / eased - 2.5
    return Assessment(value, score, _status(value, high, middle), adjusted=adjusted)


def _status(value: float, high: float, middle: float) -> str:
    return STATUSES[1 + sum(value < threshold for threshold in (high, middle, 0))]
