"""The text of a PDF, line by line, in the order it is read."""

from __future__ import annotations

import pypdfium2

from aumenta.core.extraction.document import ExtractionError


def pdf_text(content: bytes, path: str) -> str:
    """The text of all pages, a form feed between two. Errors: damaged_pdf, locked_pdf, pdf_without_text."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        code = "locked_pdf" if "password" in str(error).lower() else "damaged_pdf"
        raise ExtractionError(code, path=path, detail=str(error)) from error
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    except pypdfium2.PdfiumError as error:
        # It opens, and one of its pages does not.
        raise ExtractionError("damaged_pdf", path=path, detail=str(error)) from error
    finally:
        document.close()
    # Where a hyphen ends a line, PDFium joins the line to the next one and puts this sign: break it again.
    text = "\n\f\n".join(pages).replace("\ufffe", "-\n")
    if not text.strip("\f\r\n \t"):
        raise ExtractionError("pdf_without_text", path=path, pages=len(pages))
    return text
