"""A device's side of the exchange: what it keeps, what it still has to hand over, what it has learnt.

The browser's console does the same on IndexedDB. This one serves the rehearsal, which plays whole events through the
real addresses, and the properties that the protocol is held to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from aumenta.core.tablelog.operation import ADD, SET, Operation
from aumenta.core.tablelog.register import read_register


class Replica:
    """One device at one table.

    Everything on this object is what the device keeps on disk; whatever is under way on the network belongs to the
    caller and may be lost at any moment without harm.
    """

    def __init__(self, *, table: str, device: str, new_id: Callable[[], str]) -> None:
        self.table = table
        self.device = device
        self.cursor = 0
        self.clock = 0
        self.operations: dict[str, Operation] = {}
        self.waiting: dict[str, None] = {}
        self._registers: dict[tuple[str, str], list[Operation]] = defaultdict(list)
        self._new_id = new_id

    def add(self, what: str, key: str, value: int, *, at: int = 0) -> Operation:
        """Put `value` stickers on top of whatever is or will be there."""
        return self._record(ADD, what, key, value, (), at, "")

    def set(self, what: str, key: str, value: Any, *, at: int = 0, reason: str = "") -> Operation:
        """Write a value in place of all that this device has in front of it for that register."""
        heads = read_register(self._registers[what, key]).heads
        return self._record(SET, what, key, value, tuple(head.id for head in heads), at, reason)

    def to_send(self, most: int = 200) -> list[Operation]:
        """The oldest operations the centre has not confirmed."""
        return [self.operations[identifier] for identifier, _ in zip(self.waiting, range(most), strict=False)]

    def confirmed(self, identifiers: Iterable[str]) -> None:
        """The centre has these on disk: only now may they leave the queue."""
        for identifier in identifiers:
            self.waiting.pop(identifier, None)

    def learn(self, operations: Iterable[Operation], cursor: int) -> None:
        """Take in what the centre holds up to `cursor`, from this device or any other."""
        for operation in operations:
            if operation.id not in self.operations:
                self._keep(operation)
            # What the centre shows us it evidently has, even if its confirmation never reached us.
            self.waiting.pop(operation.id, None)
        self.cursor = max(self.cursor, cursor)

    def _record(
        self, verb: str, what: str, key: str, value: Any, over: tuple[str, ...], at: int, reason: str
    ) -> Operation:
        operation = Operation(
            id=self._new_id(),
            table=self.table,
            device=self.device,
            clock=self.clock + 1,
            verb=verb,
            what=what,
            key=key,
            value=value,
            over=over,
            at=at,
            reason=reason,
        )
        self._keep(operation)
        self.waiting[operation.id] = None
        return operation

    def _keep(self, operation: Operation) -> None:
        self.operations[operation.id] = operation
        self._registers[operation.what, operation.key].append(operation)
        self.clock = max(self.clock, operation.clock)
