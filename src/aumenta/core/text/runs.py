"""Runs of words with their marks, and the blocks they stand in, written as our closed rich text."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import Final, NamedTuple

_SPACE: Final = re.compile(r"[ \t\n\r\f\u00a0\u2002-\u200a\u202f]+")
_ROOMLESS: Final = re.compile("[\u00ad\u200b\u2060\ufeff\x00]")
_NUMBERED: Final = re.compile(r"\(?(?:\d+|[a-z]|[ivxlc]+)[.)]")
# A line inside a cell ends with it; it is no sign that anybody types.
CELL_LINE: Final = "\v"


class Marks(NamedTuple):
    """How words look: bold, italic, or leading to an address (\"\" for nowhere)."""

    bold: bool = False
    italic: bool = False
    address: str = ""


Runs = list[tuple[str, Marks]]


@dataclass(slots=True)
class Item:
    """One item of a list, with the paragraphs in it."""

    level: int
    marker: str = ""
    paragraphs: list[Runs] = field(default_factory=list)

    @property
    def tag(self) -> str:
        """Numbered or not, by the sign before it."""
        return "ol" if _NUMBERED.fullmatch(self.marker) else "ul"


class MarkedLine(NamedTuple):
    """A paragraph or a heading."""

    tag: str  # p or h3
    runs: Runs


def cell_lines(runs: Runs) -> Runs:
    """The lines of a cell in one, a semicolon between them where no other sign is."""
    lines: Runs = []
    pending, last = False, ""
    for text, marks in runs:
        words = _SPACE.sub(" ", text)
        if text == CELL_LINE:
            pending = bool(last)
        elif words.strip():
            if pending:
                lines.append((" " if last in ".;:,!?" else "; ", Marks()))
            lines.append((words.lstrip() if pending else words, marks))
            pending, last = False, words.strip()[-1]
        elif not pending:
            lines.append((words, marks))
    return lines


def tidy(runs: Runs, *, firm: bool = False) -> Runs:
    """Runs of the same marks joined, no space at either end; `firm`: spaces single, hard ones plain."""
    result: Runs = []
    for text, marks in runs:
        text = _ROOMLESS.sub("", text)
        text = _SPACE.sub(" ", text) if firm else text
        text = text.lstrip(" \n\t\r\u00a0") if not result else text
        if firm and result and result[-1][0].endswith(" "):
            text = text.lstrip(" ")
        if text and result and result[-1][1] == marks:
            result[-1] = (result[-1][0] + text, marks)
        elif text:
            result.append((text, marks))
    while result and not result[-1][0].strip():
        result.pop()
    if result:
        result[-1] = (result[-1][0].rstrip(), result[-1][1])
    return result


def runs_from(runs: Runs, start: int) -> Runs:
    """The runs without their first `start` characters."""
    rest: Runs = []
    for text, marks in runs:
        rest.append((text[start:], marks))
        start = max(0, start - len(text))
    return rest


def renumbered(blocks: list[Item | MarkedLine]) -> list[Item | MarkedLine]:
    """Our lists begin with 1: one that goes on, or counts with letters, becomes lines with its own signs."""
    result: list[Item | MarkedLine] = []
    kept = True
    for position, block in enumerate(blocks):
        before = blocks[position - 1] if position else None
        if isinstance(block, Item):
            if block.level == 1 and not (isinstance(before, Item) and before.tag == block.tag):
                kept = block.tag == "ul" or block.marker.strip("(.)") == "1"
            if not kept:
                first, *more = block.paragraphs or [[]]
                sign: Runs = [(f"{block.marker} ", Marks())] if block.tag == "ol" else []
                result += [MarkedLine("p", tidy([*sign, *first], firm=True)), *[MarkedLine("p", runs) for runs in more]]
                continue
        result.append(block)
    return result


def written(blocks: list[Item | MarkedLine]) -> str:
    """The blocks as mark-up, neighbouring items in one list, deeper ones in the item before them."""
    pieces: list[str] = []
    open_lists: list[tuple[int, str]] = []
    for block in blocks:
        if isinstance(block, MarkedLine):
            pieces += [f"</li></{tag}>" for _, tag in reversed(open_lists)]
            open_lists = []
            pieces.append(f"<{block.tag}>{_inline(block.runs)}</{block.tag}>")
            continue
        while open_lists and (open_lists[-1][0] > block.level or open_lists[-1] == (block.level, _other(block.tag))):
            pieces.append(f"</li></{open_lists.pop()[1]}>")
        if open_lists and open_lists[-1][0] == block.level:
            pieces.append("</li><li>")
        else:
            open_lists.append((block.level, block.tag))
            pieces.append(f"<{block.tag}><li>")
        texts = [_inline(runs) for runs in block.paragraphs]
        pieces.append(texts[0] if len(texts) == 1 else "".join(f"<p>{text}</p>" for text in texts))
    pieces += [f"</li></{tag}>" for _, tag in reversed(open_lists)]
    return "".join(pieces)


def _other(tag: str) -> str:
    return "ul" if tag == "ol" else "ol"


def _inline(runs: Runs) -> str:
    pieces = []
    for text, (bold, italic, address) in runs:
        words = html.escape(text, quote=False)
        words = f"<em>{words}</em>" if italic else words
        words = f"<strong>{words}</strong>" if bold else words
        pieces.append(f'<a href="{html.escape(address)}">{words}</a>' if address else words)
    return "".join(pieces)
