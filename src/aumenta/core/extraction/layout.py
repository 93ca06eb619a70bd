"""How a plan is printed, as data: labels, headings, headers and footers, in one TOML file per layout.

The files are in `layouts/`; their keys are explained in `layouts/torino.toml` and in
docs/how-to/load-another-citys-plan.md. A layout from elsewhere is read with `load_layout(path)`.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from aumenta.core.extraction.document import CHAPTER_KINDS, FRAMEWORK_CODE, ExtractionError
from aumenta.core.extraction.numbering import LETTERS

LAYOUTS: Final = Path(__file__).parent / "layouts"
READINGS: Final = ("paragraph", "list", "lines", "entries", "codes")
UNFINISHED: Final = re.compile(r".*[-–/]|.*[^\W\d]['’]")
PLAIN_FIELDS: Final = ("description", "examples", "actors", "own_instruments", "higher_instruments")


@dataclass(frozen=True, slots=True)
class LayoutRow:
    """One labelled row of a sheet: its field (or framework) and how its value is read.

    A field that is none of `PLAIN_FIELDS` and belongs to no framework is kept under its label (times, costs …).
    """

    field: str
    label: str
    read: str
    framework: str = ""
    unlabelled: bool = False
    last: bool = False
    any_case: bool = False
    goes_on: re.Pattern[str] | None = None
    none: re.Pattern[str] | None = None
    item: re.Pattern[str] | None = None
    group: re.Pattern[str] | None = None
    integration: re.Pattern[str] | None = None
    between: re.Pattern[str] | None = None
    remark: re.Pattern[str] | None = None

    @property
    def is_other(self) -> bool:
        """Whether the row has no field of its own."""
        return not self.framework and self.field not in PLAIN_FIELDS


@dataclass(frozen=True, slots=True)
class ChapterHead:
    """The heading of a text outside axes and sheets, and what kind of text it opens."""

    kind: str
    head: re.Pattern[str]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """How strategies are printed where they stand alone, without sheets."""

    axis: re.Pattern[str]
    strategy: re.Pattern[str]
    proposed: re.Pattern[str] | None
    skip: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole layout; see the module's docstring.

    `strategy` is none in a plan of two levels, whose actions stand right under their axes. `letters` says what the
    letters of a code count as (`numbering.read_code`). In `pages` one file may hold a single axis.
    """

    name: str
    title: tuple[re.Pattern[str], ...]
    announced: tuple[re.Pattern[str], ...]
    headers_and_footers: tuple[re.Pattern[str], ...]
    axis: re.Pattern[str]
    strategy: re.Pattern[str] | None
    axis_in_header: re.Pattern[str] | None
    action: re.Pattern[str]
    section: re.Pattern[str] | None
    header: tuple[LayoutRow, ...]
    rows: tuple[LayoutRow, ...]
    listing: Listing | None
    not_available: frozenset[str]
    hanging: frozenset[str]
    abbreviations: tuple[str, ...]
    broken: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]
    letters: str = ""
    axis_aim: bool = False
    sentences: bool = False
    pages: bool = False
    chapters: tuple[ChapterHead, ...] = ()

    def opens(self, line: str) -> bool:
        """Whether a line is a heading or begins with a label of this layout."""
        heads = (self.axis, self.strategy, self.axis_in_header, self.action)
        labels = tuple(row.label for row in (*self.header, *self.rows) if row.label)
        return line.startswith(labels) or any(head is not None and head.match(line) for head in heads)

    def is_not_available(self, text: str) -> bool:
        """Whether the text only says that there is nothing."""
        return text.casefold() in self.not_available

    def breaks_off(self, text: str) -> bool:
        """Whether a line can't be the end of what it says: it closes with a preposition, a hyphen, …"""
        last = text[text.rfind(" ") + 1 :]
        return last in self.hanging or UNFINISHED.fullmatch(last) is not None


NOT_UTF8: Final = "not a text in UTF-8"
"""What is the matter with a layout that is a picture, say; `sentences` has it in the reader's language."""


def load_layout(path: Path) -> Layout:
    """Read a layout file. Raises `ExtractionError` with the code `bad_layout` and the place of the mistake."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ExtractionError("bad_layout", path=str(path), where="", detail=NOT_UTF8) from error
    except OSError as error:
        raise ExtractionError("bad_layout", path=str(path), where="", detail=str(error)) from error
    return layout_from_text(text, str(path))


def layout_from_text(text: str, path: str = "") -> Layout:
    """The layout that a TOML text describes; errors as `load_layout`."""
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ExtractionError("bad_layout", path=path, where="", detail=str(error)) from error
    try:
        return _layout(data)
    except LayoutMistakeError as mistake:
        raise ExtractionError("bad_layout", path=path, where=mistake.where, detail=mistake.detail) from mistake


@cache
def known_layouts() -> tuple[Layout, ...]:
    """The layouts that come with the package."""
    return tuple(load_layout(path) for path in sorted(LAYOUTS.glob("*.toml")))


class LayoutMistakeError(Exception):
    """A value of a layout that can't be used: the key it stands under, and what is wrong or expected there."""

    def __init__(self, where: str, detail: str) -> None:
        self.where = where
        self.detail = detail
        super().__init__(where)


class _Table:
    """One table of a layout file; every value is checked where it is taken, so that a mistake has a place."""

    def __init__(self, data: object, where: str = "") -> None:
        if not isinstance(data, dict):
            raise LayoutMistakeError(where, "[…] / {…}")
        self.data: dict[str, Any] = data
        self.where = where

    def path(self, key: str) -> str:
        return f"{self.where}.{key}" if self.where else key

    def __contains__(self, key: str) -> bool:
        return key in self.data

    def text(self, key: str) -> str:
        value = self.data.get(key, "")
        if not isinstance(value, str):
            raise LayoutMistakeError(self.path(key), "'…'")
        return value

    def flag(self, key: str) -> bool:
        value = self.data.get(key, False)
        if not isinstance(value, bool):
            raise LayoutMistakeError(self.path(key), "true | false")
        return value

    def choice(self, key: str, allowed: Sequence[str], default: str) -> str:
        value = self.data.get(key, default)
        if value not in allowed:
            raise LayoutMistakeError(self.path(key), " | ".join(filter(None, allowed)))
        return str(value)

    def items(self, key: str) -> list[Any]:
        value = self.data.get(key, [])
        if not isinstance(value, list):
            raise LayoutMistakeError(self.path(key), "['…']")
        return value

    def texts(self, key: str) -> list[str]:
        for position, value in enumerate(self.items(key)):
            if not isinstance(value, str):
                raise LayoutMistakeError(f"{self.path(key)}[{position}]", "'…'")
        return self.items(key)

    def tables(self, key: str) -> list[_Table]:
        return [_Table(value, f"{self.path(key)}[{n}]") for n, value in enumerate(self.items(key))]

    def table(self, key: str) -> _Table:
        return _Table(self.data.get(key, {}), self.path(key))

    def pattern(self, key: str, *groups: str, around: str = "%s") -> re.Pattern[str] | None:
        """The pattern under a key, none where it is left out; `groups` are the names it must have."""
        if key not in self.data:
            return None
        found = _compiled(around % self.text(key), self.path(key))
        for group in groups:
            if group not in found.groupindex:
                raise LayoutMistakeError(self.path(key), f"(?P<{group}>…)")
        return found

    def needed(self, key: str, *groups: str, around: str = "%s") -> re.Pattern[str]:
        found = self.pattern(key, *groups, around=around)
        if found is None:
            raise LayoutMistakeError(self.path(key), "".join(f"(?P<{group}>…)" for group in groups) or "'…'")
        return found

    def patterns(self, key: str) -> tuple[re.Pattern[str], ...]:
        return tuple(_compiled(text, f"{self.path(key)}[{n}]") for n, text in enumerate(self.texts(key)))


def _compiled(pattern: str, where: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        raise LayoutMistakeError(where, str(error)) from error


def _layout(data: dict[str, Any]) -> Layout:
    table = _Table(data)
    heads, words, codes = table.table("heads"), table.table("words"), table.table("codes")
    levels = codes.data.get("levels", 3)
    if levels not in (2, 3) or isinstance(levels, bool):
        raise LayoutMistakeError("codes.levels", "2 | 3")
    needed = heads.pattern if levels == 2 else heads.needed
    return Layout(
        name=table.text("name"),
        title=table.patterns("title"),
        announced=table.patterns("announced"),
        headers_and_footers=table.patterns("headers_and_footers"),
        axis=heads.needed("axis", "number", "title"),
        strategy=needed("strategy", "code", "title"),
        axis_in_header=heads.pattern("axis_in_header", "number", "title"),
        action=heads.needed("action", "code", "title"),
        section=heads.pattern("section"),
        header=tuple(_row(row, in_header=True) for row in table.tables("header")),
        rows=tuple(_row(row) for row in table.tables("row")),
        listing=_listing(table.table("listing")) if "listing" in table else None,
        not_available=frozenset(word.casefold() for word in words.texts("not_available")),
        hanging=frozenset(words.texts("hanging")),
        abbreviations=tuple(words.texts("abbreviations")),
        broken=tuple(
            (pair.needed("ends", around="(?:%s)$"), pair.needed("goes_on", around="^(?:%s)"))
            for pair in table.tables("broken")
        ),
        letters=codes.choice("letters", LETTERS, ""),
        axis_aim=heads.flag("axis_aim"),
        sentences=heads.flag("sentences"),
        pages=heads.flag("pages"),
        chapters=tuple(_chapter(chapter) for chapter in table.tables("chapter")),
    )


def _listing(table: _Table) -> Listing:
    return Listing(
        axis=table.needed("axis", "number"),
        strategy=table.needed("strategy", "code", "title"),
        proposed=table.pattern("proposed"),
        skip=table.patterns("skip"),
    )


def _chapter(table: _Table) -> ChapterHead:
    if "kind" not in table:
        raise LayoutMistakeError(table.path("kind"), " | ".join(CHAPTER_KINDS))
    return ChapterHead(
        kind=table.choice("kind", CHAPTER_KINDS, ""), head=table.needed("head"), heading=table.text("title")
    )


def _row(table: _Table, *, in_header: bool = False) -> LayoutRow:
    field, label, framework = table.text("field"), table.text("label"), table.text("framework")
    unlabelled = table.flag("unlabelled")
    if not field or not (label or unlabelled):
        raise LayoutMistakeError(table.where, "field, label")
    if framework and not FRAMEWORK_CODE.fullmatch(framework):
        raise LayoutMistakeError(table.path("framework"), "a-z 0-9 _ -")
    if not in_header and not framework and field not in PLAIN_FIELDS:
        # A name of the office's own is kept under its label; one letter wrong in ours would lose the field.
        meant = difflib.get_close_matches(field, PLAIN_FIELDS, 1, 0.8)
        if meant or not field.strip():
            raise LayoutMistakeError(table.path("field"), " | ".join(PLAIN_FIELDS))
    read = table.choice("read", READINGS, "paragraph")
    if read == "codes" and "item" not in table:
        raise LayoutMistakeError(table.path("item"), "(?P<code>…)")
    if read == "codes" and not framework and not in_header:
        raise LayoutMistakeError(table.path("framework"), "pnrr, …")
    return LayoutRow(
        field=field,
        label=label,
        read=read,
        framework=framework,
        unlabelled=unlabelled,
        last=table.flag("last"),
        goes_on=table.pattern("goes_on"),
        none=table.pattern("none"),
        item=table.pattern("item", "code"),
        group=table.pattern("group", "code"),
        integration=table.pattern("integration"),
        between=table.pattern("between"),
        remark=table.pattern("remark"),
    )
