"""Codes as plans print them ("2.1.3", "II.3", "A1", "12") as the three numbers that the product knows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from aumenta.core.extraction.document import ExtractionError

PART: Final = re.compile(r"[0-9]+|[^\W\d_]+")
# What may stand between the parts of a code.
BETWEEN: Final = re.compile(r"[\s.\-–—/:)(°º]*")
ROMAN: Final = re.compile(r"M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
ROMAN_VALUES: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
# No plan numbers further, and no column of the database either.
GREATEST: Final = 9999
MOST_PARTS: Final = 3
LETTERS: Final = ("", "alphabet", "roman")


def read_code(printed: str, letters: str, key: str) -> tuple[int, ...]:
    """The numbers of a printed code, at most three: "A1" is (1, 1) with the letters of the alphabet.

    `letters` says what letters count as: `alphabet` (A = 1), `roman` (II = 2), or nothing. Raises
    ExtractionError("unreadable_code") with the code and with `key`, the key of the layout that found it.
    """
    parts = PART.findall(printed)
    values = [_value(part, letters) for part in parts]
    if not 1 <= len(parts) <= MOST_PARTS or not all(values) or BETWEEN.fullmatch(PART.sub("", printed)) is None:
        raise ExtractionError("unreadable_code", found=printed[:40], where=key)
    return tuple(values)


def _value(part: str, letters: str) -> int:
    """The part's number, 0 where it is none."""
    if part.isascii() and part.isdigit():
        return int(part) if len(part) <= len(str(GREATEST)) else 0
    capital = part.upper()
    if letters == "alphabet" and len(capital) == 1 and "A" <= capital <= "Z":
        return ord(capital) - ord("A") + 1
    if letters == "roman" and ROMAN.fullmatch(capital):
        values = [ROMAN_VALUES[sign] for sign in capital]
        return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
    return 0


def skipped(numbers: Iterable[int], before: str = "") -> list[str]:
    """What is missing from 1, 2, 3 … up to the greatest, with `before` in front; long runs as one ("4–90")."""
    found: list[str] = []
    last = 0
    for number in [*sorted(set(numbers))]:
        gap = range(last + 1, number)
        if len(gap) > MOST_PARTS:
            found.append(f"{before}{gap[0]}–{before}{gap[-1]}")
        else:
            found += [f"{before}{each}" for each in gap]
        last = number
    return found
