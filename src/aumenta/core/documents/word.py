"""The text of a DOCX, and what of it is not read."""

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from aumenta.core.documents.left_out import LeftOut, LeftOutKind
from aumenta.core.package import Package

DOCUMENT: Final = "word/document.xml"
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DRAWING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_SIGNS: Final = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
# What stands in a paragraph and is no part of what it says: deleted and moved away, boxes beside it, their copy for
# old programs.
_APART: Final = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}txbxContent", _FALLBACK})
_OTHER_PARTS: Final = {
    "comments": LeftOutKind.COMMENT,
    "footnotes": LeftOutKind.NOTE,
    "endnotes": LeftOutKind.NOTE,
    "header": LeftOutKind.HEADER,
    "footer": LeftOutKind.HEADER,
}


def word_lines(root: Element) -> Iterator[str]:
    """A line a paragraph; a row of a table is one line, its cells parted by tabs. Insertions count, deletions don't."""
    body = root.find(f"{_W}body")
    yield from _lines(body if body is not None else root)


def _lines(node: Element) -> Iterator[str]:
    for child in node:
        if child.tag in _APART:
            continue
        if child.tag == f"{_W}p":
            yield _text(child)
        elif child.tag == f"{_W}tr":
            yield "\t".join(" ".join(_lines(cell)) for cell in _own_cells(child))
        else:
            # Tables, content controls, wrappers of insertions: what they hold.
            yield from _lines(child)


def _own_cells(row: Element) -> list[Element]:
    """The cells of a row, content controls around them included, without those of tables inside a cell."""
    cells: list[Element] = []
    for child in row:
        cells += [child] if child.tag == f"{_W}tc" else _own_cells(child)
    return cells


def _text(paragraph: Element) -> str:
    parts = []
    for node in paragraph:
        if node.tag in _APART:
            continue
        if node.tag == f"{_W}t":
            parts.append(node.text or "")
        else:
            parts.append(_SIGNS.get(node.tag, "") or _text(node))
    return "".join(parts)


def word_left_out(package: Package, root: Element) -> Iterator[LeftOut]:
    """Pictures, deletions and boxes of the document; comments, notes, heads and feet in parts of their own."""
    for node in _without_copies(root):
        if node.tag == _DRAWING:
            yield LeftOut(LeftOutKind.IMAGE, None, node.get("descr", ""))
        elif node.tag == f"{_W}pict":
            if any(inner.tag.endswith("}imagedata") for inner in node.iter()):
                yield LeftOut(LeftOutKind.IMAGE, None, "")
        elif node.tag == f"{_W}del":
            if words := "".join(part.text or "" for part in node.iter(f"{_W}delText")):
                yield LeftOut(LeftOutKind.DELETION, None, words)
        elif node.tag == f"{_W}txbxContent":
            yield LeftOut(LeftOutKind.TEXT_BOX, None, "\n".join(_lines(node)).strip())
    for name in sorted(package.parts):
        stem = name.removeprefix("word/").removesuffix(".xml").rstrip("0123456789")
        beside = name.startswith("word/") and name.endswith(".xml") and stem in _OTHER_PARTS
        if beside and (words := "\n".join(filter(None, map(str.strip, _lines(package.element(name)))))):
            yield LeftOut(_OTHER_PARTS[stem], None, words)


def _without_copies(node: Element) -> Iterator[Element]:
    for child in node:
        if child.tag != _FALLBACK:
            yield child
            yield from _without_copies(child)
