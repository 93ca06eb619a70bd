"""OpenDocument spreadsheets, written part by part (ODF 1.3, part 3)."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from html import escape
from typing import Final

KIND: Final = "application/vnd.oasis.opendocument.spreadsheet"
_HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3">'
    "<office:body><office:spreadsheet>"
)
_FOOT: Final = "</office:spreadsheet></office:body></office:document-content>"
_MANIFEST: Final = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{KIND}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def write_ods(sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[object]]]]) -> bytes:
    """Sheets as (name, headings, rows) in one file; the same sheets, the same bytes. Texts hold no control signs."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as folder:
        # The format asks for this one first, and not compressed.
        folder.writestr(zipfile.ZipInfo("mimetype", _EPOCH), KIND, zipfile.ZIP_STORED)
        content = zipfile.ZipInfo("content.xml", _EPOCH)
        content.compress_type = zipfile.ZIP_DEFLATED
        with folder.open(content, "w", force_zip64=True) as part:
            part.write(_HEAD.encode())
            for name, header, rows in sheets:
                part.write(f'<table:table table:name="{escape(name)}">'.encode())
                part.write(_row(header).encode())
                for row in rows:
                    part.write(_row(row).encode())
                part.write(b"</table:table>")
            part.write(_FOOT.encode())
        folder.writestr(zipfile.ZipInfo("META-INF/manifest.xml", _EPOCH), _MANIFEST, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _row(row: Sequence[object]) -> str:
    return f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>"


def _cell(value: object) -> str:
    if value is None or value == "":
        return "<table:table-cell/>"
    shown = str(value)
    kind = 'office:value-type="string"'
    if isinstance(value, bool):
        kind = f'office:value-type="boolean" office:boolean-value="{"true" if value else "false"}"'
        shown = "TRUE" if value else "FALSE"
    elif isinstance(value, int | float):
        kind = f'office:value-type="float" office:value="{value!r}"'
    elif isinstance(value, datetime):
        kind = f'office:value-type="date" office:date-value="{value:%Y-%m-%dT%H:%M:%S}"'
        shown = f"{value:%d/%m/%Y %H:%M}"
    elif isinstance(value, date):
        kind = f'office:value-type="date" office:date-value="{value:%Y-%m-%d}"'
        shown = f"{value:%d/%m/%Y}"
    lines = "".join(f"<text:p>{_line(line)}</text:p>" for line in shown.replace("\r\n", "\n").split("\n"))
    return f"<table:table-cell {kind}>{lines}</table:table-cell>"


def _line(line: str) -> str:
    """A line of text: more than one space, and spaces at its ends, are elements of their own or readers drop them."""
    text = escape(line, quote=False).replace("\t", "<text:tab/>").replace("\r", "<text:line-break/>")
    if text.startswith(" "):
        text = f"<text:s/>{text[1:]}"
    while "  " in text:
        text = text.replace("  ", " <text:s/>", 1)
    return f"{text[:-1]}<text:s/>" if text.endswith(" ") else text
