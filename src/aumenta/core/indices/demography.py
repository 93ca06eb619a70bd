"""Figures of a population by sex and single year of age.

Every function takes counts of shape (..., 2, 101): females then males, ages 0 to 100 and over, for any number of places
at once, and returns one number a place. Where a ratio has nobody below the line the result is NaN: not defined, not 0.
Definitions: ISTAT, "Glossario" of the demographic indicators (demo.istat.it).
"""

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
Figures = NDArray[np.float64]


def people(counts: Counts, first: int = 0, last: int = 100) -> Figures:
    """How many are between two ages, both included."""
    return np.asarray(counts[..., first : last + 1].sum(axis=(-2, -1)), dtype=np.float64)


def share(counts: Counts, first: int, last: int = 100) -> Figures:
    """Those between two ages in every hundred residents."""
    return ratio(people(counts, first, last), people(counts))


def old_age_index(counts: Counts) -> Figures:
    """People of 65 and over for every hundred children up to 14."""
    return ratio(people(counts, 65), people(counts, 0, 14))


def structural_dependency(counts: Counts) -> Figures:
    """Children up to 14 and people of 65 and over for every hundred people of 15 to 64."""
    return ratio(people(counts, 0, 14) + people(counts, 65), people(counts, 15, 64))


def old_age_dependency(counts: Counts) -> Figures:
    """People of 65 and over for every hundred people of 15 to 64."""
    return ratio(people(counts, 65), people(counts, 15, 64))


def share_of_women(counts: Counts) -> Figures:
    """Women in every hundred residents."""
    return ratio(counts[..., 0, :].sum(axis=-1), people(counts))


def mean_age(counts: Counts) -> Figures:
    """Mean age in years; who has turned n is on average n and a half. The last class is counted as 100."""
    ages = np.arange(counts.shape[-1]) + 0.5
    by_age = counts.sum(axis=-2)
    return ratio((by_age * ages).sum(axis=-1), people(counts), times=1)


def ratio(above: Figures | Counts, below: Figures | Counts, times: float = 100) -> Figures:
    """`times` the one over the other, NaN where there is nothing to divide by."""
    above, below = np.asarray(above, dtype=np.float64), np.asarray(below, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(below > 0, times * above / below, np.nan)
