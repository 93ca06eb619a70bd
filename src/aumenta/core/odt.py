"""An OpenDocument text written from blocks: titles, paragraphs, lists, tables, each with a named style of its own, so
that an office changes the look of all of them in one place."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from aumenta.core.tables.writing import clean as without_xml_faults

_MIME = "application/vnd.oasis.opendocument.text"
_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
    for name, urn in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("fo", "xsl-fo-compatible"),
    )
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the title of the document."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """A paragraph in one of the styles: body, centred, signature, note."""

    text: str
    style: str = "Text_20_body"


@dataclass(frozen=True)
class Items:
    """A list, numbered or with bullets."""

    texts: Sequence[str]
    numbered: bool = False


@dataclass(frozen=True)
class Table:
    """A table with a row of heads that is repeated on every page."""

    head: Sequence[str]
    rows: Sequence[Sequence[object]]


Block = Heading | Paragraph | Items | Table
CENTRED, SIGNATURE, NOTE = "Centred", "Signature", "Note"


def odt(blocks: Iterable[Block], *, title: str, language: str) -> bytes:
    """The file's bytes; opens in LibreOffice and Word."""
    body = "".join(_written(block) for block in blocks)
    content = (
        f'{_HEAD}<office:document-content {_SPACES} office:version="1.3">'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    meta = (
        f"{_HEAD}<office:document-meta "
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"><office:meta>'
        f"<dc:title>{_clean(title)}</dc:title><dc:language>{language}</dc:language></office:meta></office:document-meta>"
    )
    parts = {"content.xml": content, "styles.xml": _styles(language), "meta.xml": meta}
    listed = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>' for name in parts
    )
    manifest = (
        f'{_HEAD}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
        f'manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:media-type="{_MIME}"/>'
        f"{listed}</manifest:manifest>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        # The kind of file comes first and uncompressed, as the format asks.
        archive.writestr(zipfile.ZipInfo("mimetype"), _MIME, zipfile.ZIP_STORED)
        for name, text in (*parts.items(), ("META-INF/manifest.xml", manifest)):
            archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _written(block: Block) -> str:
    if isinstance(block, Heading):
        style = "Title" if block.level == 1 else f"Heading_20_{block.level}"
        return f'<text:h text:style-name="{style}" text:outline-level="{block.level}">{_clean(block.text)}</text:h>'
    if isinstance(block, Paragraph):
        return _paragraph(block.text, block.style)
    if isinstance(block, Items):
        items = "".join(f"<text:list-item>{_paragraph(text)}</text:list-item>" for text in block.texts)
        return f'<text:list text:style-name="{"Numbered" if block.numbered else "Bullets"}">{items}</text:list>'
    return _table(block)


def _paragraph(text: str, style: str = "Text_20_body") -> str:
    return f'<text:p text:style-name="{style}">{_clean(text)}</text:p>'


def _table(block: Table) -> str:
    def row(cells: Iterable[object], style: str) -> str:
        inside = "".join(f"<table:table-cell>{_paragraph(str(cell), style)}</table:table-cell>" for cell in cells)
        return f"<table:table-row>{inside}</table:table-row>"

    columns = f'<table:table-column table:number-columns-repeated="{len(block.head)}"/>'
    head = f"<table:table-header-rows>{row(block.head, 'Table_20_Heading')}</table:table-header-rows>"
    rows = "".join(row(cells, "Table_20_Contents") for cells in block.rows)
    return f"<table:table>{columns}{head}{rows}</table:table>"


def _styles(language: str) -> str:
    country = {"it": "IT", "en": "GB"}.get(language, "none")

    def style(name: str, parent: str, paragraph: str = "", text: str = "", shown: str = "") -> str:
        return (
            f'<style:style style:name="{name}" style:display-name="{shown or name}" style:family="paragraph"'
            f"{' style:parent-style-name=' + chr(34) + parent + chr(34) if parent else ''}>"
            f"<style:paragraph-properties {paragraph}/><style:text-properties {text}/></style:style>"
        )

    space = 'fo:margin-top="0cm" fo:margin-bottom="0.25cm"'
    bold = 'fo:font-weight="bold"'

    def heading(level: int, above: str, points: int) -> str:
        room = f'fo:margin-top="{above}cm" fo:margin-bottom="0.2cm" fo:keep-with-next="always"'
        look = f'fo:font-size="{points}pt" {bold}'
        return style(f"Heading_20_{level}", "Standard", room, look, f"Heading {level}")

    centred = 'fo:text-align="center"'
    styles = "".join(
        (
            style("Standard", "", "", 'fo:font-size="11pt"'),
            style("Text_20_body", "Standard", f'{space} fo:line-height="120%"', "", "Text body"),
            style("Title", "Standard", f'{centred} fo:margin-bottom="0.5cm"', f'fo:font-size="16pt" {bold}'),
            heading(2, "0.5", 13),
            heading(3, "0.4", 12),
            heading(4, "0.3", 11),
            style(CENTRED, "Text_20_body", centred, bold),
            style(SIGNATURE, "Text_20_body", 'fo:margin-left="9cm" fo:margin-top="1cm" fo:keep-together="always"'),
            style(NOTE, "Text_20_body", "", 'fo:font-size="9pt" fo:font-style="italic"'),
            style("Table_20_Contents", "Standard", "", "", "Table Contents"),
            style("Table_20_Heading", "Table_20_Contents", "", bold, "Table Heading"),
        )
    )
    spoken = f'fo:language="{language}" fo:country="{country}"'
    default = f'<style:default-style style:family="paragraph"><style:text-properties {spoken}/></style:default-style>'
    return (
        f'{_HEAD}<office:document-styles {_SPACES} office:version="1.3">'
        f"<office:styles>{default}{styles}{_lists()}</office:styles></office:document-styles>"
    )


def _lists() -> str:
    level = 'text:level="1"'
    indent = (
        '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
        '<style:list-level-label-alignment text:label-followed-by="listtab" fo:text-indent="-0.6cm" '
        'fo:margin-left="1cm"/></style:list-level-properties>'
    )
    return (
        f'<text:list-style style:name="Numbered"><text:list-level-style-number {level} style:num-format="1" '
        f'style:num-suffix=".">{indent}</text:list-level-style-number></text:list-style>'
        f'<text:list-style style:name="Bullets"><text:list-level-style-bullet {level} text:bullet-char="•">{indent}'
        "</text:list-level-style-bullet></text:list-style>"
    )


def _clean(text: str) -> str:
    return escape(without_xml_faults(text)).replace("\n", "<text:line-break/>").replace("\t", "<text:tab/>")
