"""Reading strategies that are printed as a plain list under the headings of their axes, as on slides."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

from aumenta.core.extraction.document import AxisEntry, ExtractionError, Problem, StrategyEntry
from aumenta.core.extraction.layout import Layout, Listing
from aumenta.core.extraction.lines import LineJoiner, PrintedLine
from aumenta.core.extraction.numbering import read_code

# Fewer are no list of a plan's strategies but headings that happen to look like one.
MIN_STRATEGIES: Final = 4


@dataclass(slots=True)
class Listed:
    """What the list holds."""

    axes: list[AxisEntry] = field(default_factory=list)
    strategies: list[StrategyEntry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class _Entry:
    kind: str
    code: str
    lines: list[PrintedLine]
    proposed: bool = False


def read_listing(lines: list[PrintedLine], layout: Layout, joiner: LineJoiner) -> Listed:
    """Axes and strategies of a list; empty where the document holds no list of this layout.

    A list begins at an axis's heading that is followed by strategies of that axis. A strategy without the heading
    of its axis is taken when it carries on from the one before it (1.4 → 1.5 or 2.1).
    """
    if layout.listing is None:
        return Listed()
    entries, outside = _entries([_plain(line) for line in lines], layout.listing, layout.letters)
    if sum(entry.kind == "strategy" for entry in entries) < MIN_STRATEGIES:
        return Listed()
    found = Listed()
    axes: dict[int, AxisEntry] = {}
    for entry in entries:
        text = joiner.join(entry.lines).text
        number = int(entry.code.split(".")[0])
        if entry.kind == "axis":
            axes[number] = AxisEntry(number, text)
            continue
        if number not in axes:
            axes[number] = AxisEntry(number, "")
            found.problems.append(
                Problem(entry.lines[0].number if entry.lines else 1, "axis_without_title", str(number))
            )
        found.strategies.append(StrategyEntry(entry.code, number, text or entry.code, proposed=entry.proposed))
    found.axes = [axes[number] for number in sorted(axes) if any(s.axis == number for s in found.strategies)]
    for run in _runs(outside):
        text = " ".join(line.text for line in run[:3])
        excerpt = text if len(text) <= 80 else text[:79] + "…"
        problem = Problem(run[0].number, "outside_sheets", f"{run[0].number}–{run[-1].number}: {excerpt}")
        found.problems.append(problem)
    found.problems.sort(key=lambda problem: problem.line)
    return found


def _plain(line: PrintedLine) -> PrintedLine:
    """Bold and italics as plain text marks them (**so**) are no part of the wording."""
    return replace(line, text=line.text.replace("**", "")) if "**" in line.text else line


def _entries(lines: list[PrintedLine], listing: Listing, letters: str) -> tuple[list[_Entry], list[PrintedLine]]:
    entries: list[_Entry] = []
    outside: list[PrintedLine] = []
    current: _Entry | None = None
    last_code: tuple[int, int] | None = None
    heading: int | None = None
    proposed = False
    for line in lines:
        axis = _code(listing.axis, "number", line, letters, 1)
        code = _code(listing.strategy, "code", line, letters, 2)
        if axis is not None:
            heading, proposed = axis[0], False
            current = _Entry("axis", str(heading), [])
            entries.append(current)
        elif code is not None and _carries_on(code, last_code, heading, entries):
            last_code = (code[0], code[1])
            title = listing.strategy.sub(lambda match: match["title"] or "", line.text, count=1)
            current = _Entry("strategy", f"{code[0]}.{code[1]}", [replace(line, text=title)] if title else [], proposed)
            entries.append(current)
        elif current is not None and listing.proposed is not None and listing.proposed.match(line.text):
            proposed = True
        elif any(pattern.match(line.text) for pattern in listing.skip):
            continue
        elif current is not None and _goes_on(current, line):
            current.lines.append(line)
        else:
            current = None
            outside.append(line)
    return _with_strategies(entries, outside)


def _code(pattern: re.Pattern[str], group: str, line: PrintedLine, letters: str, parts: int) -> tuple[int, ...] | None:
    """The code that a line begins with, none where it is no heading: "1.0" and dates are numbers of other things."""
    match = pattern.match(line.text)
    if match is None:
        return None
    printed = match[group] or ""
    try:
        found = read_code(printed, letters, f"listing.{'axis' if group == 'number' else 'strategy'}")
    except ExtractionError:
        if any(sign.isalpha() for sign in printed):
            raise
        return None
    return found if len(found) == parts else None


def _carries_on(
    here: tuple[int, ...], last: tuple[int, int] | None, heading: int | None, entries: list[_Entry]
) -> bool:
    if heading == here[0] and entries and entries[-1].kind == "axis":
        return True
    return last is not None and here in {(last[0], last[1] + 1), (last[0] + 1, 1)}


def _goes_on(entry: _Entry, line: PrintedLine) -> bool:
    """An axis's title is the first line after its number; a title broken over lines goes on in small letters."""
    if entry.kind == "axis" and not entry.lines:
        return True
    return line.text[0].islower()


def _with_strategies(entries: list[_Entry], outside: list[PrintedLine]) -> tuple[list[_Entry], list[PrintedLine]]:
    """Axis headings under which nothing is listed are no part of the list."""
    kept = []
    for entry, following in pairwise([*entries, None]):
        if entry is None:
            continue
        if entry.kind == "axis" and (following is None or following.kind == "axis"):
            outside += entry.lines
        else:
            kept.append(entry)
    return kept, sorted(outside, key=lambda line: line.number)


def _runs(lines: list[PrintedLine]) -> list[list[PrintedLine]]:
    """Lines that follow one another with nothing but blank lines (at most 12) between them."""
    runs: list[list[PrintedLine]] = []
    for line in lines:
        if runs and line.number - runs[-1][-1].number <= 12:
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs
