"""Headers and footers found by their place: what is printed again and again at the edge of the pages.

Works wherever a text tells its pages apart with form feeds, as text from PDF does. What a layout names as
`headers_and_footers` is taken out elsewhere (`lines.clean_lines`), wherever it stands.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import Final, NamedTuple

from aumenta.core.extraction.document import Problem
from aumenta.core.extraction.lines import BREAKS, squeeze

# Lines from the top and bottom of a page that may be a header or footer, and how often one must come back there.
EDGE: Final = 2
MIN_PAGES: Final = 3
SHARE: Final = 0.25
DIGITS: Final = re.compile(r"\d+")
# Points up to which lines stand at one height, and of how many steps from page to page one may count anew.
SAME_HEIGHT: Final = 4
FALLS: Final = 4
NO_HEIGHTS: Final[Mapping[int, float]] = MappingProxyType({})


def find_headers_and_footers(
    text: str, is_content: Callable[[str], bool], heights: Mapping[int, float] = NO_HEIGHTS
) -> tuple[frozenset[int], list[Problem]]:
    """Numbers of the lines that are headers or footers, and one note for each kind of line left out.

    A line is a header or footer when, numbers aside, it stands at the edge of at least three pages and of a
    quarter of them all: at one height, where `heights` says how high lines stand (a sheet's last line comes where the
    sheet ends). Its numbers, if they change, grow as those of pages do. Lines for which `is_content` holds (headings,
    labels) never are, nor what mostly stands right under them, the value of a label.
    """
    if "\f" not in text:
        return frozenset(), []
    pages = list(_pages(text))
    found: defaultdict[str, list[_AtEdge]] = defaultdict(list)
    for number, page in enumerate(pages):
        at_edge = {*range(min(EDGE, len(page))), *range(max(len(page) - EDGE, 0), len(page))}
        for place in sorted(at_edge):
            line, shown = page[place]
            if not is_content(shown):
                under = place > 0 and is_content(page[place - 1][1])
                found[DIGITS.sub("#", shown)].append(_AtEdge(line, shown, number, under, heights.get(line, 0.0)))
    numbers: set[int] = set()
    notes = []
    for lines in (at_one_height for alike in found.values() for at_one_height in _by_height(alike)):
        on = len({each.page for each in lines})
        if on >= max(MIN_PAGES, SHARE * len(pages)) and _belongs_to_pages(lines):
            numbers.update(each.number for each in lines)
            notes.append(Problem(lines[0].number, "headers_and_footers", f"{lines[0].text} (×{len(lines)})"))
    return frozenset(numbers), notes


class _AtEdge(NamedTuple):
    """A line at the edge of a page: its number, its text, its page, whether a heading or label stands right over it,
    how high it stands (0 where nobody knows)."""

    number: int
    text: str
    page: int
    under_label: bool
    height: float


def _by_height(lines: Sequence[_AtEdge]) -> Iterator[list[_AtEdge]]:
    """The lines that stand at one height, in their order, height by height."""
    by_height = sorted(lines, key=lambda each: each.height)
    cuts = [n for n in range(1, len(by_height)) if by_height[n].height - by_height[n - 1].height > SAME_HEIGHT]
    for start, end in pairwise([0, *cuts, len(by_height)]):
        yield sorted(by_height[start:end])


def _belongs_to_pages(lines: Sequence[_AtEdge]) -> bool:
    """Whether lines that come again are no values of labels, and count no other things than pages."""
    if sum(each.under_label for each in lines) * 2 > len(lines):
        return False
    counts = [[int(number[:9]) for number in DIGITS.findall(each.text)] for each in lines]
    # Where one line prints «#» itself, it has fewer numbers than those it is taken for.
    places = [numbers for numbers in zip(*counts, strict=False) if len(set(numbers)) > 1]
    # In several files the pages are counted anew.
    return not places or any(
        sum(after < before for before, after in pairwise(numbers)) * FALLS <= len(numbers) for numbers in places
    )


def _pages(text: str) -> Iterator[list[tuple[int, str]]]:
    """The lines of each page that hold something, with their numbers."""
    page: list[tuple[int, str]] = []
    for number, raw in enumerate(BREAKS.split(text), start=1):
        for position, part in enumerate(raw.split("\f")):
            if position:
                yield page
                page = []
            if line := squeeze(part):
                page.append((number, line))
    yield page
