"""Giving the links at the foot of a page to the sheets of that page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

WORD: Final = re.compile(r"[^\W_]{3,}")


def assign_links(examples: Sequence[Sequence[str]], links: Sequence[str]) -> tuple[list[list[str]], list[int]]:
    """The links of each sheet, and the positions of those that were given by order alone.

    `examples` holds the examples of each sheet of the page, in order. The foot lists its links in the order of the
    examples: as many links as examples are paired one by one; otherwise the pairing that keeps the order and has
    most words of the examples in their links is taken (dynamic programming, O(links × examples)).
    """
    owners = [sheet for sheet, names in enumerate(examples) for _ in names]
    names = [name for each in examples for name in each]
    given: list[list[str]] = [[] for _ in examples]
    if not links or not examples:
        return given, list(range(len(links))) if not examples else []
    if not names:
        given[-1] += links
        return given, list(range(len(links)))
    if len(names) == len(links):
        for owner, link in zip(owners, links, strict=True):
            given[owner].append(link)
        return given, []
    chosen, guessed = _pair(names, links)
    for link, name in zip(links, chosen, strict=True):
        given[owners[name]].append(link)
    return given, guessed


def _pair(names: Sequence[str], links: Sequence[str]) -> tuple[list[int], list[int]]:
    """For each link the name it belongs to, never going back, with the greatest likeness in all."""
    alike = [[_likeness(name, link) for name in names] for link in links]
    # A link and the next may belong to one name, but a name of its own is a little better.
    best = [[0.0] * len(names) for _ in links]
    came = [[0] * len(names) for _ in links]
    for row in range(len(links)):
        for column in range(len(names)):
            score = alike[row][column]
            if row:
                options = [best[row - 1][k] + (0.1 if k < column else 0.0) for k in range(column + 1)]
                came[row][column] = max(range(column + 1), key=lambda k: (options[k], k))
                score += options[came[row][column]]
            best[row][column] = score
    chosen = [max(range(len(names)), key=lambda k: (best[-1][k], -k))]
    for row in range(len(links) - 1, 0, -1):
        chosen.append(came[row][chosen[-1]])
    chosen.reverse()
    return chosen, [row for row, name in enumerate(chosen) if alike[row][name] == 0]


def _likeness(name: str, link: str) -> float:
    """Share of the name's words that stand in the link, spaces and signs aside."""
    words = WORD.findall(name.casefold())
    address = re.sub(r"[\W_]", "", link.casefold())
    if not words:
        return 0.0
    return sum(word in address for word in words) / len(words)
