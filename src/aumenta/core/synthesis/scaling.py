"""Rows of numbers brought to one scale: length 1, mean 0 and deviation 1, shares that sum to 1."""

from collections.abc import Iterable
from typing import Final, cast

import numpy as np
from numpy.typing import NDArray

from aumenta.core.synthesis.encoders import Vectors

Floats = NDArray[np.float64]

PRIOR_WEIGHT: Final = 20
"""Statements that a known mean counts for, in the mean that is taken away from contributions."""


def unit(rows: Vectors) -> Vectors:
    """Rows brought to length 1; those of length 0 stay."""
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return cast(Vectors, np.divide(rows, length, out=np.zeros_like(rows), where=length > 1e-9))


def standard(rows: Floats) -> Floats:
    """Rows brought to mean 0 and deviation 1; a row of equal values becomes zeros."""
    deviation = rows.std(axis=1, keepdims=True)
    return cast(
        Floats,
        np.divide(rows - rows.mean(axis=1, keepdims=True), deviation, out=np.zeros_like(rows), where=deviation > 1e-9),
    )


def softmax(rows: Floats, temperature: float) -> Floats:
    """exp(x / temperature), rows summing to 1."""
    powers = np.exp((rows - rows.max(axis=1, keepdims=True, initial=-np.inf)) / temperature)
    return cast(Floats, powers / powers.sum(axis=1, keepdims=True))


def drawn(vectors: Vectors, context: Vectors | None, known_mean: Vectors) -> Vectors:
    """Contributions' vectors without what they all have in common, so that they compare with vectors of mean 0.

    The mean taken away is that of `context` (the statements said on the same occasion; `vectors` themselves where
    nothing else is given) drawn towards `known_mean`, as if 20 of them were that.
    """
    # By their bytes: sorting them as `np.unique` does would take as long as all the rest of a suggestion.
    others: Iterable[Vectors] = {row.tobytes(): row for row in (vectors if context is None else context)}.values()
    many = list(others)
    mean = (np.sum(many, axis=0) + PRIOR_WEIGHT * known_mean) / (len(many) + PRIOR_WEIGHT)
    return unit(vectors - mean)
