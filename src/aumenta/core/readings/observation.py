"""One observation as any of the formats gives it, and what may be said of it beside its value.

Why there is no value (`absence`) and what to know of a value that is there (`marks`) are two things: a figure can be
provisional and estimated at once, but it is missing for one reason.
"""

import math
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from aumenta.core.tables import Finding, TableError
from aumenta.core.text import name_key

ABSENCES: Final = {"c": "suppressed", "z": "not_applicable", "m": "missing"}
MARKS: Final = {
    "b": "break",
    "d": "definition_differs",
    "e": "estimated",
    "p": "provisional",
    "r": "revised",
    "u": "low_reliability",
}
# The code list CL_OBS_STATUS of SDMX and Eurostat's letters, which are the same list with a few of their own.
_CODES: Final = {
    "a": "",
    "b": "b",
    "c": "c",
    "d": "d",
    "e": "e",
    "f": "e",
    "g": "u",
    "h": "m",
    "i": "e",
    "j": "m",
    "k": "c",
    "l": "m",
    "m": "m",
    "n": "u",
    "o": "m",
    "p": "p",
    "q": "c",
    "r": "r",
    "s": "e",
    "u": "u",
    "v": "p",
    "x": "d",
    "z": "z",
    ":": "m",
}
_WORDS: Final = {
    name_key(word): letter
    for letter, words in {
        "b": "break,break in series,interruzione,interruzione della serie",
        "d": "definition differs,definizione diversa",
        "e": "estimated,estimate,stimato,stima",
        "p": "provisional,provvisorio",
        "r": "revised,rivisto",
        "u": "low reliability,unreliable,poco affidabile",
        "c": "suppressed,confidential,soppresso,riservato,oscurato",
        "z": "not applicable,non applicabile",
        "m": "missing,mancante",
    }.items()
    for word in words.split(",")
}
_NUMBER: Final = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")
_NO_NUMBER: Final = frozenset({"", ":", "nan", "..", "-", "null", "none"})


class Observation(NamedTuple):
    """A value and where it belongs: `series` (an indicator's code, or its key in the source's file), `place` and
    `period` as written there, `year` the calendar year the period begins in; `row` is where it stands in the file."""

    row: int
    series: str
    place: str
    period: str
    year: int
    value: float | None
    absence: str = ""
    marks: str = ""
    numerator: float | None = None
    denominator: float | None = None
    note: str = ""


Read = tuple[list[Finding], Iterator[Observation | Finding]]
"""What a reader gives: what is to be told of the file, and its observations, a finding in place of each that will not
do."""


def read_flags(text: str) -> tuple[str, str]:
    """The reason for no value and the marks in a flag: letters («bp», «b p»), or our words parted by commas.

    Raises TableError (flag_unknown, flag_twice).
    """
    written = text.strip()
    if not written or written in {"A", "a"}:
        return "", ""
    found: set[str] = set()
    for part in re.split(r"[,;|/+]", written):
        word = name_key(part)
        if not word and part.strip() != ":":
            continue
        letters = [_WORDS[word]] if word in _WORDS else _letters(part, written)
        found.update(letters)
    absences = sorted(found & ABSENCES.keys())
    if len(absences) > 1:
        raise TableError("flag_twice", shown=written[:40])
    return "".join(absences), "".join(sorted(found & MARKS.keys()))


def _letters(part: str, written: str) -> list[str]:
    letters = [_CODES.get(letter) for letter in part.casefold() if not letter.isspace()]
    if not letters or len(letters) > 10 or None in letters:
        raise TableError("flag_unknown", shown=written[:40])
    return [letter for letter in letters if letter]


def write_flags(absence: str, marks: str) -> str:
    """The flag of a reading as letters, as the readers take it."""
    return absence + marks


def plain_number(text: str) -> float | None:
    """A number as the machines write it, with a point; None where none is there. Raises TableError (not_a_number)."""
    written = text.strip()
    if _NUMBER.fullmatch(written):
        number = float(written)
        if math.isfinite(number):
            return number
    elif written.casefold() in _NO_NUMBER:
        return None
    raise TableError("not_a_number", shown=written[:60])


def settled(value: float | None, absence: str) -> str:
    """Why there is no value, missing where nothing else is said. Raises TableError (value_and_absence) where a value
    stands beside a flag that says there is none."""
    if value is None:
        return absence or "m"
    if absence:
        raise TableError("value_and_absence", shown=f"{value:g}", flag=absence)
    return ""
