"""Finds what kind of document a file is, from what is in it. Its name is never asked."""

from io import BytesIO
from typing import Final
from zipfile import BadZipFile, ZipFile

import pypdfium2

from aumenta.pages.models import Document
from aumenta.people.refusals import RefusedError

LARGEST: Final = 20 * 1024 * 1024
_MOST_ENTRIES: Final = 20_000
_LONGEST_ENTRY: Final = 1_000_000
_ODF: Final = {
    b"application/vnd.oasis.opendocument.text": Document.Kind.ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": Document.Kind.ODS,
    b"application/vnd.oasis.opendocument.presentation": Document.Kind.ODP,
}
_OOXML: Final = {
    b"wordprocessingml.document.main+xml": Document.Kind.DOCX,
    b"spreadsheetml.sheet.main+xml": Document.Kind.XLSX,
    b"presentationml.presentation.main+xml": Document.Kind.PPTX,
}
TYPES: Final = {
    Document.Kind.PDF: "application/pdf",
    Document.Kind.ODT: "application/vnd.oasis.opendocument.text",
    Document.Kind.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    Document.Kind.ODP: "application/vnd.oasis.opendocument.presentation",
    Document.Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Document.Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Document.Kind.PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
"""What the file is served as."""


def kind_of_document(data: bytes) -> Document.Kind:
    """The kind of a document. Raises RefusedError with a «document_…» code for everything else."""
    if len(data) > LARGEST:
        size = f"{len(data) / 1024 / 1024:.1f}"
        raise RefusedError("document_too_large", size=size, most=LARGEST // 1024 // 1024)
    if data.startswith(b"%PDF-"):
        return _pdf(data)
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data)
    raise RefusedError("document_wrong_kind")


def _pdf(data: bytes) -> Document.Kind:
    try:
        pdf = pypdfium2.PdfDocument(data)
        pages = len(pdf)
        pdf.close()
    except pypdfium2.PdfiumError as error:
        raise RefusedError("document_damaged") from error
    if not pages:
        raise RefusedError("document_damaged")
    return Document.Kind.PDF


def _zipped(data: bytes) -> Document.Kind:
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            if len(names) > _MOST_ENTRIES:
                raise RefusedError("document_wrong_kind")
            if "mimetype" in names:
                found = _ODF.get(_entry(archive, "mimetype").strip())
            else:
                types = _entry(archive, "[Content_Types].xml") if "[Content_Types].xml" in names else b""
                found = next((kind for sign, kind in _OOXML.items() if sign in types), None)
                if b"macroEnabled" in types:
                    raise RefusedError("document_has_macros")
    except (BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError) as error:
        raise RefusedError("document_damaged") from error
    if any(name.endswith("vbaProject.bin") or name.startswith(("Basic/", "Scripts/")) for name in names):
        raise RefusedError("document_has_macros")
    if found is None:
        raise RefusedError("document_wrong_kind")
    return found


def _entry(archive: ZipFile, name: str) -> bytes:
    """The beginning of an entry: no more is unpacked, however much it claims to hold."""
    with archive.open(name) as file:
        return file.read(_LONGEST_ENTRY)
