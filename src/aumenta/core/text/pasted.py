"""What people paste, in our closed rich text: Word, Excel, Calc, Writer, Google Docs and web pages, read as they look.

A table becomes a line for each row («2025 | 1.000 €»), the paragraphs a word processor draws as lists become lists,
note marks stand apart from their word («piano [1]»), and what its writer struck out or hid does not come back as text.
frontend/js/desk/pasted.js does the same in the browser, held to the same samples (tests/core/paste_samples.json).
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from aumenta.core.text.runs import (
    CELL_LINE,
    Item,
    MarkedLine,
    Marks,
    Runs,
    cell_lines,
    renumbered,
    runs_from,
    tidy,
    written,
)

UNSEEN: Final = frozenset(
    {"script", "style", "head", "title", "template", "noscript", "svg", "iframe", "object", "xml"}
)
STRUCK: Final = frozenset({"del", "s", "strike"})
HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BLOCKS: Final = HEADINGS | frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure "
    "footer form header hr html legend main nav p pre section summary table tbody td tfoot th thead tr".split()
)
# Comments and what is drawn only on paper: in the mark-up of a word processor, not in the text.
_HIDDEN_STYLE: Final = re.compile(r"display:none|mso-hide:all|mso-element:(?:comment|header|footer)|visibility:hidden")
_HIDDEN_CLASS: Final = re.compile(r"msocom|msodel\b")
_LEVEL: Final = re.compile(r"mso-list:[^;]*?level(\d)")
_NOTE_ADDRESS: Final = re.compile(
    r"#_?(?:ftn|edn|sdfootnote|sdendnote|footnote|endnote|fn|note|cite|ref)", re.IGNORECASE
)
_NOTE_CLASS: Final = re.compile(r"footnote|endnote|noteref|sdfoot|sdend")
_NOTE: Final = re.compile(r"[\[(]?(\d{1,3}|[*†‡]|[a-z]|[ivx]{1,5})[\])]?")
_UNIT_BEFORE: Final = re.compile(r"(?:^|[^A-Za-zÀ-ÿ])(?:[kcdhm]?m|10)$")
_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# Signs of bullets as word processors write them, some from fonts of signs (private use); the last few are also letters.
_BULLET: Final = re.compile(
    "[·•▪‣◦●■○❖➢\uf0b7\uf0a7\uf0d8\uf076][ \u00a0\t\n]+|[o§\u2013-][ ]?[\u00a0\t]{2,}[ \u00a0]*"
)
_DEEPEST: Final = 150


class _Place(NamedTuple):
    """Where the reader stands: what the block it is in becomes."""

    marks: Marks = Marks()
    heading: bool = False
    item: Item | None = None
    level: int = 0
    in_cell: bool = False
    lines_kept: bool = False


def readable(markup: str) -> str:
    """`markup` in paragraphs, headings, lists, bold, italic and links, as a reader of it would have typed it.

    The result still goes through the sanitiser: this reads, it does not make safe.
    """
    return _Reader().read(markup)


class _Reader:
    def __init__(self) -> None:
        self.blocks: list[Item | MarkedLine] = []
        self.runs: Runs = []
        self.place = _Place()

    def read(self, markup: str) -> str:
        tree = LexborHTMLParser(markup)
        if tree.body is not None:
            self._children(tree.body, self.place, 0)
        self._end_block()
        return written(
            renumbered([block for block in self.blocks if isinstance(block, MarkedLine) or block.paragraphs])
        )

    def _children(self, node: LexborNode, place: _Place, depth: int) -> None:
        child = node.child
        while child is not None:
            self._node(child, place, depth)
            child = child.next

    def _node(self, node: LexborNode, place: _Place, depth: int) -> None:
        tag = node.tag or ""
        if tag == "-text":
            text = node.text_content or ""
            if place.lines_kept:
                for number, line in enumerate(text.split("\n")):
                    if number:
                        self._break(place)
                    self.runs.append((line, place.marks))
            else:
                self.runs.append((text, place.marks))
            return
        if tag.startswith("-"):
            return
        if depth > _DEEPEST:
            self.runs.append((f" {node.text(separator=' ')} ", place.marks))
            return
        style, kind = _attribute(node, "style").replace(" ", "").lower(), _attribute(node, "class").lower()
        if _left_out(tag, style, kind) or self._sign(node, tag, style, kind, place):
            return
        place = place._replace(marks=_marks(node, tag, style, place))
        if tag == "br":
            self._break(place)
        elif tag == "table" and not place.in_cell and _is_grid(node):
            self._table(node, place, depth)
        elif tag in {"ul", "ol"}:
            self._list(node, tag, place, depth)
        elif tag in BLOCKS or tag == "li":
            self._block(node, tag, style, kind, place, depth)
        else:
            self._children(node, place, depth + 1)

    def _sign(self, node: LexborNode, tag: str, style: str, kind: str, place: _Place) -> bool:
        """Bullets of word processors, note marks and raised figures: whether `node` was one, and is dealt with."""
        if "mso-list:ignore" in style:
            words = _words(node)
            if place.item is not None:
                place.item.marker = words
            elif place.heading:
                self.runs.append((f"{words} ", place.marks))
            return True
        if tag not in {"sup", "a"} and not _NOTE_CLASS.search(kind):
            return False
        match = _NOTE.fullmatch(_words(node))
        if match is None:
            return False
        addresses = [_attribute(node, "href"), *[_attribute(one, "href") for one in node.css("a")]]
        surely = any(map(_NOTE_ADDRESS.search, addresses)) or bool(_NOTE_CLASS.search(kind)) or "note-id" in style
        if not surely and (tag != "sup" or match[1].isalpha()):
            return False
        before = "".join(text for text, _ in self.runs[-3:])
        if not surely and match[1].isdigit() and _UNIT_BEFORE.search(before):
            self.runs.append((match[1].translate(_RAISED), place.marks))
        else:
            self.runs.append((f" [{match[1]}]", place.marks._replace(address="")))
        return True

    def _break(self, place: _Place) -> None:
        if place.in_cell:
            self.runs.append((CELL_LINE, Marks()))
        else:
            self._end_block()

    def _block(self, node: LexborNode, tag: str, style: str, kind: str, place: _Place, depth: int) -> None:
        if place.in_cell:
            self.runs.append((CELL_LINE, Marks()))
            self._children(node, place, depth + 1)
            self.runs.append((CELL_LINE, Marks()))
            return
        self._end_block()
        outer = self.place
        if tag in HEADINGS or "msotitle" in kind:
            place = place._replace(heading=place.item is None, marks=place.marks._replace(bold=place.item is not None))
        elif (level := _LEVEL.search(style)) is not None:
            place = place._replace(item=self._item(Item(int(level[1]))))
        elif tag == "li":
            place = place._replace(item=self._item(Item(max(place.level, 1))))
        place = place._replace(lines_kept=place.lines_kept or tag == "pre")
        self.place = place
        self._children(node, place, depth + 1)
        self._end_block(listed="msolist" in kind)
        self.place = outer

    def _list(self, node: LexborNode, tag: str, place: _Place, depth: int) -> None:
        if place.in_cell:
            self._children(node, place, depth + 1)
            return
        self._end_block()
        outer, start = self.place, _attribute(node, "start")
        self.place = place = place._replace(level=place.level + 1, heading=False)
        number = int(start) if start.isascii() and start.isdigit() and len(start) < 5 else 1
        child = node.child
        while child is not None:
            before = len(self.blocks)
            if child.tag in {"ul", "ol"}:  # a list straight in a list, as some programs write a deeper level
                self._list(child, child.tag, place, depth + 1)
            else:
                self._node(child, place, depth + 1)
            if tag == "ol" and child.tag == "li" and before < len(self.blocks):
                item = self.blocks[before]
                if isinstance(item, Item):
                    item.marker = f"{number}."
                number += 1
            child = child.next
        self._end_block()
        self.place = outer

    def _item(self, item: Item) -> Item:
        self.blocks.append(item)
        return item

    def _table(self, table: LexborNode, place: _Place, depth: int) -> None:
        self._end_block()
        for caption in table.css("caption"):
            self._add(self._cell(caption, place, depth), place)
        spans: dict[int, tuple[int, Runs]] = {}
        for row in _rows(table):
            cells: list[Runs] = []
            for cell in _cells(row):
                _carry_down(cells, spans)
                runs = self._cell(cell, place, depth)
                height = _attribute(cell, "rowspan")
                if height.isascii() and height.isdigit() and 1 < int(height[:4]) < 500:
                    spans[len(cells)] = (int(height[:4]) - 1, runs)
                cells.append(runs)
            _carry_down(cells, spans)
            while cells and not cells[-1]:
                cells.pop()
            line: Runs = []
            for number, runs in enumerate(cells):
                line += [*([(" | ", Marks())] if number else []), *(runs or [("\u2013", Marks())])]
            if any(cells):
                self._add(line, place)

    def _cell(self, cell: LexborNode, place: _Place, depth: int) -> Runs:
        outside, self.runs = self.runs, []
        style = _attribute(cell, "style").replace(" ", "").lower()
        if not _HIDDEN_STYLE.search(style):
            marks = _marks(cell, "strong" if cell.tag == "th" else "td", style, place)
            self._children(cell, place._replace(in_cell=True, marks=marks), depth + 3)
        runs, self.runs = tidy(cell_lines(self.runs)), outside
        return runs

    def _end_block(self, *, listed: bool = False) -> None:
        runs, self.runs = tidy(self.runs), []
        raw = "".join(text for text, _ in runs)
        if not raw:
            return
        bullet = _BULLET.match(raw) or (_NUMBERED_LINE.match(raw) if listed else None)
        if bullet and self.place.item is None and not self.place.heading:
            item = self._item(Item(1, marker=bullet[0].strip()))
            item.paragraphs.append(tidy(runs_from(runs, bullet.end()), firm=True))
        else:
            self._add(tidy(runs, firm=True), self.place)

    def _add(self, runs: Runs, place: _Place) -> None:
        if place.item is not None:
            place.item.paragraphs.append(runs)
        elif runs:
            self.blocks.append(MarkedLine("h3" if place.heading else "p", runs))


_NUMBERED_LINE: Final = re.compile(r"(?:\(?(?:\d+|[a-z]|[ivxlc]+)[.)]|[o§-])[ \u00a0]+")


def _attribute(node: LexborNode, name: str) -> str:
    return node.attributes.get(name) or ""


def _words(node: LexborNode) -> str:
    return " ".join(node.text().replace("\u00a0", " ").split())


def _left_out(tag: str, style: str, kind: str) -> bool:
    return (
        tag in UNSEEN
        or tag in STRUCK
        or "line-through" in style
        or bool(_HIDDEN_STYLE.search(style))
        or bool(_HIDDEN_CLASS.search(kind))
    )


def _marks(node: LexborNode, tag: str, style: str, place: _Place) -> Marks:
    """Bold and italic as they are seen: a style says more than a tag (Google Docs puts all in a light `b`)."""
    bold, italic, address = place.marks
    bold = not place.heading and (bold or tag in {"b", "strong"})
    italic = italic or tag in {"i", "em", "cite"}
    if weight := re.search(r"font-weight:(\w+)", style):
        heavy = weight[1] in {"bold", "bolder"} or (weight[1].isdigit() and int(weight[1][:4]) >= 600)
        bold = heavy and not place.heading
    if slant := re.search(r"font-style:(\w+)", style):
        italic = slant[1] in {"italic", "oblique"}
    if tag == "a":
        target = _attribute(node, "href").strip()
        address = target if re.match(r"(?:https?:|mailto:|/(?!/))", target, re.IGNORECASE) else ""
    return Marks(bold, italic, address)


def _rows(table: LexborNode) -> list[LexborNode]:
    rows = []
    for part in table.iter():
        rows += [part] if part.tag == "tr" else [row for row in part.iter() if row.tag == "tr"]
    return [row for row in rows if not _HIDDEN_STYLE.search(_attribute(row, "style").replace(" ", "").lower())]


def _cells(row: LexborNode) -> list[LexborNode]:
    return [cell for cell in row.iter() if cell.tag in {"td", "th"}]


def _is_grid(table: LexborNode) -> bool:
    """Whether a table holds data: one of a single column only places a text on its page."""
    return any(len(_cells(row)) > 1 for row in _rows(table))


def _carry_down(cells: list[Runs], spans: dict[int, tuple[int, Runs]]) -> None:
    """A cell that reaches over several rows is said in each of them."""
    while len(cells) in spans:
        left, runs = spans.pop(len(cells))
        if left > 1:
            spans[len(cells)] = (left - 1, runs)
        cells.append(runs)
