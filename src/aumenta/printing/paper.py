"""Data and a Typst template → tagged PDF that passes the compiler's own PDF/UA-1 check, or no PDF at all."""

import io
import json
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, Final, Literal

import segno
import typst
from django.conf import settings
from django.contrib.staticfiles import finders

Standard = Literal["ua-1", "a-3a"]
TEMPLATES = Path(__file__).parent / "typst"
# What our typeface and the compiler's own certainly hold: Latin, Greek, Cyrillic, punctuation, currencies, arrows.
_HELD = re.compile(
    r"[^\n\t\u0020-\u007e\u00a0-\u024f\u0370-\u03ff\u0400-\u045f\u1e00-\u1eff\u2010-\u2027\u2030-\u203a\u20ac\u2190-\u2193]"
)
_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')
_MOST_REPAIRS = 40
AT_ONCE: Final = 2
"""Files that are made at once in each process that serves: anybody may ask for any part of the book, each anew."""
WAIT: Final = 20.0
"""Seconds for which one waits for those before it."""
_room = BoundedSemaphore(AT_ONCE)


class PrintingBusyError(Exception):
    """So many files are being made that this one was not begun; the page says to come again (`config/outage.py`)."""


def compile_pdf(
    template: str,
    data: Mapping[str, Any],
    pictures: Mapping[str, bytes] | None = None,
    *,
    standards: Sequence[Standard] = ("ua-1",),
) -> bytes:
    """Compile `template` with `data`; `pictures` are files it may show or attach, by name. The same data give the same
    bytes. `standards` are those that the compiler checks the file against. Raises PrintingBusyError.

    A sign that no font holds, such as an emoji, is written as its name in brackets: one sign that somebody typed at
    a table must not cost a zone its report, and nothing is left out in silence.
    """
    text = json.dumps(_showable(data), ensure_ascii=False)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copy(TEMPLATES / template, root / template)
        for name, content in (pictures or {}).items():
            (root / name).write_bytes(content)
        if not _room.acquire(timeout=WAIT):
            raise PrintingBusyError
        try:
            return _repaired(root, template, text, standards)
        finally:
            _room.release()


def _repaired(root: Path, template: str, text: str, standards: Sequence[Standard]) -> bytes:
    for _ in range(_MOST_REPAIRS):
        try:
            return _compile(root, template, text, standards)
        except typst.TypstError as fault:
            signs = set(_MISSING.findall(str(fault)))
            if not signs:
                raise
            for sign in signs:
                text = text.replace(sign, named(sign))
    return _compile(root, template, text, standards)


def qr_code(address: str) -> bytes:
    """An address as a QR code, as SVG."""
    buffer = io.BytesIO()
    segno.make(address, error="m", micro=False).save(buffer, kind="svg", scale=4, border=2)
    return buffer.getvalue()


def _showable(value: Any) -> Any:
    if isinstance(value, str):
        return _HELD.sub(lambda found: named(found[0]), value)
    if isinstance(value, Mapping):
        return {key: _showable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_showable(inner) for inner in value]
    return value


def named(sign: str) -> str:
    """A sign's Unicode name in brackets; nothing for control characters, which have neither a look nor a name."""
    return "".join(f"[{unicodedata.name(one).lower()}]" if unicodedata.name(one, "") else "" for one in sign)


def _compile(root: Path, template: str, text: str, standards: Sequence[Standard]) -> bytes:
    return typst.compile(
        str(root / template),
        root=str(root),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": text},
        pdf_standards=[*standards],
        timestamp=0,
    )


def _fonts() -> list[str]:
    found = finders.find("built/fonts/titillium-web-regular.ttf")
    folder = Path(str(found)).parent if found else Path(settings.STATIC_ROOT) / "built/fonts"
    return [str(folder)]
