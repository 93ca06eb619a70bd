"""An inverted index that forgives accents, endings and typing errors, and knows what it matched.

Ranking is BM25 (Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework", formula 3.15 with weighted
fields): a word counts more in a title than in a description, and more when few documents have it.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice, takewhile
from math import log
from typing import Final, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from aumenta.core.search.words import STOP_WORDS, is_stop_word, plain_word, spellings_of, stem, words

K1: Final = 1.2
B: Final = 0.6
SHORTEST_PREFIX: Final = 3
MOST_WORDS: Final = 12
"""Words of a question that are looked up; more would be a text, not a question."""

Term = tuple[str, str]
"""A language and a stem."""


class Passage(NamedTuple):
    """A text of a document, its language, and how much a word in it counts (1 is ordinary)."""

    text: str
    language: str
    weight: float = 1.0


@dataclass(frozen=True)
class Findings:
    """What a question found.

    `scores` gives each document (by its position) its rank value; `terms` is what to mark in the texts. `guessed` says
    for each word that no document has which words were taken instead, as the texts write them (none: nothing looks like
    it). `every_word` is false where no document has all the words and those with some of them are given.
    """

    scores: dict[int, float] = field(default_factory=dict)
    terms: frozenset[Term] = frozenset()
    guessed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    every_word: bool = True


class Index:
    """The documents' words; immutable once made."""

    def __init__(self, documents: Sequence[Sequence[Passage]]) -> None:
        self._postings: dict[Term, dict[int, float]] = defaultdict(dict)
        spellings: dict[str, Counter[Term]] = defaultdict(Counter)
        written: dict[str, Counter[str]] = defaultdict(Counter)
        lengths = []
        for number, passages in enumerate(documents):
            length = 0.0
            for passage in passages:
                for spelling, times in spellings_of(passage.text).items():
                    plain = plain_word(spelling)
                    term = (passage.language, stem(plain, passage.language))
                    posting = self._postings[term]
                    posting[number] = posting.get(number, 0.0) + passage.weight * times
                    length += passage.weight * times
                    if not is_stop_word(plain, passage.language):
                        spellings[plain][term] += times
                        written[plain][spelling.lower()] += times
            lengths.append(length)
        self._size = len(lengths)
        average = sum(lengths) / len(lengths) if lengths else 1.0
        self._norms = [K1 * (1 - B + B * length / (average or 1.0)) for length in lengths]
        self._spellings = {word: (sum(terms.values()), frozenset(terms)) for word, terms in spellings.items()}
        self._vocabulary = sorted(self._spellings)
        # As the texts mostly write it: «mobilità», where the folded word is «mobilita».
        self._written = {word: forms.most_common(1)[0][0] for word, forms in written.items()}

    def find(self, question: str) -> Findings:
        """The documents that have every word of the question; where none has, those with some of them.

        A word is taken in both languages. One that no document has is taken as the beginning of a word, else as a
        word typed wrong by one letter (two from eight letters on, none under four).
        """
        asked = self._asked(question)
        if not asked:
            return Findings()
        guessed: dict[str, tuple[str, ...]] = {}
        found: list[dict[int, float]] = []
        marked: set[Term] = set()
        for plain, typed in asked.items():
            terms, spelled = self._meant(plain)
            if spelled is not None:
                guessed[typed] = spelled
            marked |= terms
            found.append(self._scores(terms))
        common = set(found[0]).intersection(*found[1:])
        kept = common or set().union(*found)
        scores = {number: sum(one.get(number, 0.0) for one in found) for number in kept}
        return Findings(scores, frozenset(marked), guessed, every_word=bool(common) or len(found) == 1)

    def _asked(self, question: str) -> dict[str, str]:
        """The words to look up, folded, with what was typed."""
        typed = {word.plain: question[word.start : word.end] for word in words(question)}
        telling = {plain: text for plain, text in typed.items() if not any(plain in s for s in STOP_WORDS.values())}
        return dict(list((telling or typed).items())[:MOST_WORDS])

    def _meant(self, plain: str) -> tuple[set[Term], tuple[str, ...] | None]:
        """The terms a folded word means and, where it is in no document, the spellings taken instead."""
        exact = {(language, stem(plain, language)) for language in STOP_WORDS}
        exact = {term for term in exact if term in self._postings}
        if exact:
            return exact, None
        spellings = self._beginning_with(plain) or self._looking_like(plain)
        terms = {term for spelling in spellings for term in self._spellings[spelling][1]}
        spellings.sort(key=lambda spelling: -self._spellings[spelling][0])
        return terms, tuple(self._written[spelling] for spelling in spellings)

    def _beginning_with(self, plain: str) -> list[str]:
        if len(plain) < SHORTEST_PREFIX:
            return []
        first = bisect_left(self._vocabulary, plain)
        return list(takewhile(lambda word: word.startswith(plain), islice(self._vocabulary, first, None)))

    def _looking_like(self, plain: str) -> list[str]:
        if len(plain) < 4 or any(letter.isdigit() for letter in plain):
            return []
        allowed = 1 if len(plain) < 8 else 2
        near = process.extract(
            plain, self._vocabulary, scorer=OSA.distance, score_cutoff=allowed, limit=None, processor=None
        )
        nearest = min((distance for _, distance, _ in near), default=0)
        return [word for word, distance, _ in near if distance == nearest]

    def _scores(self, terms: set[Term]) -> dict[int, float]:
        scores: dict[int, float] = {}
        for term in terms:
            posting = self._postings[term]
            rarity = log(1 + (self._size - len(posting) + 0.5) / (len(posting) + 0.5))
            for number, weight in posting.items():
                value = rarity * weight * (K1 + 1) / (weight + self._norms[number])
                # A word that is the same in both languages counts once, as the language where it counts most.
                scores[number] = max(scores.get(number, 0.0), value)
        return scores
