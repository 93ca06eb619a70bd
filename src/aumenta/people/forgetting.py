"""What is forgotten every night because its time is over. Each room brings its own verb, from its `apps.py`; one job of
the worker calls them all."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Final

Forgetting = Callable[[datetime], int]
"""Deletes what may not be kept any longer at a moment, and says how many rows went."""

_VERBS: Final[list[Forgetting]] = []
_log = logging.getLogger(__name__)


def register_forgetting(verb: Forgetting) -> None:
    """Call `verb` every night; said twice, it is called once."""
    if verb not in _VERBS:
        _VERBS.append(verb)


def forget_what_is_over(now: datetime) -> int:
    """Everything whose time is over at `now`; returns how many rows went.

    A verb that fails is told to the log and does not keep the others from their promise; the next night tries again.
    """
    gone = 0
    for verb in _VERBS:
        try:
            gone += verb(now)
        except Exception:
            _log.exception("What should have been forgotten was not: %s", verb.__qualname__)
    return gone
