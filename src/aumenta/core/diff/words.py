"""The words that differ between two texts."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Final, Literal, NamedTuple

from rapidfuzz.distance import LCSseq

Kind = Literal["same", "removed", "added"]

# A tag of the rich text, a number with its separators, a word, a run of spaces, or one other sign.
_TOKEN: Final = re.compile(r"</?[a-zA-Z][^<>]*>|\d+(?:[.,]\d+)*|\w+|\s+|[^\w\s]")
_LETTER: Final = re.compile(r"[^\W_]")
# Comparing needs one bit for each pair of words: beyond this the part that differs is shown whole (about 50 MB).
_MOST_PAIRS: Final = 400_000_000


class Span(NamedTuple):
    """A stretch of text that stayed, was removed or was added."""

    kind: Kind
    text: str


def diff_words(old: str, new: str) -> list[Span]:
    """The stretches of `old` and `new` in reading order; where words were replaced, the removed ones come first.

    Lossless: «same» and «removed» joined give `old`, «same» and «added» joined give `new`; no span is empty and no
    two neighbours are of one kind. The unit is the word, the number or the tag; a space or sign that stayed between
    two changes is drawn into them, since «the same comma» tells a reader nothing. The matching is the longest common
    subsequence (bit-parallel, Hyyrö 2004, in rapidfuzz).
    """
    if old == new:
        return [Span("same", old)] if old else []
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    runs: list[_Run] = []
    for tag, a1, a2, b1, b2 in _steps(a, b):
        if tag == "equal":
            if runs:
                runs[-1].same = a2
            else:
                runs.append(_Run(a1, a1, b1, b1, a2))
        elif runs and runs[-1].same == runs[-1].removed:
            runs[-1].removed = runs[-1].same = a2
            runs[-1].added = b2
        else:
            runs.append(_Run(a1, a2, b1, b2, a2))
    return _spans(_without_lonely_signs(runs, a), a, b)


@dataclass(slots=True)
class _Run:
    """What went and came at one place and the words after it that stayed, as places in the two lists of words: those
    from `old` to `removed` went, those from `new` to `added` came, those from `removed` to `same` stayed."""

    old: int
    removed: int
    new: int
    added: int
    same: int

    def changes(self) -> bool:
        return self.old < self.removed or self.new < self.added


def old_text(spans: Iterable[Span]) -> str:
    """The text before the change."""
    return "".join(span.text for span in spans if span.kind != "added")


def new_text(spans: Iterable[Span]) -> str:
    """The text after the change."""
    return "".join(span.text for span in spans if span.kind != "removed")


def numbering() -> defaultdict[str, int]:
    """A number for each text that is asked for, the next whole one the first time."""
    return defaultdict(count().__next__)


def words_of(texts: Sequence[str]) -> list[list[int]]:
    """The words of each text as numbers, equal words having equal numbers: what `share` compares."""
    numbers = numbering()
    return [[numbers[token] for token in _TOKEN.findall(text) if not token.isspace()] for text in texts]


def share(a: Sequence[int], b: Sequence[int], *, at_least: float = 0.0) -> float:
    """`similarity` of two texts whose words are already numbered; 0 where it can't reach `at_least`."""
    both = len(a) + len(b)
    if not both:
        return 1.0
    if 2 * min(len(a), len(b)) < at_least * both:
        return 0.0
    return 2 * LCSseq.similarity(a, b, score_cutoff=math.ceil(at_least * both / 2)) / both


def similarity(old: str, new: str) -> float:
    """How much two texts share, from 0 (no word) to 1 (every word, in the same order): 2·LCS / (words of both).

    Spaces don't count; two texts without words are alike.
    """
    first, second = words_of([old, new])
    return share(first, second)


def _numbered(a: Sequence[str], b: Sequence[str]) -> tuple[list[int], list[int]]:
    # rapidfuzz compares hashes: small integers are their own hash, so two different words never meet by chance.
    numbers = numbering()
    return [numbers[token] for token in a], [numbers[token] for token in b]


def _steps(a: Sequence[str], b: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    end = 0
    while end < min(len(a), len(b)) - start and a[-1 - end] == b[-1 - end]:
        end += 1
    middle_a, middle_b = a[start : len(a) - end], b[start : len(b) - end]
    steps = [("equal", 0, start, 0, start)] if start else []
    if len(middle_a) * len(middle_b) > _MOST_PAIRS:
        steps.append(("replace", start, len(a) - end, start, len(b) - end))
    elif middle_a or middle_b:
        first, second = _numbered(middle_a, middle_b)
        steps.extend(
            (op.tag, op.src_start + start, op.src_end + start, op.dest_start + start, op.dest_end + start)
            for op in LCSseq.opcodes(first, second)
        )
    if end:
        steps.append(("equal", len(a) - end, len(a), len(b) - end, len(b)))
    return steps


def _without_lonely_signs(runs: list[_Run], a: Sequence[str]) -> list[_Run]:
    joined: list[_Run] = []
    for run in runs:
        before = joined[-1] if joined else None
        if before is not None and run.changes() and before.changes() and before.same - before.removed <= 3:
            between = a[before.removed : before.same]
            if not _LETTER.search("".join(between)):
                before.removed, before.added, before.same = run.removed, run.added, run.same
                continue
        joined.append(run)
    return joined


def _spans(runs: list[_Run], a: Sequence[str], b: Sequence[str]) -> list[Span]:
    spans: list[Span] = []
    for run in runs:
        if run.old < run.removed:
            spans.append(Span("removed", "".join(a[run.old : run.removed])))
        if run.new < run.added:
            spans.append(Span("added", "".join(b[run.new : run.added])))
        if run.removed < run.same:
            spans.append(Span("same", "".join(a[run.removed : run.same])))
    return spans
