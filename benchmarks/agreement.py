"""How well two groupings of the same things agree, and how sure a share measured on few things is."""

from collections.abc import Sequence
from math import sqrt

import numpy as np
from scipy.special import gammaln


def adjusted_mutual_information(one: Sequence[object], other: Sequence[object]) -> float:
    """AMI with the arithmetic mean (Vinh, Epps and Bailey 2010): 0 as by chance, 1 the same grouping."""
    a = np.unique(np.array([str(x) for x in one]), return_inverse=True)[1]
    b = np.unique(np.array([str(x) for x in other]), return_inverse=True)[1]
    n = len(a)
    table = np.zeros((a.max() + 1, b.max() + 1))
    np.add.at(table, (a, b), 1)
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    there = table > 0
    mutual = float((table[there] / n * np.log(n * table[there] / np.outer(rows, columns)[there])).sum())
    expected = 0.0
    for x in rows:
        for y in columns:
            k = np.arange(max(1, x + y - n), min(x, y) + 1)
            ways = gammaln(x + 1) + gammaln(y + 1) + gammaln(n - x + 1) + gammaln(n - y + 1) - gammaln(n + 1)
            ways = ways - gammaln(k + 1) - gammaln(x - k + 1) - gammaln(y - k + 1) - gammaln(n - x - y + k + 1)
            expected += float((k / n * np.log(n * k / (x * y)) * np.exp(ways)).sum())
    spread = (_entropy(rows, n) + _entropy(columns, n)) / 2
    return (mutual - expected) / (spread - expected) if abs(spread - expected) > 1e-12 else 1.0


def interval(right: int, of: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share (1927)."""
    z, p = 1.96, right / of
    middle, half = p + z * z / (2 * of), z * sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    return (middle - half) / (1 + z * z / of), (middle + half) / (1 + z * z / of)


def share(hits: Sequence[bool]) -> str:
    """A share with its interval, to print."""
    if not hits:
        return "none of 0"
    low, high = interval(sum(hits), len(hits))
    return f"{sum(hits) / len(hits):.3f} [{low:.2f}, {high:.2f}] ({sum(hits)} of {len(hits)})"


def _entropy(sizes: "np.typing.NDArray[np.float64]", n: int) -> float:
    return -float((sizes / n * np.log(sizes / n)).sum())
