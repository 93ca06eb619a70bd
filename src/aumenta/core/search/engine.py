"""Answers a question about the plan: words, everyday words, names of things and places, and meaning, together.

Each document gets a worth by its words (BM25, with the everyday words of the table of synonyms) and, where an encoder
is there, one by its meaning (cosine with the question, against how near the documents are to it on the whole). The two
are added. Where neither is convincing the answer is weak: at most three documents, which must be shown as such.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import exp
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from aumenta.core.search.index import Index, Passage, Term
from aumenta.core.search.names import NamedPlace, Synonym
from aumenta.core.search.reading import Concept, Reader, Reading

Floats = NDArray[np.float32]

MOST_WEAK: Final = 3
"""Documents given where none convinces."""
MOST_BY_MEANING: Final = 10
"""Documents given though they have none of the words."""
MEANING_WIDTH: Final = 0.05
"""How far behind the nearest document, by cosine, one may be that has none of the words."""
WORDS_WEIGHT: Final = 1.0
MEANING_WEIGHT: Final = 0.8
SURE_ENOUGH: Final = 0.5
WORTH_SHOWING: Final = 0.2
"""Of the best answer's worth: what has less, and not every word, is left out."""
EXTRA: Final = 0.3
"""What a further meaning of the same word adds, beside the one that counts most."""


QUESTIONS_KEPT: Final = 512
"""Questions whose vectors a process keeps, some 1.5 kB each; they are never written down."""


class Confidence(NamedTuple):
    """The weights by which an answer is judged: the chance that the question has an answer is
    1 / (1 + exp(-(constant + …))). Fitted by `tools/calibrate_search.py`."""

    constant: float = -2.2
    covered: float = 5.5
    nearness: float = 75.0


FITTED: Final = Confidence()


class Meaning:
    """The documents as vectors, and how a question becomes one."""

    def __init__(self, passages: Sequence[Floats], encode: Callable[[str], Floats]) -> None:
        # Whoever pages through an answer, filters it or takes it as a file asks the same again, and to encode it is the
        # dearest part of an answer.
        self._passages, self._encode = passages, lru_cache(maxsize=QUESTIONS_KEPT)(encode)

    def forget_questions(self) -> None:
        """Encode every question anew: for measuring."""
        self._encode.cache_clear()

    def nearness(self, question: str) -> Floats:
        """The cosine of each document with the question: the mean over its passages."""
        vector = self._encode(question)
        return np.asarray(np.mean([rows @ vector for rows in self._passages], axis=0), dtype=np.float32)


@dataclass(frozen=True)
class Findings:
    """What a question found.

    `scores` gives each document (by its position) its worth; `terms` is what to mark in the texts. `reading` says how
    the question was understood. `every_word` is false where no document has all the words. `weak` says that nothing
    convinces: what is given are the nearest, three at most.
    """

    reading: Reading = field(default_factory=Reading)
    scores: dict[int, float] = field(default_factory=dict)
    terms: frozenset[Term] = frozenset()
    every_word: bool = True
    weak: bool = False
    confidence: float = 1.0

    @property
    def guessed(self) -> dict[str, tuple[str, ...]]:
        """For each word that no text has, the words taken instead (none: nothing looks like it)."""
        return self.reading.guessed

    def ranked(self) -> list[int]:
        """The documents, best first."""
        return sorted(self.scores, key=lambda number: (-self.scores[number], number))


@dataclass(frozen=True)
class Evidence:
    """What an answer is judged by: how much of the question the best documents have by words (0 to 1), the cosine of
    the nearest."""

    covered: float
    nearness: float


class Engine:
    """Everything an answer needs; immutable once made."""

    def __init__(
        self,
        documents: Sequence[Sequence[Passage]],
        *,
        synonyms: Sequence[Synonym] = (),
        things: Mapping[str, tuple[Sequence[str], Mapping[int, float]]] | None = None,
        places: Sequence[NamedPlace] = (),
        tied: Mapping[str, Mapping[int, float]] | None = None,
        meaning: Meaning | None = None,
        confidence: Confidence = FITTED,
    ) -> None:
        self.index = Index(documents)
        self.meaning = meaning
        self._confidence = confidence
        self.reader = Reader(self.index, synonyms=synonyms, things=things or {}, places=places, tied=tied or {})

    def find(self, question: str, *, by_meaning: bool = True) -> Findings:
        """The documents that answer, and how the question was understood."""
        reading = self.reader.read(question)
        if reading.is_empty:
            return Findings(reading)
        found = [self._concept_scores(concept) for concept in reading.concepts]
        words = self._by_words(reading.concepts, found)
        terms = frozenset(term for concept in reading.concepts for term in concept.terms)
        common = set(found[0]).intersection(*found[1:]) if found else set()
        if reading.only_things or reading.only_places:
            # A programme, a body or a place is a fact: what is tied to it is the whole answer.
            return Findings(reading, words, terms, every_word=True)
        near = self.meaning.nearness(reading.said) if by_meaning and self.meaning else None
        evidence = self.evidence(reading, found, near)
        confidence = self._judge(evidence)
        scores = self._together(words, near, common)
        weak = confidence < SURE_ENOUGH or reading.is_outside
        if weak:
            best = sorted(scores, key=lambda number: (-scores[number], number))[:MOST_WEAK]
            scores = {number: scores[number] for number in best}
        return Findings(reading, scores, terms, bool(common) or len(found) == 1, weak, confidence)

    def _concept_scores(self, concept: Concept) -> dict[int, float]:
        """The worth of the documents for one word or name of the question: its best meaning, and a little of others."""
        every: dict[int, list[float]] = {}
        for alternative in concept.alternatives:
            if alternative.documents is not None:
                scores: Mapping[int, float] = alternative.documents
            elif len(alternative.phrase) > 1:
                scores = self.index.phrase_scores(alternative.phrase, alternative.language)
            else:
                scores = self.index.scores(alternative.terms)
            for number, score in scores.items():
                every.setdefault(number, []).append(score * alternative.weight)
        return {n: (top := max(values)) + EXTRA * (sum(values) - top) for n, values in every.items()}

    def _by_words(self, concepts: Sequence[Concept], found: Sequence[Mapping[int, float]]) -> dict[int, float]:
        """The worth by words: the sum over the question's words, times how much of the question a document has."""
        tells = [self._tells(concept, scores) for concept, scores in zip(concepts, found, strict=True)]
        whole = sum(tells) or 1.0
        result: dict[int, float] = {}
        for number in set().union(*found):
            share = sum(t for t, scores in zip(tells, found, strict=True) if number in scores) / whole
            result[number] = share * sum(scores.get(number, 0.0) for scores in found)
        return result

    def _tells(self, concept: Concept, scores: Mapping[int, float]) -> float:
        """How much a word of the question tells: rare ones more, and unknown ones as the rarest."""
        return self.index.rarity(len(scores)) * concept.weight

    def evidence(self, reading: Reading, found: Sequence[Mapping[int, float]], near: Floats | None) -> Evidence:
        """What the answer is judged by."""
        tells = [self._tells(concept, scores) for concept, scores in zip(reading.concepts, found, strict=True)]
        whole = sum(tells) or 1.0
        shares: dict[int, float] = {}
        for tell, scores in zip(tells, found, strict=True):
            for number in scores:
                shares[number] = shares.get(number, 0.0) + tell / whole
        covered = max(shares.values(), default=0.0)
        if near is None or not len(near):
            return Evidence(covered, 0.0)
        return Evidence(covered, float(near.max()))

    def _judge(self, evidence: Evidence) -> float:
        c = self._confidence
        if not evidence.nearness:
            return evidence.covered
        value = c.constant + c.covered * evidence.covered + c.nearness * (evidence.nearness - 0.83)
        return 1 / (1 + exp(-value))

    def _together(self, words: dict[int, float], near: Floats | None, common: set[int]) -> dict[int, float]:
        if near is None or not len(near):
            return words
        top = max(words.values(), default=0.0) or 1.0
        scale = max(float(near.max() - near.mean()), 1e-6)
        nearest = float(near.max())
        by_meaning = [int(n) for n in np.argsort(-near)[:MOST_BY_MEANING] if nearest - near[n] <= MEANING_WIDTH]
        both = {
            number: WORDS_WEIGHT * words.get(number, 0.0) / top
            + MEANING_WEIGHT * max(0.0, float(near[number] - near.mean()) / scale)
            for number in {*words, *by_meaning}
        }
        least = WORTH_SHOWING * max(both.values(), default=0.0)
        return {number: worth for number, worth in both.items() if number in common or worth >= least}
