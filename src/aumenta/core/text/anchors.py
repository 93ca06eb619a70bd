"""Passages of a text: found by their words, and found again after the text was corrected.

Positions are code points, as Python counts them, in every store and export: «a😀b è» has five. A browser counts UTF-16
units and gives every end of line as one sign; what it sends is turned into code points in its own script, and from one
sign a line end into the text's own here.
"""

import difflib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple

ALIKE: Final = 0.5
"""Which part of the words of a passage must be left for it to be the same passage."""
RARE: Final = 20
"""From so many characters on, words that stand in a text once are taken to be the same passage wherever they went."""
_FORMS: Final[tuple[Literal["", "NFC", "NFD"], ...]] = ("", "NFC", "NFD")
_TOKEN: Final = re.compile(r"\w+|\s+|[^\w\s]")


class Span(NamedTuple):
    """From `start` up to, not including, `end`, in code points."""

    start: int
    end: int


def from_line_ends(text: str, position: int) -> int:
    """The place in `text` of a position that was counted with one sign for each end of line (CRLF is two)."""
    shift = 0
    for found in re.finditer("\r\n", text):
        if found.start() - shift >= position:
            break
        shift += 1
    return min(position + shift, len(text))


def words_at(text: str, words: str, near: int = 0) -> Span | None:
    """Where `words`, copied from a page, stand in `text`: the place nearest to `near`; None where they don't.

    Spaces and ends of lines may differ, and accents may be one sign or two.
    """
    parts = words.split()
    if not parts:
        return None
    for form in _FORMS:
        written = [unicodedata.normalize(form, part) if form else part for part in parts]
        found = [Span(*one.span()) for one in re.finditer(r"\s+".join(map(re.escape, written)), text)]
        if found:
            return min(found, key=lambda one: abs(one.start - near))
    return None


def moved(before: str, after: str, span: Span) -> Span | None:
    """Where a passage of `before` stands in `after`; None where too little of it is left to say so."""
    if before == after:
        return span
    words = before[span.start : span.end]
    aligned = _aligned(_tokens(before), _tokens(after), span)
    if aligned and _part_left(words, after[aligned.start : aligned.end]) >= ALIKE:
        return aligned
    if len(words) >= RARE and after.count(words) == 1:
        start = after.index(words)
        return Span(start, start + len(words))
    return None


def _tokens(text: str) -> list[tuple[str, int]]:
    """Words, spaces and signs, each with its place."""
    return [(one.group(), one.start()) for one in _TOKEN.finditer(text)]


def _aligned(before: Sequence[tuple[str, int]], after: Sequence[tuple[str, int]], span: Span) -> Span | None:
    """The stretch of `after` that stands where the span stood."""
    ends = [place + len(word) for word, place in after]
    pieces = list(_pieces(before, after, span))
    if not pieces:
        return None
    (first, inside_first), (last, inside_last) = pieces[0], pieces[-1]
    start = after[first][1] + inside_first
    end = ends[last] - inside_last
    return Span(start, end) if start < end else None


def _pieces(
    before: Sequence[tuple[str, int]], after: Sequence[tuple[str, int]], span: Span
) -> Iterator[tuple[int, int]]:
    """For the first and last token of each stretch that answers to the span: its number in `after`, and how many of its
    characters are outside of the span."""
    covered = [n for n, (word, place) in enumerate(before) if place < span.end and place + len(word) > span.start]
    if not covered:
        return
    low, high = covered[0], covered[-1] + 1
    matcher = difflib.SequenceMatcher(None, [word for word, _p in before], [word for word, _p in after], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        from_, to = max(i1, low), min(i2, high)
        if from_ >= to or j1 == j2:
            continue
        if tag == "equal":
            head = max(0, span.start - before[from_][1])
            tail = max(0, before[to - 1][1] + len(before[to - 1][0]) - span.end)
            yield j1 + from_ - i1, head
            yield j1 + to - 1 - i1, tail
        else:
            yield j1, 0
            yield j2 - 1, 0


def _part_left(words: str, now: str) -> float:
    """The part of the words that is in what there is now, 0 to 1; letters count, so that a mended word is the same."""
    if words == now:
        return 1.0
    if len(words) + len(now) > 4_000:
        mine, others = _TOKEN.findall(words), _TOKEN.findall(now)
        return difflib.SequenceMatcher(None, mine, others, autojunk=False).ratio()
    return difflib.SequenceMatcher(None, words, now, autojunk=False).ratio()
