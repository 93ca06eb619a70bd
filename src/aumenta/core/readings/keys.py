"""Which dimension of a statistical file is the place and which the time; the others together are the series."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from aumenta.core.readings.observation import Observation, plain_number, read_flags, settled
from aumenta.core.readings.periods import read_period
from aumenta.core.tables import Finding, TableError

PLACES: Final = ("REF_AREA", "GEO", "ITTER107", "TERRITORIO", "TERRITORY", "REFERENCE_AREA")
TIMES: Final = ("TIME_PERIOD", "TIME", "PERIOD", "YEAR")
STATUSES: Final = ("OBS_STATUS", "OBS_FLAG", "FLAG", "STATUS")
CONFIDENTIAL: Final = ("CONF_STATUS", "OBS_CONF")
MOST_NAMES: Final = 100
"""Dimensions, or attributes of one element: statistical offices use some twenty."""
_FREE: Final = frozenset({"", "F", "A", "PUBLIC"})
"""What a confidentiality attribute says of a figure that anybody may read."""


@dataclass(frozen=True)
class Keys:
    """The places of time and territory among the dimensions, and the names of all."""

    names: tuple[str, ...]
    place: int
    time: int

    def series(self, values: Sequence[str]) -> str:
        """The key of a series: «FREQ=A;SEX=9», in the order of the dimensions."""
        rest = (
            f"{name}={value}"
            for number, (name, value) in enumerate(zip(self.names, values, strict=True))
            if number not in (self.place, self.time)
        )
        return sys.intern(";".join(rest))


def keys_of(names: Sequence[str], *, place: str = "", time: str = "") -> Keys:
    """Find place and time among the dimensions, by the names that a file gives them or those that are usual.

    Raises TableError (too_many_columns, no_time_dimension, no_place_dimension).
    """
    if len(names) > MOST_NAMES:
        raise TableError("too_many_columns", most=MOST_NAMES)
    upper = [name.strip().upper() for name in names]
    there = ", ".join(names[:20]) or "–"
    found_time = _first(upper, (time.upper(), *TIMES))
    if found_time is None:
        raise TableError("no_time_dimension", there=there)
    found_place = _first(upper, (place.upper(), *PLACES))
    if found_place is None:
        raise TableError("no_place_dimension", there=there)
    return Keys(tuple(name.strip() for name in names), found_place, found_time)


def _first(names: Sequence[str], wanted: Sequence[str]) -> int | None:
    return next((names.index(one) for one in wanted if one and one in names), None)


def observed(
    row: int, series: str, place: str, period: str, written: str, flags: tuple[str, str], latest_year: int
) -> Observation | Finding:
    """The observation made of what a file says, or what is wrong with it. `flags` are status and confidentiality."""
    try:
        when = read_period(period, latest_year)
        if not place.strip():
            raise TableError("place_missing")
        absence, marks = read_flags(flags[0])
        if flags[1].strip().upper() not in _FREE:
            absence = "c"
        value = plain_number(written)
        absence = settled(value, absence)
    except TableError as problem:
        return TableError.of(problem.finding, row=row, column=f"{series} {place} {period}".strip()).finding
    return Observation(row, series, sys.intern(place.strip()), when.code, when.year, value, absence, marks)
