"""The letters of codes that people read aloud, copy by hand or type on a phone."""

from typing import Final

LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""None looks like another: no I, O, 0 or 1."""
