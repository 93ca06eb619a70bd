"""Bytes as text: the encodings that offices, spreadsheets and old computers write, told by content."""

import codecs
import re
from dataclasses import dataclass
from typing import Final

_MARKS: Final = (  # the longer first: the mark of UTF-32 begins like that of UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Western encodings of one byte a letter: Windows, old Macintosh, DOS.
_ONE_BYTE: Final = ("cp1252", "mac_roman", "cp850")
_LIKELY: Final = re.compile("[àèéìíòóùúÀÈÉÌÒÙçñäöüßâêîôû’‘“”«»–—…€°·]")
_SEEN: Final = 100_000


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was in, and how many of its letters could not be read (they are U+FFFD)."""

    text: str
    encoding: str
    damaged: int = 0


def decode(data: bytes) -> Decoded:
    """The text of `data` without byte-order mark: UTF-8, UTF-16 and UTF-32 with or without one, else one byte a letter.

    UTF-8 with a few damaged places stays UTF-8. Never raises: whether it is text at all is for the caller to judge.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _damaged(data[len(mark) :], encoding)
    if (wide := _without_mark(data)) is not None:
        return _damaged(data, wide)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        found = _damaged(data, "utf-8")
    # Text of one byte a letter is damaged in (nearly) all its accents; real UTF-8 in a few at most.
    if found.damaged * 10 < sum(letter > "\x7f" for letter in found.text):
        return found
    return max((_damaged(data, encoding) for encoding in _ONE_BYTE), key=_likeliness)


def _damaged(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, errors="replace")
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return Decoded(text, encoding, text.count("\ufffd"))
    return Decoded(text, encoding)


def _without_mark(data: bytes) -> str | None:
    """UTF-16 without its mark, told by the NULs that stand in every second place of a western text."""
    start = data[: 2 * (_SEEN // 2)]
    pairs = len(start) // 2
    if pairs < 2 or b"\x00" not in start:
        return None
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if odd > 0.7 * pairs and even < 0.05 * pairs:
        return "utf-16-le"
    if even > 0.7 * pairs and odd < 0.05 * pairs:
        return "utf-16-be"
    return None


def _likeliness(found: Decoded) -> tuple[int, int]:
    """How many of its letters an Italian text would have, less those it would not; of equals the first wins."""
    odd = [letter for letter in found.text[:_SEEN] if letter > "\x7f"]
    likely = len(_LIKELY.findall("".join(odd)))
    return 2 * likely - len(odd), -found.damaged
