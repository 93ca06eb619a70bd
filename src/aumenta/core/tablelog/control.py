"""The totals a table is held to, and which strategies are the most voted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ControlTotal:
    """Stickers counted against those handed out. `over` is how many too many; `left` how many are still in hand."""

    counted: int
    allowed: int

    @property
    def over(self) -> int:
        return max(0, self.counted - self.allowed)

    @property
    def left(self) -> int:
        return max(0, self.allowed - self.counted)


def control_total(counts: Mapping[str, int], present: int, per_person: int) -> ControlTotal:
    """At most `per_person` stickers for each of the `present` people."""
    return ControlTotal(counted=sum(counts.values()), allowed=present * per_person)


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The most voted strategies for up to `places`: `clear` are in without question; `tied` share the last places and
    only a person can choose among them (`open_places` of them are to be taken)."""

    clear: tuple[str, ...]
    tied: tuple[str, ...]
    open_places: int


def shortlist(counts: Mapping[str, int], places: int) -> Shortlist:
    """Rank by stickers. Strategies nobody voted for are never proposed; equal counts at the cut are a tie, shown."""
    voted = sorted(((count, code) for code, count in counts.items() if count > 0), key=lambda v: (-v[0], v[1]))
    if len(voted) <= places:
        return Shortlist(tuple(code for _, code in voted), (), 0)
    cut = voted[places - 1][0] if places > 0 else voted[0][0] + 1
    clear = tuple(code for count, code in voted if count > cut)
    level = tuple(code for count, code in voted if count == cut)
    if len(clear) + len(level) == places:
        return Shortlist(clear + level, (), 0)
    return Shortlist(clear, level if places > 0 else (), places - len(clear))
