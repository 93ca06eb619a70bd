"""What a rule says of the readings of an indicator in one place; or why nothing can be said."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from aumenta.core.progress.rules import RULES
from aumenta.core.progress.series import NOT_AVAILABLE, Series
from aumenta.monitoring.models import Indicator
from aumenta.monitoring.rules_of_status import BLOCKING_MARKS

WHOLE_YEAR: Final = 4


class Point(NamedTuple):
    """A reading as the rules see it."""

    period: str
    year: int
    value: float | None
    absence: str
    marks: str


@dataclass(frozen=True)
class Assessment:
    """The outcome of a rule, and what it was worked out from."""

    value: float | None
    score: float | None
    status: str
    reason: str
    inputs: dict[str, Any]


def assess(indicator: Indicator, points: Sequence[Point], rule: str) -> Assessment:
    """Apply a rule to the readings of one place. Periods of one year each count; a span counts by its first year."""
    yearly = sorted((p for p in points if len(p.period) in {WHOLE_YEAR, 9}), key=lambda point: point.year)
    inputs: dict[str, Any] = {
        "direction": indicator.direction,
        "target": indicator.target,
        "target_year": indicator.target_year,
        "limit": indicator.limit,
    }
    reason, base, last = _ends(indicator, yearly)
    if base is not None and last is not None:
        inputs |= {
            "base_year": base.year,
            "base_value": base.value,
            "current_year": last.year,
            "current_value": last.value,
            "current_period": last.period,
            "current_marks": last.marks,
        }
    if reason or base is None or last is None:
        return Assessment(None, None, NOT_AVAILABLE, reason or "no_series", inputs)
    known = {point.year: point.value for point in yearly if point.value is not None and point.year >= base.year}
    series = Series(
        direction=indicator.direction,
        base_year=base.year,
        base_value=base.value,
        current_year=last.year,
        current_value=last.value,
        target=indicator.target,
        target_year=indicator.target_year,
        limit=indicator.limit,
        points=known,
    )
    if rule == "destatis-weather":
        inputs["points"] = {str(year): value for year, value in known.items()}
    told = RULES[rule].assess(series)
    inputs["adjusted"] = told.adjusted
    return Assessment(told.value, told.score, told.status, told.reason.value if told.reason else "", inputs)


def _ends(indicator: Indicator, yearly: Sequence[Point]) -> tuple[str, Point | None, Point | None]:
    """Why nothing can be said ("" where something can), the base and the current reading."""
    known = [point for point in yearly if point.value is not None]
    if not indicator.direction or indicator.nominal:
        reason = "current_prices" if indicator.direction else "no_direction"
        return reason, known[0] if known else None, known[-1] if known else None
    if not known:
        return ("suppressed" if any(point.absence == "c" for point in yearly) else "no_series"), None, None
    from_base = [point for point in known if point.year >= (indicator.base_year or 0)]
    if not from_base:
        return "no_series", None, None
    base, last = from_base[0], known[-1]
    if yearly[-1].absence == "c":
        return "suppressed", base, last
    if base.year == last.year:
        return "one_point", base, last
    between = [point for point in yearly if base.year < point.year <= last.year]
    for mark, reason in BLOCKING_MARKS.items():
        if any(mark in point.marks for point in between):
            return reason, base, last
    if "u" in base.marks + last.marks:
        return "low_reliability", base, last
    return "", base, last
