"""Opening a file: is it text, a PDF, the project's own JSON, or something that can't be read as a plan?"""

from __future__ import annotations

import codecs
import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from aumenta.core.extraction.document import ExtractionError
from aumenta.core.extraction.joined_files import JoinedFiles
from aumenta.core.text import Decoded, decode, mend

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
# Signs that no text has; U+0085 ends the lines of some large old computers.
CONTROLS: Final = (*range(9), *range(14, 32), *range(127, 133), *range(134, 160))
# A text has hardly any control characters; a file of another kind is full of them.
CONTROL_SHARE: Final = 0.005
BOMS: Final = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
NAMES: Final = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32-le": "UTF-32",
    "utf-32-be": "UTF-32",
    "cp1252": "Windows-1252",
    "mac_roman": "Mac Roman",
    "cp850": "DOS 850",
}


@dataclass(frozen=True, slots=True)
class Source:
    """A file's text, mended. `kind` is text, html, pdf or json; `encoding` is named where it wasn't UTF-8.

    `heights` of a PDF are those of the outermost lines of its pages, by the number of the line, in points.
    """

    kind: str
    text: str
    encoding: str = ""
    heights: Mapping[int, float] = field(default_factory=dict)


def heights_in(joined: JoinedFiles, sources: Sequence[Source]) -> dict[int, float]:
    """The heights of lines, which are counted through all the files that were joined."""
    return {
        first - 1 + number: height
        for first, source in zip(joined.first_lines, sources, strict=True)
        for number, height in source.heights.items()
    }


def open_source(path: Path) -> Source:
    """Read a file's text. Raises `ExtractionError` with one of the codes not_found, not_a_file, unreadable, or those of
    `source_of`."""
    return source_of(_content(path), str(path))


def source_of(content: bytes, path: str) -> Source:
    """The text of a file's content; `path` is what its reader calls it. Raises `ExtractionError` with one of the codes
    empty_file, binary_file, damaged_page, damaged_pdf, locked_pdf, pdf_without_text."""
    if not content.strip(b"\x00\t\n\r\f \xef\xbb\xbf"):
        raise ExtractionError("empty_file", path=path, bytes=len(content))
    if PDF_MARK in content[:1024]:
        return _of_pdf(content, path)
    for mark, name in SIGNATURES:
        if content.startswith(mark):
            raise ExtractionError("binary_file", path=path, bytes=len(content), found=name)
    page = _page(content)
    if page is not None:
        from aumenta.core.extraction.html_page import declared_encoding, html_text, is_nested_too_deep

        markup, encoding = _decode(page, path, declared_encoding(page))
        if is_nested_too_deep(markup):
            raise ExtractionError("damaged_page", path=path)
        return Source("html", mend(html_text(markup), lines=True), encoding)
    text, encoding = _decode(content, path)
    if text.lstrip()[:1] == "{":
        return Source("json", text, encoding)
    return Source("text", mend(text, lines=True), encoding)


def _of_pdf(content: bytes, path: str) -> Source:
    from aumenta.core.extraction.pdf import pdf_lines  # a PDF library is loaded only for a PDF

    lines = [(part, height) for text, height in pdf_lines(content, path) for part in mend(text, lines=True).split("\n")]
    heights = {number: height for number, (_text, height) in enumerate(lines, start=1) if height is not None}
    return Source("pdf", "\n".join(text for text, _height in lines), heights=heights)


def _page(content: bytes) -> bytes | None:
    """The markup, where the file is a web page."""
    if not (content[:4000].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")[:1] == b"<" or b"MIME-Version" in content[:2000]):
        return None
    from aumenta.core.extraction.html_page import is_html, is_web_archive, page_of_archive  # only for a page

    if is_web_archive(content):
        return page_of_archive(content)
    return content if is_html(content) else None


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ExtractionError("not_found", path=str(path)) from error
    except IsADirectoryError as error:
        raise ExtractionError("not_a_file", path=str(path)) from error
    except OSError as error:
        raise ExtractionError("unreadable", path=str(path), detail=error.strerror or str(error)) from error


def _as_browsers_read(declared: str) -> str:
    """The encoding that pages mean by a name: «iso-8859-1» and «ascii» are Windows-1252, whose ’ and € they write."""
    name = codecs.lookup(declared).name
    return {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}.get(name, name)


def _decode(content: bytes, path: str, declared: str = "") -> tuple[str, str]:
    """The text, and the name of its encoding where that isn't UTF-8 or something could not be read."""
    if not content.startswith(BOMS) and content[-4:] and _cut_letter(content):
        content = content[: _cut_letter(content)]
    found = decode(content)
    if declared and found.encoding != "utf-8" and not content.startswith(BOMS):
        with contextlib.suppress(LookupError, UnicodeDecodeError, ValueError):
            name = _as_browsers_read(declared)
            found = Decoded(content.decode(name), declared)
    text = found.text
    control = sum(text.count(chr(code)) for code in CONTROLS)
    if control + text.count("\ufffd") > CONTROL_SHARE * len(text):
        raise ExtractionError("binary_file", path=path, bytes=len(content), found="")
    name = NAMES.get(found.encoding, found.encoding)
    if found.damaged:
        return text, f"{name} ({found.damaged} \ufffd)"
    return text, "" if found.encoding == "utf-8" else name


def _cut_letter(content: bytes) -> int:
    """Where a file of UTF-8 that was cut in the middle of its last letter should end; 0 where it wasn't."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start if error.start >= len(content) - 3 else 0
    return 0
