"""Headers and footers found by their place: what is printed again and again at the edge of the pages.

Works wherever a text tells its pages apart with form feeds, as text from PDF does. What a layout names as
`headers_and_footers` is taken out elsewhere (`lines.clean_lines`), wherever it stands.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Final

from aumenta.core.extraction.document import Problem
from aumenta.core.extraction.lines import BREAKS, squeeze

# Lines from the top and bottom of a page that may be a header or footer, and how often one must come back there.
EDGE: Final = 2
MIN_PAGES: Final = 3
SHARE: Final = 0.25
DIGITS: Final = re.compile(r"\d+")


def find_headers_and_footers(text: str, is_content: Callable[[str], bool]) -> tuple[frozenset[int], list[Problem]]:
    """Numbers of the lines that are headers or footers, and one note for each kind of line left out.

    A line is a header or footer when, numbers aside, it stands at the edge of at least three pages and of a
    quarter of them all. Lines for which `is_content` holds (headings, labels) never are.
    """
    if "\f" not in text:
        return frozenset(), []
    pages = list(_pages(text))
    found: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for page in pages:
        at_edge = {*page[:EDGE], *page[-EDGE:]}
        for key in {DIGITS.sub("#", line) for _, line in at_edge if not is_content(line)}:
            found[key] += [each for each in at_edge if DIGITS.sub("#", each[1]) == key]
    numbers: set[int] = set()
    notes = []
    for lines in found.values():
        on = sum(any(each in page for each in lines) for page in pages) if len(lines) >= MIN_PAGES else 0
        if on >= max(MIN_PAGES, SHARE * len(pages)):
            numbers.update(number for number, _ in lines)
            first = min(lines)
            notes.append(Problem(first[0], "headers_and_footers", f"{first[1]} (×{len(lines)})"))
    return frozenset(numbers), notes


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
