"""Opening a file: is it text, a PDF, the project's own JSON, or something that can't be read as a plan?"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from aumenta.core.extraction.document import ExtractionError

PDF_MARK: Final = b"%PDF-"
# What people hand in by mistake, told by its first bytes.
SIGNATURES: Final = (
    (b"PK\x03\x04", "ZIP, Word, OpenDocument, Excel"),
    (b"\xd0\xcf\x11\xe0", "Word 97-2003"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"\x1f\x8b", "gzip"),
)
# A text has hardly any control characters; a file of another kind is full of them.
CONTROL_SHARE: Final = 0.005


@dataclass(frozen=True, slots=True)
class Source:
    """A file's text. `kind` is text, pdf or json; `encoding` is named where it wasn't UTF-8."""

    kind: str
    text: str
    encoding: str = ""


def open_source(path: Path) -> Source:
    """Read a file's text. Raises `ExtractionError` with one of the codes not_found, not_a_file, unreadable,
    empty_file, binary_file, damaged_pdf, locked_pdf, pdf_without_text."""
    content = _content(path)
    if not content.strip(b"\x00\t\n\r\f \xef\xbb\xbf"):
        raise ExtractionError("empty_file", path=str(path), bytes=len(content))
    if PDF_MARK in content[:1024]:
        from aumenta.core.extraction.pdf import pdf_text  # a PDF library is loaded only for a PDF

        return Source("pdf", pdf_text(content, str(path)))
    for mark, name in SIGNATURES:
        if content.startswith(mark):
            raise ExtractionError("binary_file", path=str(path), bytes=len(content), found=name)
    text, encoding = _decode(content, path)
    return Source("json" if text.lstrip()[:1] == "{" else "text", text, encoding)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ExtractionError("not_found", path=str(path)) from error
    except IsADirectoryError as error:
        raise ExtractionError("not_a_file", path=str(path)) from error
    except OSError as error:
        raise ExtractionError("unreadable", path=str(path), detail=error.strerror or str(error)) from error


def _decode_other(content: bytes) -> tuple[str, str]:
    """A text that isn't clean UTF-8: UTF-8 with a few damaged places, or the old character set of Windows."""
    text = content.decode("utf-8-sig", errors="replace")
    damaged = text.count("\ufffd")
    if damaged * 10 < sum(character > "\x7f" for character in text):
        return text, f"UTF-8 ({damaged} \ufffd)"
    return content.decode("cp1252", errors="replace"), "Windows-1252"


def _decode(content: bytes, path: Path) -> tuple[str, str]:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace"), "UTF-16"
    try:
        text, encoding = content.decode("utf-8-sig"), ""
    except UnicodeDecodeError as error:
        if error.start >= len(content) - 3:  # a file cut in the middle of a letter
            text, encoding = content[: error.start].decode("utf-8-sig"), ""
        else:
            text, encoding = _decode_other(content)
    control = sum(text.count(chr(code)) for code in (*range(9), *range(14, 32), *range(127, 160)))
    if control + text.count("\ufffd") > CONTROL_SHARE * len(text):
        raise ExtractionError("binary_file", path=str(path), bytes=len(content), found="")
    return text, encoding
