"""How a plan is printed, as data: labels, headings, page furniture, in one TOML file per layout.

The files are in `layouts/`; their keys are explained in `layouts/torino.toml` and in
docs/how-to/load-another-citys-plan.md. A layout from elsewhere is read with `load_layout(path)`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from aumenta.core.extraction.document import FRAMEWORKS, ExtractionError

LAYOUTS: Final = Path(__file__).parent / "layouts"
READINGS: Final = ("paragraph", "list", "lines", "entries", "codes")
UNFINISHED: Final = re.compile(r".*[-–/]|.*[^\W\d]['’]")
PLAIN_FIELDS: Final = ("description", "examples", "actors", "own_instruments", "higher_instruments")


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled row of a sheet: its field (or framework) and how its value is read."""

    field: str
    label: str
    read: str
    framework: str = ""
    unlabelled: bool = False
    last: bool = False
    goes_on: re.Pattern[str] | None = None
    none: re.Pattern[str] | None = None
    item: re.Pattern[str] | None = None
    group: re.Pattern[str] | None = None
    integration: re.Pattern[str] | None = None
    between: re.Pattern[str] | None = None
    remark: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """How strategies are printed where they stand alone, without sheets."""

    axis: re.Pattern[str]
    strategy: re.Pattern[str]
    proposed: re.Pattern[str] | None
    skip: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole layout; see the module's docstring."""

    name: str
    title: tuple[re.Pattern[str], ...]
    announced: tuple[re.Pattern[str], ...]
    furniture: tuple[re.Pattern[str], ...]
    axis: re.Pattern[str]
    strategy: re.Pattern[str]
    axis_in_header: re.Pattern[str] | None
    action: re.Pattern[str]
    section: re.Pattern[str] | None
    header: tuple[Row, ...]
    rows: tuple[Row, ...]
    listing: Listing | None
    not_available: frozenset[str]
    hanging: frozenset[str]
    abbreviations: tuple[str, ...]
    broken: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]

    def opens(self, line: str) -> bool:
        """Whether a line is a heading or begins with a label of this layout."""
        heads = (self.axis, self.strategy, self.axis_in_header, self.action)
        labels = tuple(row.label for row in (*self.header, *self.rows))
        return line.startswith(labels) or any(head is not None and head.match(line) for head in heads)

    def is_not_available(self, text: str) -> bool:
        """Whether the text only says that there is nothing."""
        return text.casefold() in self.not_available

    def breaks_off(self, text: str) -> bool:
        """Whether a line can't be the end of what it says: it closes with a preposition, a hyphen, …"""
        last = text[text.rfind(" ") + 1 :]
        return last in self.hanging or UNFINISHED.fullmatch(last) is not None


def load_layout(path: Path) -> Layout:
    """Read a layout file. Raises `ExtractionError` with the code `bad_layout` and the place of the mistake."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ExtractionError("bad_layout", path=str(path), where="", detail=str(error)) from error
    try:
        return _layout(data)
    except _LayoutError as mistake:
        raise ExtractionError("bad_layout", path=str(path), where=mistake.where, detail=mistake.detail) from mistake


@cache
def known_layouts() -> tuple[Layout, ...]:
    """The layouts that come with the package."""
    return tuple(load_layout(path) for path in sorted(LAYOUTS.glob("*.toml")))


class _LayoutError(Exception):
    def __init__(self, where: str, detail: str) -> None:
        self.where = where
        self.detail = detail
        super().__init__(where)


def _layout(data: dict[str, Any]) -> Layout:
    heads = data.get("heads", {})
    words = data.get("words", {})
    return Layout(
        name=str(data.get("name", "")),
        title=_patterns(data, "title"),
        announced=_patterns(data, "announced"),
        furniture=_patterns(data, "furniture"),
        axis=_needed(heads, "axis", "heads", "number", "title"),
        strategy=_needed(heads, "strategy", "heads", "code", "title"),
        axis_in_header=_needed(heads, "axis_in_header", "heads", "number", "title")
        if "axis_in_header" in heads
        else None,
        action=_needed(heads, "action", "heads", "code", "title"),
        section=_pattern(heads, "section", "heads"),
        header=tuple(_row(row, f"header[{n}]", in_header=True) for n, row in enumerate(data.get("header", []))),
        rows=tuple(_row(row, f"row[{n}]") for n, row in enumerate(data.get("row", []))),
        listing=_listing(data["listing"]) if "listing" in data else None,
        not_available=frozenset(word.casefold() for word in words.get("not_available", [])),
        hanging=frozenset(words.get("hanging", [])),
        abbreviations=tuple(words.get("abbreviations", [])),
        broken=tuple(
            (
                _compiled(rf"(?:{pair['ends']})$", f"broken[{n}].ends"),
                _compiled(rf"^(?:{pair['goes_on']})", f"broken[{n}].goes_on"),
            )
            for n, pair in enumerate(data.get("broken", []))
        ),
    )


def _listing(data: dict[str, Any]) -> Listing:
    return Listing(
        axis=_needed(data, "axis", "listing", "number"),
        strategy=_needed(data, "strategy", "listing", "code", "title"),
        proposed=_pattern(data, "proposed", "listing"),
        skip=_patterns(data, "skip"),
    )


def _row(data: dict[str, Any], where: str, *, in_header: bool = False) -> Row:
    field, label, read = data.get("field", ""), data.get("label", ""), data.get("read", "paragraph")
    framework = data.get("framework", "")
    if not field or not label:
        raise _LayoutError(where, "field, label")
    if read not in READINGS:
        raise _LayoutError(f"{where}.read", " | ".join(READINGS))
    if framework and framework not in FRAMEWORKS:
        raise _LayoutError(f"{where}.framework", " | ".join(FRAMEWORKS))
    if not in_header and not framework and field not in PLAIN_FIELDS:
        raise _LayoutError(f"{where}.field", " | ".join(PLAIN_FIELDS))
    if read == "codes" and "item" not in data:
        raise _LayoutError(f"{where}.item", "(?P<code>…)")
    return Row(
        field=field,
        label=label,
        read=read,
        framework=framework,
        unlabelled=bool(data.get("unlabelled")),
        last=bool(data.get("last")),
        goes_on=_pattern(data, "goes_on", where),
        none=_pattern(data, "none", where),
        item=_needed(data, "item", where, "code") if "item" in data else None,
        group=_needed(data, "group", where, "code") if "group" in data else None,
        integration=_pattern(data, "integration", where),
        between=_pattern(data, "between", where),
        remark=_pattern(data, "remark", where),
    )


def _compiled(pattern: object, where: str) -> re.Pattern[str]:
    try:
        return re.compile(str(pattern))
    except re.error as error:
        raise _LayoutError(where, str(error)) from error


def _pattern(data: dict[str, Any], key: str, where: str) -> re.Pattern[str] | None:
    return _compiled(data[key], f"{where}.{key}") if key in data else None


def _patterns(data: dict[str, Any], key: str) -> tuple[re.Pattern[str], ...]:
    return tuple(_compiled(pattern, f"{key}[{n}]") for n, pattern in enumerate(data.get(key, [])))


def _needed(data: dict[str, Any], key: str, where: str, *groups: str) -> re.Pattern[str]:
    pattern = _pattern(data, key, where)
    if pattern is None:
        raise _LayoutError(f"{where}.{key}", "(?P<…>)")
    for group in groups:
        if group not in pattern.groupindex:
            raise _LayoutError(f"{where}.{key}", f"(?P<{group}>…)")
    return pattern
