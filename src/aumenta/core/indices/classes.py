"""Classes of a choropleth: few, about equally full, with limits a person can read."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Classes:
    """Limits from the lowest to the highest; class i holds values from limits[i] up to, but not at, limits[i + 1].

    The last class also holds its upper limit.
    """

    limits: tuple[float, ...]

    def __len__(self) -> int:
        return len(self.limits) - 1

    def of(self, value: float | None) -> int | None:
        """The class of a value, None for a missing one; a value outside the limits belongs to the nearest class."""
        if value is None or math.isnan(value):
            return None
        found = int(np.searchsorted(self.limits, value, side="right")) - 1
        return min(max(found, 0), len(self) - 1)


def quantile_classes(values: Sequence[float], count: int = 5, decimals: int = 1) -> Classes:
    """About as many values in each of `count` classes; limits rounded to `decimals`, outwards at the two ends.

    Where many values are equal there are fewer classes. Missing values (NaN) are left aside; ValueError if no other is.
    """
    present = np.asarray(values, dtype=np.float64)
    present = present[np.isfinite(present)]
    if not len(present):
        raise ValueError("there are no values to put into classes")
    inner = [round(float(value), decimals) for value in np.quantile(present, np.arange(1, count) / count)]
    step = 10.0**-decimals
    lowest = round(math.floor(present.min() / step + 1e-9) * step, decimals)
    highest = round(math.ceil(present.max() / step - 1e-9) * step, decimals)
    limits = [lowest]
    for limit in inner:
        if limits[-1] < limit < highest:
            limits.append(limit)
    return Classes((*limits, highest if highest > limits[-1] else limits[-1] + step))
