"""The plain text of a document somebody gives us: text, PDF with text, DOCX, ODT."""

from aumenta.core.documents.reading import DocumentError, DocumentFault, document_text

__all__ = ["DocumentError", "DocumentFault", "document_text"]
