"""Cutting a block of lines into its labelled rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from aumenta.core.extraction.layout import LayoutRow
from aumenta.core.extraction.lines import PrintedLine

# A label is broken over no more lines than this.
MOST_LINES: Final = 6
# What may stand between a label and its value: "attori: …", "attori – …", "attori - …", "attori. …".
LABEL_END: Final = re.compile(r" ?(?:[:–—=]+|[-.](?= |$))? *(?:(?<=[ :–—=.-])|$)")
SENTENCE_END: Final = re.compile(r"[.!?…:][)”\"]?$")


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row with the lines of its value (the label taken off)."""

    row: LayoutRow
    line: int
    lines: tuple[PrintedLine, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    row: LayoutRow
    start: int
    length: int
    rest: str


def cut_rows(lines: Sequence[PrintedLine], rows: Sequence[LayoutRow]) -> tuple[list[PrintedLine], list[FoundRow]]:
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


def _choose(lines: Sequence[PrintedLine], rows: Sequence[LayoutRow]) -> list[_Candidate]:
    """One place for each label. A value may hold a line that begins with another row's label: the true one comes
    after the labels that are printed above it, and starts afresh (after a blank line, a full stop, a label)."""
    chosen: dict[int, _Candidate] = {}
    for order, row in enumerate(rows):
        found = _candidates(lines, row)
        if len(found) > 1:
            above = [chosen[each].start for each in range(order) if each in chosen]
            found = [each for each in found if all(start < each.start for start in above)] or found
            starts = {each.start for each in chosen.values()}
            fresh = [each for each in found if _starts_afresh(lines, each.start, starts)]
            found = fresh or found
        if found:
            chosen[order] = found[0]
    return list(chosen.values())


def _starts_afresh(lines: Sequence[PrintedLine], start: int, labels: set[int]) -> bool:
    if start == 0 or lines[start].gap:
        return True
    return start - 1 in labels or SENTENCE_END.search(lines[start - 1].text) is not None


def labels_in_any_case(blocks: Sequence[Sequence[PrintedLine]], rows: Sequence[LayoutRow]) -> tuple[LayoutRow, ...]:
    """The rows, those marked whose label a document mostly writes with other capitals ("Attori", "ATTORI").

    A label in small letters is the rule of a layout as long as the document follows it: a sentence may well begin with
    the word "Attori".
    """
    return tuple(_as_written(row, blocks) for row in rows)


def _as_written(row: LayoutRow, blocks: Sequence[Sequence[PrintedLine]]) -> LayoutRow:
    free = replace(row, any_case=True)
    exact = sum(bool(_candidates(lines, row)) for lines in blocks)
    other = sum(bool(_candidates(lines, free)) for lines in blocks) - exact
    return free if other > exact else row


def _candidates(lines: Sequence[PrintedLine], row: LayoutRow) -> list[_Candidate]:
    if not row.label:
        return []
    first = row.label[0].casefold() if row.any_case else row.label[0]
    found = (
        _label_at(lines, start, row)
        for start, line in enumerate(lines)
        if line.text[0] == first or (row.any_case and line.text[0].casefold() == first)
    )
    return [candidate for candidate in found if candidate is not None]


def _label_at(lines: Sequence[PrintedLine], start: int, row: LayoutRow) -> _Candidate | None:
    """The label at this line, whole or broken over the next ones at a space, a slash or a hyphen."""
    left = row.label
    for length, line in enumerate(lines[start : start + MOST_LINES], start=1):
        text = line.text
        if row.any_case and left.casefold().startswith(text[: len(left)].casefold()):
            text = left[: len(text)] + text[len(left) :]  # the label's own letters
        if text.startswith(left) and (end := LABEL_END.match(text, len(left))):
            return _Candidate(row, start, length, text[end.end() :])
        if left.startswith(f"{text} ") or (text.endswith("/") and left.startswith(text)):
            left = left[len(text) :].lstrip()
        elif text.endswith("-") and left.startswith(text[:-1]):
            left = left[len(text) - 1 :]
        else:
            return None
    return None
