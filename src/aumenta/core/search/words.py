"""From a text to the terms it is found by: words without case or accents, cut to their stems."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from aumenta.core.text import FUNCTION_WORDS, fold, stem_of_folded

# A word is letters and digits; codes such as 2.2.2 or RSO1.1 stay in one piece, apostrophes part dell'acqua.
_WORD = re.compile(r"[^\W_]+(?:\.\d+)*")

LONGEST: Final = 40
"""Letters of a word that count: nothing longer is a word, and a reader can type anything."""

# Every word counts here that a reader may want marked, so articles cut off by an apostrophe are words of their own.
_CUT_OFF: Final = {
    "it": frozenset("all c coll d dall dell l m n nell qu quell quest s sant sull t un v".split()),
    "en": frozenset("d ll re s t ve".split()),
}
STOP_WORDS: Final = {language: FUNCTION_WORDS[language] | cut_off for language, cut_off in _CUT_OFF.items()}


class SearchWord(NamedTuple):
    """A word of a text: where it begins and ends in it, and the word without case or accents."""

    start: int
    end: int
    plain: str


def words(text: str) -> Iterator[SearchWord]:
    """The words of a text, in order."""
    for match in _WORD.finditer(text):
        yield SearchWord(match.start(), match.end(), plain_word(match.group()))


def spellings_of(text: str) -> Counter[str]:
    """How often a text has each word, as it writes them, in the order they first come."""
    return Counter(_WORD.findall(text))


# A plan says the same few thousand words a hundred thousand times.
@lru_cache(maxsize=32_768)
def plain_word(spelling: str) -> str:
    """A word without case or accents, and no longer than counts."""
    return fold(spelling)[:LONGEST]


@lru_cache(maxsize=32_768)
def stem(plain: str, language: str) -> str:
    """The stem of a folded word; a word with a digit is a code and stays whole. KeyError for an unknown language."""
    return plain if any(letter.isdigit() for letter in plain) else stem_of_folded(plain, language)


def is_stop_word(plain: str, language: str) -> bool:
    """Whether the folded word carries no meaning of its own, such as an article."""
    return plain in STOP_WORDS[language]
