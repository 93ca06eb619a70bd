"""Words of Italian and English texts and their stems, so that «rifiuto» and «rifiuti» count as one."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from aumenta.core.text.plain import name_key

if TYPE_CHECKING:
    import snowballstemmer

_WORD = re.compile(r"[^\W\d_]{2,}(?:[-'’][^\W\d_]{2,})*|\d+(?:\.\d+)*", re.UNICODE)
# «dell'acqua» is two words, the first of which says nothing.
_ELISION = re.compile(
    r"^(?:l|un|d|c|s|m|t|v|n|qu|all|dall|dell|nell|sull|coll|quell|quest|bell|sant)['’]", re.IGNORECASE
)
_LANGUAGES = {"it": "italian", "en": "english"}

FUNCTION_WORDS = {
    "it": frozenset(
        """a ad ai al alla alle allo agli anche ancora attraverso che chi ci cio col come con cosi cui da dai dal dalla
        dalle dallo dagli dei del della delle dello degli dentro di dove due e ed era essere fra gia gli ha hanno i il
        in inoltre io la le lei li lo loro ma meno mentre mi ne negli nei nel nella nelle nello noi non nostra nostro o
        ogni oltre ove per perche piu poi presso qual quale quali quando quanto quella quelle quelli quello questa
        queste questi questo qui se secondo sempre senza si sia siano sono sotto sopra sua sue sugli sui sul sulla
        sulle sullo suo suoi su tale tali tra tramite tutta tutte tutti tutto un una uno verso vi volta""".split()
    ),
    "en": frozenset(
        """a about above across after all also among an and any are as at be been both but by can could do each every
        for from had has have how if in into is it its may more most no not of on one or other our out over own such
        than that the their them then there these they this those through to up was we were what when where which
        while who will with within would you your""".split()
    ),
}


class StemmedWord(NamedTuple):
    """A word of a text: as written, its stem, and where it stands."""

    surface: str
    stem: str
    start: int
    end: int


@cache
def _stemmer(language: str) -> "snowballstemmer.stemmer":
    import snowballstemmer  # thirty languages come with it: a command that mends a text does without

    return snowballstemmer.stemmer(_LANGUAGES[language])


@lru_cache(maxsize=65_536)
def stem_of_folded(folded: str, language: str) -> str:
    """The stem of a word that has neither case nor accents; raises KeyError for a language other than it and en."""
    return str(_stemmer(language).stemWord(folded))


# Texts of a plan say the same few thousand words a hundred thousand times.
_key_of_word = lru_cache(maxsize=32_768)(name_key)


def stem(word: str, language: str = "it") -> str:
    """The stem of one word, without case and accents; raises KeyError for a language other than it and en."""
    return stem_of_folded(_key_of_word(word), language)


def words(text: str, language: str = "it") -> Iterator[StemmedWord]:
    """The words of a plain text that mean something: function words and one-letter words are left out."""
    for match in _WORD.finditer(text):
        start = match.start()
        surface = match.group()
        elision = _ELISION.match(surface)
        if elision:
            start += elision.end()
            surface = surface[elision.end() :]
        if len(surface) > 1 and _key_of_word(surface) not in FUNCTION_WORDS[language]:
            yield StemmedWord(surface, stem(surface, language), start, match.end())
