"""The years of an edition as people write them («2034 – 2036», «2034/36») and as addresses have them (2034-2036)."""

import re
from typing import Final

FIRST: Final = 1950
LAST: Final = 2150
LONGEST: Final = 30
"""Years that a plan lasts at most: beyond them, a figure was mistyped."""
_TYPED: Final = re.compile(r"([0-9]{4})\s*(?:[-‐‑‒–—−/]|\s)\s*([0-9]{4}|[0-9]{2})", re.ASCII)
_LABEL: Final = re.compile(r"([0-9]{4})-([0-9]{4})")


def edition_label(typed: str) -> str:
    """Two years with a hyphen where they can be read in what was typed, else what was typed.

    >>> edition_label(" 2034 – 2036 "), edition_label("2034/36"), edition_label("il prossimo")
    ('2034-2036', '2034-2036', 'il prossimo')
    """
    typed = " ".join(typed.split())
    match = _TYPED.fullmatch(typed)
    if match is None:
        return typed
    return f"{match[1]}-{match[2] if len(match[2]) == 4 else match[1][:2] + match[2]}"


def years_of_label(label: str) -> tuple[int, int] | None:
    """The first and the last year of a label; None where it names none that a plan can have.

    >>> years_of_label("2034-2036"), years_of_label("1999-9999"), years_of_label("2036-2034")
    ((2034, 2036), None, None)
    """
    match = _LABEL.fullmatch(label)
    if match is None:
        return None
    first, last = int(match[1]), int(match[2])
    return (first, last) if FIRST <= first <= last <= LAST and last - first < LONGEST else None
