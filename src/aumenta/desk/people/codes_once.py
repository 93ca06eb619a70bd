"""A one-time code is good once, whichever process it is sent to: allauth remembers used codes in Django's cache, which
is the memory of one process, and two serve."""

from datetime import timedelta
from typing import Any, Final

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache

USED: Final = "allauth.mfa.totp.used"
"""How the keys of used codes begin; a test signs in twice with one code, so that another name would be noticed."""
WHILE_IT_HOLDS: Final = timedelta(seconds=90)
"""As long as a code is taken for one, with what clocks differ by."""


class CodesOnce(LocMemCache):
    """The memory of this process, and for used codes the database, which all processes share."""

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> bool:
        """Whether the key was not there; it is now."""
        added = super().add(key, value, timeout, version)
        if not added or not str(key).startswith(USED):
            return added
        # Loaded once there are models: the settings name this module.
        from aumenta.people.rate_limit import Limit, note_attempt

        return note_attempt(limit=Limit("code-used", 1, WHILE_IT_HOLDS), subject=str(key)) is not None
