"""Cutting a document into its blocks: strategy headers, action sheets, link lists, and what lies outside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from aumenta.core.extraction.layout import Layout
from aumenta.core.extraction.lines import PrintedLine, squeeze

LINK: Final = re.compile(r"^(?:https?://|www\.)\S+$")
ENDS: Final = '.;:!?)»”"'
# An aim is a sentence; the names of buttons are shorter.
FEWEST_WORDS: Final = 5
BRACKET_LINES: Final = 4
"""Over so many lines a bracket may be open."""
# After these a sentence goes on, full stop or not.
_REFERS: Final = re.compile(
    r"(?i)(?:^|[\s(«“\"'’])(?:cfr|cf|v|vd|vds|art|artt|n|nn|nr|num|pag|pagg|p|pp|cap|par|lett|rif|es|all|cd)\.$"
)
LINK_REST: Final = re.compile(r"^\S*[/?=&%_.#-]\S*$")


@dataclass(slots=True)
class Block:
    """A stretch of lines opened by a heading: `code` is that of the heading, as printed, and `lines` begin with
    its title."""

    kind: str  # "strategy" | "action" | "axis" | "chapter", whose code is its place among the layout's chapters
    code: str
    line: int
    lines: list[PrintedLine] = field(default_factory=list)
    # For an action: the strategy header it stands under, as a position among the blocks, and its page's links.
    header: int | None = None
    page: int = 0
    # Letters of the heading's line as printed, with label and code.
    width: int = 0


@dataclass(slots=True)
class Blocks:
    """A document cut up, in order."""

    blocks: list[Block] = field(default_factory=list)
    # The link list at the foot of each page; actions name theirs by position.
    pages: list[list[tuple[int, str]]] = field(default_factory=lambda: [[]])
    outside: list[list[PrintedLine]] = field(default_factory=list)


def cut_blocks(lines: Sequence[PrintedLine], layout: Layout) -> Blocks:
    """Cut the lines at the layout's headings."""
    cut = Blocks()
    current: Block | None = None
    header: int | None = None
    outside: list[PrintedLine] = []
    in_links = False
    for line in lines:
        block = _head(line, current, outside, layout)
        if block is not None:
            if block.kind == "strategy":
                header = len(cut.blocks)
            elif block.kind == "action":
                if cut.pages[-1]:
                    cut.pages.append([])
                block.header, block.page = header, len(cut.pages) - 1
            cut.blocks.append(block)
            current, in_links = block, False
            if outside:
                cut.outside.append(outside)
                outside = []
        elif layout.section is not None and layout.section.match(line.text):
            current, in_links = _waiting(current, layout), False
            outside.append(line)
        elif LINK.match(line.text) and any(each.kind == "action" for each in cut.blocks[-1:]):
            cut.pages[-1].append((line.number, line.text.rstrip(";,")))
            current, in_links = None, True
        elif in_links and not line.gap and LINK_REST.match(line.text):
            number, link = cut.pages[-1][-1]
            cut.pages[-1][-1] = number, link + line.text.rstrip(";,")
        elif _waiting(current, layout) and _of_the_page(line, outside):
            outside.append(line)
        elif current is not None and not _axis_title_ended(current, line, layout):
            current.lines.append(line)
        else:
            current, in_links = None, False
            outside.append(line)
    if outside:
        cut.outside.append(outside)
    return cut


def _head(line: PrintedLine, current: Block | None, outside: Sequence[PrintedLine], layout: Layout) -> Block | None:
    """The block that a line opens, unless it goes on with what `current`, or what stands outside, says."""
    block = _opens(line, layout) or _chapter(line, layout)
    if block is None or _inside_a_sentence(current.lines if current else outside, line):
        return None
    return None if current and _goes_on(current, block, line, layout) else block


def _inside_a_sentence(before: Sequence[PrintedLine], line: PrintedLine) -> bool:
    """Whether a line goes on with a bracket that was opened before it, or with what «cfr.» refers to."""
    if line.gap or not before or before[-1].number != line.number - 1:
        return False
    if _REFERS.search(before[-1].text):
        return True
    opened = " ".join(each.text for each in before[-BRACKET_LINES:])
    if opened.rfind("(") <= opened.rfind(")"):
        return False
    closes = line.text.find(")")
    return opened.endswith(",") or (closes >= 0 and "(" not in line.text[:closes])


def _waiting(current: Block | None, layout: Layout) -> Block | None:
    """The axis whose aim has not come yet: between the heading of a page and its first words stand a date, a button,
    the ways to share it."""
    waits = current is not None and current.kind == "axis" and layout.axis_aim and len(current.lines) < 2
    return current if waits else None


def _goes_on(current: Block, block: Block, line: PrintedLine, layout: Layout) -> bool:
    """Whether what looks like a heading goes on with a sentence broken before it: «along with | Action 2.1.3 and»."""
    if line.gap or not current.lines or block.kind == "chapter":
        return False
    before, title = current.lines[-1].text, block.lines[0].text if block.lines else ""
    return layout.breaks_off(before) or (before[-1] not in ENDS and bool(title) and not title[0].isupper())


def _of_the_page(line: PrintedLine, outside: Sequence[PrintedLine]) -> bool:
    """Whether a line is a word or two of the page («Facebook») that come after others of its kind."""
    return bool(outside) and len(line.text.split()) < FEWEST_WORDS


def _opens(line: PrintedLine, layout: Layout) -> Block | None:
    heads = (("strategy", layout.strategy), ("action", layout.action), ("axis", layout.axis))
    for kind, pattern in heads:
        if pattern is not None and (match := pattern.match(line.text)):
            code = (match["number"] if kind == "axis" else match["code"]) or ""
            title = squeeze(match["title"] or "")
            # A heading may have its title on the next line.
            lines = [PrintedLine(line.number, title, cut=line.cut)] if title else []
            return Block(kind, code, line.number, lines, width=len(line.text))
    return None


def _chapter(line: PrintedLine, layout: Layout) -> Block | None:
    for place, chapter in enumerate(layout.chapters):
        if chapter.head.match(line.text):
            return Block("chapter", str(place), line.number, [line])
    return None


def _axis_title_ended(block: Block, line: PrintedLine, layout: Layout) -> bool:
    """An axis heading holds its title and nothing more, unless the layout has the axis's aim under it."""
    if block.kind != "axis" or layout.axis_aim or not block.lines:
        return False
    return line.gap or not (layout.breaks_off(block.lines[-1].text) or line.text[0].islower())
