"""The package that a DOCX or ODT is: its parts together at most 40 MB unpacked."""

from typing import Final

from aumenta.core.documents.faults import DocumentError, DocumentFault
from aumenta.core.package import Package, PackageFault

MOST_UNPACKED: Final = 40_000_000
_FAULTS: Final = {
    PackageFault.TOO_LARGE: DocumentFault.TOO_LARGE,
    PackageFault.LOCKED: DocumentFault.LOCKED,
    PackageFault.DAMAGED: DocumentFault.DAMAGED,
}


def open_document(content: bytes) -> Package:
    """The package in `content`; it raises DocumentError, now and while it is read."""
    return Package(content, most=MOST_UNPACKED, refuse=lambda fault, _said: DocumentError(_FAULTS[fault]))
