"""The matrix of themes as files: a picture (SVG) and spreadsheets (XLSX, ODS). Counts alone, no statements."""

import re
from collections.abc import Sequence
from html import escape as escape_marks

from aumenta.core.tables import SheetToWrite, write_table
from aumenta.themes.matrix_queries import ThemeMatrix

_CELL, _NAME, _ROW, _HEAD = 64, 340, 30, 170

# Characters that XML 1.0 cannot hold at all, not even by their number.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Line = list[str | int]


def escape(text: str) -> str:
    """The text as it may stand in XML; control characters, which no XML may hold, are left out."""
    return escape_marks(_NOT_XML.sub("", text))


def lines(found: ThemeMatrix, theme: str, voices: str, nowhere: str) -> list[Line]:
    """Header and rows as they stand on the page: name, voices, one count for each column, those without any."""
    header: Line = [theme, voices, *[name for _key, name in found.columns], nowhere]
    body: list[Line] = [
        [name, found.counts.voices[row], *map(len, found.counts.cells[row]), len(found.counts.nowhere[row])]
        for row, (_key, name) in enumerate(found.themes)
    ]
    return [header, *body]


def as_xlsx(rows: Sequence[Line], title: str) -> bytes:
    """A workbook with one sheet; texts stay texts, whatever they begin with."""
    return write_table([_sheet(rows, title)], "xlsx")


def as_ods(rows: Sequence[Line], title: str) -> bytes:
    """An OpenDocument spreadsheet with one table."""
    return write_table([_sheet(rows, title)], "ods")


def _sheet(rows: Sequence[Line], title: str) -> SheetToWrite:
    return SheetToWrite(title, [str(name) for name in rows[0]], rows[1:], frozen=1, widths=(48,))


def as_svg(rows: Sequence[Line], title: str, language: str) -> str:
    """The same table as a picture: squares whose areas compare as the counts do, each with its number."""
    header, body = rows[0], rows[1:]
    columns = [str(name) for name in header[2:]]
    width, height = max(_NAME + _CELL * len(columns) + 60, 24 + 9 * len(title)), _HEAD + _ROW * len(body) + 12
    most = max([int(value) for row in body for value in row[2:]] or [1]) or 1
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" xml:lang="{language}" font-family="Titillium Web, sans-serif" font-size="13" fill="#17324d">',
        f'<title>{escape(title)}</title><rect width="{width}" height="{height}" fill="#fff"/>',
        f'<text x="8" y="24" font-size="16" font-weight="700">{escape(title)}</text>',
        f'<text x="{_NAME - 12}" y="{_HEAD - 10}" text-anchor="end">{escape(str(header[1]))}</text>',
    ]
    for place, name in enumerate(columns):
        x = _NAME + _CELL * place + _CELL // 2
        parts.append(f'<text transform="translate({x} {_HEAD - 10}) rotate(-35)">{escape(_short(name, 24))}</text>')
    for number, row in enumerate(body):
        y = _HEAD + _ROW * number
        parts.append(f'<text x="8" y="{y + 20}">{escape(_short(str(row[0]), 40))}</text>')
        parts.append(f'<text x="{_NAME - 12}" y="{y + 20}" text-anchor="end" font-weight="700">{row[1]}</text>')
        for place, value in enumerate(row[2:]):
            if not value:
                continue
            side = round((_ROW - 4) * (int(value) / most) ** 0.5, 1)
            x = _NAME + _CELL * place + 4
            parts.append(
                f'<rect x="{x}" y="{y + (_ROW - side) / 2:.1f}" width="{side}" height="{side}" fill="#0059b3"/>'
                f'<text x="{x + _ROW}" y="{y + 20}" font-weight="700">{value}</text>'
            )
    return "".join([*parts, "</svg>"])


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
