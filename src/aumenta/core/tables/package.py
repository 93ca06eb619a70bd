"""Spreadsheets are ZIP archives of XML: opened with bounds before anything is unpacked, parsed without entities."""

import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Final
from xml.parsers import expat

from aumenta.core.tables.findings import TableError
from aumenta.core.tables.table import Budget

MOST_PARTS: Final = 5_000
# A part this large that shrinks this much holds nothing a person wrote.
LARGE: Final = 2_000_000
MOST_RATIO: Final = 250
CHUNK: Final = 1 << 20
DAMAGES: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)

Attributes = dict[str, str]


class Package:
    """The parts of one archive, read within a budget."""

    def __init__(self, data: bytes, budget: Budget) -> None:
        self._budget = budget
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
        except DAMAGES as problem:
            raise TableError("damaged", reason=str(problem)[:80]) from None
        parts = self._archive.infolist()
        if len(parts) > MOST_PARTS:
            raise TableError("unpacked", most=budget.limits.unpacked // 1_000_000)
        self.parts = {part.filename: part for part in parts}
        self._lower = {name.lower().replace("\\", "/").lstrip("/"): name for name in self.parts}

    def has(self, name: str) -> bool:
        """Whether there is such a part; case does not matter, as the format says."""
        return name.lower() in self._lower

    def start_of(self, name: str, count: int) -> bytes:
        """The first bytes of a part."""
        return self._open(name)(count)

    def _open(self, name: str) -> Callable[[int], bytes]:
        part = self.parts[self._lower[name.lower()]]
        if part.flag_bits & 0x1:
            raise TableError("password")
        if part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise TableError("damaged", reason=f"{name}: {part.compress_type}")
        if part.file_size > self._budget.limits.unpacked:
            raise TableError("unpacked", most=self._budget.limits.unpacked // 1_000_000)
        if part.file_size > LARGE and part.file_size > MOST_RATIO * max(part.compress_size, 1):
            raise TableError("unpacked", most=self._budget.limits.unpacked // 1_000_000)
        try:
            stream = self._archive.open(part)
        except DAMAGES as problem:
            raise TableError("damaged", reason=f"{name}: {problem}"[:80]) from None

        def read(count: int) -> bytes:
            try:
                chunk = stream.read(count)
            except DAMAGES as problem:
                raise TableError("damaged", reason=f"{name}: {problem}"[:80]) from None
            self._budget.spend_unpacked(len(chunk))
            return chunk

        return read

    def parse(
        self,
        name: str,
        start: Callable[[str, Attributes], None],
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        """Walk the XML of a part. Names come as «namespace local»; entities of the file's own are refused."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.buffer_size = 1 << 16
        parser.StartElementHandler = start
        if end is not None:
            parser.EndElementHandler = end
        if text is not None:
            parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = _no_doctype
        read = self._open(name)
        try:
            while chunk := read(CHUNK):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except (expat.ExpatError, LookupError, UnicodeError) as problem:
            raise TableError("damaged", reason=f"{name}: {problem}"[:80]) from None


def _no_doctype(*_said: object) -> None:
    raise TableError("damaged", reason="DOCTYPE")


def local(name: str) -> str:
    """A name without its namespace: strict and transitional files differ in nothing else that matters here."""
    return name.rpartition(" ")[2]
