"""Shows where a text has the words that were looked for."""

from collections.abc import Collection
from typing import NamedTuple

from aumenta.core.search.words import stem, words


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
    return [(w.start, w.end) for w in words(text) if (language, stem(w.plain, language)) in terms]
