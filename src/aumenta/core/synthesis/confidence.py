"""How sure a suggestion is of its first strategy, and from where on a plan's own texts say that this can be trusted.

The measure is the chance that two readings, taken as independent, both give the first. It was chosen on eleven sets
that do not hold the statements it is judged by (docs/decisions/0005-synthesis.md).
"""

from math import inf, log
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

TARGET_PRECISION: Final = 0.83
"""Share of right answers among those with the badge."""
MIN_CALIBRATION_TEXTS: Final = 30
"""Texts of a plan, left out one at a time, that say something about the plan; with fewer `UNTRIED` is used."""
UNTRIED: Final = -0.3
"""Confidence, as a share of what an even split over the strategies would have, for plans that cannot be tried."""


def confidence(readings: tuple[Floats, ...], first: NDArray[np.int64]) -> Floats:
    """Logarithm of the product of what each reading (softmax of its row) gives to the column `first`; 0 at most."""
    rows = np.arange(len(first))
    result = np.zeros(len(first))
    for reading in readings:
        highest = reading.max(axis=1, keepdims=True, initial=-np.inf)
        whole = highest[:, 0] + np.log(np.exp(reading - highest).sum(axis=1))
        result += reading[rows, first] - whole
    return result


def confidence_threshold(sure: Floats, right: NDArray[np.bool_], readings: int, groups: int) -> float:
    """The confidence from which the badge is earned, given that of texts whose right answer is known.

    It is the lowest from which on at least `TARGET_PRECISION` of the known texts were right, two right and two wrong
    ones added (Agresti and Coull 1998), so that a few lucky texts earn nothing; infinity where there is none.
    """
    if len(sure) < MIN_CALIBRATION_TEXTS:
        return UNTRIED * readings * log(groups) if groups > 1 else inf
    order = np.argsort(-sure, kind="stable")
    share = (np.cumsum(right[order]) + 2) / (np.arange(1, len(sure) + 1) + 4)
    enough = np.flatnonzero(share >= TARGET_PRECISION)
    return float(sure[order][enough[-1]]) if len(enough) else inf
