"""Kinds of themes by the organiser's rule, and the tables that are the evidence.

*recurring*: heard at enough of the tables; *one-off*: at one table only; *cross-cutting*: recurring, and its second
axis has a good part of its voices. A kind is provisional until a person has confirmed the group it is computed on:
measured on automatic groups, kinds agree with the truth hardly better than chance.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil
from typing import NamedTuple


class Kind(StrEnum):
    """What a theme is; a theme heard at a few tables is none of these."""

    RECURRING = "recurring"
    CROSS_CUTTING = "cross-cutting"
    ONE_OFF = "one-off"


@dataclass(frozen=True)
class Thresholds:
    """The organiser's rule: least tables (and share of them) to recur, least voices of the second axis."""

    tables: int = 3
    share_of_tables: float = 0.25
    second_axis: float = 0.25

    def __post_init__(self) -> None:
        if self.tables < 1 or not 0 <= self.share_of_tables <= 1 or not 0 < self.second_axis <= 0.5:
            raise ValueError("at least one table, shares between 0 and 1, second axis at most one half")

    def recurring_from(self, tables: int) -> int:
        """Tables at which a theme must be heard, of `tables` in all."""
        return max(self.tables, ceil(round(self.share_of_tables * tables, 9)))


class Voice(NamedTuple):
    """One statement of a theme: the table (or zone) it was said at, and the axis it concerns, where known."""

    table: str
    axis: str | None


@dataclass(frozen=True)
class Verdict:
    """Kinds of a theme with their evidence: tables and axes with voices, and the second axis' share."""

    kinds: tuple[Kind, ...]
    tables: tuple[tuple[str, int], ...]
    axes: tuple[tuple[str, int], ...]
    second_share: float
    needed_tables: int
    provisional: bool


def kind_of(
    voices: Sequence[Voice], tables: int, rule: Thresholds | None = None, *, confirmed: bool = False
) -> Verdict:
    """The kinds of a theme said by `voices`, at an event of `tables` tables in all."""
    rule = rule or Thresholds()
    at = Counter(voice.table for voice in voices)
    axes = Counter(voice.axis for voice in voices if voice.axis is not None)
    ranked = sorted(axes.items(), key=lambda item: (-item[1], item[0]))
    second = ranked[1][1] / sum(axes.values()) if len(ranked) > 1 else 0.0
    needed = rule.recurring_from(tables)
    kinds: list[Kind] = []
    if len(at) >= needed:
        kinds.append(Kind.RECURRING)
        if second >= rule.second_axis:
            kinds.append(Kind.CROSS_CUTTING)
    elif len(at) == 1:
        kinds.append(Kind.ONE_OFF)
    evidence = tuple(sorted(at.items(), key=lambda item: (-item[1], item[0])))
    return Verdict(tuple(kinds), evidence, tuple(ranked), second, needed, not confirmed)
