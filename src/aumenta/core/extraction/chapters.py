"""Texts of a plan outside axes and sheets: reader's guide, analysis, process, vision, essays."""

from __future__ import annotations

from collections.abc import Sequence

from aumenta.core.extraction.blocks import Block
from aumenta.core.extraction.document import Chapter
from aumenta.core.extraction.layout import Layout
from aumenta.core.extraction.lines import LineJoiner, PrintedLine


def read_chapter(block: Block, layout: Layout, joiner: LineJoiner, title_length: int) -> Chapter | None:
    """The text that a heading opens, its paragraphs apart; none where nothing follows.

    The first `title_length` lines give its title. Where the layout has the title in full, the lines that say it go, and
    a first line that doesn't is text.
    """
    head = layout.chapters[int(block.code)]
    length = _lines_of_title(block.lines, head.heading) if head.heading else title_length
    title = head.heading or joiner.join(block.lines[:title_length]).text
    paragraphs: list[list[PrintedLine]] = []
    for line in block.lines[length:]:
        if line.gap or not paragraphs:
            paragraphs.append([])
        paragraphs[-1].append(line)
    text = "\n\n".join(joiner.join(paragraph).text for paragraph in paragraphs)
    return Chapter(head.kind, title, text, (block.line, block.lines[-1].number)) if text else None


def _lines_of_title(lines: Sequence[PrintedLine], title: str) -> int:
    """How many lines a title takes, whose words (after a number) the first lines say."""
    said, wanted = "", title.casefold()
    for length, line in enumerate(lines, start=1):
        words = line.text if length > 1 else line.text.lstrip("0123456789. ")
        said = f"{said} {words}".strip().casefold()
        if said == wanted:
            return length
        if not wanted.startswith(said):
            break
    return 0
