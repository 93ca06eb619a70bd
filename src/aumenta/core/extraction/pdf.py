"""The text of a PDF, line by line, in the order it is read, and how high on their pages the outermost lines stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import pypdfium2
from pypdfium2 import raw

from aumenta.core.extraction.document import ExtractionError

EDGE: Final = 3
"""Lines from the top and the bottom of a page whose height is asked for: among them are its header and footer."""
_BREAK: Final = re.compile(r"\r\n|\r|\n|\ufffe")


def pdf_text(content: bytes, path: str) -> str:
    """The text of all pages, a form feed between two. Errors: damaged_pdf, locked_pdf, pdf_without_text."""
    return "\n".join(text for text, _height in pdf_lines(content, path))


def pdf_lines(content: bytes, path: str) -> list[tuple[str, float | None]]:
    """The lines of all pages, one of a form feed between two; for the outermost of each page, how many points its
    first letter stands above the bottom of the page. Errors: damaged_pdf, locked_pdf, pdf_without_text."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        code = "locked_pdf" if "password" in str(error).lower() else "damaged_pdf"
        raise ExtractionError(code, path=path) from error
    lines: list[tuple[str, float | None]] = []
    try:
        for number, page in enumerate(document):
            if number:
                lines.append(("\f", None))
            lines += _lines_of(page.get_textpage())
        pages = len(document)
    except pypdfium2.PdfiumError as error:
        # It opens, and one of its pages does not.
        raise ExtractionError("damaged_pdf", path=path) from error
    finally:
        document.close()
    if not any(text.strip("\f \t") for text, _height in lines):
        raise ExtractionError("pdf_without_text", path=path, pages=pages)
    return lines


def _lines_of(page: pypdfium2.PdfTextPage) -> Iterator[tuple[str, float | None]]:
    text = page.get_text_range()
    pieces, at = [], 0
    for sign in _BREAK.finditer(text):
        # Where a hyphen ends a line, PDFium joins the line to the next one and puts this sign: it is broken again.
        pieces.append((text[at : sign.start()] + ("-" if sign[0] == "\ufffe" else ""), at))
        at = sign.end()
    pieces.append((text[at:], at))
    filled = [n for n, (piece, _start) in enumerate(pieces) if piece.strip()]
    asked = {*filled[:EDGE], *filled[-EDGE:]}
    for n, (piece, start) in enumerate(pieces):
        yield piece, _height(page, start + len(piece) - len(piece.lstrip())) if n in asked else None


def _height(page: pypdfium2.PdfTextPage, place: int) -> float | None:
    """How high the letter at a place of the page's text stands; None where PDFium does not know."""
    letter = raw.FPDFText_GetCharIndexFromTextIndex(page, place)
    if letter < 0:
        return None
    try:
        _left, bottom, _right, _top = page.get_charbox(letter, loose=True)
    except pypdfium2.PdfiumError:
        return None
    return float(bottom)
