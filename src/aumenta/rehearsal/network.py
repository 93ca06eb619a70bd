"""The consoles' real addresses, through a network that drops, duplicates, delays and reorders."""

import http.client
import json
import time
from dataclasses import dataclass
from random import Random
from typing import Any
from urllib.parse import urlsplit

from aumenta.core.tablelog.operation import read_operation
from aumenta.core.tablelog.replica import Replica

PATIENCE = 20.0
MOST_FAILURES = 10
"""Exchanges in a row without an answer, in clear weather, after which the rehearsal ends."""


class NoAnswerError(Exception):
    """The message or its answer was lost; the device cannot know which."""


@dataclass(frozen=True, slots=True)
class Weather:
    """Chances, from 0 to 1, that a message or an answer is lost or sent twice; and the longest delay in seconds."""

    lost: float = 0.0
    doubled: float = 0.0
    delay: float = 0.0


@dataclass(slots=True)
class Tally:
    """What the network did, and how long the centre took, in seconds."""

    sent: int = 0
    lost: int = 0
    doubled: int = 0
    failed: int = 0
    seconds: list[float] | None = None


class SlowLine:
    """One device's connection to the centre."""

    def __init__(self, address: str, draw: Random, weather: Weather, tally: Tally) -> None:
        self._where = urlsplit(address)
        self._draw, self._weather, self._tally = draw, weather, tally
        self._connection: http.client.HTTPConnection | None = None
        self.secret = ""

    def open_table(self, *, code: str, pin: str, device: str) -> None:
        """QR code and PIN, on a good network: this is done before the morning begins."""
        status, answer = self._send("/api/tavolo/apri", {"code": code, "pin": pin, "device": device})
        if status != 200:
            raise RuntimeError(f"the table does not open: {answer}")
        self.secret = answer["secret"]

    def exchange(self, replica: Replica) -> bool:
        """One exchange in today's weather. Returns whether an answer arrived."""
        body = {
            "cursor": replica.cursor,
            "waiting": len(replica.waiting),
            "operations": [operation.as_json() for operation in replica.to_send()],
        }
        try:
            answer = self._through_the_weather(body)
        except (NoAnswerError, OSError, http.client.HTTPException):
            self._tally.failed += 1
            return False
        replica.confirmed(answer["kept"])
        if answer["refused"]:
            raise RuntimeError(f"the centre refused {answer['refused']}")
        replica.learn([read_operation(record) for record in answer["operations"]], answer["cursor"])
        return True

    def hand_over(self, replica: Replica) -> None:
        """The weather clears: exchange until nothing waits. Raises RuntimeError where the centre does not answer."""
        self._weather = Weather()
        failed = 0
        while True:
            answered = self.exchange(replica)
            if answered and not replica.waiting:
                return
            failed = 0 if answered else failed + 1
            if failed > MOST_FAILURES:
                raise RuntimeError(f"the centre does not answer: {len(replica.waiting)} entries wait")

    def _through_the_weather(self, body: dict[str, Any]) -> dict[str, Any]:
        draw, weather = self._draw, self._weather
        if weather.delay:
            # Devices that wait for different times are what reorders messages at the centre.
            time.sleep(draw.random() * weather.delay)
        if draw.random() < weather.lost:
            self._tally.lost += 1
            raise NoAnswerError
        if draw.random() < weather.doubled:
            self._tally.doubled += 1
            self._send("/api/tavolo/scambio", body)
        status, answer = self._send("/api/tavolo/scambio", body)
        if draw.random() < weather.lost:
            self._tally.lost += 1
            raise NoAnswerError
        if status != 200:
            raise NoAnswerError
        return answer

    def _send(self, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if self._connection is None:
            self._connection = http.client.HTTPConnection(self._where.netloc, timeout=PATIENCE)
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.secret}"}
        self._tally.sent += 1
        begin = time.perf_counter()
        try:
            self._connection.request("POST", path, json.dumps(body), headers)
            response = self._connection.getresponse()
            content = response.read()
        except (OSError, http.client.HTTPException):
            self._connection.close()
            self._connection = None
            raise
        if self._tally.seconds is not None:
            self._tally.seconds.append(time.perf_counter() - begin)
        return response.status, json.loads(content) if content[:1] == b"{" else {}
