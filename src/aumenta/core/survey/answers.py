"""How what somebody filled in is read: each question's answer, or what is wrong with it.

Fields are called `q-CODE`, in a matrix `q-CODE-ROW`. What is filled in for a question that is not asked of her is left
out: whoever changed an earlier answer must not have answered what she was not asked.
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from aumenta.core.survey.questions import Kind, Question

Answers = dict[str, Any]
"""Code of the question → a code (single), codes (multiple), a whole number (scale), row → code (matrix), a number, a
day as text, a text. A question that was not answered is not there."""
Given = Mapping[str, Sequence[str]]
LONGEST_OPEN: Final = 5_000
FARTHEST: Final = 10**12


def read_answers(questions: Sequence[Question], given: Given) -> tuple[Answers, dict[str, str]]:
    """The answers, and what is wrong: code of the question → `required`, `not_a_choice`, `not_a_number`,
    `out_of_range`, `not_a_day`, `too_long`."""
    answers: Answers = {}
    faults: dict[str, str] = {}
    for one in questions:
        if not is_asked(one, answers):
            continue
        try:
            value = _READ[one.kind](one, given)
        except _FaultError as fault:
            faults[one.code] = str(fault)
            continue
        if value not in ("", None, [], {}):
            answers[one.code] = value
        if one.required and not _is_whole(one, answers):
            faults[one.code] = "required"
    return answers, faults


def is_asked(question: Question, answers: Answers) -> bool:
    """Whether the question is asked of who gave these answers so far."""
    if not question.only_if:
        return True
    given = answers.get(question.only_if)
    chosen = {str(one) for one in given} if isinstance(given, list) else {str(given)}
    return bool(chosen & set(question.only_values))


def as_given(questions: Sequence[Question], answers: Answers) -> dict[str, list[str]]:
    """What a form shows of answers that were kept: read again, they are the same."""
    given: dict[str, list[str]] = {}
    for one in questions:
        value = answers.get(one.code)
        if value is None:
            continue
        if one.kind is Kind.MATRIX:
            given |= {f"q-{one.code}-{row}": [chosen] for row, chosen in value.items()}
        elif one.kind is Kind.MULTIPLE:
            given[f"q-{one.code}"] = list(value)
        else:
            given[f"q-{one.code}"] = [str(value)]
    return given


class _FaultError(Exception):
    """What was filled in is no answer to the question."""


def _is_whole(one: Question, answers: Answers) -> bool:
    value = answers.get(one.code)
    return value is not None and (one.kind is not Kind.MATRIX or len(value) == len(one.rows))


def _first(given: Given, name: str) -> str:
    values = given.get(name) or [""]
    return values[0].strip()


def _single(one: Question, given: Given) -> str:
    value = _first(given, f"q-{one.code}")
    if value and value not in {option.code for option in one.options}:
        raise _FaultError("not_a_choice")
    return value


def _multiple(one: Question, given: Given) -> list[str]:
    chosen = {value for value in given.get(f"q-{one.code}") or () if value}
    codes = [option.code for option in one.options]
    if chosen - set(codes):
        raise _FaultError("not_a_choice")
    return [code for code in codes if code in chosen]


def _scale(one: Question, given: Given) -> int | None:
    value = _first(given, f"q-{one.code}")
    if value and value not in one.values:
        raise _FaultError("not_a_choice")
    return int(value) if value else None


def _matrix(one: Question, given: Given) -> dict[str, str]:
    codes = {option.code for option in one.options}
    found = {row.code: _first(given, f"q-{one.code}-{row.code}") for row in one.rows}
    if {value for value in found.values() if value} - codes:
        raise _FaultError("not_a_choice")
    return {row: value for row, value in found.items() if value}


def _number(one: Question, given: Given) -> float | int | None:
    text = _first(given, f"q-{one.code}").replace("\u00a0", "").replace(" ", "")
    if not text:
        return None
    try:
        value = float(text.replace(",", ".")) if text.isascii() and len(text) <= 30 else math.nan
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or "_" in text:
        raise _FaultError("not_a_number")
    low = -FARTHEST if one.low is None else one.low
    high = FARTHEST if one.high is None else one.high
    if not low <= value <= high:
        raise _FaultError("out_of_range")
    return int(value) if value.is_integer() else value


def _date(one: Question, given: Given) -> str:
    text = _first(given, f"q-{one.code}")
    if not text:
        return ""
    try:
        day = date(*_parts_of_day(text))
    except ValueError:
        day = None
    if day is None:
        raise _FaultError("not_a_day")
    return day.isoformat()


def _parts_of_day(text: str) -> tuple[int, int, int]:
    """Year, month, day of 2026-05-31 or 31/05/2026. Raises ValueError where it is neither."""
    if found := re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := re.fullmatch(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4})", text):
        return int(found[3]), int(found[2]), int(found[1])
    raise ValueError("no day")


def _open(one: Question, given: Given) -> str:
    text = _first(given, f"q-{one.code}").replace("\x00", "")
    if len(text) > LONGEST_OPEN:
        raise _FaultError("too_long")
    return text


_READ: Final[Mapping[Kind, Callable[[Question, Given], Any]]] = {
    Kind.SINGLE: _single,
    Kind.MULTIPLE: _multiple,
    Kind.SCALE: _scale,
    Kind.MATRIX: _matrix,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.OPEN: _open,
}
