"""A picture and a document, as somebody at the desk would send them."""

from io import BytesIO

import pypdfium2
from PIL import Image as Pillow

ALT = {"alt_it": "Una piazza con alberi", "alt_en": "A square with trees"}


def a_picture(kind: str = "JPEG", size: tuple[int, int] = (900, 600), colour: str = "teal", **options: object) -> bytes:
    file = BytesIO()
    Pillow.new("RGB", size, colour).save(file, kind, **options)
    return file.getvalue()


def a_pdf() -> bytes:
    pdf, file = pypdfium2.PdfDocument.new(), BytesIO()
    pdf.new_page(200, 200)
    pdf.save(file)
    return file.getvalue()
