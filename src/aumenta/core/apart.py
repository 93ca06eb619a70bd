"""Runs a reader on somebody's file in a process of its own, with little time and memory and nothing to write to.

Whatever a damaged or malicious file does to the library that reads it, it does there: PDFium may not be called by two
threads at once, and a kilobyte of a document can ask for minutes. Few run at a time: each may take a gigabyte.
"""

import resource
import subprocess
import sys
from collections.abc import Sequence
from threading import BoundedSemaphore
from typing import Final

AT_ONCE: Final = 2
"""In each process that serves."""
WAIT: Final = 20.0
"""Seconds for which a file waits for those before it."""
PATIENCE: Final = 90.0
"""Seconds on the clock, where the machine is busy; of the processor it gets what `limit_this_process` was told."""
_room = BoundedSemaphore(AT_ONCE)


class ApartError(Exception):
    """The process did not come to its end. `busy`: it never began, as others were read all the while."""

    def __init__(self, *, busy: bool = False) -> None:
        self.busy = busy
        super().__init__("busy" if busy else "ended")


def run_apart(arguments: Sequence[str], content: bytes, *, patience: float | None = None) -> bytes:
    """What this Python prints with `arguments` and `content` as its input, within `patience`. Raises ApartError."""
    if not _room.acquire(timeout=WAIT):
        raise ApartError(busy=True)
    try:
        done = subprocess.run(  # noqa: S603 - our own module, and nothing of the file in the command
            [sys.executable, "-I", *arguments],
            input=content,
            capture_output=True,
            timeout=patience or PATIENCE,
            check=True,
            env={},
        )
    except (subprocess.SubprocessError, OSError) as fault:
        raise ApartError from fault
    finally:
        _room.release()
    return done.stdout


def limit_this_process(*, seconds: int, memory: int) -> None:
    """Before the first byte of the file: `seconds` of the processor, `memory` in bytes, nothing to write to."""
    for what, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 32),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
