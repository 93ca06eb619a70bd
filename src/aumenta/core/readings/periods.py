"""Periods as statistical offices write them, in one form: 2023, 2023-S1, 2023-Q3, 2023-05, 2023-05-31, 2019/2021."""

import re
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from aumenta.core.tables import TableError

FIRST_YEAR: Final = 1800
_YEAR: Final = re.compile(r"(\d{4})(?:\.0|-A1)?")
_PART: Final = re.compile(r"(\d{4})[- ]?(?:([SHQTsqht])([1-4])|M?(\d{2}))")
_DAY: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T00:00:00(?:\.0+)?Z?)?")
_SPAN: Final = re.compile(r"(\d{4}) ?[-/–] ?(\d{4}|\d{2})")
_MOST_YEARS: Final = 20


class Period(NamedTuple):
    """`code` as we keep it and the year it begins in."""

    code: str
    year: int


@lru_cache(maxsize=4096)
def read_period(text: str, latest_year: int) -> Period:
    """The period in a text. Raises TableError (period_missing, period_unreadable, period_future, period_too_early)."""
    written = " ".join(text.split())
    if not written:
        raise TableError("period_missing")
    period = _read(written)
    if period is None:
        raise TableError("period_unreadable", shown=written[:40])
    if period.year > latest_year:
        raise TableError("period_future", shown=written[:40])
    if period.year < FIRST_YEAR:
        raise TableError("period_too_early", shown=written[:40], earliest=FIRST_YEAR)
    return period


def _read(written: str) -> Period | None:
    if found := _YEAR.fullmatch(written):
        return Period(found[1], int(found[1]))
    if found := _DAY.fullmatch(written):
        try:
            day = date.fromisoformat("-".join(found.groups()))
        except ValueError:
            return None
        return Period(day.isoformat(), day.year)
    if found := _PART.fullmatch(written):
        return _part(int(found[1]), (found[2] or "").upper(), found[3] or found[4])
    if found := _SPAN.fullmatch(written):
        first, last = int(found[1]), int(found[2] if len(found[2]) == 4 else found[1][:2] + found[2])
        return Period(f"{first}/{last}", first) if first < last <= first + _MOST_YEARS else None
    return None


def _part(year: int, letter: str, number: str) -> Period | None:
    place = int(number)
    if not letter:
        return Period(f"{year}-{place:02}", year) if 1 <= place <= 12 else None
    if letter in "SH":
        return Period(f"{year}-S{place}", year) if place <= 2 else None
    return Period(f"{year}-Q{place}", year)
