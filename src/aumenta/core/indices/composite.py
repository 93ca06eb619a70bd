"""AMPI, the adjusted Mazziotta-Pareto index: several indicators in one figure that unbalance makes worse.

With x_ij the value of indicator j for unit and time i, Sup and Inf the extremes over all units and times, Ref_j the
reference (the value of the base territory in the base year, or the mean of all):

    Delta_j = (Sup_j - Inf_j) / 2;   Min_j = Ref_j - Delta_j;   Max_j = Ref_j + Delta_j
    r_ij    = 60 (x_ij - Min_j) / (Max_j - Min_j) + 70           (negative polarity: 200 - r_ij)
    M_i     = sum_j w_j r_ij;   S_i = sqrt(sum_j w_j (r_ij - M_i)^2);   AMPI_i = M_i - S_i^2 / M_i

The reference is 100. Source: Mazziotta and Pareto, "On a generalized non-compensatory composite index for measuring
socio-economic phenomena", Social Indicators Research 127 (2016); Istat uses it for well-being.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]


class CompositeFault(StrEnum):
    """Why a composite has no meaning for a table."""

    NO_INDICATORS = "no_indicators"
    NO_ROWS = "no_rows"
    NOT_FINITE = "not_finite"
    ALWAYS_THE_SAME = "always_the_same"


class CompositeError(ValueError):
    """A table without a composite: `fault`, and the place of the indicator it is about."""

    def __init__(self, fault: CompositeFault, indicator: int = 0) -> None:
        self.fault, self.indicator = fault, indicator
        super().__init__(f"{fault.value} ({indicator})")


@dataclass(frozen=True, slots=True)
class Goalposts:
    """Min and Max of each indicator. Frozen with an edition, so that a new year never moves an old figure."""

    low: tuple[float, ...]
    high: tuple[float, ...]


def goalposts(values: Matrix, reference: Matrix) -> Goalposts:
    """The goalposts of a table (rows: units and times; columns: indicators) around a reference (one row).

    Raises CompositeError where there are no rows or columns, a value is not finite, or an indicator never varies.
    """
    if values.ndim != 2 or not values.shape[1]:
        raise CompositeError(CompositeFault.NO_INDICATORS)
    if not values.shape[0]:
        raise CompositeError(CompositeFault.NO_ROWS)
    for column in range(values.shape[1]):
        if not np.isfinite(values[:, column]).all() or not np.isfinite(reference[column]):
            raise CompositeError(CompositeFault.NOT_FINITE, column)
    half = (values.max(axis=0) - values.min(axis=0)) / 2
    same = [place for place, one in enumerate(half.tolist()) if one == 0]
    if same:
        raise CompositeError(CompositeFault.ALWAYS_THE_SAME, same[0])
    return Goalposts(tuple((reference - half).tolist()), tuple((reference + half).tolist()))


def normalised(values: Matrix, posts: Goalposts, negative: Sequence[bool]) -> Matrix:
    """Each value on the scale where the reference is 100 and more is better: r of the formula."""
    low, high = np.asarray(posts.low), np.asarray(posts.high)
    scaled = 60 * (values - low) / (high - low) + 70
    turned: Matrix = np.where(np.asarray(negative), 200 - scaled, scaled)
    return turned


def ampi(scaled: Matrix, weights: Sequence[float] | None = None, *, vulnerability: bool = False) -> Matrix:
    """The index of each row of normalised values; unbalance lowers it, or raises it where more is worse."""
    share = np.full(scaled.shape[1], 1.0) if weights is None else np.asarray(weights, dtype=float)
    share = share / share.sum()
    mean = scaled @ share
    variance = ((scaled - mean[:, None]) ** 2) @ share
    penalty: Matrix = variance / mean
    result: Matrix = mean + penalty if vulnerability else mean - penalty
    return result
