"""An inverted index that forgives accents and endings, knows phrases, and says what it matched.

Ranking is BM25 (Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework", formula 3.15 with weighted
fields): a word counts more in a title than in a description, and more when few documents have it.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, takewhile
from math import log
from typing import Final, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from aumenta.core.search.words import STOP_WORDS, is_stop_word, plain_word, spellings_of, stem, words

K1: Final = 1.2
B: Final = 0.6
SHORTEST_PREFIX: Final = 4
SHORTEST_CODE: Final = 3
"""«2.2» is the beginning of codes; a word so short would be that of too many."""
SHORTEST_GUESS: Final = 5
TWO_ERRORS_FROM: Final = 7
"""Letters of a word in which two errors are forgiven; shorter words, from `SHORTEST_GUESS` on, may have one."""

Term = tuple[str, str]
"""A language and a stem."""


class Passage(NamedTuple):
    """A text of a document, its language, and how much a word in it counts (1 is ordinary)."""

    text: str
    language: str
    weight: float = 1.0


class Index:
    """The documents' words; immutable once made."""

    def __init__(self, documents: Sequence[Sequence[Passage]]) -> None:
        self._postings: dict[Term, dict[int, float]] = defaultdict(dict)
        self._sequences: list[list[tuple[str, float, list[str]]]] = []
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
            self._sequences.append([(p.language, p.weight, list(telling(p.text, p.language))) for p in passages])
        self._postings = dict(self._postings)
        self.size = len(lengths)
        average = sum(lengths) / len(lengths) if lengths else 1.0
        self._norms = [K1 * (1 - B + B * length / (average or 1.0)) for length in lengths]
        self._spellings = {word: frozenset(terms) for word, terms in spellings.items()}
        self._often = {word: sum(terms.values()) for word, terms in spellings.items()}
        self._vocabulary = sorted(self._spellings)
        # As the texts mostly write it: «mobilità», where the folded word is «mobilita».
        self._written = {word: forms.most_common(1)[0][0] for word, forms in written.items()}

    def terms_of(self, plain: str) -> frozenset[Term]:
        """The terms of a folded word, in either language, that some document has."""
        terms = ((language, stem(plain, language)) for language in STOP_WORDS)
        return frozenset(term for term in terms if term in self._postings)

    def terms_beginning(self, plain: str) -> tuple[frozenset[Term], tuple[str, ...]]:
        """The terms of the words that begin so (none under four letters), and how the texts write those words."""
        return self._terms_of_spellings(self.beginning_with(plain))

    def terms_of_spelling(self, plain: str) -> tuple[frozenset[Term], tuple[str, ...]]:
        """The terms of one word of the vocabulary, and how the texts write it."""
        return self._terms_of_spellings([plain] if plain in self._spellings else [])

    def _terms_of_spellings(self, spellings: Iterable[str]) -> tuple[frozenset[Term], tuple[str, ...]]:
        ordered = sorted(spellings, key=lambda word: (-self._often[word], word))
        terms = frozenset(term for word in ordered for term in self._spellings[word])
        return terms, tuple(self._written[word] for word in ordered)

    def beginning_with(self, plain: str) -> list[str]:
        """The words of the texts, folded, that begin so; none where too few letters are given."""
        is_code = any(letter.isdigit() for letter in plain)
        if len(plain) < (SHORTEST_CODE if is_code else SHORTEST_PREFIX):
            return []
        first = bisect_left(self._vocabulary, plain)
        return list(takewhile(lambda word: word.startswith(plain), islice(self._vocabulary, first, None)))

    @property
    def vocabulary(self) -> list[str]:
        """All words of the texts, folded, in order."""
        return self._vocabulary

    def scores(self, terms: Iterable[Term]) -> dict[int, float]:
        """The worth of each document that has one of the terms: that of the term that counts most in it.

        A word that is the same in both languages counts once.
        """
        scores: dict[int, float] = {}
        for term in terms:
            posting = self._postings[term]
            rarity = self.rarity(len(posting))
            for number, weight in posting.items():
                value = rarity * weight * (K1 + 1) / (weight + self._norms[number])
                scores[number] = max(scores.get(number, 0.0), value)
        return scores

    def rarity(self, documents: int) -> float:
        """How much a word tells that so many documents have."""
        return log(1 + (self.size - documents + 0.5) / (documents + 0.5))

    def phrase_scores(self, plain_words: Sequence[str], language: str) -> dict[int, float]:
        """The worth of the documents that have the words next to each other, articles and the like left out."""
        stems = [stem(word, language) for word in plain_words if not is_stop_word(word, language)]
        postings = [self._postings.get((language, one)) for one in stems]
        if not stems or not all(postings):
            return {}
        shared = set.intersection(*(set(posting) for posting in postings if posting))
        weights = {n: w for n in shared if (w := self._adjacent(n, stems, language))}
        rarity = self.rarity(len(weights))
        return {n: rarity * w * (K1 + 1) / (w + self._norms[n]) for n, w in weights.items()}

    def _adjacent(self, number: int, stems: list[str], language: str) -> float:
        """How often, by the weight of its passages, a document has the stems in this order."""
        weight = 0.0
        for spoken, worth, sequence in self._sequences[number]:
            if spoken == language:
                starts = (i for i, one in enumerate(sequence) if one == stems[0])
                weight += worth * sum(1 for i in starts if sequence[i : i + len(stems)] == stems)
        return weight


def telling(text: str, language: str) -> Iterator[str]:
    """The stems of the words of a text that mean something, in order."""
    for word in words(text):
        if not is_stop_word(word.plain, language):
            yield stem(word.plain, language)


def nearest(plain: str, vocabulary: Sequence[str] | Mapping[str, object]) -> list[str]:
    """The words that one misspelt may be: fewest changes of a letter, and none with another first letter.

    Short words and numbers are not guessed: «TAV» is not «tavolo», «frane» is not «Francia».
    """
    if len(plain) < SHORTEST_GUESS or any(letter.isdigit() for letter in plain):
        return []
    allowed = 2 if len(plain) >= TWO_ERRORS_FROM else 1
    near = process.extract(plain, vocabulary, scorer=OSA.distance, score_cutoff=allowed, limit=None, processor=None)
    alike = {word: distance for word, distance, _ in near if word[0] == plain[0] and len(word) >= SHORTEST_GUESS}
    fewest = min(alike.values(), default=0)
    return [word for word, distance in alike.items() if distance == fewest]
