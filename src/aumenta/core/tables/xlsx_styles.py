"""What the number formats of a workbook say of its numbers: which are dates, which are codes with leading zeros."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from aumenta.core.package import Attributes, Package, local

# ECMA-376 part 1, 18.8.30: the formats that every workbook has; 27-36 and 50-58 are those of East Asian calendars.
_BUILT_IN_DATES: Final = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_NOT_LETTERS: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_DAY: Final = re.compile(r"[dy]", re.IGNORECASE)
_TIME: Final = re.compile(r"[hs]|\[m", re.IGNORECASE)
_ZEROS: Final = re.compile(r"0{2,15}")
_DAYS_1900, _DAYS_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - cells have no time zone
_LAST_DAY: Final = 2_958_465  # the last of the year 9999


@dataclass
class Styles:
    """By the number of a style: `dates` and `times` hold those, `zeros` how many figures a code has at least."""

    dates: set[int] = field(default_factory=set)
    times: set[int] = field(default_factory=set)
    zeros: dict[int, int] = field(default_factory=dict)


def read_styles(package: Package, name: str) -> Styles:
    """The styles of a workbook; empty fills and whatever else is odd in them do not matter to values."""
    formats: dict[int, str] = {}
    used: list[int] = []
    inside = {"cellXfs": False}

    def start(tag: str, attributes: Attributes) -> None:
        match local(tag):
            case "numFmt":
                formats[_whole(attributes, "numFmtId")] = attributes.get("formatCode", "")
            case "cellXfs":
                inside["cellXfs"] = True
            case "xf" if inside["cellXfs"]:
                used.append(_whole(attributes, "numFmtId"))

    def end(tag: str) -> None:
        if local(tag) == "cellXfs":
            inside["cellXfs"] = False

    package.parse(name, start, end)
    return _styles(used, formats)


def _styles(used: list[int], formats: Mapping[int, str]) -> Styles:
    styles = Styles()
    for number, format_id in enumerate(used):
        code = _NOT_LETTERS.sub("", formats.get(format_id, "").split(";")[0])
        if code.casefold() in {"general", "standard"}:
            continue
        if _DAY.search(code) or (not code and format_id in _BUILT_IN_DATES - {18, 19, 20, 21, 45, 46, 47}):
            styles.dates.add(number)
        elif _TIME.search(code) or (not code and format_id in _BUILT_IN_DATES):
            styles.times.add(number)
        elif _ZEROS.fullmatch(code):
            styles.zeros[number] = len(code)
    return styles


def _whole(attributes: Attributes, name: str) -> int:
    text = attributes.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def date_of_serial(serial: float, *, since_1904: bool = False) -> date | datetime | None:
    """The day, or day and time, that a spreadsheet stores as a number of days; None where it is no date.

    >>> date_of_serial(46145), date_of_serial(46145.4375)
    (datetime.date(2026, 5, 3), datetime.datetime(2026, 5, 3, 10, 30))
    """
    if not 0 < serial <= _LAST_DAY:
        return None
    # 1900 had no 29 February, but spreadsheets count one: the days before it are one too early.
    early = 1 if not since_1904 and serial < 60 else 0
    start = _DAYS_1904 if since_1904 else _DAYS_1900
    try:
        moment = start + timedelta(days=int(serial) + early, seconds=round(serial % 1 * 86_400))
    except OverflowError:
        return None
    return moment.date() if serial == int(serial) else moment


def time_text(serial: float) -> str:
    """A time of day or a duration as hours and minutes, seconds where there are any."""
    seconds = round(abs(serial) * 86_400)
    hours, rest = divmod(seconds, 3_600)
    text = f"{hours:02}:{rest // 60:02}"
    return ("-" if serial < 0 else "") + (f"{text}:{rest % 60:02}" if rest % 60 else text)
