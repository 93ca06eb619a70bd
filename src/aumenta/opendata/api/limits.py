"""How many requests a network may make in a minute: counted in each server process, which it protects.

Nothing is written for it, so that a request that is answered from memory stays as cheap as it is.
"""

import time
from dataclasses import dataclass
from threading import Lock
from typing import Final

from django.conf import settings

WINDOW: Final = 60
MOST_NETWORKS: Final = 20_000


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left to a network: requests in this minute, and the seconds until the next."""

    most: int
    left: int
    seconds: int
    refused: bool

    @property
    def headers(self) -> dict[str, str]:
        """The one family of headers that every answer carries, where there is a limit at all."""
        if not self.most:
            return {}
        return {
            "X-RateLimit-Limit": str(self.most),
            "X-RateLimit-Remaining": str(self.left),
            "X-RateLimit-Reset": str(self.seconds),
        }


class _Minutes:
    """Requests of the present minute by network; whoever has not asked for longest leaves first."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._minute = 0
        self._counts: dict[str, int] = {}

    def count(self, network: str, now: float) -> int:
        """Note a request and say how many there were in this minute, this one included."""
        minute = int(now // WINDOW)
        with self._lock:
            if minute != self._minute:
                self._minute = minute
                self._counts.clear()
            asked = self._counts.pop(network, 0) + 1
            self._counts[network] = asked
            if len(self._counts) > MOST_NETWORKS:
                del self._counts[next(iter(self._counts))]
        return asked

    def clear(self) -> None:
        """Begin anew: for tests."""
        with self._lock:
            self._counts.clear()


MINUTES: Final = _Minutes()


def allowance(network: str, now: float | None = None) -> Allowance:
    """Note a request of a network and say what is left to it. AUMENTA_API_PER_MINUTE 0: as much as it likes."""
    now = time.time() if now is None else now
    most: int = settings.API_PER_MINUTE
    asked = MINUTES.count(network, now)
    return Allowance(most, max(0, most - asked), WINDOW - int(now % WINDOW), bool(most) and asked > most)
