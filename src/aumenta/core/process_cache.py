"""What a process keeps because making it costs time: pages, catalogues, figures, engines, compiled reports.

One class for all of them, so that whoever reads one knows them all, and so that tests begin with nothing kept: their
databases count keys and revisions from 1 again.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import RLock
from typing import Any, ClassVar, Final, Generic, TypeVar, cast

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")
_NOTHING: Final = object()


class ProcessCache(Generic[Key, Value]):
    """At most `most` values, the one not asked for longest leaving first. `size` says what a value counts (1 each where
    there is none); the newest stays however large it is.

    A value is kept under a key and with a mark: everything else that it is made from, such as a revision. Where the
    mark is another one the value is made anew. One value is made at a time: many who ask for the same new thing wait
    for the first of them instead of making it again.
    """

    _every: ClassVar[list["ProcessCache[Any, Any]"]] = []

    def __init__(self, most: int, size: Callable[[Value], int] | None = None) -> None:
        self._most = most
        self._size = size
        self._kept: OrderedDict[Key, tuple[object, Value]] = OrderedDict()
        self._taken = 0
        self._reading = RLock()
        # What is made may ask this cache for something else that it is made from.
        self._making = RLock()

    @classmethod
    def of_the_process(cls, most: int, size: Callable[[Value], int] | None = None) -> "ProcessCache[Key, Value]":
        """One that `forget_everything` empties: what a module keeps as long as the process lives."""
        made = cls(most, size)
        cls._every.append(made)
        return made

    def get(self, key: Key, make: Callable[[], Value], mark: object = None) -> Value:
        """The value; made now where there is none with this mark."""
        found = self._look(key, mark)
        if found is _NOTHING:
            with self._making:
                # Somebody else may have made it while we waited for our turn.
                found = self._look(key, mark)
                if found is _NOTHING:
                    found = make()
                    self.put(key, found, mark)
        return cast("Value", found)

    def find(self, key: Key, default: Value, mark: object = None) -> Value:
        """The value where there is one with this mark, otherwise `default`; nothing is made, nobody is waited for."""
        found = self._look(key, mark)
        return default if found is _NOTHING else cast("Value", found)

    def put(self, key: Key, value: Value, mark: object = None) -> None:
        """Keep a value made elsewhere."""
        with self._reading:
            if key in self._kept:
                self._taken -= self._weight(self._kept.pop(key)[1])
            self._kept[key] = (mark, value)
            self._taken += self._weight(value)
            while self._taken > self._most and len(self._kept) > 1:
                self._taken -= self._weight(self._kept.popitem(last=False)[1][1])

    def clear(self) -> None:
        """Forget all of it."""
        with self._reading:
            self._kept.clear()
            self._taken = 0

    def __len__(self) -> int:
        return len(self._kept)

    def _look(self, key: Key, mark: object) -> object:
        with self._reading:
            kept = self._kept.get(key)
            if kept is None or kept[0] != mark:
                return _NOTHING
            self._kept.move_to_end(key)
            return kept[1]

    def _weight(self, value: Value) -> int:
        return 1 if self._size is None else self._size(value)


def forget_everything() -> None:
    """Empty every cache of the process: for tests, and for measuring how long the first time takes."""
    for one in ProcessCache._every:
        one.clear()
