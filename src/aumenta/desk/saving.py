"""How often a form that saves itself does so; the script's own pauses hold where nothing is said."""

from typing import Final

PAUSES: Final[dict[str, int]] = {"pause": 2_000, "retry": 5_000, "patience": 30_000, "heartbeat": 25_000}
"""Milliseconds: after the last key, after a failure, for an answer, between two looks at who else is here."""
