"""How much of the way from a base to a target is done, and how much should be by then.

`actual / target * 100` is never used: it says 100 % or more for every falling-is-good series that missed its target.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Achievement:
    """`percent` of the way, below 0 and above 100 where it is so; `expected` by the calendar; whether on track."""

    percent: float
    expected: float | None
    on_track: bool | None


def achievement(
    *,
    base: float,
    target: float,
    actual: float | None,
    begins_on: date | None = None,
    due_on: date | None = None,
    as_of: date | None = None,
    tolerance: float = 0.0,
) -> Achievement | None:
    """p = 100 (actual - base) / (target - base), e = 100 (t - t0) / (tT - t0), on track where p >= e - tolerance.

    None, never zero, where the target is the base or nothing is known of where it stands.
    """
    if actual is None or target == base:
        return None
    percent = 100.0 * (actual - base) / (target - base)
    if begins_on is None or due_on is None or as_of is None or due_on <= begins_on:
        return Achievement(percent, None, None)
    passed = (as_of - begins_on).days / (due_on - begins_on).days
    expected = 100.0 * min(1.0, max(0.0, passed))
    return Achievement(percent, expected, percent >= expected - tolerance)
