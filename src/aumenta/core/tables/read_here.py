"""What `apart.py` starts: a table comes in, its cells go out as JSON, or why it gives none."""

import json
import sys
from typing import Any, Final

from aumenta.core.apart import limit_this_process
from aumenta.core.tables.apart import as_json, written_finding
from aumenta.core.tables.findings import Finding, TableError
from aumenta.core.tables.reading import read_table
from aumenta.core.tables.table import Limits

SECONDS: Final = 30
"""Of the processor, with what it takes to begin and to hand over; the reader's own limit is shorter."""
MEMORY: Final = 2 * 1024 * 1024 * 1024


def _read(headings: list[str], limits: Limits) -> dict[str, Any]:
    try:
        return as_json(read_table(sys.stdin.buffer.read(), headings, limits=limits))
    except TableError as problem:
        return {"fault": written_finding(problem.finding)}
    except MemoryError:
        return {"fault": written_finding(Finding("too_slow"))}


if __name__ == "__main__":
    limit_this_process(seconds=SECONDS, memory=MEMORY)
    asked, limited = json.loads(sys.argv[1])
    sys.stdout.write(json.dumps(_read(asked, Limits(**limited))))
