"""What `limited.py` starts: a document comes in, its text goes out as JSON, or why it gives none."""

import json
import sys
from dataclasses import asdict
from typing import Any, Final

from aumenta.core.apart import limit_this_process
from aumenta.core.documents.faults import DocumentError, DocumentFault
from aumenta.core.documents.reading import read_document

SECONDS: Final = 20
"""Of the processor: a plan of 300 pages takes two."""
MEMORY: Final = 1024 * 1024 * 1024


def _read() -> dict[str, Any]:
    try:
        return asdict(read_document(sys.stdin.buffer.read()))
    except DocumentError as fault:
        return {"fault": fault.fault}
    except MemoryError:
        return {"fault": DocumentFault.TOO_LARGE}


if __name__ == "__main__":
    limit_this_process(seconds=SECONDS, memory=MEMORY)
    sys.stdout.write(json.dumps(_read()))
