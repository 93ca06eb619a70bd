"""A field of a sheet as one cell, and back without loss.

Lists have a line for each entry; the parts of an entry are separated by « | », and a bar, a backslash or a line break
inside a part is written with a backslash before it.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from aumenta.core.tables import Cell, Kind
from aumenta.core.text import mend, paragraphs_of
from aumenta.plan.sheet_content import LISTS, RICH, TEXTS, FieldName, ListName, SheetContent, content_with

COLUMNS: Final = {
    "edizione": "edition",
    "codice": "code",
    "versione": "version",
    "titolo": "title_it",
    "titolo_en": "title_en",
    "sintesi": "summary_it",
    "sintesi_en": "summary_en",
    "per_chi": "for_whom_it",
    "per_chi_en": "for_whom_en",
    "descrizione": "description_it",
    "descrizione_en": "description_en",
    "esempi": "examples",
    "attori": "actors",
    "allineamenti": "alignments",
    "collegamenti": "links",
    "altre_righe": "rows",
}
KEYS: Final = ("edizione", "codice", "versione")
"""Columns that say which sheet a row is of; they are no field of it."""
_SPLIT: Final = re.compile(r"(?<!\\)((?:\\\\)*) \| ")
_ESCAPE: Final = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "|": "\\|"}
_BACK: Final = {"\\": "\\", "n": "\n", "r": "\r", "|": "|"}
_TAG: Final = re.compile(r"</?(?:p|ul|ol|li|h[1-6]|div|br|blockquote|table)\b", re.IGNORECASE)
_PARAGRAPH: Final = re.compile(r"<p>(.*?)</p>", re.DOTALL)


def list_cell(name: ListName, rows: Iterable[Mapping[str, Any]]) -> str:
    """The rows of a list field as one cell."""
    return "\n".join(" | ".join(_escaped(row[key]) for key in LISTS[name]) for row in rows)


def cell_list(name: ListName, cell: str) -> list[dict[str, str]]:
    """The rows of a list field from its cell; parts that are missing are empty. Raises ValueError for too many."""
    rows = []
    for line in cell.split("\n"):
        if not line.strip():
            continue
        parts = [_unescaped(part) for part in _parts(line)]
        if len(parts) > len(LISTS[name]):
            raise ValueError(line)
        rows.append(dict(zip(LISTS[name], [*parts, *[""] * (len(LISTS[name]) - len(parts))], strict=True)))
    return rows


def _parts(line: str) -> list[str]:
    pieces = _SPLIT.split(f"{line} ")
    # The group keeps the backslashes before the bar: they belong to the part on its left.
    joined = [pieces[n] + (pieces[n + 1] if n + 1 < len(pieces) else "") for n in range(0, len(pieces), 2)]
    return [part.strip(" ") for part in joined]


def _escaped(text: str) -> str:
    return "".join(_ESCAPE.get(letter, letter) for letter in text)


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda match: _BACK.get(match[1], match[0]), text)


def mended_content(content: SheetContent) -> SheetContent:
    """A content whose texts are mended as those of a table are: what comes back unchanged is then equal to it."""
    fields: dict[FieldName, Any] = {text: mend(content[text]) for text in TEXTS}
    for name in LISTS:
        rows: Iterable[Mapping[str, Any]] = content[name]
        fields[name] = [{key: mend(words) for key, words in row.items()} for row in rows]
    return content_with(content, fields)


def cell_words(cell: Cell, field: str) -> str:
    """What a cell says, as a person would have written it in that field: days and numbers in the field's language."""
    english = field.endswith("_en")
    if cell.kind is Kind.DATE and cell.value is not None:
        time = f" {cell.value:%H:%M}" if isinstance(cell.value, datetime) else ""
        return f"{cell.value:%Y-%m-%d}{time}" if english else f"{cell.value:%d/%m/%Y}{time}"
    if cell.kind is Kind.NUMBER and field not in {"edition", "code", "version"} and not english:
        return cell.text.replace(".", ",")
    if cell.kind is Kind.BOOLEAN and not english:
        return "VERO" if cell.value else "FALSO"
    return cell.text


def rich_text_of(words: str, held: str) -> str:
    """The rich text in a cell: lines that were typed without tags are paragraphs, and so are lines typed inside one."""
    if not _TAG.search(words):
        return paragraphs_of("\n\n".join(line for line in words.split("\n") if line.strip()))
    if "\n" in held or "\n" not in words:
        return words
    text = _PARAGRAPH.sub(lambda match: f"<p>{'</p><p>'.join(filter(None, match[1].split(chr(10))))}</p>", words)
    return "\n".join(line if _TAG.search(line) or not line.strip() else f"<p>{line}</p>" for line in text.split("\n"))


def is_rich(field: str) -> bool:
    """Whether a field holds rich text."""
    return field in RICH
