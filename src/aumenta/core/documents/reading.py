"""One function that gives the text of a document, told by its content and never by its name alone.

Nothing is unpacked before its size is known, no entity is expanded, nothing is fetched.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from enum import StrEnum
from typing import Final
from xml.etree import ElementTree

from aumenta.core.extraction.document import ExtractionError
from aumenta.core.extraction.pdf import pdf_text
from aumenta.core.text import decode, mend

MAX_BYTES: Final = 20_000_000
MAX_XML_BYTES: Final = 40_000_000
_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ODF_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_ODF_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


class DocumentFault(StrEnum):
    """Why a document gives no text; doors say it in the reader's language."""

    TOO_LARGE = "too_large"
    OLD_WORD = "old_word"
    LOCKED = "locked"
    DAMAGED = "damaged"
    WITHOUT_TEXT = "without_text"
    UNKNOWN_KIND = "unknown_kind"


class DocumentError(ValueError):
    """A document that gives no text: `fault` says why."""

    def __init__(self, fault: DocumentFault) -> None:
        self.fault = fault
        super().__init__(fault.value)


def document_text(content: bytes) -> str:
    """The text of a document, a line a paragraph (the cells of a table row parted by tabs). Raises DocumentError."""
    if len(content) > MAX_BYTES:
        raise DocumentError(DocumentFault.TOO_LARGE)
    if content.startswith(b"%PDF"):
        text = _pdf(content)
    elif content.startswith(b"PK\x03\x04"):
        text = _package(content)
    elif content.startswith(b"\xd0\xcf\x11\xe0"):
        # The container of .doc, and of a DOCX under a password.
        raise DocumentError(DocumentFault.LOCKED if _utf16("EncryptedPackage") in content else DocumentFault.OLD_WORD)
    else:
        text = decode(content).text
        if text.count("\0") > len(text) // 100:
            raise DocumentError(DocumentFault.UNKNOWN_KIND)
    text = mend(text)
    if not text.strip():
        raise DocumentError(DocumentFault.WITHOUT_TEXT)
    return text


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


def _pdf(content: bytes) -> str:
    try:
        return pdf_text(content, "")
    except ExtractionError as problem:
        faults = {"locked_pdf": DocumentFault.LOCKED, "pdf_without_text": DocumentFault.WITHOUT_TEXT}
        raise DocumentError(faults.get(problem.code, DocumentFault.DAMAGED)) from problem


def _package(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = set(package.namelist())
            if "word/document.xml" in names:
                return "\n".join(_word_lines(_xml(package, "word/document.xml")))
            if "content.xml" in names and _start(package, "mimetype").startswith(b"application/vnd.oasis"):
                return "\n".join(_odf_lines(_xml(package, "content.xml")))
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, NotImplementedError, RuntimeError, OSError) as problem:
        # zipfile says «password» with a bare RuntimeError; too deep a nesting and unknown methods are kinds of it.
        locked = type(problem) is RuntimeError
        raise DocumentError(DocumentFault.LOCKED if locked else DocumentFault.DAMAGED) from problem
    except ElementTree.ParseError as problem:
        raise DocumentError(DocumentFault.DAMAGED) from problem
    raise DocumentError(DocumentFault.UNKNOWN_KIND)


def _start(package: zipfile.ZipFile, name: str) -> bytes:
    """The first bytes of a part: more is never unpacked of one that only says what the package is."""
    with package.open(name) as part:
        return part.read(60)


def _xml(package: zipfile.ZipFile, name: str) -> ElementTree.Element:
    with package.open(name) as part:
        # Read to a bound: the size that a package declares of itself may be a lie.
        data = part.read(MAX_XML_BYTES + 1)
    if len(data) > MAX_XML_BYTES:
        raise DocumentError(DocumentFault.TOO_LARGE)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise DocumentError(DocumentFault.DAMAGED)
    return ElementTree.fromstring(data)  # noqa: S314 - bounded, and without a document type there are no entities


def _word_lines(root: ElementTree.Element) -> Iterator[str]:
    for block in root.iterfind(f"{_WORD}body/*"):
        if block.tag == f"{_WORD}tbl":
            for row in block.iter(f"{_WORD}tr"):
                yield "\t".join(" ".join(map(_word_text, cell.iter(f"{_WORD}p"))) for cell in row.iter(f"{_WORD}tc"))
        else:
            yield from (_word_text(paragraph) for paragraph in block.iter(f"{_WORD}p"))


def _word_text(paragraph: ElementTree.Element) -> str:
    """What stands in a paragraph: insertions count, deletions do not (they are in `delText`)."""
    signs = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n", f"{_WORD}noBreakHyphen": "-"}
    return "".join(
        (node.text or "") if node.tag == f"{_WORD}t" else signs.get(node.tag, "") for node in paragraph.iter()
    )


def _odf_lines(root: ElementTree.Element) -> Iterator[str]:
    in_cells = {p for cell in root.iter(f"{_ODF_TABLE}table-cell") for p in cell.iter()}
    for node in root.iter():
        if node.tag == f"{_ODF_TABLE}table-row":
            cells = node.iterfind(f"{_ODF_TABLE}table-cell")
            yield "\t".join(" ".join(map(_odf_text, cell.iter(f"{_ODF_TEXT}p"))) for cell in cells)
        elif node.tag in {f"{_ODF_TEXT}p", f"{_ODF_TEXT}h"} and node not in in_cells:
            yield _odf_text(node)


def _odf_text(node: ElementTree.Element) -> str:
    parts = [node.text or ""]
    for child in node:
        if child.tag == f"{_ODF_TEXT}s":
            times = child.get(f"{_ODF_TEXT}c", "1")[:3]
            parts.append(" " * (int(times) if times.isdecimal() else 1))
        elif child.tag == f"{_ODF_TEXT}tab":
            parts.append("\t")
        elif child.tag == f"{_ODF_TEXT}line-break":
            parts.append("\n")
        elif not child.tag.endswith("}annotation"):
            parts.append(_odf_text(child))
        parts.append(child.tail or "")
    return "".join(parts)
