"""The zip that a DOCX or ODT is: nothing is unpacked before its size is known, no entity is expanded."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from xml.etree import ElementTree

from aumenta.core.documents.faults import DocumentError, DocumentFault

MAX_XML_BYTES: Final = 40_000_000


class Package:
    """An open package: the names of its parts, and the parts as XML, together at most 40 MB unpacked."""

    def __init__(self, opened: zipfile.ZipFile) -> None:
        self._opened = opened
        self._left = MAX_XML_BYTES
        self.names = opened.namelist()

    def start(self, name: str) -> bytes:
        """The first bytes of a part: more is never unpacked of one that only says what the package is."""
        with self._opened.open(name) as part:
            return part.read(60)

    def xml(self, name: str) -> ElementTree.Element:
        """A part parsed. Raises DocumentError."""
        with self._opened.open(name) as part:
            # Read to a bound: the size that a package declares of itself may be a lie.
            data = part.read(self._left + 1)
        self._left -= len(data)
        if self._left < 0:
            raise DocumentError(DocumentFault.TOO_LARGE)
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise DocumentError(DocumentFault.DAMAGED)
        return ElementTree.fromstring(data)  # noqa: S314 - bounded, and without a document type there are no entities


@contextmanager
def open_package(content: bytes) -> Iterator[Package]:
    """The package in `content`. Raises DocumentError for what zip and XML hold against it, while it is open too."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            yield Package(opened)
    except DocumentError:
        raise
    except (zipfile.BadZipFile, zlib.error, LookupError, EOFError, RuntimeError, OSError, ValueError) as problem:
        # zipfile says «password» with a bare RuntimeError; too deep a nesting and unknown methods are kinds of it. A
        # directory that points before the file's beginning is a ValueError, an encoding nobody knows a LookupError.
        locked = type(problem) is RuntimeError
        raise DocumentError(DocumentFault.LOCKED if locked else DocumentFault.DAMAGED) from problem
    except ElementTree.ParseError as problem:
        raise DocumentError(DocumentFault.DAMAGED) from problem
