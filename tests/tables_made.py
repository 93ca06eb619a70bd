"""Spreadsheets made part by part, so that a test says what is odd in them; and the shared cases, where they are."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

CASES = Path(__file__).resolve().parents[2] / "shared" / "cases"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_HIDDEN = ' state="hidden"'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def case(name: str) -> bytes:
    """A shared case; the test is skipped where they are not on this machine."""
    path = CASES / name
    if not path.exists():
        pytest.skip(f"the shared cases are not here (../shared/cases/{name}): nothing to compare with")
    return path.read_bytes()


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """An archive of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, content in parts.items():
            folder.writestr(name, content)
    return file.getvalue()


def xlsx(
    *sheets: str,
    strings: str = "",
    styles: str = "",
    dimension: str = "A1",
    strict: bool = False,
    more: Mapping[str, str | bytes] | None = None,
    workbook: str = "",
) -> bytes:
    """A workbook of sheets given as the XML of their rows."""
    main, relations = (STRICT, _STRICT_RELATIONS) if strict else (MAIN, _RELATIONS)
    entries = "".join(
        f'<sheet name="Foglio{n}" sheetId="{n}" r:id="rId{n}"{_HIDDEN if rows.startswith("hidden:") else ""}/>'
        for n, rows in enumerate(sheets, 1)
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{relations}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    links += f'<Relationship Id="s1" Type="{relations}/sharedStrings" Target="/xl/sharedStrings.xml"/>'
    links += f'<Relationship Id="s2" Type="{relations}/styles" Target="styles.xml"/>'
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}">{workbook}<sheets>{entries}</sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>',
    }
    if strings:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{main}">{strings}</sst>'
    if styles:
        parts["xl/styles.xml"] = f'<styleSheet xmlns="{main}">{styles}</styleSheet>'
    for n, rows in enumerate(sheets, 1):
        rows = rows.removeprefix("hidden:")
        parts[f"xl/worksheets/sheet{n}.xml"] = (
            f'<worksheet xmlns="{main}"><dimension ref="{dimension}"/><sheetData>{rows}</sheetData></worksheet>'
        )
    return packed(parts | dict(more or {}))


def row(number: int, *cells: str) -> str:
    """A row of cells given as XML, or as a text."""
    return f'<row r="{number}">{"".join(one if one.startswith("<") else text(one) for one in cells)}</row>'


def text(words: str) -> str:
    """A cell with a text of its own."""
    return f'<c t="inlineStr"><is><t xml:space="preserve">{words}</t></is></c>'


ODS_SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)


def ods(*sheets: str, manifest: str = "") -> bytes:
    """An OpenDocument spreadsheet of sheets given as the XML of their rows."""
    tables = "".join(f'<table:table table:name="Foglio{n}">{rows}</table:table>' for n, rows in enumerate(sheets, 1))
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f"<office:document-content {ODS_SPACES}><office:body><office:spreadsheet>{tables}"
            "</office:spreadsheet></office:body></office:document-content>",
            "META-INF/manifest.xml": manifest or "<manifest/>",
        }
    )
