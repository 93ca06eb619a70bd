"""Where a printed code stands in the plan: axis, strategy and action each get the number the product knows them by."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from aumenta.core.extraction.blocks import Block
from aumenta.core.extraction.document import ExtractionError
from aumenta.core.extraction.layout import Layout
from aumenta.core.extraction.numbering import read_code, skipped


@dataclass(frozen=True, slots=True)
class ActionPlace:
    """An action's place: its code of three numbers and its strategy's of two; `implied` where none is printed."""

    code: str
    strategy: str
    implied: bool = False


@dataclass(slots=True)
class Placing:
    """Follows the headings in the order of the document.

    A code may be complete (2.1.3), or say less: "3" is the third of what it stands under, "A1" the first of A. In a
    plan of two levels each axis has one strategy, which the document doesn't print.
    """

    layout: Layout
    two_levels: bool = False
    axis: int = 0
    strategy: str = ""
    # Strategies by the numbers of their printed code, the last one under each.
    known: dict[tuple[int, ...], str] = field(default_factory=dict)
    # Numbers that run through the whole document, where codes have one part.
    strategies_alone: list[int] = field(default_factory=list)
    actions_alone: list[int] = field(default_factory=list)

    def at_axis(self, block: Block) -> int:
        """The number of the axis that a heading opens."""
        self.axis = self._parts(block, "axis", 1)[0]
        self.strategy = ""
        return self.axis

    def at_strategy(self, block: Block) -> str:
        """The code of the strategy that a heading opens."""
        parts = self._parts(block, "strategy", 2)
        if len(parts) == 1:
            self.strategies_alone.append(parts[0])
            self.axis = self.axis or 1
            code = f"{self.axis}.{parts[0]}"
        else:
            self.axis = parts[0]
            code = f"{parts[0]}.{parts[1]}"
        self.strategy = self.known[parts] = code
        return code

    def at_action(self, block: Block) -> ActionPlace:
        """The place of the action that a heading opens."""
        parts = self._parts(block, "action", 3)
        if len(parts) == 3:
            return ActionPlace(".".join(map(str, parts)), f"{parts[0]}.{parts[1]}")
        if self.two_levels:
            return self._under_axis(parts)
        if len(parts) == 2:
            strategy = self.known.get(parts[:1])
            if strategy is None:
                raise ExtractionError("short_code", found=block.code, where="heads.action")
            return ActionPlace(f"{strategy}.{parts[1]}", strategy)
        self.actions_alone.append(parts[0])
        strategy = self.strategy or f"{self.axis or 1}.1"
        return ActionPlace(f"{strategy}.{parts[0]}", strategy)

    def _under_axis(self, parts: tuple[int, ...]) -> ActionPlace:
        if len(parts) == 1:
            self.actions_alone.append(parts[0])
        axis = parts[0] if len(parts) == 2 else self.axis or 1
        return ActionPlace(f"{axis}.1.{parts[-1]}", f"{axis}.1", implied=True)

    def _parts(self, block: Block, kind: str, most: int) -> tuple[int, ...]:
        key = f"heads.{kind}"
        parts = read_code(block.code, self.layout.letters, key)
        if len(parts) > most:
            raise ExtractionError("unreadable_code", found=block.code[:40], where=key)
        return parts

    def gaps(self, strategies: dict[str, list[str]]) -> tuple[str, ...]:
        """What the numbering skips; `strategies` are all codes with those of their actions."""
        axes = {int(code.split(".")[0]) for code in strategies}
        found = skipped(axes)
        if _runs_on(self.strategies_alone):
            found += skipped(self.strategies_alone)
        else:
            for axis in sorted(axes):
                own = [int(code.split(".")[1]) for code in strategies if int(code.split(".")[0]) == axis]
                found += skipped(own, f"{axis}.")
        if _runs_on(self.actions_alone):
            found += skipped(self.actions_alone)
        elif any(strategies.values()):
            for code, actions in strategies.items():
                own = [int(action.split(".")[2]) for action in actions]
                found += skipped(own, f"{code}.") if own else [f"{code}.1"]
        return tuple(found)


def _runs_on(numbers: list[int]) -> bool:
    """Whether numbers go on from one heading to the next instead of beginning anew under each."""
    return len(numbers) > 1 and all(one < after for one, after in pairwise(numbers))
