"""How alike two texts are in what they are about: their nearness to fields and subjects of local policy, compared."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Final, cast

import numpy as np
from numpy.typing import NDArray

from aumenta.core.synthesis.encoders import Encoder, Vectors
from aumenta.core.synthesis.policy.subjects import ALL
from aumenta.core.synthesis.scaling import Floats, softmax, standard, unit
from aumenta.core.synthesis.vectors import Cache, Vector, vectors_of

TEMPERATURE: Final = 0.6
KEPT: Final = Path(__file__).with_name("vectors.npz")
"""Vectors of the subjects in the best encoder, and last their mean as contributions, so that a command that ends soon
need not work them out: `tools/keep_subject_vectors.py` writes them, 16 bits a number."""


class SubjectReading:
    """The texts of a plan by their subjects; `spoken` are their vectors as contributions, one row each.

    `said_mean` is the mean of the subjects as contributions: what statements about anything have in common.
    """

    def __init__(self, spoken: Vectors, encoder: Encoder, store: Cache | None = None) -> None:
        subjects, self.said_mean = subject_vectors(encoder, store)
        self._subjects = unit(subjects - subjects.mean(axis=0))
        self._plan = self._shares(unit(spoken - spoken.mean(axis=0)))

    def likeness(self, said: Vectors) -> Floats:
        """For each statement (a row: its vector without what statements have in common, see `drawn`) how far it shares
        its subjects with each text of the plan, from 0 to 1 (Bhattacharyya's coefficient)."""
        return self._shares(said) @ self._plan.T

    def _shares(self, vectors: Vectors) -> Floats:
        """Roots of the shares of each subject in each text."""
        near = (vectors @ self._subjects.T).astype(np.float64)
        return cast(Floats, np.sqrt(softmax(standard(near), TEMPERATURE)))


def subject_vectors(encoder: Encoder, store: Cache | None = None) -> tuple[Vectors, Vector]:
    """The subjects as texts of a plan, one row each, and their mean as contributions: those kept, where they are of
    this encoder and these subjects."""
    kept = _kept().get(kept_key(encoder, ALL))
    if kept is not None:
        return kept[:-1], kept[-1]
    return vectors_of(ALL, "plan", encoder, store), vectors_of(ALL, "contribution", encoder, store).mean(axis=0)


def kept_key(encoder: Encoder, texts: tuple[str, ...]) -> str:
    """Under which name vectors are kept: encoder, version and the hash of the texts."""
    return f"{encoder.name}:{encoder.version}:{hashlib.sha256('|'.join(texts).encode()).hexdigest()[:16]}"


@cache
def _kept() -> dict[str, NDArray[np.float32]]:
    try:
        with np.load(KEPT, allow_pickle=False) as stored:
            return {key: stored[key].astype(np.float32) for key in stored.files}
    except (OSError, ValueError):
        return {}
