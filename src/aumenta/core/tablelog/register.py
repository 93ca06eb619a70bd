"""The operations about one thing (a strategy's stickers, an observation's text), reduced to what it says now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from aumenta.core.tablelog.operation import ADD, Operation


@dataclass(frozen=True, slots=True)
class Register:
    """What one register says.

    `heads` are the operations nobody has replaced yet, in the agreed order. `value` is that of the last head that sets
    one (None when none does) and `added` what the heads add on top. `others` are the values that were set at the same
    time on another device and differ: nothing is thrown away, and a person who sees them settles the matter by
    writing once more.
    """

    value: Any
    added: int
    heads: tuple[Operation, ...]
    others: tuple[Any, ...]

    @property
    def count(self) -> int:
        """For a register of stickers: those set plus those added since."""
        return int(self.value or 0) + self.added

    @property
    def any_true(self) -> bool:
        """For a register of yes or no: yes as soon as one device said yes and nobody has taken it back."""
        return any(head.value is True for head in self.heads)


def read_register(operations: Iterable[Operation]) -> Register:
    """Reduce the operations of ONE register.

    The result depends on the set of operations alone. An operation replaces those it names in `over` only if their
    clock is lower than its own, so that no damaged record can make a register vanish.
    """
    held = {operation.id: operation for operation in operations}
    if len(held) == 1:
        # Most registers hold one operation; the general way below says the same.
        (only,) = held.values()
        if only.verb == ADD:
            return Register(value=None, added=only.value, heads=(only,), others=())
        return Register(value=only.value, added=0, heads=(only,), others=())
    replaced: set[str] = set()
    for operation in held.values():
        for other in operation.over:
            earlier = held.get(other)
            if earlier is not None and earlier.clock < operation.clock:
                replaced.add(other)
    heads = sorted((o for o in held.values() if o.id not in replaced), key=lambda o: o.order)
    settled = [head for head in heads if head.verb != ADD]
    value = settled[-1].value if settled else None
    others: list[Any] = []
    for head in settled[:-1]:
        if head.value != value and head.value not in others:
            others.append(head.value)
    added = sum(head.value for head in heads if head.verb == ADD)
    return Register(value=value, added=added, heads=tuple(heads), others=tuple(others))
