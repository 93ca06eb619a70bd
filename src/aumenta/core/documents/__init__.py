"""The text of a document somebody gives us (text, PDF with text, DOCX, ODT, RTF), and what of it was not read."""

from aumenta.core.documents.faults import DocumentError, DocumentFault
from aumenta.core.documents.left_out import LeftOut, LeftOutKind
from aumenta.core.documents.reading import Document, document_text, read_document

__all__ = ["Document", "DocumentError", "DocumentFault", "LeftOut", "LeftOutKind", "document_text", "read_document"]
