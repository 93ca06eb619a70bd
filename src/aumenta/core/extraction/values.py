"""Reading the value of a row: a paragraph, a list in its several printed forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from aumenta.core.extraction.layout import Layout, LayoutRow
from aumenta.core.extraction.lines import LineJoiner, PrintedLine

OPENING: Final = "([«“"
CLOSING: Final = ")]»”"
# A bracket that nobody closed doesn't swallow more lines than this.
LONGEST_BRACKET: Final = 8
INITIALS: Final = re.compile(r"(?:^|\s)(?:\w\.){2,}$")
BULLET: Final = re.compile("^[-–—•·*‣⁃∙▪▫■□●○◦◆►▸▶➢➤✓✔\uf0b7\uf0a7\uf0d8](?: +|$)")


def read_list(text: str, row: LayoutRow, layout: Layout) -> tuple[str, ...]:
    """Items parted by commas or semicolons; commas inside brackets or quotation marks part nothing."""
    items: list[str] = []
    for separator, piece in split_at_commas(text):
        part = piece.strip()
        if items and part and row.goes_on and row.goes_on.match(part):
            items[-1] += f"{separator} {part}"
        else:
            items.append(part)
    return tuple(clean_items(items, layout))


def read_lines(lines: Sequence[PrintedLine], row: LayoutRow, layout: Layout, joiner: LineJoiner) -> tuple[str, ...]:
    """One item a line, except where a line plainly goes on in the next one."""
    return tuple(clean_items((item for item, _ in _line_items(lines, row, layout, joiner)), layout))


def read_entries(lines: Sequence[PrintedLine], row: LayoutRow, layout: Layout, joiner: LineJoiner) -> tuple[str, ...]:
    """Items parted by line ends as well as by commas and semicolons."""
    items: list[str] = []
    for item, _ in _line_items(lines, row, layout, joiner):
        items += read_list(item, row, layout)
    return tuple(items)


def clean_items(items: Iterable[str], layout: Layout) -> Iterator[str]:
    """Items without their full stop, bullet or empty rest; "not available" is no item."""
    for item in items:
        text = BULLET.sub("", item.strip(" ,;"))
        if layout.is_not_available(text):
            continue
        if text.endswith(".") and not text.endswith("..") and not _keeps_its_dot(text, layout):
            text = text[:-1].rstrip()
        if text:
            yield text


def split_at_commas(text: str) -> Iterator[tuple[str, str]]:
    """Pieces with the separator before each ("" for the first)."""
    depth = 0
    start, separator = 0, ""
    balanced = _balance(text) == 0
    for position, character in enumerate(text):
        if balanced and character in OPENING:
            depth += 1
        elif balanced and character in CLOSING:
            depth = max(0, depth - 1)
        elif character in ",;" and depth == 0 and not _in_number(text, position):
            yield separator, text[start:position]
            start, separator = position + 1, character
    yield separator, text[start:]


def _line_items(
    lines: Sequence[PrintedLine], row: LayoutRow, layout: Layout, joiner: LineJoiner
) -> Iterator[tuple[str, int]]:
    """The lines put together to items, each with the number of its first line."""
    group: list[PrintedLine] = []
    bulleted = has_bullets(lines)
    for line in lines:
        # Where items have bullets, a line without one goes on.
        goes_on = BULLET.match(line.text) is None if bulleted else group and _goes_on(group, line, row, layout)
        if group and not goes_on:
            yield joiner.join(group).text, group[0].number
            group = []
        group.append(line)
    if group:
        yield joiner.join(group).text, group[0].number


def has_bullets(lines: Sequence[PrintedLine]) -> bool:
    """Whether the value is a list with bullets: two at least, or one at its head."""
    marked = [line for line in lines if BULLET.match(line.text)]
    return len(marked) > 1 or bool(marked and marked[0] is lines[0] and len(lines) > 1)


def _goes_on(group: Sequence[PrintedLine], line: PrintedLine, row: LayoutRow, layout: Layout) -> bool:
    before = group[-1]
    return bool(
        before.cut
        or layout.breaks_off(before.text)
        or (len(group) < LONGEST_BRACKET and _balance(" ".join(each.text for each in group)) > 0)
        or (row.goes_on and row.goes_on.match(line.text))
        or any(ends.search(before.text) and start.match(line.text) for ends, start in layout.broken)
    )


def _balance(text: str) -> int:
    """Brackets and quotation marks opened minus those closed."""
    return sum(text.count(mark) for mark in OPENING) - sum(text.count(mark) for mark in CLOSING)


def _in_number(text: str, position: int) -> bool:
    return text[position - 1 : position].isdigit() and text[position + 1 : position + 2].isdigit()


def _keeps_its_dot(text: str, layout: Layout) -> bool:
    return text.endswith(layout.abbreviations) or INITIALS.search(text) is not None
