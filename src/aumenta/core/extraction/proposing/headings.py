"""Which lines of a document open axes, strategies and actions: found by words and codes that come again and again."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from aumenta.core.extraction.lines import PrintedLine
from aumenta.core.extraction.numbering import ROMAN

# A word or two, a code, a sign or a space, a title. Bullets before it don't matter.
HEADING: Final = re.compile(
    r"^(?P<bullet>[-–—•·*▪] ?)?(?P<words>(?:[^\W\d_]+[.']? ){0,3}?)"
    r"(?P<code>[A-Za-z]{0,2}\d{1,3}(?:\.\d{1,3}){0,2}|[IVXL]{1,5}(?:\.(?:\d{1,3}|[IVXL]{1,5})){0,2}"
    r"|[A-Z](?:\.\d{1,3}){0,2})"
    r"(?P<sign>\.? ?[-–—:)] ?|\. | )(?P<title>\S.*)$"
)
# A line that could be anything, such as "2 cose", is a heading only where its like come again.
MIN_COUNT: Final = 2
# Codes of headings are each their own; a number before many lines alike is something else.
DISTINCT: Final = 0.6
PART: Final = {"number": r"\d+", "letter": "[A-Z]", "roman": "[IVXL]+"}


@dataclass(slots=True)
class HeadingKind:
    """Lines with the same words and the same shape of code."""

    words: str
    shape: tuple[str, ...]
    lines: list[int] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    first: str = ""

    @property
    def count(self) -> int:
        """How many different codes there are."""
        return len(set(self.codes))

    @property
    def letters(self) -> str:
        """What the letters of its codes count as, for `[codes]`."""
        return "roman" if "roman" in self.shape else "alphabet" if "letter" in self.shape else ""

    def pattern(self, group: str) -> str:
        """A regular expression of these headings, the code in a group of this name."""
        code = self._code()
        words = re.escape(self.words).replace("\\ ", " ")
        return f"^(?i:[-–—•·*▪] ?)?(?i:{words})(?P<{group}>{code})(?:\\.? ?[-–—:)]| |\\.) ?(?P<title>.*)$"

    def _code(self) -> str:
        if self.shape == ("letter", "number") and "." not in self.codes[0]:
            return r"[A-Z]\d+"
        return r"\.".join(PART[part] for part in self.shape)


@dataclass(frozen=True, slots=True)
class Headings:
    """The kinds of headings found; `strategy` is none in a plan of two levels, `axis` none where nothing is above."""

    action: HeadingKind
    strategy: HeadingKind | None
    axis: HeadingKind | None
    others: tuple[HeadingKind, ...]


def find_headings(lines: Sequence[PrintedLine]) -> Headings | None:
    """The headings of a document, or none where no lines are alike enough."""
    kinds = [kind for kind in _kinds(lines) if kind.count >= DISTINCT * len(kind.codes) or kind.words]
    actions = [
        kind
        for kind in kinds
        if (kind.count >= MIN_COUNT and (kind.words or len(kind.shape) > 1)) or (kind.words and len(kind.shape) > 2)
    ]
    if not actions:
        return None
    # Actions have the longest codes, and of those the most; a list without any word is less than headings with one.
    action = max(actions, key=lambda kind: (len(kind.shape) > 2, kind.count, bool(kind.words), len(kind.shape)))
    above = [
        kind
        for kind in kinds
        if kind is not action
        and kind.lines[0] < action.lines[0]
        and len(kind.shape) <= len(action.shape)
        and kind.count <= action.count
        and (kind.words or len(kind.shape) > 1)
    ]
    above.sort(key=lambda kind: (kind.lines[0], -kind.count))
    named = [kind for kind in above if kind.words] or above
    axis, strategy = _levels(named, action)
    rest = tuple(kind for kind in kinds if kind not in (action, strategy, axis) and kind.count >= MIN_COUNT)
    return Headings(action, strategy, axis, rest)


def _levels(above: Sequence[HeadingKind], action: HeadingKind) -> tuple[HeadingKind | None, HeadingKind | None]:
    """The axes and the strategies among the headings that stand above the actions."""
    if not above:
        return None, None
    strategies = [kind for kind in above if len(kind.shape) == len(action.shape) - 1 and len(kind.shape) == 2]
    if strategies:
        strategy = max(strategies, key=lambda kind: kind.count)
        axes = [kind for kind in above if len(kind.shape) == 1 and kind.count <= strategy.count]
        return max(axes, key=lambda kind: (_leads(kind, strategy), kind.count), default=None), strategy
    by_count = sorted(above, key=lambda kind: (-kind.count, kind.lines[0]))
    if len(action.shape) == 1 and len(by_count) > 1:
        return by_count[1], by_count[0]
    return by_count[0], None


def _leads(above: HeadingKind, below: HeadingKind) -> int:
    """How many headings of one kind have those that begin with their code right after them, before the next one."""
    starts = sorted(zip(above.lines, above.codes, strict=True))
    under = sorted(zip(below.lines, below.codes, strict=True))
    places = [line for line, _code in under]
    led = 0
    for (start, code), (end, _next) in zip(starts, [*starts[1:], (10**9, "")], strict=True):
        inside = under[bisect_right(places, start) : bisect_left(places, end)]
        led += bool(inside) and all(_parts(each)[0] == code for _line, each in inside)
    return led


def _kinds(lines: Sequence[PrintedLine]) -> list[HeadingKind]:
    found: dict[tuple[str, tuple[str, ...]], HeadingKind] = {}
    spellings: defaultdict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)
    for line in lines:
        match = HEADING.match(line.text)
        if match is None:
            continue
        words, shape = match["words"], tuple(_part(part) for part in _parts(match["code"]))
        if not words and not _stands_alone(shape, match["sign"]):
            continue
        if shape == ("letter",) and match["sign"] == " ":
            continue  # «Piano A vicino al fiume» is a sentence, «Ambito A – …» a heading
        key = (words.casefold(), shape)
        kind = found.setdefault(key, HeadingKind(words, shape, first=line.text))
        kind.lines.append(line.number)
        kind.codes.append(match["code"])
        spellings[key].append(words)
    return sorted(found.values(), key=lambda kind: kind.lines[0])


def _stands_alone(shape: tuple[str, ...], sign: str) -> bool:
    """Whether a code without a word before it may open a heading: "2.1 Title", "A1 - Title", but not "3 cose"."""
    return (shape[0] == "number" and len(shape) > 1) or (len(shape) > 1 and any(dash in sign for dash in "-–—:)"))


def _parts(code: str) -> list[str]:
    return re.findall(r"\d+|[A-Za-z]+", code)


def _part(part: str) -> str:
    if part.isdigit():
        return "number"
    return "roman" if ROMAN.fullmatch(part) and part not in {"C", "D", "M", "L"} else "letter"
