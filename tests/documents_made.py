"""Documents of words made part by part, so that a test says what is odd in them."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from aumenta.core import apart

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ODF = "urn:oasis:names:tc:opendocument:xmlns:"


def docx(body: str, **parts: str) -> bytes:
    """A DOCX with this body, and other parts by their names."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
        for name, inner in parts.items():
            package.writestr(f"word/{name}.xml", f'<w:{name} xmlns:w="{W}">{inner}</w:{name}>')
    return target.getvalue()


def odt(body: str) -> bytes:
    """An ODT with this body."""
    spaces = {"text": "text", "table": "table", "office": "office", "draw": "drawing"}
    names = " ".join(f'xmlns:{name}="{ODF}{space}:1.0"' for name, space in spaces.items())
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", f"<office:document {names}>{body}</office:document>")
    return target.getvalue()


@contextmanager
def others_being_read() -> Iterator[None]:
    """As many files as may be are being read, and whoever sends one more waits in vain."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(apart, "WAIT", 0.01)
        for _ in range(apart.AT_ONCE):
            assert apart._room.acquire(blocking=False)
        try:
            yield
        finally:
            for _ in range(apart.AT_ONCE):
                apart._room.release()
