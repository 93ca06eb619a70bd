"""Ties between actions, from what their sheets share and from the likeness of their texts.

Each action is a point in four spaces: its actors, its instruments, its objectives and the stems of its words. In
each space a feature weighs by its rarity, ``ln(n / df)``: what every sheet names ties nothing. The likeness in a space
is the cosine of the two weighted rows (less where a row is shorter than the median); the strength of a tie is the
weighted mean of the four likenesses, from 0 to 1.

A tie is kept where it is among the strongest few of one of its two actions and not below a threshold: so every action
has its few, and nobody gets a hairball.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

import numpy as np
from scipy import sparse

from aumenta.core.text import words


class Family(StrEnum):
    """Where a likeness comes from."""

    ACTORS = "actors"
    INSTRUMENTS = "instruments"
    OBJECTIVES = "objectives"
    TEXT = "text"


# Equal weights find as much as tuned ones (docs/decisions/0003-connections.md).
WEIGHTS: Mapping[Family, float] = dict.fromkeys(Family, 0.25)


@dataclass(frozen=True, slots=True)
class Member:
    """An action: its code, its text in one language, and what its sheet names, as any hashable labels."""

    code: str
    text: str
    actors: frozenset[str] = frozenset()
    instruments: frozenset[str] = frozenset()
    objectives: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two actions are tied: the family, the share of the strength it gives, and the rarest things in common."""

    family: Family
    share: float
    common: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """Two actions that belong together; `strength` is between 0 and 1, `reasons` the weightiest first."""

    first: str
    second: str
    strength: float
    reasons: tuple[Reason, ...]


@dataclass
class _Space:
    """One family's features: the normalised rows of all actions and the features' names and weights."""

    names: list[str]
    rows: sparse.csr_matrix
    surfaces: dict[str, str] = field(default_factory=dict)

    @cached_property
    def by_column(self) -> list[dict[int, float]]:
        """Each row as column → value: what two rows share is found faster than in the matrix."""
        bounds = zip(self.rows.indptr, self.rows.indptr[1:], strict=False)
        columns, values = self.rows.indices.tolist(), self.rows.data.tolist()
        return [dict(zip(columns[a:b], values[a:b], strict=True)) for a, b in bounds]


def find_ties(
    members: Sequence[Member],
    *,
    each: int = 4,
    threshold: float = 0.12,
    language: str = "it",
    weights: Mapping[Family, float] = WEIGHTS,
) -> list[Tie]:
    """The ties among `members`, strongest first.

    Kept are those among the `each` strongest of one of their two ends and of strength `threshold` at least.
    Two members may not have the same code (ValueError).
    """
    codes = [member.code for member in members]
    if len(set(codes)) != len(codes):
        raise ValueError("Two actions have the same code.")
    if len(members) < 2:
        return []
    spaces = _spaces(members, language)
    strength = sum(weights[family] * (space.rows @ space.rows.T).toarray() for family, space in spaces.items())
    np.fill_diagonal(strength, 0.0)
    ties = [
        Tie(codes[i], codes[j], round(float(strength[i, j]), 4), _reasons(spaces, weights, i, j))
        for i, j in _strongest(strength, each, threshold)
    ]
    return sorted(ties, key=lambda tie: (-tie.strength, tie.first, tie.second))


def _spaces(members: Sequence[Member], language: str) -> dict[Family, _Space]:
    found = [list(words(member.text, language)) for member in members]
    surfaces: dict[str, Counter[str]] = {}
    for text in found:
        for word in text:
            surfaces.setdefault(word.stem, Counter())[word.surface.lower()] += 1
    text_space = _space([Counter(word.stem for word in text) for text in found])
    text_space.surfaces = {stem: forms.most_common(1)[0][0] for stem, forms in surfaces.items()}
    return {
        Family.TEXT: text_space,
        Family.OBJECTIVES: _space([Counter(member.objectives) for member in members]),
        Family.INSTRUMENTS: _space([Counter(member.instruments) for member in members]),
        Family.ACTORS: _space([Counter(member.actors) for member in members]),
    }


def _space(bags: Sequence[Counter[str]]) -> _Space:
    """Rows of length 1 at most: ``(1 + ln tf) · ln(n / df)``, features in alphabetical order."""
    names = sorted(set().union(*bags))
    column = {name: index for index, name in enumerate(names)}
    entries = [(row, column[name], 1 + np.log(count)) for row, bag in enumerate(bags) for name, count in bag.items()]
    if not entries:
        return _Space([], sparse.csr_matrix((len(bags), 0)))
    at, what, value = zip(*entries, strict=True)
    matrix = sparse.csr_matrix((value, (at, what)), shape=(len(bags), len(names)))
    frequency = np.asarray((matrix > 0).sum(axis=0)).ravel()
    matrix = matrix @ sparse.diags(np.log(len(bags) / frequency))
    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    # A sheet that names a single common thing must not look like every other sheet that names it: rows shorter than
    # the median count as much shorter, instead of being stretched to length 1.
    length = np.maximum(length, np.median(length[length > 0])) if length.any() else np.ones_like(length)
    return _Space(names, sparse.csr_matrix(sparse.diags(1 / length) @ matrix))


def _strongest(
    strength: "np.ndarray[tuple[int, int], np.dtype[np.float64]]", each: int, threshold: float
) -> list[tuple[int, int]]:
    pairs = set()
    for i, row in enumerate(strength):
        # Stable on equal strengths: the earlier action first.
        for j in np.argsort(-row, kind="stable")[:each]:
            if row[j] >= threshold:
                pairs.add((min(i, int(j)), max(i, int(j))))
    return sorted(pairs)


def _reasons(
    spaces: Mapping[Family, _Space], weights: Mapping[Family, float], i: int, j: int, *, most: int = 4
) -> tuple[Reason, ...]:
    total = 0.0
    parts = []
    for family, space in spaces.items():
        mine, other = space.by_column[i], space.by_column[j]
        shared = {column: value * other[column] for column, value in mine.items() if column in other}
        part = weights[family] * sum(shared.values())
        if part <= 0:
            continue
        total += part
        weightiest = sorted(shared, key=lambda column: (-shared[column], column))[:most]
        names = [space.names[column] for column in weightiest if shared[column] > 0]
        common = tuple(space.surfaces.get(name, name) for name in names)
        parts.append((part, family, common))
    return tuple(
        Reason(family, round(part / total, 4), common)
        for part, family, common in sorted(parts, key=lambda p: (-p[0], p[1]))
    )
