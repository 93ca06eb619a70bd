"""What is printed, read back."""

import pypdfium2


def text_of(content: bytes) -> str:
    """The words of a PDF, page after page, with single spaces."""
    pages = pypdfium2.PdfDocument(content)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())
