"""Giving the links at the foot of a page to the sheets of that page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

WORD: Final = re.compile(r"[^\W_]{3,}")
# What it is worth, beside a likeness of at most 1, that a link has an example of its own.
OWN_EXAMPLE: Final = 0.35


@dataclass(frozen=True, slots=True)
class Linkable:
    """What a sheet's links may be known by."""

    title: str
    examples: tuple[str, ...]


def assign_links(sheets: Sequence[Linkable], links: Sequence[str]) -> tuple[list[list[str]], list[int]]:
    """The links of each sheet, and the positions of those that were given by order alone.

    The foot lists its links in the order of the examples on the page: as many links as examples are paired one by
    one; otherwise the pairing that keeps the order and is most alike is taken (dynamic programming,
    O(links × examples²)). Without any example the last sheet of the page gets them all.
    """
    given: list[list[str]] = [[] for _ in sheets]
    names = [(owner, example) for owner, sheet in enumerate(sheets) for example in sheet.examples]
    if not sheets or not links:
        return given, list(range(len(links)))
    if not names:
        given[-1] += links
        return given, list(range(len(links)))
    if len(names) == len(links):
        for (owner, _), link in zip(names, links, strict=True):
            given[owner].append(link)
        return given, []
    alike = [[_likeness(example, sheets[owner].title, link) for owner, example in names] for link in links]
    chosen = _pair(alike)
    for link, name in zip(links, chosen, strict=True):
        given[names[name][0]].append(link)
    return given, [row for row, name in enumerate(chosen) if alike[row][name] == 0]


def _pair(alike: Sequence[Sequence[float]]) -> list[int]:
    """For each row a column, never going back, with the greatest likeness in all."""
    best: list[list[float]] = []
    came: list[list[int]] = []
    for row, likenesses in enumerate(alike):
        best.append([])
        came.append([])
        for column, likeness in enumerate(likenesses):
            before = 0
            if row:
                before = max(range(column + 1), key=lambda k: _worth(best[row - 1], k, column))
                likeness += _worth(best[row - 1], before, column)
            best[-1].append(likeness)
            came[-1].append(before)
    chosen = [max(range(len(best[-1])), key=lambda k: best[-1][k])]
    for row in range(len(alike) - 1, 0, -1):
        chosen.append(came[row][chosen[-1]])
    return chosen[::-1]


def _worth(scores: Sequence[float], before: int, column: int) -> float:
    return scores[before] + (OWN_EXAMPLE if before < column else 0.0)


def _likeness(example: str, title: str, link: str) -> float:
    """Share of the example's words that stand in the link (or its initials, or less so the sheet's title)."""
    address = re.sub(r"[\W_]", "", _plain(link))
    words = WORD.findall(_plain(example))
    initials = "".join(word[0] for word in words)
    shares = [_share(words, address), 0.3 * _share(WORD.findall(_plain(title)), address)]
    return max([*shares, 0.5 if len(initials) > 2 and initials in address else 0.0])


def _share(words: Sequence[str], address: str) -> float:
    return sum(word in address for word in words) / len(words) if words else 0.0


def _plain(text: str) -> str:
    """Small letters without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))
