"""The lines of a minute without the marks of its format, each with its number in the text."""

import re
from typing import Final, NamedTuple

from aumenta.core.text import mend

_MARKS: Final = re.compile(r"\*\*|__|^#{1,6}\s+|(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)")
_SUPERIOR: Final = re.compile(r"<sup>(.*?)</sup>")


class MinuteLine(NamedTuple):
    """A line: its number from 1, and its text."""

    number: int
    text: str


def lines_of(text: str) -> list[MinuteLine]:
    """All lines, blank ones too: they end lists of names."""
    mended = mend(text).replace("\f", "\n")
    return [MinuteLine(number, _bare(raw)) for number, raw in enumerate(mended.split("\n"), 1)]


def _bare(raw: str) -> str:
    raw = _SUPERIOR.sub(r"\1", raw)
    return re.sub(r"[ \t]+", " ", _MARKS.sub("", raw).replace("\\_", "_")).strip()
