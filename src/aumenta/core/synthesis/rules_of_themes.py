"""What any set of themes must satisfy before it is proposed, as checks that run."""

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

MOST_THEMES: Final = 70
LEAST_VOICES: Final = 5
LEAST_SHARE: Final = 0.001
MOST_ALIKE: Final = 0.9
MOST_SHARED: Final = 0.7


class Broken(NamedTuple):
    """A rule that does not hold: which (too many, too small, too alike, same voices) and for which themes."""

    rule: str
    themes: tuple[int, ...]


def least_voices(statements: int, *, asked: bool = False) -> int:
    """Voices that a theme needs: five, or one in a thousand where that is more.

    Where a person `asked` for a number of themes, one in a thousand is enough, but two: a single voice is no theme.
    """
    return max(2 if asked else LEAST_VOICES, ceil(LEAST_SHARE * statements))


def alike(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Cosine of two themes' centres; 0 where one has none."""
    length = float(np.linalg.norm(one) * np.linalg.norm(other))
    return float(one @ other) / length if length > 1e-12 else 0.0


def shared(one: frozenset[int], other: frozenset[int]) -> float:
    """Part of the smaller theme's voices that the other has too."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def broken_rules(
    voices: Mapping[int, frozenset[int]],
    centres: Mapping[int, NDArray[np.float64]],
    statements: int,
    *,
    asked: bool = False,
) -> list[Broken]:
    """All rules that a set of themes breaks; an empty list is a set that may be proposed (see `least_voices`)."""
    found = []
    if len(voices) > MOST_THEMES:
        found.append(Broken("too many", tuple(voices)))
    found += [
        Broken("too small", (key,)) for key, own in voices.items() if len(own) < least_voices(statements, asked=asked)
    ]
    keys: Sequence[int] = list(voices)
    for place, one in enumerate(keys):
        for other in keys[place + 1 :]:
            if alike(centres[one], centres[other]) >= MOST_ALIKE:
                found.append(Broken("too alike", (one, other)))
            if shared(voices[one], voices[other]) >= MOST_SHARED:
                found.append(Broken("same voices", (one, other)))
    return found
