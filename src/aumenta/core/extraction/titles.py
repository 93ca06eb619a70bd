"""Where a title ends: on the lines it is broken over, and in an action printed as one long sentence, of which it is the
beginning, in the sentence's own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from aumenta.core.extraction.lines import PrintedLine

# Of the width of a text, what a line has at most that is not broken but ends.
SHORT_LINE: Final = 0.6
# A title is read at a glance: some ten words.
LONGEST: Final = 90
MIN_WORDS: Final = 3
# A sentence no longer than this needs no cutting.
SHORT: Final = 60
# Where a sentence turns from what is done to why, how, where or for whom; the first that leaves enough ends it.
TURNS: Final = re.compile(
    r"[;:(]|,\s|\.\s|\s[–—-]\s|\s(?:al fine di|allo scopo di|in modo (?:da|che)|affinch[ée]|attraverso|mediante|"
    r"tramite|anche|nonch[ée]|con particolare|in particolare|a partire da|in coerenza|in raccordo|finalizzat[aeio]|"
    r"volt[aeio] a|che|cos[ìi] da|con l['’]obiettivo|con lo scopo|con la finalit[àa]|nell['’]ambito|in sinergia|"
    r"in collaborazione|grazie a[il]?|in order to|through|by means of|so that|including|which)\b",
    re.IGNORECASE,
)


def short_title(sentence: str, hanging: frozenset[str]) -> str:
    """The beginning of a sentence as a title: up to its first turn, else as many whole words as fit.

    `hanging` are words that can't end a line. Nothing is reworded; a sentence that fits is its own title.
    """
    text = sentence.strip()
    whole = text.rstrip(" .;,")
    if len(whole) <= SHORT or (len(whole) <= LONGEST and TURNS.search(whole) is None):
        return whole or text
    for turn in TURNS.finditer(whole):
        start = _trimmed(whole[: turn.start()], hanging)
        if len(start) > LONGEST:
            break
        if len(start.split()) >= MIN_WORDS:
            return start
    if len(whole) <= LONGEST:
        return whole
    cut = whole[: LONGEST + 1]
    return _trimmed(cut.rsplit(" ", 1)[0] if " " in cut else cut[:LONGEST], hanging) or cut[:LONGEST]


def _trimmed(text: str, hanging: frozenset[str]) -> str:
    """Without signs and little words at its end."""
    words = text.rstrip(" .;,:–—-(").split()
    while len(words) > 1 and (words[-1].casefold() in hanging or words[-1].endswith(("'", "’"))):
        words.pop()
    return " ".join(words).rstrip(" .;,:–—-(")


def has_an_end(lines: Sequence[PrintedLine]) -> bool:
    """Whether a title's line is followed by the short end of it: no sentence, and a text begins right after it."""
    if len(lines) < 3 or lines[1].gap or lines[1].text[-1] in ".;:!?":
        return False
    width = max(len(line.text) for line in lines)
    return len(lines[1].text) < SHORT_LINE * width and lines[2].text[0].isupper()


def without_torn(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """The lines of an aim without what is left of a line of the page, broken where it was copied: «(pdf | 845 KB)»."""
    torn = next((place for place, line in enumerate(lines) if place and line.torn), len(lines))
    after = next((place for place in range(torn + 1, len(lines)) if lines[place].gap), len(lines))
    return [*lines[:torn], *lines[after:]]
