"""Proposes which part of the next edition continues which of this one: kept, reworded, split or merged.

The likeness of two parts is the greater of two measures: how much their titles share, letter by letter (rapidfuzz's
ratio), and the cosine of all their words, stems weighed by rarity. A pair is proposed where each is the other's
nearest; what is left over then joins its nearest, if that is near enough, as a split or a merger. A proposal is only
that: an editor decides.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from aumenta.core.text import name_key, words

# With these, 20 of the 23 continuations we find by hand between the two editions of Turin are proposed and no other
# (measured on the set they were chosen on; docs/decisions/0004-continuations.md).
NEAR, NEAR_ENOUGH_TO_JOIN = 0.25, 0.4
_HAIR = 1e-6


@dataclass(frozen=True, slots=True)
class PlanPart:
    """A strategy or an action: its code, its title, and the rest of its text."""

    code: str
    title: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Proposed:
    """`newer` continues `older`; `kind` is kept, reworded, split or merged; `likeness` goes from 0 to 1."""

    older: str
    newer: str
    kind: str
    likeness: float


def propose(older: Sequence[PlanPart], newer: Sequence[PlanPart], *, language: str = "it") -> list[Proposed]:
    """The continuations that the texts suggest, in the order of the older codes as given.

    A part of either edition that appears in none is dropped, or new.
    """
    if not older or not newer:
        return []
    likeness = _likeness(older, newer, language)
    nearest_newer, nearest_older = likeness.argmax(axis=1), likeness.argmax(axis=0)
    pairs = {(i, int(j)) for i, j in enumerate(nearest_newer) if nearest_older[j] == i and likeness[i, j] >= NEAR}
    held_older, held_newer = {i for i, _j in pairs}, {j for _i, j in pairs}
    joining = {
        (i, int(j))
        for i, j in enumerate(nearest_newer)
        if i not in held_older and likeness[i, j] >= NEAR_ENOUGH_TO_JOIN
    }
    joining |= {
        (int(i), j)
        for j, i in enumerate(nearest_older)
        if j not in held_newer and likeness[i, j] >= NEAR_ENOUGH_TO_JOIN
    }
    pairs |= joining
    parts_of, sources_of = Counter(i for i, _j in pairs), Counter(j for _i, j in pairs)
    found = []
    for i, j in sorted(pairs):
        if parts_of[i] > 1:
            kind = "split"
        elif sources_of[j] > 1:
            kind = "merged"
        else:
            kind = "kept" if name_key(older[i].title) == name_key(newer[j].title) else "reworded"
        found.append(Proposed(older[i].code, newer[j].code, kind, round(float(likeness[i, j]), 4)))
    return found


def _likeness(older: Sequence[PlanPart], newer: Sequence[PlanPart], language: str) -> NDArray[np.float64]:
    keys = [[name_key(part.title) for part in parts] for parts in (older, newer)]
    # Every title with every other, outside of Python: of 1,110 actions and 1,110 that is more than a million pairs.
    titles = process.cdist(*keys, scorer=fuzz.ratio, dtype=np.float64) / 100
    # Two titles of one language share half their letters by chance.
    titles = np.clip((titles - 0.5) * 2, 0, 1)
    bags = [Counter(word.stem for word in words(f"{p.title} {p.title} {p.text}", language)) for p in (*older, *newer)]
    frequency = Counter(stem for bag in bags for stem in bag)
    column = {stem: n for n, stem in enumerate(frequency)}
    rows = np.zeros((len(bags), max(1, len(column))))
    for n, bag in enumerate(bags):
        for stem, count in bag.items():
            rows[n, column[stem]] = (1 + np.log(count)) * np.log(len(bags) / frequency[stem] + 1)
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    rows /= np.where(length == 0, 1, length)
    likeness: NDArray[np.float64] = np.maximum(titles, rows[: len(older)] @ rows[len(older) :].T)
    # Of two titles with the same words in another order, the one with the same letters is the nearer.
    return likeness - _HAIR * (1 - titles)
