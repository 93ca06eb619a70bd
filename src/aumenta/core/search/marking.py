"""Shows where a text has the words that were looked for."""

from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from aumenta.core.search.words import stem, words

_SHORT: Final = 300
"""Characters of a text whose words are kept."""


class Piece(NamedTuple):
    """A part of a text; `found` where it is one of the words looked for."""

    text: str
    found: bool


def mark(text: str, language: str, terms: Collection[tuple[str, str]]) -> list[Piece]:
    """The whole text in pieces, in order: joined they are the text again."""
    pieces, end = [], 0
    for start, stop in _places(text, language, terms):
        if start > end:
            pieces.append(Piece(text[end:start], False))
        pieces.append(Piece(text[start:stop], True))
        end = stop
    if end < len(text):
        pieces.append(Piece(text[end:], False))
    return pieces


def passage(text: str, language: str, terms: Collection[tuple[str, str]], *, length: int = 220) -> list[Piece]:
    """About `length` characters of the text around the place with most of the words looked for, marked.

    Cut at words, with «…» where something is left out; empty where the text has none of the words.
    """
    places = _places(text, language, terms)
    if not places:
        return []
    best = max(
        range(len(places)), key=lambda i: (sum(1 for s, e in places[i:] if e <= places[i][0] + length * 0.75), -i)
    )
    start = max(0, places[best][0] - length // 4)
    if start:
        start = text.rfind(" ", 0, places[best][0] - length // 4 + 1) + 1
    end = start + length
    end = len(text) if end >= len(text) else max(text.rfind(" ", start, end), places[best][1])
    pieces = mark(text[start:end].rstrip(" ,;:"), language, terms)
    if start:
        pieces.insert(0, Piece("… ", False))
    if end < len(text):
        pieces.append(Piece(" …", False))
    return pieces


def _places(text: str, language: str, terms: Collection[tuple[str, str]]) -> list[tuple[int, int]]:
    if not terms:
        return []
    # Names, titles and summaries are marked again for every question; the few long texts are not worth the memory.
    stems = _stems_kept(text, language) if len(text) <= _SHORT else _stems(text, language)
    return [(start, end) for start, end, term in stems if term in terms]


def _stems(text: str, language: str) -> Iterator[tuple[int, int, tuple[str, str]]]:
    return ((w.start, w.end, (language, stem(w.plain, language))) for w in words(text))


@lru_cache(maxsize=4_096)
def _stems_kept(text: str, language: str) -> tuple[tuple[int, int, tuple[str, str]], ...]:
    return tuple(_stems(text, language))
