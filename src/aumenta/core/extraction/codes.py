"""Finding a framework's codes in a row such as "priorità PNRR", and telling what beside them has no place."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from aumenta.core.extraction.document import (
    POSSIBLE_INTEGRATION,
    PRIMARY,
    AlignmentEntry,
    Problem,
)
from aumenta.core.extraction.layout import Layout, LayoutRow
from aumenta.core.extraction.lines import Passage

# Less than this is punctuation or a stray letter, not text somebody would miss.
WORTH_TELLING: Final = 3


@dataclass(frozen=True, slots=True)
class Label:
    """The words printed after a code; `passage` and `start` say where, to tell the line of any part of them."""

    framework: str
    code: str
    text: str
    passage: Passage
    start: int

    def line_at(self, offset: int) -> int:
        """The line of the character at `offset` of the text."""
        return self.passage.line_at(self.start + offset)


@dataclass(slots=True)
class CodesFound:
    """The alignments of one row in printed order, the labels beside them, and what is wrong."""

    alignments: list[AlignmentEntry] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    code: str
    start: int
    end: int


def read_codes(passage: Passage, row: LayoutRow, layout: Layout) -> CodesFound:
    """The codes in a row's text.

    After the words of `row.integration` every code is a possible integration. A group (a mission of the PNRR) gives
    an alignment of its own only where none of its items follows; an item of another group is reported and kept.
    """
    found = CodesFound()
    text = passage.text
    tokens = list(_tokens(text, row))
    first = tokens[0].start if tokens else len(text)
    opening = text[:first].strip(" ,;:")
    if not layout.is_not_available(opening):
        _tell_unplaced(found, opening, passage.line_at(0))
    role, group = PRIMARY, None
    for token, following in zip(tokens, [*tokens[1:], None], strict=False):
        label = text[token.end : following.start if following else len(text)].strip(" ,;")
        if row.between:
            label = row.between.sub("", label).strip(" ,;")
        line = passage.line_at(token.start)
        if token.kind == "integration":
            role, group = POSSIBLE_INTEGRATION, None
            _tell_unplaced(found, label, line)
        elif token.kind == "group":
            group = token
            if following is None or following.kind != "item":
                found.alignments.append(AlignmentEntry(row.framework, token.code, role))
        else:
            found.alignments.append(AlignmentEntry(row.framework, token.code, role))
            if row.remark:
                label = row.remark.sub("", label).strip()
            start = text.find(label, token.end)
            found.labels.append(Label(row.framework, token.code, label, passage, start))
            if group and not token.code.startswith(f"{group.code}."):
                text_found = f"{group.code}. … {token.code} {label}"
                found.problems.append(Problem(line, "item_outside_group", text_found))
    return found


def check_labels(labels: Iterable[Label]) -> list[Problem]:
    """What the labels of a whole document tell once they are laid side by side.

    A code's usual label is the one printed most often, at least twice. Text after it belongs to nothing
    (`no_place`); the usual label of another code means that one of the two is a slip (`label_of_another_code`).
    """
    labels = list(labels)
    counts: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for label in labels:
        counts[label.framework, label.code][_key(label.text)] += 1
    usual = {key: texts.most_common(1)[0][0] for key, texts in counts.items() if texts.most_common(1)[0][1] > 1}
    owners = {(framework, text): code for (framework, code), text in usual.items()}
    problems = []
    for label in labels:
        key, mine = _key(label.text), usual.get((label.framework, label.code))
        owner = owners.get((label.framework, key))
        if owner and owner != label.code and key != mine:
            told = f"{label.code} {label.text}"
            problems.append(Problem(label.line_at(0), "label_of_another_code", told))
        elif mine and key != mine and key.startswith(mine):
            rest = label.text[len(mine) :].strip(" ,;")
            if len(rest) >= WORTH_TELLING:
                line = label.line_at(label.text.find(rest, len(mine)))
                problems.append(Problem(line, "no_place", rest))
    return problems


def _key(text: str) -> str:
    return text.casefold().replace("’", "'")


def _tell_unplaced(found: CodesFound, text: str, line: int) -> None:
    if len(text) >= WORTH_TELLING:
        found.problems.append(Problem(line, "no_place", text))


def _tokens(text: str, row: LayoutRow) -> Iterator[_Token]:
    patterns: list[tuple[str, re.Pattern[str] | None]] = [
        ("integration", row.integration),
        ("item", row.item),
        ("group", row.group),
    ]
    found = [
        _Token(kind, match.groupdict().get("code") or "", match.start(), match.end())
        for kind, pattern in patterns
        if pattern is not None
        for match in pattern.finditer(text)
        if kind == "integration" or match["code"]
    ]
    end = 0
    for token in sorted(found, key=lambda each: (each.start, -each.end)):
        if token.start >= end:
            end = token.end
            yield token
