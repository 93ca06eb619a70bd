"""What kind of document a file is, from what is in it. Its name is never asked."""

import resource
import sys
import zlib
from io import BytesIO
from typing import Final
from zipfile import BadZipFile, ZipFile

SECONDS: Final = 10
"""Of the processor, for one file that is looked at in a process of its own."""
MEMORY: Final = 1024 * 1024 * 1024
MOST_ENTRIES: Final = 20_000
LONGEST_ENTRY: Final = 1_000_000
MOST_UNPACKED: Final = 400 * 1024 * 1024
"""Bytes that the entries of a package may claim to hold together: beyond them it is made to fill somebody's disk."""
_ODF: Final = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
_OOXML: Final = {
    b"wordprocessingml.document.main+xml": "docx",
    b"spreadsheetml.sheet.main+xml": "xlsx",
    b"presentationml.presentation.main+xml": "pptx",
}
WRONG_KIND, DAMAGED, HAS_MACROS, BUSY = "wrong_kind", "damaged", "has_macros", "busy"
KINDS: Final = frozenset({"pdf", *_ODF.values(), *_OOXML.values()})


def kind_of_document(data: bytes) -> str:
    """One of KINDS; or WRONG_KIND, DAMAGED or HAS_MACROS. Strangers' files are looked at in a limited process."""
    if data.startswith(b"%PDF-"):
        return _pdf(data)
    return _zipped(data) if data.startswith(b"PK\x03\x04") else WRONG_KIND


def _pdf(data: bytes) -> str:
    import pypdfium2  # a PDF library is loaded only for a PDF

    try:
        with pypdfium2.PdfDocument(data) as pdf:
            programs = pypdfium2.raw.FPDFDoc_GetJavaScriptActionCount(pdf) > 0
            return (HAS_MACROS if programs else "pdf") if len(pdf) else DAMAGED
    except pypdfium2.PdfiumError:
        return DAMAGED


def _zipped(data: bytes) -> str:
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            if len(names) > MOST_ENTRIES:
                return WRONG_KIND
            if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
                return DAMAGED
            if "mimetype" in names:
                found = _ODF.get(_entry(archive, "mimetype").strip(), WRONG_KIND)
            else:
                types = _entry(archive, "[Content_Types].xml") if "[Content_Types].xml" in names else b""
                found = next((kind for sign, kind in _OOXML.items() if sign in types), WRONG_KIND)
                if b"macroEnabled" in types:
                    return HAS_MACROS
    except (BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, ValueError, KeyError, zlib.error):
        return DAMAGED
    macros = any(name.endswith("vbaProject.bin") or name.startswith(("Basic/", "Scripts/")) for name in names)
    return HAS_MACROS if macros else found


def _entry(archive: ZipFile, name: str) -> bytes:
    """The beginning of an entry: no more is unpacked, however much it claims to hold."""
    with archive.open(name) as file:
        return file.read(LONGEST_ENTRY)


def _limit_this_process() -> None:
    """Before the first byte of the file: little time and memory, nothing to write to, nothing to leave behind."""
    for what, most in (
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 32),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    # What `limited.py` starts: a file comes in, its kind goes out.
    _limit_this_process()
    sys.stdout.write(kind_of_document(sys.stdin.buffer.read()))
