"""Reading the format "aumenta-plan/1" with a clear error for every value that isn't as it should be."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import Any

from aumenta.core.extraction.document import (
    CHAPTER_KINDS,
    ESSAY,
    FORMAT,
    FRAMEWORK_CODE,
    PRIMARY,
    ROLES,
    ActionSheet,
    AlignmentEntry,
    AxisEntry,
    Chapter,
    ExtractionError,
    OtherRow,
    PlanDocument,
    Problem,
    StrategyEntry,
)

# Each number as in `numbering`: from 1, no longer than four figures.
STRATEGY_CODE = re.compile(r"[1-9][0-9]{0,3}\.[1-9][0-9]{0,3}")
ACTION_CODE = re.compile(r"[1-9][0-9]{0,3}\.[1-9][0-9]{0,3}\.[1-9][0-9]{0,3}")
# What JSON can write and no encoding can; and the sign that ends a text in PostgreSQL.
UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")


class _Record:
    """One JSON object, read key by key; knows its own path so that an error can name it."""

    def __init__(self, data: object, where: str) -> None:
        if not isinstance(data, dict):
            raise _wrong(where, "an object", data)
        self.data: dict[str, Any] = data
        self.where = where
        self.left = set(data)

    def _take(self, key: str, default: object = None) -> object:
        self.left.discard(key)
        return self.data.get(key, default)

    def path(self, key: str) -> str:
        return f"{self.where}.{key}" if self.where else key

    def text(self, key: str, *, empty: bool = False) -> str:
        value = self._take(key)
        if not isinstance(value, str) or (not empty and not value.strip()):
            raise _wrong(self.path(key), "a text" if empty else "a text that isn't empty", value)
        return UNKEEPABLE.sub("\ufffd", value)

    def optional_text(self, key: str) -> str:
        return self.text(key, empty=True) if key in self.data else ""

    def framework(self, key: str) -> str:
        value = self._take(key)
        if not isinstance(value, str) or not FRAMEWORK_CODE.fullmatch(value):
            raise _wrong(self.path(key), "a short name such as pnrr", value)
        return value

    def code(self, key: str, shape: re.Pattern[str], example: str) -> str:
        value = self._take(key)
        if not isinstance(value, str) or not shape.fullmatch(value):
            raise _wrong(self.path(key), f"{example}, {example[:-1]}{int(example[-1]) + 1}, …", value)
        return value

    def number(self, key: str) -> int:
        value = self._take(key)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 10**9:
            raise _wrong(self.path(key), "a whole number", value)
        return value

    def flag(self, key: str) -> bool:
        value = self._take(key, False)
        if not isinstance(value, bool):
            raise _wrong(self.path(key), "true or false", value)
        return value

    def choice(self, key: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        value = self._take(key, default)
        if value not in allowed:
            raise _wrong(self.path(key), " | ".join(allowed), value)
        return str(value)

    def items(self, key: str) -> list[object]:
        value = self._take(key, [])
        if not isinstance(value, list):
            raise _wrong(self.path(key), "a list", value)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        good = self._each(key, "a text", lambda v: isinstance(v, str) and bool(v.strip()))
        return tuple(UNKEEPABLE.sub("\ufffd", text) for text in good)

    def numbers(self, key: str) -> tuple[int, ...]:
        return tuple(self._each(key, "a whole number", lambda v: isinstance(v, int) and not isinstance(v, bool)))

    def _each(self, key: str, expected: str, good: Callable[[object], bool]) -> Iterable[Any]:
        for position, value in enumerate(self.items(key)):
            if not good(value):
                raise _wrong(f"{self.path(key)}[{position}]", expected, value)
            yield value

    def records(self, key: str) -> Iterable[_Record]:
        for position, value in enumerate(self.items(key)):
            yield _Record(value, f"{self.path(key)}[{position}]")

    def close(self) -> None:
        """A key this version doesn't know would be dropped in silence: say so instead."""
        if self.left:
            key = min(self.left)
            raise ExtractionError("wrong_value", where=self.path(key), expected="no such key", found=key)


def document_from_json(text: str | bytes) -> PlanDocument:
    """Read the format "aumenta-plan/1" back, checking every value.

    Raises `ExtractionError` with one of the codes `not_json`, `wrong_format`, `wrong_value`, `repeated_code`,
    `unknown_reference`; `params["where"]` is the path of the value, e.g. `actions[3].alignments[0].role`.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ExtractionError("not_json", detail=str(error)) from error
    return document_from_data(data)


def document_from_data(data: object) -> PlanDocument:
    """The plan out of decoded JSON; see `document_from_json` for the errors."""
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        found = data.get("format") if isinstance(data, dict) else type(data).__name__
        raise ExtractionError("wrong_format", found=found, expected=FORMAT)
    record = _Record({key: value for key, value in data.items() if key != "format"}, "")
    document = PlanDocument(
        title=record.text("title", empty=True),
        axes=tuple(_axis(entry) for entry in record.records("axes")),
        strategies=tuple(_strategy(entry) for entry in record.records("strategies")),
        actions=tuple(_action(entry) for entry in record.records("actions")),
        problems=tuple(_problem(entry) for entry in record.records("problems")),
        chapters=tuple(_chapter(entry) for entry in record.records("chapters")),
    )
    record.close()
    _check_references(document)
    return document


def _axis(record: _Record) -> AxisEntry:
    entry = AxisEntry(
        number=record.number("number"),
        title=record.text("title", empty=True),
        purpose=record.optional_text("purpose"),
    )
    record.close()
    return entry


def _strategy(record: _Record) -> StrategyEntry:
    entry = StrategyEntry(
        code=record.code("code", STRATEGY_CODE, "1.2"),
        axis=record.number("axis"),
        title=record.text("title"),
        purpose=record.text("purpose", empty=True),
        carta_bologna=record.numbers("carta_bologna"),
        proposed=record.flag("proposed"),
    )
    record.close()
    return entry


def _action(record: _Record) -> ActionSheet:
    sheet = ActionSheet(
        code=record.code("code", ACTION_CODE, "1.2.3"),
        strategy=record.code("strategy", STRATEGY_CODE, "1.2"),
        title=record.text("title"),
        description=record.text("description", empty=True),
        examples=record.texts("examples"),
        actors=record.texts("actors"),
        alignments=tuple(_alignment(entry) for entry in record.records("alignments")),
        own_instruments=record.texts("own_instruments"),
        higher_instruments=record.texts("higher_instruments"),
        links=record.texts("links"),
        lines=_lines(record),
        rows=tuple(_row(entry) for entry in record.records("rows")),
        title_proposed=record.flag("title_proposed"),
        printed_code=record.optional_text("printed_code"),
    )
    record.close()
    return sheet


def _alignment(record: _Record) -> AlignmentEntry:
    entry = AlignmentEntry(
        framework=record.framework("framework"),
        code=record.text("code"),
        role=record.choice("role", ROLES, PRIMARY),
    )
    record.close()
    return entry


def _row(record: _Record) -> OtherRow:
    row = OtherRow(label=record.text("label"), text=record.text("text"))
    record.close()
    return row


def _chapter(record: _Record) -> Chapter:
    entry = Chapter(
        kind=record.choice("kind", CHAPTER_KINDS, ESSAY),
        title=record.text("title"),
        text=record.text("text"),
        lines=_lines(record),
    )
    record.close()
    return entry


def _lines(record: _Record) -> tuple[int, int]:
    lines = record.numbers("lines") or (0, 0)
    if len(lines) != 2 or lines[0] > lines[1]:
        raise _wrong(record.path("lines"), "[first, last]", list(lines))
    return lines[0], lines[1]


def _problem(record: _Record) -> Problem:
    entry = Problem(
        line=record.number("line"),
        kind=record.text("kind"),
        text=record.text("text", empty=True),
        file=record.optional_text("file"),
    )
    record.close()
    return entry


def _check_references(document: PlanDocument) -> None:
    """Codes must be unique, strategies must have their axis and actions their strategy."""
    axes = {axis.number for axis in document.axes}
    strategies = {strategy.code for strategy in document.strategies}
    _unique("axes", "number", [axis.number for axis in document.axes])
    _unique("strategies", "code", [strategy.code for strategy in document.strategies])
    _unique("actions", "code", [action.code for action in document.actions])
    for position, strategy in enumerate(document.strategies):
        if strategy.axis not in axes:
            raise ExtractionError("unknown_reference", where=f"strategies[{position}].axis", found=strategy.axis)
    for position, action in enumerate(document.actions):
        if action.strategy not in strategies:
            raise ExtractionError("unknown_reference", where=f"actions[{position}].strategy", found=action.strategy)


def _unique(key: str, field: str, values: list[Any]) -> None:
    seen = set()
    for position, value in enumerate(values):
        if value in seen:
            raise ExtractionError("repeated_code", where=f"{key}[{position}].{field}", found=value)
        seen.add(value)


def _wrong(where: str, expected: str, value: object) -> ExtractionError:
    shown = repr(value)
    return ExtractionError(
        "wrong_value", where=where, expected=expected, found=shown if len(shown) <= 60 else shown[:57] + "…"
    )
