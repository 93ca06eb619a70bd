"""The page for an address with nothing behind it: it says what is missing, and where what was looked for may be."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple
from urllib.parse import unquote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

MOST_LETTERS: Final = 60
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
    context = {"sentence": ours.sentence, "ways": ours.ways, "asked": words_of_address(request.path)}
    return render(request, "404.html", context, status=404)


def words_of_address(path: str) -> str:
    """The last part of an address as words to search for: «piste ciclabili» of `/it/piste-ciclabili.html`."""
    parts = [part for part in unquote(path).split("/") if part.strip()]
    # The first is the language.
    last = _ENDING.sub("", parts[-1]) if len(parts) > 1 else ""
    return " ".join(_NOT_WORDS.sub(" ", last).split())[:MOST_LETTERS].strip()
