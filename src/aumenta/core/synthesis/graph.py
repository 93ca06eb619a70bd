"""Statements as a graph of likeness, and its communities (Louvain: Blondel et al. 2008, with a resolution).

Likeness of two statements: what they share of the plan (the roots of their shares of the strategies, multiplied) and
their own cosine, each divided by its deviation over pairs so that they can be added. Every statement is tied to its
nearest ones.
"""

from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from aumenta.core.synthesis.encoders import Vectors

Labels = NDArray[np.int64]

NEIGHBOURS: Final = 7
PLAN_WEIGHT: Final = 2.0
_SAMPLE: Final = 1000
_BLOCK: Final = 1024
_LARGE: Final = 1500
_STEPS: Final = 18
_AROUND: Final = 10


class Features(NamedTuple):
    """Rows whose products are the likeness of statements, up to a constant; `floor` is what the least alike have."""

    rows: Vectors
    floor: float


def features(own: Vectors, shares: NDArray[np.float64]) -> Features:
    """Put the texts' own vectors (length 1) beside their shares of the plan (rows that sum to 1)."""
    projected = np.sqrt(shares).astype(np.float32)
    pick = np.linspace(0, len(own) - 1, min(len(own), _SAMPLE)).astype(int)
    above = np.triu_indices(len(pick), 1)
    parts = []
    for rows, weight in ((projected, PLAN_WEIGHT), (own, 1.0)):
        products = (rows[pick] @ rows[pick].T)[above] if len(pick) > 1 else np.zeros(1)
        deviation = float(products.std())
        if deviation > 1e-6:
            parts.append(rows * np.float32((weight / deviation) ** 0.5))
    joined = np.hstack(parts) if parts else np.ones((len(own), 1), dtype=np.float32)
    products = (joined[pick] @ joined[pick].T)[above] if len(pick) > 1 else np.zeros(1)
    return Features(joined, float(products.min()))


def nearest_graph(given: Features, neighbours: int = NEIGHBOURS) -> csr_array:
    """Symmetric weights: each statement with its `neighbours` nearest; a tie is as strong as it is above the floor."""
    rows, size = given.rows, len(given.rows)
    count = min(neighbours, size - 1)
    if count < 1:
        return csr_array((size, size))
    sources, targets, weights = [], [], []
    for start in range(0, size, _BLOCK):
        alike = rows[start : start + _BLOCK] @ rows.T
        here = np.arange(len(alike))
        alike[here, start + here] = -np.inf
        near = np.argpartition(alike, size - count, axis=1)[:, size - count :]
        sources.append(np.repeat(start + here, count))
        targets.append(near.ravel())
        weights.append(np.maximum(np.take_along_axis(alike, near, axis=1) - given.floor, 1e-3).ravel())
    one_way = coo_array(
        (np.concatenate(weights), (np.concatenate(sources), np.concatenate(targets))), (size, size)
    ).tocsr()
    return csr_array(one_way.maximum(one_way.T))


def louvain(graph: csr_array, resolution: float, random: np.random.Generator) -> Labels:
    """Communities of `graph`, numbered from 0; the order in which nodes are visited comes from `random`."""
    part = np.arange(graph.shape[0])
    current = graph
    while True:
        labels = local_moves(current, np.arange(current.shape[0]), resolution, random)
        _, labels = np.unique(labels, return_inverse=True)
        part = labels[part]
        if labels.max(initial=-1) + 1 == current.shape[0]:
            return part
        current = folded(current, labels)


def local_moves(
    graph: csr_array,
    start: Labels,
    resolution: float,
    random: np.random.Generator,
    *,
    fixed: NDArray[np.bool_] | None = None,
    sweeps: int = 20,
) -> Labels:
    """Move single nodes to the neighbouring community with the largest gain until none gains; `fixed` ones stay.

    Labels of `start` are any numbers from 0 to below twice the number of nodes.
    """
    indptr, indices, data = graph.indptr.tolist(), graph.indices.tolist(), graph.data.tolist()
    degree_of = np.asarray(graph.sum(axis=1)).ravel()
    whole = float(degree_of.sum())
    labels = start.tolist()
    if whole <= 0:
        return start
    degree = degree_of.tolist()
    total = np.bincount(start, weights=degree_of, minlength=int(start.max()) + 1).tolist()
    order = random.permutation(len(labels))
    if fixed is not None:
        order = order[~fixed[order]]
    visit = order.tolist()
    factor = resolution / whole
    for _ in range(sweeps):
        moved = 0
        for node in visit:
            own, weight = labels[node], degree[node]
            total[own] -= weight
            towards = {own: 0.0}
            for place in range(indptr[node], indptr[node + 1]):
                other = indices[place]
                if other != node:
                    label = labels[other]
                    towards[label] = towards.get(label, 0.0) + data[place]
            pull = weight * factor
            best, best_gain = own, towards[own] - pull * total[own]
            for label, strength in towards.items():
                gain = strength - pull * total[label]
                if gain > best_gain + 1e-12:
                    best, best_gain = label, gain
            total[best] += weight
            if best != own:
                labels[node] = best
                moved += 1
        if not moved:
            break
    return np.array(labels, dtype=np.int64)


def folded(graph: csr_array, labels: Labels) -> csr_array:
    """The graph whose nodes are the communities (numbered without gaps); ties within one become its own weight."""
    size = len(labels)
    members = csr_array((np.ones(size), (np.arange(size), labels)), (size, int(labels.max()) + 1))
    return csr_array(members.T @ graph @ members)


def communities(
    graph: csr_array,
    random: np.random.Generator,
    *,
    groups: int | None,
    least: int,
    most: int,
    times: NDArray[np.int64] | None = None,
) -> Labels:
    """A grouping in which each group has at least `least` members: `groups` of them where given and possible.

    Without a number the resolution is 1, raised or lowered only to stay within `most` groups. The number is reached by
    bisection on the resolution (on a logarithmic scale); where no resolution gives it exactly, the grouping nearest to
    it is taken. Groups that are too small join the one they are most tied to.
    `times` says how many voices each node is.
    """
    size = graph.shape[0]
    start = np.arange(size)
    base = graph
    if size > _LARGE:  # search on communities of a few statements, which is a hundred times faster
        _, start = np.unique(local_moves(graph, start, 6.0, random), return_inverse=True)
        base = folded(graph, start)

    def at(resolution: float) -> Labels:
        return absorbed(graph, louvain(base, resolution, random)[start], least, times)

    found = at(1.0)
    count = int(found.max(initial=-1)) + 1
    wanted = groups if groups is not None else min(count, most)
    if count != wanted:
        found = _search(at, wanted, found)
    return found


def _search(at: Callable[[float], Labels], wanted: int, first: Labels) -> Labels:
    low, high = 0.02, 30.0
    best = first
    for step in range(_STEPS):
        middle = (low * high) ** 0.5
        found = at(middle)
        count, nearest = int(found.max(initial=-1)) + 1, int(best.max(initial=-1)) + 1
        if abs(count - wanted) < abs(nearest - wanted):
            best = found
        if count == wanted:
            break
        # The count does not quite rise with the resolution: near the end, look a little around.
        if step >= _STEPS - _AROUND:
            low, high = low * 0.85, high * 1.15
        low, high = (middle, high) if count < wanted else (low, middle)
    return best


def absorbed(graph: csr_array, labels: Labels, least: int, times: NDArray[np.int64] | None = None) -> Labels:
    """Groups of fewer than `least` join, the smallest first, the one they are most tied to for its size."""
    _, labels = np.unique(labels, return_inverse=True)
    while True:
        sizes = np.bincount(labels, weights=times)
        small = int(sizes.argmin())
        if len(sizes) == 1 or sizes[small] >= least:
            return labels
        ties = folded(graph, labels).toarray()[small] / sizes
        ties[small] = -1
        labels = np.where(labels == small, int(ties.argmax()), labels)
        _, labels = np.unique(labels, return_inverse=True)
