"""Files as strangers send them: honest ones, with programs in them, made to fill a disk."""

import zipfile
from io import BytesIO

TYPES = '<Types><Override ContentType="wordprocessingml.document.main+xml"/></Types>'


def a_docx(*, macros: bool = False) -> bytes:
    """A document of a word processor; with `macros` it carries a program."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("word/document.xml", "<w/>")
        if macros:
            archive.writestr("word/vbaProject.bin", "x")
    return file.getvalue()


def a_bomb() -> bytes:
    """A document that says of itself that it unpacks to 500 MB."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("word/document.xml", bytes(1024 * 1024))
        archive.getinfo("word/document.xml").file_size = 500 * 1024 * 1024
    return file.getvalue()


def a_pdf_with_a_program() -> bytes:
    """A PDF of one empty page that runs a script when it is opened."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R /Names << /JavaScript << /Names [(a) 4 0 R] >> >> /OpenAction 4 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>",
        "<< /Type /Action /S /JavaScript /JS (app.alert(1)) >>",
    ]
    written, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(written))
        written += f"{number} 0 obj\n{body}\nendobj\n"
    start = len(written)
    written += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n"
    written += "".join(f"{place:010} 00000 n \n" for place in places)
    written += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return written.encode()
