"""The reason beside a change: as long as its author likes, up to what the database keeps; never cut."""

from typing import Final

from aumenta.people.refusals import RefusedError

LONGEST: Final = 500
"""Characters."""


def refuse_long_reason(reason: str) -> None:
    """Raise RefusedError «reason_too_long» where it has more than `LONGEST` characters."""
    if len(reason) > LONGEST:
        raise RefusedError("reason_too_long", most=LONGEST, length=len(reason))
