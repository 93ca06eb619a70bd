"""Finds what kind of document a file is, from what is in it. Its name is never asked."""

from typing import Final

from aumenta.core.documents.kinds import KINDS
from aumenta.core.documents.limited import kind_looked_at_apart
from aumenta.pages.models import Document
from aumenta.people.refusals import RefusedError

LARGEST: Final = 20 * 1024 * 1024
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
    """The kind of a document, looked at in a limited process. Raises RefusedError with a «document_…» code for
    everything else."""
    if len(data) > LARGEST:
        size = f"{len(data) / 1024 / 1024:.1f}"
        raise RefusedError("document_too_large", size=size, most=LARGEST // 1024 // 1024)
    found = kind_looked_at_apart(data)
    if found not in KINDS:
        raise RefusedError(f"document_{found}")
    return Document.Kind(found)
