"""A layout proposed from a document nobody has described yet: a TOML text that a person reads and corrects."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from aumenta.core.extraction.document import ExtractionError, PlanDocument
from aumenta.core.extraction.layout import layout_from_text
from aumenta.core.extraction.lines import PrintedLine, clean_lines
from aumenta.core.extraction.pages import NO_HEIGHTS, find_headers_and_footers
from aumenta.core.extraction.proposing.headings import HeadingKind, Headings, find_headings
from aumenta.core.extraction.proposing.labels import LabelFound, find_labels
from aumenta.core.extraction.reading import plan_from_text

# How a line of an index ends: dots, or a gap, and the page.
END_OF_INDEX: Final = re.compile(r"(?:\. ?){3,}\d*$|…\s*\d*$")
# Words that can't end a line, in Italian and English; every layout needs them.
HANGING: Final = """['a', 'ad', 'al', 'alla', 'alle', 'ai', 'agli', 'con', 'da', 'dal', 'dalla', 'dei', 'del', 'della',
  'delle', 'di', 'e', 'ed', 'il', 'in', 'la', 'le', 'lo', 'nei', 'nel', 'nella', 'o', 'per', 'su', 'sul', 'tra', 'un',
  'una', 'of', 'the', 'for', 'and']"""


@dataclass(frozen=True, slots=True)
class ProposedLayout:
    """The TOML text, what it was made of, and the plan that it reads in the document it was made from.

    `rare` may be labels too: they stand in the text behind a #, for a person to decide.
    """

    toml: str
    headings: Headings
    labels: tuple[LabelFound, ...]
    rare: tuple[LabelFound, ...]
    plan: PlanDocument | None


def propose_layout(
    text: str, *, name: str, path: str = "", heights: Mapping[int, float] = NO_HEIGHTS
) -> ProposedLayout:
    """Describe how `text` (mended) is printed; `heights` are those of lines on their pages, as a `Source` has them.

    Raises ExtractionError("no_headings") where no lines look like headings of actions.
    """
    left_out, _ = find_headers_and_footers(text, lambda line: False, heights)
    lines = clean_lines(text, (), left_out)
    headings = find_headings(lines)
    if headings is None:
        raise ExtractionError("no_headings", path=path, lines=len(lines))
    labels, rare = find_labels(_sheets(lines, headings))
    toml = _toml(name, headings, labels, rare, aims=_axes_have_aims(lines, headings))
    try:
        plan = plan_from_text(text, [layout_from_text(toml)], partial=True, heights=heights)
    except ExtractionError:
        plan = None
    return ProposedLayout(toml, headings, tuple(labels), tuple(rare), plan)


def _sheets(lines: Sequence[PrintedLine], headings: Headings) -> list[list[PrintedLine]]:
    """The lines under each heading of an action, up to the next heading of any level."""
    opens = set(headings.action.lines)
    closes = {n for kind in (headings.strategy, headings.axis) if kind for n in kind.lines}
    sheets: list[list[PrintedLine]] = []
    inside = False
    for line in lines:
        if line.number in opens:
            sheets.append([])
            inside = True
        elif line.number in closes:
            inside = False
        elif inside:
            sheets[-1].append(line)
    return [sheet for sheet in sheets if sheet]


def _axes_have_aims(lines: Sequence[PrintedLine], headings: Headings) -> bool:
    """Whether text stands right under most of the axes: under one heading of each, as an index has them all again."""
    if headings.axis is None:
        return False
    heads = {n for kind in (headings.axis, headings.strategy, headings.action) if kind for n in kind.lines}
    axes = set(headings.axis.lines)
    with_text = sum(
        line.number in axes and below.number not in heads and not END_OF_INDEX.search(line.text)
        for line, below in pairwise(lines)
    )
    return with_text * 2 > headings.axis.count


def _toml(
    name: str, headings: Headings, labels: Sequence[LabelFound], rare: Sequence[LabelFound], *, aims: bool
) -> str:
    two_levels = headings.strategy is None
    letters = next(
        (kind.letters for kind in (headings.action, headings.strategy, headings.axis) if kind and kind.letters), ""
    )
    parts = [
        "# Proposed from a document: correct what is not so. All keys: docs/how-to/load-another-citys-plan.md",
        f"name = {_quoted(name)}",
        "",
        "[heads]",
        _head("axis", "number", headings.axis, "Asse 1 - …"),
    ]
    if headings.strategy is not None:
        parts.append(_head("strategy", "code", headings.strategy, ""))
    parts.append(_head("action", "code", headings.action, ""))
    parts += [f"# Also seen, not used: {kind.first[:60]} (x{kind.count})" for kind in headings.others[:5]]
    if aims:
        parts += ["axis_aim = true         # what stands under an axis's heading is its aim"]
    if not labels:
        parts += [
            "sentences = true        # where no text follows them, actions are one sentence, title and text at once"
        ]
    if two_levels or letters:
        parts += ["", "[codes]"]
        parts += ["levels = 2              # axes and actions, no strategies between them"] if two_levels else []
        parts += [f'letters = "{letters}"'] if letters else []
    for label in labels:
        parts += ["", _row(label)]
    for label in rare:
        parts += ["", "# Perhaps a label, but a rare one: take each # away if it is; else its text stays where it is."]
        parts += [f"# {line}" for line in _row(label).split("\n")]
    if not any(label.field == "description" for label in labels):
        parts += ["", '[[row]]\nfield = "description"   # the text under the title, without a label\nunlabelled = true']
    parts += ["", "[words]", "not_available = ['n.d.', 'n.d', 'nd', 'n. d.', 'n/a', '-']", f"hanging = {HANGING}", ""]
    return "\n".join(parts)


def _head(key: str, group: str, kind: HeadingKind | None, example: str) -> str:
    if kind is None:
        guess = f"{key} = '^Asse (?P<number>\\d+)(?P<title>.*)$'"
        return f"# No heading of an axis was seen: write how one looks ({example}).\n{guess}"
    return f"# {kind.count} different, the first: {kind.first[:80]}\n{key} = '{kind.pattern(group)}'"


def _row(label: LabelFound) -> str:
    lines = [
        "[[row]]",
        f"field = {_quoted(label.field)}",
        f"label = {_quoted(label.label)}   # on {label.sheets} sheets",
    ]
    lines.append(f'read = "{label.read}"')
    if label.framework:
        lines.append(f'framework = "{label.framework}"')
    return "\n".join(lines)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
