"""Cutting a block of lines into its labelled rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from aumenta.core.extraction.layout import Row
from aumenta.core.extraction.lines import Line

# A label is broken over no more lines than this.
MOST_LINES: Final = 6
SENTENCE_END: Final = re.compile(r"[.!?…:][)”\"]?$")


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row with the lines of its value (the label taken off)."""

    row: Row
    line: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    row: Row
    start: int
    length: int
    rest: str


def cut_rows(lines: Sequence[Line], rows: Sequence[Row]) -> tuple[list[Line], list[FoundRow]]:
    """The lines before the first label, and the rows in the order of the page."""
    chosen = sorted(_choose(lines, rows), key=lambda candidate: candidate.start)
    head = list(lines[: chosen[0].start]) if chosen else list(lines)
    found = []
    for candidate, following in zip(chosen, [*chosen[1:], None], strict=False):
        last = candidate.start + candidate.length - 1
        value = list(lines[last + 1 : following.start if following else len(lines)])
        if candidate.rest:
            value.insert(0, replace(lines[last], text=candidate.rest, gap=False))
        found.append(FoundRow(candidate.row, lines[candidate.start].number, tuple(value)))
    return head, found


def _choose(lines: Sequence[Line], rows: Sequence[Row]) -> list[_Candidate]:
    """One place for each label. A value may hold a line that begins with another row's label: the true one comes
    after the labels that are printed above it, and starts afresh (after a blank line, a full stop, a label)."""
    candidates = {row.field: _candidates(lines, row) for row in rows}
    chosen: dict[str, _Candidate] = {}
    for order, row in enumerate(rows):
        found = candidates[row.field]
        if len(found) > 1:
            above = [chosen[each.field].start for each in rows[:order] if each.field in chosen]
            found = [each for each in found if all(start < each.start for start in above)] or found
            starts = {each.start for each in chosen.values()}
            fresh = [each for each in found if _starts_afresh(lines, each.start, starts)]
            found = fresh or found
        if found:
            chosen[row.field] = found[0]
    return list(chosen.values())


def _starts_afresh(lines: Sequence[Line], start: int, labels: set[int]) -> bool:
    if start == 0 or lines[start].gap:
        return True
    return start - 1 in labels or SENTENCE_END.search(lines[start - 1].text) is not None


def _candidates(lines: Sequence[Line], row: Row) -> list[_Candidate]:
    first = row.label[0]
    found = (_label_at(lines, start, row) for start, line in enumerate(lines) if line.text[0] == first)
    return [candidate for candidate in found if candidate is not None]


def _label_at(lines: Sequence[Line], start: int, row: Row) -> _Candidate | None:
    """The label at this line, whole or broken over the next ones at a space, a slash or a hyphen."""
    left = row.label
    for length, line in enumerate(lines[start : start + MOST_LINES], start=1):
        text = line.text
        if text.startswith(left) and text[len(left) : len(left) + 1] in {"", " ", ":"}:
            return _Candidate(row, start, length, text[len(left) :].lstrip(": "))
        if left.startswith(f"{text} ") or (text.endswith("/") and left.startswith(text)):
            left = left[len(text) :].lstrip()
        elif text.endswith("-") and left.startswith(text[:-1]):
            left = left[len(text) - 1 :]
        else:
            return None
    return None
