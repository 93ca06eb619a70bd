"""Which test files are slow, by measurement: `make measure-tests` writes `durations.json`, `make test-fast` runs the
quickest files that fit into its minute together.

Measured is processor time, children's included: it hardly changes with what else the machine does, so a measurement on
a busy one is as good. Files that a run did not touch keep the time they had.
"""

import json
import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

MEASURED: Final = Path(__file__).with_name("durations.json")
SLOW_SECONDS: Final = 2.5
"""A file that takes this much of the processor is slow whatever the others take."""
BUDGET: Final = 62.0
"""Seconds of processor for `make test-fast`: two workers for a minute, less what each needs to begin."""
NOT_MEASURED: Final = 1.0
"""What a file is taken to need that nobody has measured: about as much as the others of the quick run."""
PROPERTY: Final = "processor_seconds"


def processor_seconds() -> float:
    """What this process and the children it has waited for have used up to now."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


class Measurement:
    """How long the tests of each file took, set-up and clean-up included."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def add(self, node: str, properties: Iterable[tuple[str, object]]) -> None:
        """A test that has ended."""
        for name, value in properties:
            if name == PROPERTY and isinstance(value, float):
                self.seconds[node.split("::", 1)[0].removeprefix("tests/")] += value

    def keep(self, path: Path = MEASURED) -> None:
        """Write what was measured beside what is still true of other files, the longest first."""
        before = json.loads(path.read_text()) if path.exists() else {}
        there = {file: seconds for file, seconds in before.items() if (MEASURED.parent / file).exists()}
        longest = sorted({**there, **self.seconds}.items(), key=lambda pair: (-round(pair[1], 1), pair[0]))
        path.write_text(json.dumps({file: round(seconds, 1) for file, seconds in longest}, indent=1) + "\n")


def files_of_tests() -> frozenset[str]:
    """Every file of tests there is."""
    folder = MEASURED.parent
    return frozenset(path.relative_to(folder).as_posix() for path in folder.rglob("test_*.py"))


def slow_files(
    durations: Mapping[str, float] | None = None, budget: float = BUDGET, files: frozenset[str] = frozenset()
) -> frozenset[str]:
    """The files to leave out: those that are slow, then the longest ones until the rest fit into the budget.

    A new one of the `files` is quick until it has been measured, and takes its part of the budget all the same. Those
    of the browser are left out in any case and take none.
    """
    if durations is None:
        durations = json.loads(MEASURED.read_text()) if MEASURED.exists() else {}
    known = {file: seconds for file, seconds in durations.items() if not file.startswith("browser/")}
    slow = {file for file, seconds in known.items() if seconds >= SLOW_SECONDS}
    new = [file for file in files - durations.keys() if not file.startswith("browser/")]
    rest = sum(seconds for file, seconds in known.items() if file not in slow) + NOT_MEASURED * len(new)
    for file, seconds in sorted(known.items(), key=lambda pair: (-pair[1], pair[0])):
        if rest <= budget:
            break
        if file not in slow:
            slow.add(file)
            rest -= seconds
    return frozenset(slow)
