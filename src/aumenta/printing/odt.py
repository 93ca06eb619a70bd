"""A report as an OpenDocument text, for those who go on writing in it: real headings, lists and tables."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from aumenta.core.tables.writing import clean as without_xml_faults
from aumenta.results.reports import Report

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


def report_odt(report: Report) -> bytes:
    """The report's bytes; opens in LibreOffice and Word."""
    body = "".join(_body(report))
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_SPACES} office:version="1.3">'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    meta = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-meta '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"><office:meta>'
        f"<dc:title>{_clean(report.title)}: {_clean(report.subtitle)}</dc:title>"
        f"<dc:language>{report.language}</dc:language></office:meta></office:document-meta>"
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_MIME}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        '<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        # The kind of file comes first and uncompressed, as the format asks.
        archive.writestr(zipfile.ZipInfo("mimetype"), _MIME, zipfile.ZIP_STORED)
        for name, text in (("content.xml", content), ("meta.xml", meta), ("META-INF/manifest.xml", manifest)):
            archive.writestr(zipfile.ZipInfo(name), text)
    return file.getvalue()


def _body(report: Report) -> Iterable[str]:
    labels = report.labels
    yield _heading(1, f"{report.title}: {report.subtitle}")
    for text in (report.invented, report.cut, *report.introduction):
        if text:
            yield _paragraph(text)
    yield _heading(2, labels["figures"])
    yield _paragraph(" · ".join(f"{number} {words}" for number, words in report.figures))
    if report.shared:
        yield _paragraph(report.shared)
    yield _heading(2, labels["votes"])
    yield _table((labels["code"], labels["strategy"], labels["stickers"]), report.votes)
    yield _heading(2, labels["choices"])
    yield _table((labels["table"], labels["chosen"], labels["reason"]), report.choices)
    yield _heading(2, labels["themes"])
    yield _table((labels["theme"], labels["keywords"], labels["kind"]), report.themes)
    yield _heading(2, labels["said"])
    for strategy in report.discussed:
        yield _heading(3, f"{strategy.code} {strategy.title}".strip())
        for question in strategy.said:
            if question.question:
                yield _heading(4, question.question)
            items = "".join(f"<text:list-item>{_paragraph(text)}</text:list-item>" for text in question.texts)
            yield f"<text:list>{items}</text:list>"
    if report.not_published:
        yield _paragraph(report.not_published)
    yield _heading(2, labels["took_part"])
    yield _table((labels["organisation"], labels["people"]), report.organisations)
    for text in report.conclusion:
        yield _paragraph(text)


def _heading(level: int, text: str) -> str:
    return f'<text:h text:outline-level="{level}">{_clean(text)}</text:h>'


def _paragraph(text: str) -> str:
    return f"<text:p>{_clean(text)}</text:p>"


def _table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    def row(cells: Iterable[object]) -> str:
        inside = "".join(f"<table:table-cell>{_paragraph(str(cell))}</table:table-cell>" for cell in cells)
        return f"<table:table-row>{inside}</table:table-row>"

    columns = f'<table:table-column table:number-columns-repeated="{len(header)}"/>'
    head = f"<table:table-header-rows>{row(header)}</table:table-header-rows>"
    return f"<table:table>{columns}{head}{''.join(map(row, rows))}</table:table>"


def _clean(text: str) -> str:
    return escape(without_xml_faults(text)).replace("\n", "<text:line-break/>").replace("\t", "<text:tab/>")
