"""Whether a device is known, asked before anything it sends is read."""

import asyncio
import re
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from django.db import close_old_connections
from django.utils import timezone

from aumenta.console.exchange import bearer
from aumenta.core.process_cache import ProcessCache
from aumenta.events.models import TableDevice
from aumenta.events.tables.open_table import digest

REMEMBERED: Final = 5.0
"""Seconds for which a device that was known is taken as known: what it sends is checked once more where it is kept."""
MOST_REMEMBERED: Final = 2_000
_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{20,80}\Z")
_gate = ThreadPoolExecutor(max_workers=1, thread_name_prefix="gate")
_known: Final[ProcessCache[str, float]] = ProcessCache.of_the_process(MOST_REMEMBERED)
"""Digest of a device's secret → until when it is taken as known."""


async def device_is_known(authorization: str) -> bool:
    """Whether this header opens a table; what cannot be a secret costs no question to the database."""
    secret = bearer(authorization)
    if not _SECRET.match(secret):
        return False
    key = digest(secret)
    if _known.find(key, 0.0) > time.monotonic():
        return True
    return await asyncio.get_running_loop().run_in_executor(_gate, _look, key)


def _look(key: str) -> bool:
    # No request begins or ends in this thread: nobody else looks after its connection.
    close_old_connections()
    if not TableDevice.objects.that_are_open(timezone.now()).filter(secret_digest=key).exists():
        return False
    _known.put(key, time.monotonic() + REMEMBERED)
    return True
