"""Programs that live with this one: they end when it ends, however it ends."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import partial

_PR_SET_PDEATHSIG = 1


def start(
    command: Sequence[str], *, quiet: bool = False, environment: Mapping[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """Start a program that is terminated when this process dies, even of a kill that nobody can catch (on Linux).

    To be called from the main thread: the kernel watches the thread that starts a program.
    """
    output = subprocess.DEVNULL if quiet else None
    die_with = partial(_die_with, os.getpid()) if sys.platform == "linux" else None
    # Only our own programs are started here, with the options of whoever runs the command.
    return subprocess.Popen(command, env=environment, stdout=output, stderr=output, preexec_fn=die_with)  # noqa: S603


def _die_with(parent: int) -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    # It may have died before we asked to be told.
    if os.getppid() != parent:
        os._exit(1)


def end(programs: Sequence[subprocess.Popen[bytes]]) -> None:
    """Terminate them and wait until they are gone."""
    for program in programs:
        program.terminate()
    for program in programs:
        program.wait()
