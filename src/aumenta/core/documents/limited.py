"""Looks at a stranger's file in a process of its own, with little time and memory and nothing to write to.

Whatever a damaged or malicious file does to the library that reads it, it does there: the process ends, and the file is
taken as damaged.
"""

import subprocess
import sys
from typing import Final

from aumenta.core.documents import kinds
from aumenta.core.documents.kinds import DAMAGED, HAS_MACROS, KINDS, WRONG_KIND

PATIENCE: Final = 60
"""Seconds on the clock, where the machine is busy; of the processor it gets `kinds.SECONDS`."""


def kind_looked_at_apart(data: bytes) -> str:
    """As `kinds.kind_of_document`; DAMAGED where the process did not come to its end."""
    try:
        # The file alone, not its package: nothing else of ours is loaded there.
        done = subprocess.run(  # noqa: S603 - our own module, and nothing of the file in the command
            [sys.executable, "-I", str(kinds.__file__)],
            input=data,
            capture_output=True,
            timeout=PATIENCE,
            check=True,
            env={},
        )
    except (subprocess.SubprocessError, OSError):
        return DAMAGED
    found = done.stdout.decode("ascii", "replace")
    return found if found in KINDS | {WRONG_KIND, DAMAGED, HAS_MACROS} else DAMAGED
