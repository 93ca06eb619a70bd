"""From a text to the terms it is found by: words without case or accents, cut to their stems."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

import snowballstemmer

# A word is letters and digits; codes such as 2.2.2 or RSO1.1 stay in one piece, apostrophes part dell'acqua.
_WORD = re.compile(r"[^\W_]+(?:\.\d+)*")

LONGEST: Final = 40
"""Letters of a word that count: nothing longer is a word, and a reader can type anything."""

STOP_WORDS: Final = {
    "it": frozenset(
        "a ad agli ai al alla alle allo anche che chi ci come con da dagli dai dal dalla dalle dallo degli dei del "
        "della delle dello dell di e ed gli i il in l la le lo nel nella nelle nello negli nei o od per piu piuttosto "
        "quale quali quando se si sono su sua sue sui sul sulla sulle sullo suo suoi sugli tra fra un una uno d all "
        "dall nell sull c e ha hanno non".split()
    ),
    "en": frozenset(
        "a an and are as at be by for from has have in into is it its not of on or over s that the their them these "
        "this those to was were which with within".split()
    ),
}
_ALGORITHMS: Final = {"it": "italian", "en": "english"}
_STEMMERS: Final = {language: snowballstemmer.stemmer(name) for language, name in _ALGORITHMS.items()}


class Word(NamedTuple):
    """A word of a text: where it begins and ends in it, and the word without case or accents."""

    start: int
    end: int
    plain: str


def fold(text: str) -> str:
    """A word without case or accents: «Città» and «citta» are one."""
    if text.isascii():
        return text.lower()
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def words(text: str) -> Iterator[Word]:
    """The words of a text, in order."""
    for match in _WORD.finditer(text):
        yield Word(match.start(), match.end(), fold(match.group())[:LONGEST])


@lru_cache(maxsize=65536)
def stem(plain: str, language: str) -> str:
    """The stem of a folded word; a word with a digit is a code and stays whole. KeyError for an unknown language."""
    stemmer = _STEMMERS[language]
    return plain if any(letter.isdigit() for letter in plain) else str(stemmer.stemWord(plain))


def is_stop_word(plain: str, language: str) -> bool:
    """Whether the folded word carries no meaning of its own, such as an article."""
    return plain in STOP_WORDS[language]
