"""Themes that have come to hold two: while statements arrive one by one, only a look at a whole theme shows it.

Moving single statements never divides a theme: the first that left would be alone. So each theme's own part of the
graph is grouped by itself, as if the rest stood still, and a part leaves where that gains more than it costs to take
shown statements elsewhere. What people placed stays in its theme.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, diags_array

from aumenta.core.synthesis.graph import Labels, absorbed, louvain

RELUCTANCE: Final = 0.045
"""What a part's gain must be above, as a share of the ties of those of its statements that are shown in the theme."""


class Divisible(NamedTuple):
    """Different texts as a graph, how often each came, which are fixed, and which are on the screen already."""

    graph: csr_array
    times: NDArray[np.int64]
    fixed: NDArray[np.bool_]
    shown: NDArray[np.bool_]


def split_themes(
    given: Divisible, labels: Labels, next_id: int, least: int, most: int, random: np.random.Generator
) -> tuple[Labels, int]:
    """`labels` (0: in no theme) with parts of at least `least` voices made themes of their own, and the next free id.

    Never more than `most` themes. The part with most of what people placed, then the largest, keeps the id.
    """
    result = labels.copy()
    degree = np.asarray(given.graph.sum(axis=1)).ravel()
    room = most - len(np.unique(result[result > 0]))
    for theme in np.unique(labels[labels > 0]).tolist():
        for part in _parts(given, np.flatnonzero(result == theme), degree, least, random):
            stay = np.setdiff1d(np.flatnonzero(result == theme), part)
            if room > 0 and given.times[stay].sum() >= least and _gains(given, part, stay, degree):
                result[part] = next_id
                next_id, room = next_id + 1, room - 1
    return result, next_id


def _parts(
    given: Divisible, inside: Labels, degree: NDArray[np.float64], least: int, random: np.random.Generator
) -> list[Labels]:
    """What may leave a theme with these members, largest first."""
    times = given.times[inside]
    if times.sum() < 2 * least:
        return []
    own = csr_array(given.graph[inside][:, inside])
    # Ties to what is outside become ties with itself, and the resolution the theme's share of all ties: so the rest
    # of the graph counts in what is expected by chance as if it were there.
    outside = degree[inside] - np.asarray(own.sum(axis=1)).ravel()
    share = float(degree[inside].sum() / max(degree.sum(), 1e-12))
    labels = absorbed(own, louvain(csr_array(own + diags_array(outside)), share, random), least, times)
    placed = np.bincount(labels, weights=times * given.fixed[inside])
    voices = np.bincount(labels, weights=times)
    order = sorted(range(len(voices)), key=lambda label: (-placed[label], -voices[label], label))
    leaving = [inside[(labels == label) & ~given.fixed[inside]] for label in order[1:]]
    return [part for part in leaving if given.times[part].sum() >= least]


def _gains(given: Divisible, part: Labels, stay: Labels, degree: NDArray[np.float64]) -> bool:
    """Whether the ties that a split cuts are fewer than chance would give, by more than the reluctance asks."""
    by_chance = degree[part].sum() * degree[stay].sum() / degree.sum()
    cost = RELUCTANCE * degree[part[given.shown[part]]].sum()
    return bool(by_chance - given.graph[part][:, stay].sum() > cost)
