"""What people say, made readable: a statement as it came, its cleaned words, and what is odd about it.

Nothing is thrown away: an odd statement keeps its place in every answer, with a note that says why it was not
suggested, not grouped or never quoted.
"""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Final

from simplemma import lemmatize

from aumenta.core.synthesis.non_answers import says_nothing
from aumenta.core.text import FUNCTION_WORDS, StemmedWord, name_key, plain_text, stem, words

LONGEST: Final = 400
"""Words of a text that are read: beyond them a contribution is a document, to be divided by a person first."""

_MARKUP = re.compile(r"<[a-z!/][^<>]{0,2000}>", re.IGNORECASE)
_SCRIPT = re.compile(r"<(script|style)\b.*?(</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_SPACE = re.compile(r"\s+")
# Enough to keep an insult off a slide, not to judge people: the text itself stays where everybody can read it.
_INSULTS: Final = frozenset(
    """asshole bastard bastardi bastardo bitch cazzi cazzo coglione coglioni cretini cretino deficiente deficienti
    frocio fuck fucking idiota idioti imbecille imbecilli merda merde negro puttana puttane ricchione shit stronza
    stronzi stronzo troia troie vaffanculo""".split()
)

# How people begin a statement about anything; a word like these names no theme.
_EMPTY_WORDS: Final = frozenset(
    """
    necessita scarso scarsa scarse scarsi mancanza carenza assenza bisogno serve servono servire occorre manca
    mancano mancare dovere deve devono essere avere fare problema problemi migliorare maggiore maggiori nuovo
    nuovi nuova nuove vari varie diversi diverse particolare alcuni alcune parte promuovere favorire garantire
    sviluppare realizzare rispetto potenziare incrementare aumentare progressivo molto poco troppo sempre need
    needs lack should must better improve more less very want please make
    prima dopo gia ancora anche oggi adesso quando dove come cosi quindi pero invece infine soprattutto tanto tanta
    tanti tante tutto tutta tutti tutte ogni qualche proprio solo soltanto meno bene male meglio peggio ora now also
    still only just really already many much all every
    """.split()
)
# Verbs that say that something ought to be, in any of their forms: «potrebbero», «vogliamo», «va».
_EMPTY_VERBS: Final = {
    "it": frozenset(
        "potere dovere volere andare fare stare dare dire rendere avere essere servire mancare bisognare".split()
    ),
    "en": frozenset("can could be have do get go give make want need would will may might let".split()),
}


class Oddity(StrEnum):
    """What about a text keeps it from being treated as the others."""

    EMPTY = "empty"
    """Nothing to read: only spaces, marks, emoji or markup. Not suggested, not grouped, still listed."""
    NUMBERS = "numbers"
    """Only numbers: not suggested, not grouped, still listed."""
    NO_CONTENT = "no content"
    """An answer that says nothing («non so»): not suggested, not grouped, listed apart; a person may take it back."""
    ONE_WORD = "one word"
    """A single word that means something: suggested and grouped, never confident, never quoted."""
    LONG = "long"
    """More words than are read: judged by its first ones."""
    OTHER_LANGUAGE = "other language"
    """Neither Italian nor English by its function words: suggested by meaning alone, never confident."""
    OFFENSIVE = "offensive"
    """Holds an insult: suggested and grouped like any other, never quoted, its insults are never keywords."""


@dataclass(frozen=True)
class Statement:
    """A text as it came (`source`), as it is read (`text`), its language (it or en) and its oddities."""

    source: str
    text: str
    language: str
    oddities: frozenset[Oddity]

    @property
    def readable(self) -> bool:
        """Whether there are words to compare at all."""
        return not self.oddities & {Oddity.EMPTY, Oddity.NUMBERS, Oddity.NO_CONTENT}

    @property
    def quotable(self) -> bool:
        """Whether it may stand for others on a slide."""
        return not self.oddities & {
            Oddity.EMPTY,
            Oddity.NUMBERS,
            Oddity.NO_CONTENT,
            Oddity.ONE_WORD,
            Oddity.OFFENSIVE,
            Oddity.OTHER_LANGUAGE,
        }

    @cached_property
    def words(self) -> tuple[StemmedWord, ...]:
        """The words that mean something, without insults."""
        return tuple(
            word._replace(stem=_root(word.surface, self.language))
            for word in words(self.text, self.language)
            if word.surface[0].isalpha() and not insulting(word.surface)
        )

    @cached_property
    def telling(self) -> frozenset[str]:
        """Stems of the words that may name a theme."""
        verbs = _EMPTY_VERBS.get(self.language, frozenset())
        return frozenset(
            word.stem
            for word in self.words
            if len(word.stem) > 2
            and _key(word.surface) not in _EMPTY_WORDS
            and _dictionary_form(word.surface, self.language) not in verbs
        )


def insulting(word: str) -> bool:
    """Whether `word` is one that is never shown on its own."""
    return _key(word) in _INSULTS


@lru_cache(maxsize=50_000)
def _key(word: str) -> str:
    return name_key(word)


@lru_cache(maxsize=50_000)
def _dictionary_form(word: str, language: str) -> str:
    return lemmatize(word, lang=language).lower()


@lru_cache(maxsize=50_000)
def _root(word: str, language: str) -> str:
    """The stem of the dictionary form: «andavano» and «andare» meet, as stems alone they would not."""
    return stem(_dictionary_form(word, language), language)


def read(source: str) -> Statement:
    """Clean one text of markup, control marks and doubled spaces, and say what is odd about it."""
    text = source
    if "<" in text:
        text = _SCRIPT.sub(" ", text)
        text = plain_text(_MARKUP.sub(lambda tag: tag.group() + " ", text)) if _MARKUP.search(text) else text
    if not text.isprintable():
        text = "".join(" " if unicodedata.category(c) in {"Cc", "Cs", "Co", "Cn"} else c for c in text)
    text = _SPACE.sub(" ", text).strip()
    oddities: set[Oddity] = set()
    pieces = text.split(" ")
    if len(pieces) > LONGEST:
        oddities.add(Oddity.LONG)
        text = " ".join(pieces[:LONGEST])
    if len(text) > LONGEST * 20:  # one endless "word"
        oddities.add(Oddity.LONG)
        text = text[: LONGEST * 20]
    if not _LETTERS.search(text):
        oddities.add(Oddity.NUMBERS if re.search(r"\d", text) else Oddity.EMPTY)
        return Statement(source, text, "it", frozenset(oddities))
    language, known = _language(text)
    if not known:
        oddities.add(Oddity.OTHER_LANGUAGE)
    if any(insulting(word) for word in _LETTERS.findall(text)):
        oddities.add(Oddity.OFFENSIVE)
    if says_nothing(text):
        oddities.add(Oddity.NO_CONTENT)
    if sum(1 for _ in words(text, language)) < 2:
        oddities.add(Oddity.ONE_WORD)
    return Statement(source, text, language, frozenset(oddities))


def read_all(sources: Sequence[str], *, taken_back: Collection[int] = ()) -> list[Statement]:
    """`read` for many; equal texts are read once. Those whose places are in `taken_back` have content all the same,
    because a person says so."""
    known: dict[str, Statement] = {}
    for source in sources:
        if source not in known:
            known[source] = read(source)
    found = [known[source] for source in sources]
    for place in taken_back:
        found[place] = replace(found[place], oddities=found[place].oddities - {Oddity.NO_CONTENT})
    return found


def _language(text: str) -> tuple[str, bool]:
    """The likelier of Italian and English, and whether the text looks like either at all.

    A text of fewer than eight words is trusted to be one of them: notes at a table have few function words.
    """
    tokens = [_key(token) for token in _LETTERS.findall(text)]
    italian = sum(token in FUNCTION_WORDS["it"] or token in _ITALIAN for token in tokens)
    english = sum(token in FUNCTION_WORDS["en"] for token in tokens)
    foreign = sum(token in _FOREIGN for token in tokens)
    if len(tokens) >= 4 and foreign > max(italian, english):
        return ("it", False)
    if len(tokens) >= 8 and italian + english == 0:
        return ("it", False)
    return ("en" if english > italian else "it", True)


_ITALIAN: Final = frozenset("dell della l un d all nell sull c e".split())
# The commonest words of four neighbours that Italian and English do not have.
_FOREIGN: Final = (
    frozenset(
        """der die das und ist nicht ein eine einen auf fur mit den dem zu von sich auch wird sind les des est dans pour
    une nous vous sur pas avec aux el los las que es para por con del una y como mas hay og att och pa ce si
        din""".split()
    )
    - FUNCTION_WORDS["it"]
    - FUNCTION_WORDS["en"]
)
