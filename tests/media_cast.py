"""A picture and a document, as somebody at the desk would send them."""

import zipfile
from io import BytesIO

import pypdfium2
from PIL import Image as Pillow

DOCX = b'<Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
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


def zipped(**entries: bytes) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in entries.items():
            archive.writestr(name.replace("__", "/").replace("CT", "[Content_Types].xml"), data)
    return file.getvalue()
