"""The text of an ODT, and what of it is not read."""

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from aumenta.core.documents.left_out import LeftOut, LeftOutKind
from aumenta.core.package import Package

CONTENT: Final = "content.xml"
_OASIS: Final = "{{urn:oasis:names:tc:opendocument:xmlns:{}:1.0}}"
_TEXT, _TABLE, _OFFICE = _OASIS.format("text"), _OASIS.format("table"), _OASIS.format("office")
_DRAW, _STYLE = _OASIS.format("drawing"), _OASIS.format("style")
_PARAGRAPHS: Final = frozenset({f"{_TEXT}p", f"{_TEXT}h"})
_APART: Final = {
    f"{_OFFICE}annotation": LeftOutKind.COMMENT,
    f"{_TEXT}note": LeftOutKind.NOTE,
    f"{_TEXT}deletion": LeftOutKind.DELETION,
    f"{_DRAW}text-box": LeftOutKind.TEXT_BOX,
    f"{_DRAW}image": LeftOutKind.IMAGE,
}
_NO_TEXT: Final = frozenset({*_APART, f"{_TEXT}tracked-changes", f"{_OFFICE}annotation-end"})


def odt_lines(node: Element) -> Iterator[str]:
    """A line a paragraph; a row of a table is one line, its cells parted by tabs. Deletions don't count."""
    for child in node:
        if child.tag in _NO_TEXT:
            continue
        if child.tag in _PARAGRAPHS:
            yield _text(child)
        elif child.tag == f"{_TABLE}table-row":
            yield "\t".join(" ".join(odt_lines(cell)) for cell in child.iterfind(f"{_TABLE}table-cell"))
        else:
            yield from odt_lines(child)


def _text(node: Element) -> str:
    parts = [node.text or ""]
    for child in node:
        if child.tag == f"{_TEXT}s":
            times = child.get(f"{_TEXT}c", "1")[:3]
            parts.append(" " * (int(times) if times.isdecimal() else 1))
        elif child.tag == f"{_TEXT}tab":
            parts.append("\t")
        elif child.tag == f"{_TEXT}line-break":
            parts.append("\n")
        elif child.tag not in _NO_TEXT:
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def odt_left_out(package: Package, root: Element) -> Iterator[LeftOut]:
    """Comments, notes, deletions, boxes and pictures; heads and feet of pages, which stand among the styles."""
    for node in root.iter():
        if node.tag in _APART:
            yield LeftOut(_APART[node.tag], None, _words(node))
    if package.has("styles.xml"):
        for node in package.element("styles.xml").iter():
            if node.tag in {f"{_STYLE}header", f"{_STYLE}footer"} and (words := _words(node)):
                yield LeftOut(LeftOutKind.HEADER, None, words)


def _words(node: Element) -> str:
    return "\n".join(filter(None, map(str.strip, odt_lines(node))))
