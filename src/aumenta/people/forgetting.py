"""What is forgotten every night because its time is over. Each room brings its own verb, from its `apps.py`; one job of
the worker calls them all."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.db import connection

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


def overwrite_what_went() -> bool:
    """Take what was deleted out of the files of the database too; whether that is done.

    SQLite keeps the pages as they were in its log of writes (-wal) and in the file until both are brought together. A
    PostgreSQL server does the like by itself (autovacuum). False inside a transaction, and while somebody reads.
    """
    if connection.vendor != "sqlite":
        return True
    if connection.in_atomic_block:
        return False
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, _pages, _moved = cursor.fetchone()
    return not busy
