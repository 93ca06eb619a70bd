"""The ZIP of XML that office documents are (DOCX, XLSX, ODT, ODS), opened with bounds: whoever reads one reads it here.

Nothing is unpacked beyond what may be, whatever sizes the archive declares; no entity is expanded, nothing is fetched.
"""

import zipfile
import zlib
from collections.abc import Callable
from enum import Enum, auto
from io import BytesIO
from typing import Final
from xml.etree import ElementTree
from xml.parsers import expat

MOST_PARTS: Final = 5_000
# A part this large that shrinks this much holds nothing a person wrote.
LARGE: Final = 2_000_000
MOST_RATIO: Final = 250
CHUNK: Final = 1 << 20
_DAMAGES: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, LookupError)
"""What zipfile raises for a damaged archive: a directory that points before the beginning is a ValueError, an encoding
of names nobody knows a LookupError, a method it has not a kind of RuntimeError."""

Attributes = dict[str, str]


class PackageFault(Enum):
    """Why a package can't be read."""

    TOO_LARGE = auto()
    LOCKED = auto()
    DAMAGED = auto()


Refuse = Callable[[PackageFault, str], Exception]
"""The reader's own error for a fault, and what zip or XML said of it."""


class Package:
    """The parts of one archive; together at most `most` bytes of them are unpacked.

    `refuse` makes the error that is raised. `spend` is told of every stretch that was unpacked, and may raise too.
    """

    def __init__(
        self, data: bytes, *, most: int, refuse: Refuse, spend: Callable[[int], None] = lambda _count: None
    ) -> None:
        self._most, self._left = most, most
        self._refuse, self._spend = refuse, spend
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
        except _DAMAGES as problem:
            raise refuse(PackageFault.DAMAGED, str(problem)[:80]) from None
        parts = self._archive.infolist()
        if len(parts) > MOST_PARTS:
            raise refuse(PackageFault.TOO_LARGE, "")
        self.parts = {part.filename: part for part in parts}
        self._lower = {name.lower().replace("\\", "/").lstrip("/"): name for name in self.parts}

    def has(self, name: str) -> bool:
        """Whether there is such a part; case does not matter, as the format says."""
        return name.lower() in self._lower

    def start_of(self, name: str, count: int) -> bytes:
        """The first bytes of a part: no more of it is unpacked, however large it is."""
        return self._open(name, whole=False)(count)

    def element(self, name: str) -> ElementTree.Element:
        """A part as a tree; a document type, which is how entities come in, is refused."""
        read = self._open(name)
        parser = ElementTree.XMLParser(target=_NoDocumentType())  # noqa: S314 - bounded, and without a document type
        try:
            while chunk := read(CHUNK):
                parser.feed(chunk)
            root: ElementTree.Element = parser.close()
        except (ElementTree.ParseError, LookupError, UnicodeError, _DocumentTypeError) as problem:
            raise self._refuse(PackageFault.DAMAGED, f"{name}: {problem}"[:80]) from None
        return root

    def parse(
        self,
        name: str,
        start: Callable[[str, Attributes], None],
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        """Walk the XML of a part. Names come as «namespace local»; a document type is refused."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.buffer_size = 1 << 16
        parser.StartElementHandler = start
        if end is not None:
            parser.EndElementHandler = end
        if text is not None:
            parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = _no_document_type
        read = self._open(name)
        try:
            while chunk := read(CHUNK):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except (expat.ExpatError, LookupError, UnicodeError, _DocumentTypeError) as problem:
            raise self._refuse(PackageFault.DAMAGED, f"{name}: {problem}"[:80]) from None

    def _open(self, name: str, *, whole: bool = True) -> Callable[[int], bytes]:
        part = self.parts[self._lower[name.lower()]]
        if part.flag_bits & 0x1:
            raise self._refuse(PackageFault.LOCKED, name)
        if part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise self._refuse(PackageFault.DAMAGED, f"{name}: {part.compress_type}")
        shrinks = part.file_size > LARGE and part.file_size > MOST_RATIO * max(part.compress_size, 1)
        if whole and (part.file_size > self._most or shrinks):
            raise self._refuse(PackageFault.TOO_LARGE, name)
        try:
            stream = self._archive.open(part)
        except _DAMAGES as problem:
            raise self._refuse(PackageFault.DAMAGED, f"{name}: {problem}"[:80]) from None

        def read(count: int) -> bytes:
            try:
                chunk = stream.read(count)
            except _DAMAGES as problem:
                raise self._refuse(PackageFault.DAMAGED, f"{name}: {problem}"[:80]) from None
            # The size that a package declares of itself may be a lie: what was unpacked counts.
            self._left -= len(chunk)
            if self._left < 0:
                raise self._refuse(PackageFault.TOO_LARGE, name)
            self._spend(len(chunk))
            return chunk

        return read


class _DocumentTypeError(Exception):
    """The XML has a document type of its own."""


def _no_document_type(*_said: object) -> None:
    raise _DocumentTypeError("DOCTYPE")


class _NoDocumentType(ElementTree.TreeBuilder):
    def doctype(self, *_said: object) -> None:
        _no_document_type()


def local(name: str) -> str:
    """A name without its namespace: strict and transitional files differ in nothing else that matters here."""
    return name.rpartition(" ")[2]
