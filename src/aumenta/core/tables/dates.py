"""Dates as people write them, day first; what can't be, or can't be meant, is told and never guessed."""

import re
from datetime import date, datetime
from typing import Final, NamedTuple

from aumenta.core.tables.findings import Finding, TableError
from aumenta.core.tables.table import Cell, Kind
from aumenta.core.tables.xlsx_styles import date_of_serial
from aumenta.core.text import fold

MONTHS: Final = {
    name: number
    for names in (
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        "january february march april may june july august september october november december",
    )
    for number, name in enumerate(names.split(), start=1)
}
_SHORT: Final = {name[:3]: number for name, number in MONTHS.items()} | {"sett": 9, "sept": 9}
_ISO: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_DAY_FIRST: Final = re.compile(r"(\d{1,2}) ?[-/.] ?(\d{1,2}) ?[-/.] ?(\d{4}|\d{2})")
_IN_WORDS: Final = re.compile(r"(\d{1,2})[°ºª.]? (?:di |of )?([a-z]{3,9})\.?,? (?:del )?(\d{4}|\d{2})")
_MONTH_FIRST: Final = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_WEEKDAY: Final = re.compile(
    r"^(?:lunedi|martedi|mercoledi|giovedi|venerdi|sabato|domenica|(?:mon|tues|wednes|thurs|fri|satur|sun)day),? "
)
# A form writes when it was sent; the time of day and its zone do not change the day meant.
_TIME: Final = re.compile(
    r"(?:,? (?:ore |alle |h )?|t)\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?"
    r"(?: ?[ap]\.?m\.?)?(?: ?(?:z|[a-z]{3,4}|(?:gmt|utc)?[+-]\d{1,2}(?::?\d{2})?))?$"
)
_CENTURY: Final = 2000
_SERIALS: Final = (20_000, 80_000)


class ReadDate(NamedTuple):
    """A day, and what a person should be told of how it was read."""

    day: date
    note: Finding | None = None


def read_date(cell: Cell, *, earliest: date | None = None, latest: date | None = None) -> ReadDate:
    """The day in a cell: 2026-05-03, 3/5/2026, 3.5.26, «3 maggio 2026», a time behind it, or a spreadsheet's own date.

    A year of two figures is one of this century, and noted. Raises TableError without row and column: cell_error,
    cell_formula, date_missing, date_unreadable, date_impossible (31/02, month 13), date_too_early, date_too_late.
    """
    if (fault := cell.fault) is not None:
        raise TableError.of(fault)
    found = _day_of(cell)
    if earliest is not None and found.day < earliest:
        raise TableError("date_too_early", shown=cell.text[:40], earliest=earliest.isoformat())
    if latest is not None and found.day > latest:
        raise TableError("date_too_late", shown=cell.text[:40], latest=latest.isoformat())
    return found


def _day_of(cell: Cell) -> ReadDate:
    if isinstance(cell.value, datetime):
        return ReadDate(cell.value.date())
    if isinstance(cell.value, date):
        return ReadDate(cell.value)
    if cell.kind is Kind.NUMBER and isinstance(cell.value, float) and _SERIALS[0] <= cell.value <= _SERIALS[1]:
        serial = date_of_serial(int(cell.value))
        if serial is not None:
            day = serial.date() if isinstance(serial, datetime) else serial
            return ReadDate(day, Finding("date_from_number", details={"shown": cell.text, "day": day.isoformat()}))
    shown = " ".join(cell.text.split())
    if not shown:
        raise TableError("date_missing")
    return _written_day(shown)


def _written_day(shown: str) -> ReadDate:
    # A raised figure is the mark of a note, not part of a date.
    if any(sign.isdigit() and not sign.isascii() for sign in shown):
        raise TableError("date_unreadable", shown=shown[:40])
    text = _WEEKDAY.sub("", _TIME.sub("", fold(shown).replace("'", " ")).strip())
    text = " ".join(text.split())
    if match := _ISO.fullmatch(text):
        return ReadDate(_day(shown, *map(int, match.groups())))
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year = match.groups()
        return _with_century(shown, year, int(month), int(day))
    if match := _IN_WORDS.fullmatch(text):
        day, name, year = match.groups()
        return _with_century(shown, year, _month(shown, name), int(day))
    if match := _MONTH_FIRST.fullmatch(text):
        name, day, year = match.groups()
        return _with_century(shown, year, _month(shown, name), int(day))
    raise TableError("date_unreadable", shown=shown[:40])


def _month(shown: str, name: str) -> int:
    month = MONTHS.get(name) or _SHORT.get(name)
    if month is None:
        raise TableError("date_unreadable", shown=shown[:40])
    return month


def _with_century(shown: str, year: str, month: int, day: int) -> ReadDate:
    if len(year) == 4:
        return ReadDate(_day(shown, int(year), month, day))
    found = _day(shown, _CENTURY + int(year), month, day)
    return ReadDate(found, Finding("date_two_figures", details={"shown": shown[:40], "day": found.isoformat()}))


def _day(shown: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise TableError("date_impossible", shown=shown[:40]) from None
