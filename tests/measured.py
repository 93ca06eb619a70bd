"""Which test files are slow, by measurement: `make measure-tests` writes `durations.json`, `make test-fast` leaves out
the files that took longest, for its minute."""

import json
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Final

MEASURED: Final = Path(__file__).with_name("durations.json")
SLOW_SECONDS: Final = 2.5
"""A file whose tests take this long together is slow, by the clock of two workers on two cores."""


class Measurement:
    """How long the tests of each file took, set-up and clean-up included."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def add(self, node: str, seconds: float) -> None:
        """A phase of a test."""
        self.seconds[node.split("::", 1)[0].removeprefix("tests/")] += seconds

    def keep(self) -> None:
        """Write what was measured, the longest first."""
        longest = sorted(self.seconds.items(), key=lambda pair: -pair[1])
        MEASURED.write_text(json.dumps({file: round(seconds, 1) for file, seconds in longest}, indent=1) + "\n")


def slow_files(durations: Mapping[str, float] | None = None) -> frozenset[str]:
    """The files to leave out; a new one is fast until it has been measured."""
    if durations is None:
        durations = json.loads(MEASURED.read_text()) if MEASURED.exists() else {}
    return frozenset(file for file, seconds in durations.items() if seconds >= SLOW_SECONDS)
