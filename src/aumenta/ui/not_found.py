"""The page for an address with nothing behind it: it says what is missing, and where what was looked for may be."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple
from urllib.parse import unquote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, URLResolver, get_resolver
from rapidfuzz import fuzz

from aumenta.people.reader import reader_language

MOST_LETTERS: Final = 60
MOST_PAGES: Final = 3
NEAR: Final = 80
"""How alike two addresses must be, of 100, for one to have been meant by the other: «evento» and «eventi» are 83."""
_DOOR: Final = "site"
_NOT_WORDS: Final = re.compile(r"[^\w.,’'&]+|_+")
_ENDING: Final = re.compile(r"\.(?:html?|php|aspx?|csv|xlsx|json|xml|pdf)$", re.IGNORECASE)


class Way(NamedTuple):
    """A page that may be the one looked for."""

    label: str
    address: str


class NotHereError(Http404):
    """Nothing is at this address: a sentence in the reader's language that says what is missing, and the pages that may
    have been meant, the likeliest first."""

    def __init__(self, sentence: str, ways: Sequence[Way] = ()) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.ways = tuple(ways)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Every 404 of the site. What Django says of an address is for developers: only our own sentences are shown."""
    ours = exception if isinstance(exception, NotHereError) else NotHereError("")
    ways = ours.ways or tuple(near_pages(request.path))
    context = {"sentence": ours.sentence, "ways": ways, "asked": words_of_address(request.path)}
    return render(request, "404.html", context, status=404)


def words_of_address(path: str) -> str:
    """The last part of an address as words to search for: «piste ciclabili» of `/it/piste-ciclabili.html`."""
    parts = [part for part in unquote(path).split("/") if part.strip()]
    # The first is the language.
    last = _ENDING.sub("", parts[-1]) if len(parts) > 1 else ""
    return " ".join(_NOT_WORDS.sub(" ", last).split())[:MOST_LETTERS].strip()


def near_pages(path: str) -> list[Way]:
    """Pages of the site that an address may have meant: those that begin like it, «dati-aperti» of `/it/dati/`, and
    those written almost like it; the nearest first, named by their addresses."""
    asked = "/".join([part for part in unquote(path)[:200].casefold().split("/") if part.strip()][1:])
    if not asked:
        return []
    language = reader_language()
    near = [(fuzz.ratio(asked, _ENDING.sub("", one)), one) for one in _pages_without_parts()]
    begun = (f"{asked}-", f"{asked}/")
    meant = [(likeness, one) for likeness, one in near if likeness >= NEAR or one.startswith(begun)]
    best = sorted(meant, key=lambda one: (-one[0], one[1]))[:MOST_PAGES]
    return [Way(f"/{language}/{one}/", f"/{language}/{one}/") for _likeness, one in best]


@lru_cache(maxsize=1)
def _pages_without_parts() -> tuple[str, ...]:
    """The addresses of the site's pages, without their language, that hold nothing to be filled in."""
    return tuple(sorted({one.strip("/") for one in _routes(get_resolver().url_patterns, "", "")} - {""}))


def _routes(patterns: Sequence[URLPattern | URLResolver], before: str, door: str) -> Iterator[str]:
    for one in patterns:
        route = str(one.pattern)
        # The language's own part is whichever is active.
        here = before if isinstance(one, URLResolver) and re.fullmatch(r"[a-z]{2}/", route) else before + route
        if isinstance(one, URLResolver):
            yield from _routes(one.url_patterns, here, one.namespace or door)
        elif door == _DOOR and here.endswith("/") and "<" not in here:
            yield here
