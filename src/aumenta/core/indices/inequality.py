"""How unequally a figure is spread over places, each place counting for the people who live there.

Every measure takes the values `x` (one per place) and, optionally, the weights (the population of each place; equal
when left out). With w the weights divided by their sum and mu = sum(w x):

    CV     = sqrt(sum w (x - mu)^2) / mu                     coefficient of variation, population form
    D      = sum w |x - mu| / mu                             dispersion (Eurostat), as a share of the mean
    Gini   = sum_i sum_j w_i w_j |x_i - x_j| / (2 mu)
    T      = sum w (x/mu) ln(x/mu)                           Theil
    L      = sum w ln(mu/x)                                  mean logarithmic deviation
    T      = sum_g s_g T_g  +  sum_g s_g ln(s_g/w_g)         within + between; s_g the group's share of the total
    A(e)   = 1 - (sum w (x/mu)^(1-e))^(1/(1-e)), A(1) = 1 - exp(sum w ln x)/mu          Atkinson

Sources: Cowell, "Measuring Inequality" (2011), ch. 2-3 and A.2; Theil, "Economics and Information Theory" (1967) for
the parts within and between groups. Checked against the R package `ineq` in tests/core/test_inequality.py.

A measure that has no meaning for the values given is refused with `InequalityError`, never rounded into one: all of
them need a positive mean; Theil, the mean logarithmic deviation and Atkinson need every value above zero.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aumenta.core.catalog import gettext_noop

Vector = NDArray[np.float64]


class InequalityError(ValueError):
    """The measure is not defined for these values; the message says which value and why.

    `reason` is the message before `details` (the values) were put in: what a catalog translates.
    """

    def __init__(self, reason: str, **details: str | int) -> None:
        self.reason = reason
        self.details = details
        super().__init__(reason % details)


@dataclass(frozen=True)
class Theil:
    """Theil's index and its two parts: how much lies inside the groups and how much between their means."""

    total: float
    within: float
    between: float


def coefficient_of_variation(values: Sequence[float], weights: Sequence[float] | None = None) -> float:
    """Standard deviation (population form) over the mean; 0 when all are equal."""
    x, w, mu = _prepare(values, weights)
    return float(np.sqrt(np.sum(w * (x - mu) ** 2)) / mu)


def dispersion(values: Sequence[float], weights: Sequence[float] | None = None) -> float:
    """Mean distance from the mean, as a share of it (0.4 = 40 %)."""
    x, w, mu = _prepare(values, weights)
    return float(np.sum(w * np.abs(x - mu)) / mu)


def gini(values: Sequence[float], weights: Sequence[float] | None = None) -> float:
    """Gini's coefficient, from 0 (all equal) towards 1; values of zero are welcome, negative ones are not.

    The double sum is taken over the sorted values, so that it costs n log n and not n squared:
    sum_ij w_i w_j |x_i - x_j| = 2 sum_i w_i x_i (W_before - W_after).
    """
    x, w, mu = _prepare(values, weights)
    if np.any(x < 0):
        raise InequalityError(
            gettext_noop("the Gini coefficient needs values of zero or more, and %(value)s is below zero"),
            value=f"{x.min():g}",
        )
    order = np.argsort(x, kind="stable")
    x, w = x[order], w[order]
    # Distances from the mean instead of the values: same sum, and no cancellation when the values are large.
    up_to = np.cumsum(w)
    before, after = up_to - w, up_to[-1] - up_to
    return max(0.0, float(np.sum(w * (x - mu) * (before - after)) / mu))


def theil(
    values: Sequence[float],
    weights: Sequence[float] | None = None,
    groups: Sequence[Hashable] | None = None,
) -> Theil:
    """Theil's T with its parts within and between the groups; without groups all of it is within.

    Raises InequalityError when a value is zero or less: its logarithm does not exist.
    """
    x, w, mu = _prepare(values, weights)
    _require_positive(x, "Theil's index")
    total = float(np.sum(w * (x / mu) * np.log(x / mu)))
    if groups is None:
        return Theil(total=total, within=total, between=0.0)
    if len(groups) != len(x):
        raise InequalityError(
            gettext_noop("there are %(values)s values and %(groups)s groups"), values=len(x), groups=len(groups)
        )
    labels: dict[Hashable, int] = {}
    index = np.array([labels.setdefault(group, len(labels)) for group in groups])
    weight_of = np.bincount(index, weights=w)
    share_of = np.bincount(index, weights=w * x) / mu
    used = weight_of > 0
    between = float(np.sum(share_of[used] * np.log(share_of[used] / weight_of[used])))
    # Within each group the values stand against the group's own mean, weighted by what the group holds of the total.
    own_mean = (share_of[used] * mu / weight_of[used])[np.cumsum(used)[index] - 1]
    within = float(np.sum(w * (x / mu) * np.log(x / own_mean)))
    return Theil(total=total, within=within, between=between)


def mean_log_deviation(values: Sequence[float], weights: Sequence[float] | None = None) -> float:
    """MLD, Theil's second measure: more sensitive to those who have least. Values must be above zero."""
    x, w, mu = _prepare(values, weights)
    _require_positive(x, "the mean logarithmic deviation")
    return float(np.sum(w * np.log(mu / x)))


def top_and_bottom(
    values: Sequence[float], weights: Sequence[float] | None = None, share: float = 0.2
) -> tuple[float, float]:
    """Mean of the `share` of people with the highest values, and of the share with the lowest.

    A place that lies across the border of the share counts for the part of its people that falls inside.
    """
    if not 0 < share <= 0.5:
        raise InequalityError(
            gettext_noop("the share must lie between 0 and one half, and it is %(share)s"), share=f"{share:g}"
        )
    x, w, _ = _prepare(values, weights)
    order = np.argsort(x, kind="stable")
    x, w = x[order], w[order]
    up_to = np.cumsum(w)
    low = np.clip(share - (up_to - w), 0, w)
    high = np.clip(up_to - (1 - share), 0, w)
    return float(np.sum(high * x) / np.sum(high)), float(np.sum(low * x) / np.sum(low))


def _prepare(values: Sequence[float], weights: Sequence[float] | None) -> tuple[Vector, Vector, float]:
    """Values, weights as shares (a weight of zero stands for nobody) and the mean, each of them checked."""
    x = np.asarray(values, dtype=np.float64)
    if x.ndim != 1 or not len(x):
        raise InequalityError(gettext_noop("there are no values"))
    if not np.all(np.isfinite(x)):
        raise InequalityError(gettext_noop("a value is missing or not finite"))
    w = np.ones(len(x)) if weights is None else np.asarray(weights, dtype=np.float64)
    if len(w) != len(x):
        raise InequalityError(
            gettext_noop("there are %(values)s values and %(weights)s weights"), values=len(x), weights=len(w)
        )
    if not np.all(np.isfinite(w)) or np.any(w < 0):
        raise InequalityError(gettext_noop("a weight is missing, not finite or below zero"))
    if not np.any(w > 0):
        raise InequalityError(gettext_noop("all the weights are zero"))
    # Against the largest first: a sum of weights near the limits of the format would otherwise overflow.
    w = w / w.max()
    w = w / w.sum()
    mu = float(np.sum(w * x))
    if mu <= 0:
        raise InequalityError(gettext_noop("the mean must be above zero, and it is %(mean)s"), mean=f"{mu:g}")
    return x, w, mu


def _require_positive(x: Vector, measure: str) -> None:
    if np.any(x <= 0):
        raise InequalityError(
            gettext_noop("%(measure)s needs values above zero, and %(value)s is not"),
            measure=measure,
            value=f"{x.min():g}",
        )
