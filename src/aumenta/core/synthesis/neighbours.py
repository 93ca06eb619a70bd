"""Similar voices: the nearest of those already recorded, and the same thought said twice.

Near duplicates are offered for joining; nothing here joins them.
"""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from rapidfuzz import fuzz

from aumenta.core.synthesis.encoders import Encoder, Vectors
from aumenta.core.synthesis.scaling import PRIOR_WEIGHT, unit
from aumenta.core.synthesis.statements import Statement, read_all
from aumenta.core.synthesis.vectors import Cache, Vector, vectors_of
from aumenta.core.text import name_key

SAME_MEANING: Final = 0.72
"""Cosine, mean taken away, from which two statements may be one thought."""
SAME_WORDS: Final = 92.0
"""Likeness of spelling (0 to 100, words in any order) from which they may be one thought."""
_NEGATION = re.compile(r"\b(?:non|no|senza|nessun[oa]?|mai|not|never|without|n't)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


class Similar(NamedTuple):
    """A recorded statement (its place in the list), its cosine, and whether it may be the same thought."""

    place: int
    nearness: float
    same: bool


class Voices:
    """Statements already recorded, ready to be compared with what is being typed or read.

    What all have in common is taken away; `around` (the mean of a plan's texts) stands for 20 more statements, because
    the mean of two or three says nothing.
    """

    def __init__(
        self, sources: Sequence[str], encoder: Encoder, cache: Cache | None = None, *, around: Vector | None = None
    ) -> None:
        self.encoder, self.cache = encoder, cache
        self.statements = read_all(sources)
        self.places = [place for place, statement in enumerate(self.statements) if statement.readable]
        vectors = vectors_of([self.statements[place].text for place in self.places], "contribution", encoder, cache)
        self.mean = vectors.mean(axis=0) if len(vectors) else np.zeros(1, dtype=np.float32)
        self._centred = len(vectors) > 1
        if around is not None and len(vectors):
            self.mean = (vectors.sum(axis=0) + PRIOR_WEIGHT * around) / (len(vectors) + PRIOR_WEIGHT)
            self._centred = True
        self._vectors: Vectors = unit(vectors - self.mean) if self._centred else vectors

    def similar(self, source: str, most: int = 5, *, but: int | None = None) -> list[Similar]:
        """The nearest recorded statements, nearest first; `but` leaves one out (the statement itself)."""
        statement = read_all([source])[0]
        if not statement.readable or not self.places:
            return []
        vector = vectors_of([statement.text], "contribution", self.encoder, self.cache)
        vector = unit(vector - self.mean) if self._centred else vector
        nearness = (self._vectors @ vector[0]).astype(float)
        found = []
        for row in np.argsort(-nearness, kind="stable")[: most + 1]:
            place = self.places[int(row)]
            if place != but:
                same = same_thought(statement, self.statements[place], float(nearness[row]))
                found.append(Similar(place, float(nearness[row]), same))
        return found[:most]

    def duplicates(self) -> list[tuple[int, int, float]]:
        """Pairs that may be the same thought (earlier, later, cosine), surest first."""
        found = []
        for start in range(0, len(self.places), 1024):
            alike = self._vectors[start : start + 1024] @ self._vectors.T
            # Half the threshold lets through what only spelling makes alike.
            rows, columns = np.nonzero(alike >= SAME_MEANING / 2)
            for row, column in zip((rows + start).tolist(), columns.tolist(), strict=True):
                if row < column:
                    nearness = float(alike[row - start, column])
                    one, other = self.places[row], self.places[column]
                    if same_thought(self.statements[one], self.statements[other], nearness):
                        found.append((one, other, nearness))
        return sorted(found, key=lambda pair: (-pair[2], pair[0], pair[1]))


def same_thought(one: Statement, other: Statement, nearness: float) -> bool:
    """Alike in meaning or spelling, with the same numbers and both or neither denying.

    «Aprire la strada 12» and «Non aprire la strada 12» are near in every other way.
    """
    if sorted(_NUMBER.findall(one.text)) != sorted(_NUMBER.findall(other.text)):
        return False
    if bool(_NEGATION.search(one.text)) != bool(_NEGATION.search(other.text)):
        return False
    if nearness >= SAME_MEANING:
        return True
    return float(fuzz.token_sort_ratio(name_key(one.text), name_key(other.text))) >= SAME_WORDS
