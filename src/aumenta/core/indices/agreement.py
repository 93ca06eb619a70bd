"""How far readers agree: Krippendorff's alpha for values that are names, ranks or numbers.

Source of the formulas: K. Krippendorff, *Computing Krippendorff's Alpha-Reliability* (2011). With `n` the values that
have another of the same unit beside them,

    alpha = 1 - D_o / D_e
    D_o = 1/n sum over units of (sum over ordered pairs of d(v, w)) / (values of the unit - 1)
    D_e = 1/(n (n - 1)) sum over all ordered pairs of d(v, w)

`d` is 0 or 1 for names and the squared difference for numbers. His difference of ranks, the sum of the frequencies
from one rank to the other less half of both ends, is the difference of their middle ranks: ranks are numbers too.
"""

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate


class Level(StrEnum):
    """What the values are: names without order, ranks, numbers with equal steps."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"


class NotComputable(StrEnum):
    """Why there is no alpha."""

    NO_PAIRS = "no_pairs"
    ALL_EQUAL = "all_equal"


@dataclass(frozen=True)
class Agreement:
    """Alpha (1 agreement, 0 as by chance, below 0 worse), or None and `why`; the values and units it rests on."""

    alpha: float | None
    why: NotComputable | None
    values: int
    units: int


def krippendorff_alpha(units: Iterable[Sequence[Hashable]], level: Level) -> Agreement:
    """Alpha of `units`, each the values its readers gave it, in any order, those who gave none left out.

    Ranks and numbers are finite numbers. A unit that one reader read says nothing and is left out.
    """
    paired = [list(values) for values in units if len(values) > 1]
    everything = [value for values in paired for value in values]
    if not everything:
        return Agreement(None, NotComputable.NO_PAIRS, 0, 0)
    if len(set(everything)) == 1:
        return Agreement(None, NotComputable.ALL_EQUAL, len(everything), len(paired))
    difference = _names_apart if level is Level.NOMINAL else _numbers_apart
    place = _places(everything, level)
    within = math.fsum(difference([place[value] for value in values]) / (len(values) - 1) for values in paired)
    overall = difference([place[value] for value in everything]) / (len(everything) - 1)
    return Agreement(1 - within / overall, None, len(everything), len(paired))


def _places(values: list[Hashable], level: Level) -> dict[Hashable, float]:
    """Where each value stands: its middle rank, or the number itself less their mean, or any number for a name."""
    counted = Counter(values)
    if level is Level.NOMINAL:
        return {value: float(number) for number, value in enumerate(counted)}
    ordered = sorted(counted, key=_number)
    if level is Level.ORDINAL:
        upto = accumulate(counted[value] for value in ordered)
        return {value: end - counted[value] / 2 for value, end in zip(ordered, upto, strict=True)}
    # Around their mean, squares of large numbers that differ little keep their digits.
    mean = math.fsum(map(_number, values)) / len(values)
    return {value: _number(value) - mean for value in ordered}


def _number(value: Hashable) -> float:
    if not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError("ranks and numbers are finite numbers")
    return float(value)


def _names_apart(places: list[float]) -> float:
    """Ordered pairs of different names."""
    return float(len(places) ** 2 - sum(times**2 for times in Counter(places).values()))


def _numbers_apart(places: list[float]) -> float:
    """The squared differences of all ordered pairs, summed: 2 (m * sum of squares - square of the sum)."""
    return 2 * (len(places) * math.fsum(place**2 for place in places) - math.fsum(places) ** 2)
