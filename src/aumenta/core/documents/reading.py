"""One function that reads the text of a document, told by its content and never by its name alone.

Nothing is unpacked before its size is known, no entity is expanded, nothing is fetched.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

import pypdfium2
import pypdfium2.raw as pdfium
from striprtf.striprtf import rtf_to_text

from aumenta.core.documents.faults import DocumentError, DocumentFault
from aumenta.core.documents.left_out import LeftOut, LeftOutKind
from aumenta.core.documents.opendocument import CONTENT, odt_left_out, odt_lines
from aumenta.core.documents.package import open_document
from aumenta.core.documents.word import DOCUMENT, word_left_out, word_lines
from aumenta.core.extraction.document import ExtractionError
from aumenta.core.extraction.pdf import pdf_text
from aumenta.core.extraction.sources import CONTROL_SHARE, CONTROLS, SIGNATURES
from aumenta.core.package import Package
from aumenta.core.text import decode, mend

MAX_BYTES: Final = 20_000_000
MAX_RTF_BYTES: Final = 5_000_000
_RTF_DELETED: Final = re.compile(r"\{\\deleted\b([^{}]*)\}|\{[^{}]*\\deleted\b([^{}]*)\}")
_RTF_APART: Final = {
    r"\pict": LeftOutKind.IMAGE,
    r"\annotation": LeftOutKind.COMMENT,
    r"\footnote": LeftOutKind.NOTE,
    r"\header": LeftOutKind.HEADER,
    r"\footer": LeftOutKind.HEADER,
}


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a document, a line a paragraph (cells of a row parted by tabs), and what of it was not read.

    `kind` is text, docx, odt, rtf or pdf; `encoding` that of a text, and `damaged` how many of its letters could not
    be read.
    """

    kind: str
    text: str
    left_out: tuple[LeftOut, ...] = ()
    encoding: str = ""
    damaged: int = 0


def document_text(content: bytes) -> str:
    """The text of a document alone. Raises DocumentError."""
    return read_document(content).text


def read_document(content: bytes) -> Document:
    """The text of a document and what was left out. Raises DocumentError."""
    if len(content) > MAX_BYTES:
        raise DocumentError(DocumentFault.TOO_LARGE)
    if content.startswith(b"%PDF"):
        found = _pdf(content)
    elif content.startswith(b"PK\x03\x04"):
        found = _package(content)
    elif content.startswith(b"{\\rtf"):
        found = _rtf(content)
    elif content.startswith(b"\xd0\xcf\x11\xe0"):
        # The container of .doc, and of a DOCX under a password.
        raise DocumentError(DocumentFault.LOCKED if _utf16("EncryptedPackage") in content else DocumentFault.OLD_WORD)
    else:
        found = _plain(content)
    text = mend(found.text)
    if not text.strip():
        raise DocumentError(DocumentFault.WITHOUT_TEXT)
    return Document(found.kind, text, found.left_out, found.encoding, found.damaged)


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


def _plain(content: bytes) -> Document:
    decoded = decode(content)
    # Pictures, archives and programs are full of signs that no text has.
    control = sum(decoded.text.count(chr(code)) for code in CONTROLS) + decoded.damaged
    if content.startswith(tuple(mark for mark, _name in SIGNATURES)) or control > CONTROL_SHARE * len(decoded.text):
        raise DocumentError(DocumentFault.UNKNOWN_KIND)
    return Document("text", decoded.text, encoding=decoded.encoding, damaged=decoded.damaged)


def _pdf(content: bytes) -> Document:
    try:
        text = pdf_text(content, "")
    except ExtractionError as problem:
        faults = {"locked_pdf": DocumentFault.LOCKED, "pdf_without_text": DocumentFault.WITHOUT_TEXT}
        raise DocumentError(faults.get(problem.code, DocumentFault.DAMAGED)) from problem
    return Document("pdf", text, tuple(_pdf_left_out(content, text)))


def _pdf_left_out(content: bytes, text: str) -> Iterator[LeftOut]:
    """Pages in which no letter was found (scans), and pictures."""
    for number, page in enumerate(text.split("\n\f\n"), start=1):
        if not page.strip():
            yield LeftOut(LeftOutKind.PAGE_WITHOUT_TEXT, number, "")
    document = pypdfium2.PdfDocument(content)
    try:
        for number, page in enumerate(document, start=1):
            for _image in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]):
                yield LeftOut(LeftOutKind.IMAGE, number, "")
    except pypdfium2.PdfiumError as problem:
        raise DocumentError(DocumentFault.DAMAGED) from problem
    finally:
        document.close()


def _package(content: bytes) -> Document:
    package = open_document(content)
    if package.has(DOCUMENT):
        return _of_package("docx", package, DOCUMENT, word_lines, word_left_out)
    is_odt = package.has(CONTENT) and package.has("mimetype")
    if is_odt and package.start_of("mimetype", 60).startswith(b"application/vnd.oasis"):
        return _of_package("odt", package, CONTENT, odt_lines, odt_left_out)
    raise DocumentError(DocumentFault.UNKNOWN_KIND)


def _of_package(
    kind: str,
    package: Package,
    name: str,
    lines: Callable[[Element], Iterator[str]],
    left_out: Callable[[Package, Element], Iterator[LeftOut]],
) -> Document:
    root = package.element(name)
    try:
        return Document(kind, "\n".join(lines(root)), tuple(left_out(package, root)))
    except RecursionError:
        # Nested deeper than anybody writes.
        raise DocumentError(DocumentFault.DAMAGED) from None


def _rtf(content: bytes) -> Document:
    """RTF is seven-bit text; what its groups set apart is counted, not read."""
    if len(content) > MAX_RTF_BYTES:
        raise DocumentError(DocumentFault.TOO_LARGE)
    source = content.decode("cp1252", errors="replace")
    left_out = [
        LeftOut(kind, None, "")
        for word, kind in _RTF_APART.items()
        for _found in re.finditer(rf"\{{(?:\\\*)?{re.escape(word)}[lrf]?(?![a-z])", source)
    ]
    for found in _RTF_DELETED.finditer(source):
        left_out.append(LeftOut(LeftOutKind.DELETION, None, (found[1] or found[2] or "").strip()))
    try:
        text = str(rtf_to_text(_RTF_DELETED.sub("", source), errors="replace"))  # type: ignore[no-untyped-call]
    except (ValueError, LookupError, IndexError) as problem:
        raise DocumentError(DocumentFault.DAMAGED) from problem
    return Document("rtf", text, tuple(left_out))
