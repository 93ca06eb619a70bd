"""What `apart.py` starts: a file of readings comes in, its observations go out as JSON, one a line."""

import json
import sys
from typing import Final

from aumenta.core.apart import limit_this_process
from aumenta.core.readings.apart import lines_of
from aumenta.core.readings.reading import LIMITS, read_readings
from aumenta.core.tables.apart import written_finding
from aumenta.core.tables.findings import TableError

SECONDS: Final = int(LIMITS.seconds) + 30
"""Of the processor, with what it takes to begin and to hand over."""
MEMORY: Final = 2 * 1024 * 1024 * 1024


def _write(latest_year: int, structure: int) -> None:
    sent = sys.stdin.buffer.read()
    try:
        file = read_readings(sent[structure:], latest_year=latest_year, structure=sent[:structure] or None)
    except TableError as problem:
        print(json.dumps({"fault": written_finding(problem.finding)}))  # noqa: T201 - to whoever started it
        return
    for line in lines_of(file):
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    limit_this_process(seconds=SECONDS, memory=MEMORY)
    _write(int(sys.argv[1]), int(sys.argv[2]))
