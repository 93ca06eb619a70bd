"""Reports made once: whoever asks for the same report again gets the same bytes, without the compiler at work."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

# All reports of an event of ten tables, with the photos of their posters, in both languages.
MOST_BYTES = 64 * 1024 * 1024


class Shelf:
    """The files of this process, the least recently asked for leaving first; the newest stays however large it is.

    One file is made at a time: many readers of a new report, or one machine asking in a loop, keep one core busy.
    """

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._files: OrderedDict[str, bytes] = OrderedDict()
        self._taken = 0
        self._reading = Lock()
        self._making = Lock()

    def get(self, key: str, make: Callable[[], bytes]) -> bytes:
        """The file under `key`, which must name everything that the file is made from; made now where it is new."""
        found = self._find(key)
        if found is not None:
            return found
        with self._making:
            # Somebody else may have made it while we waited for our turn.
            found = self._find(key)
            if found is None:
                found = make()
                self._put(key, found)
            return found

    def clear(self) -> None:
        """Forget all files."""
        with self._reading:
            self._files.clear()
            self._taken = 0

    def _find(self, key: str) -> bytes | None:
        with self._reading:
            if key in self._files:
                self._files.move_to_end(key)
            return self._files.get(key)

    def _put(self, key: str, content: bytes) -> None:
        with self._reading:
            self._files[key] = content
            self._taken += len(content)
            while self._taken > self._most and len(self._files) > 1:
                self._taken -= len(self._files.popitem(last=False)[1])


REPORTS = Shelf()
