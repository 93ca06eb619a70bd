"""What is published of a place: residents, income, class of inner areas; the news that name it."""

import re
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from aumenta.core.text import plain_text
from aumenta.pages.models import Page
from aumenta.plan.models import Plan
from aumenta.territory.facts import SOURCES, facts_of
from aumenta.territory.models import Territory
from aumenta.ui.caching import once_for_state

MOST_NEWS: Final = 5
_LOOKED_THROUGH: Final = 300
"""The latest news, in which names are looked for."""


def published_facts(territory: Territory, codes: Sequence[str]) -> dict[str, Any]:
    """What templates need of the published figures of these municipalities together; no query."""
    return {"facts": facts_of(territory.slug, codes), "facts_sources": SOURCES}


class _Piece(NamedTuple):
    page: Page
    text: str


def news_naming(names: Sequence[str]) -> list[Page]:
    """The latest news in which one of these names stands as it is written: with its capital, as a word. The name of the
    authority, in which that of its capital stands, does not count. Two queries for each state of the public site."""
    pieces: list[_Piece] = once_for_state("news with their words", _pieces)
    if not pieces or not names:
        return []
    named = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")
    return [one.page for one in pieces if named.search(one.text)][:MOST_NEWS]


def _pieces() -> list[_Piece]:
    found = list(Page.objects.public().news()[:_LOOKED_THROUGH])
    if not found:
        return []
    authorities = [name for pair in Plan.objects.values_list("authority_it", "authority_en") for name in pair if name]
    return [_Piece(page, _words(page, authorities)) for page in found]


def _words(page: Page, authorities: Sequence[str]) -> str:
    texts = (page.title_it, page.title_en, page.summary_it, page.summary_en)
    whole = " · ".join([*texts, plain_text(page.body_it), plain_text(page.body_en)])
    for name in authorities:
        whole = whole.replace(name, "")
    return whole
