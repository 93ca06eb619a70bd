"""The one encoder of this process: opening it takes a second and 85 MB, so everybody shares it."""

import threading

from aumenta.core.synthesis.encoders import Opened, open_encoder

_opening = threading.Lock()
_opened: list[Opened] = []


def encoder_here() -> Opened:
    """The encoder in use, opened once in a process; what was wrong with the better ones travels with it."""
    with _opening:
        if not _opened:
            _opened.append(open_encoder())
        return _opened[0]


def encoder_is_open() -> bool:
    """Whether the first use, which takes a second, is over."""
    return bool(_opened)
