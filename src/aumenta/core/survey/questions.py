"""What a questionnaire asks: questions of seven kinds, some of them only of those who answered another in some way."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final

MOST_QUESTIONS: Final = 100
MOST_OPTIONS: Final = 60
LONGEST_TEXT: Final = 1_000
CODE: Final = re.compile(r"[a-z][a-z0-9_]{0,19}")
"""What questions, options and rows are called in files: a letter, then letters, figures, underscores."""


class Kind(StrEnum):
    """The kinds of question."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    SCALE = "scale"
    MATRIX = "matrix"
    NUMBER = "number"
    DATE = "date"
    OPEN = "open"


CHOSEN: Final = frozenset({Kind.SINGLE, Kind.MULTIPLE, Kind.MATRIX})
"""The kinds that have options."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose, or one row of a matrix."""

    code: str
    text_it: str
    text_en: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    `rows` are those of a matrix, whose `options` are its columns; a scale goes from `low` to `high`, and they bound a
    number too, where they are given. Asked only of those who answered the question `only_if` with one of `only_values`
    (codes of options, or figures of a scale); of everybody where it is empty.
    """

    code: str
    kind: Kind
    text_it: str
    text_en: str = ""
    help_it: str = ""
    help_en: str = ""
    required: bool = False
    options: tuple[Option, ...] = ()
    rows: tuple[Option, ...] = ()
    low: int | None = None
    high: int | None = None
    only_if: str = ""
    only_values: tuple[str, ...] = ()

    @property
    def values(self) -> tuple[str, ...]:
        """What another question's condition may name of it."""
        if self.kind is Kind.SCALE and self.low is not None and self.high is not None:
            return tuple(str(value) for value in range(self.low, self.high + 1))
        return tuple(one.code for one in self.options) if self.kind in {Kind.SINGLE, Kind.MULTIPLE} else ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a questionnaire can't be asked: a code, the question, and what in it."""

    code: str
    question: str = ""
    what: str = ""


def as_json(questions: Sequence[Question]) -> list[dict[str, Any]]:
    """What is kept of them."""
    return [asdict(one) for one in questions]


def from_json(kept: Sequence[Mapping[str, Any]]) -> tuple[Question, ...]:
    """The questions that were kept."""
    return tuple(
        Question(
            **{
                **one,
                "kind": Kind(one["kind"]),
                "options": tuple(Option(**option) for option in one["options"]),
                "rows": tuple(Option(**row) for row in one["rows"]),
                "only_values": tuple(one["only_values"]),
            }
        )
        for one in kept
    )


def problems(questions: Sequence[Question]) -> list[Problem]:
    """All that is wrong, in the order of the questions; nothing where it can be asked."""
    found: list[Problem] = []
    if not questions:
        found.append(Problem("no_questions"))
    if len(questions) > MOST_QUESTIONS:
        found.append(Problem("too_many_questions", what=str(MOST_QUESTIONS)))
    places: dict[str, int] = {}
    for place, one in enumerate(questions):
        if one.code in places:
            found.append(Problem("code_twice", one.code))
        places.setdefault(one.code, place)
        found += _of_one(one)
    found += [Problem("column_twice", one.code, name) for one in questions for name in _parts(one) if name in places]
    looping = _in_loops(questions)
    for place, one in enumerate(questions):
        if one.code in looping:
            found.append(Problem("condition_loops", one.code))
        elif one.only_if and one.only_if not in places:
            found.append(Problem("condition_of_nothing", one.code, one.only_if))
        elif one.only_if and places[one.only_if] >= place:
            found.append(Problem("condition_comes_later", one.code, one.only_if))
        elif one.only_if:
            asked = questions[places[one.only_if]]
            if not one.only_values or set(one.only_values) - set(asked.values):
                found.append(Problem("condition_value", one.code, one.only_if))
    return found


def _parts(one: Question) -> list[str]:
    """The columns of a question that has several in the table of replies."""
    parts = {Kind.MULTIPLE: one.options, Kind.MATRIX: one.rows}.get(one.kind, ())
    return [f"{one.code}_{part.code}" for part in parts]


def _of_one(one: Question) -> Iterator[Problem]:
    if not CODE.fullmatch(one.code):
        yield Problem("bad_code", one.code)
    if not one.text_it.strip():
        yield Problem("no_text", one.code)
    if max(map(len, (one.text_it, one.text_en, one.help_it, one.help_en))) > LONGEST_TEXT:
        yield Problem("too_long", one.code, str(LONGEST_TEXT))
    if one.kind in CHOSEN and not 2 <= len(one.options) <= MOST_OPTIONS:
        yield Problem("options_number", one.code, str(MOST_OPTIONS))
    if one.kind is Kind.MATRIX and not 1 <= len(one.rows) <= MOST_OPTIONS:
        yield Problem("rows_number", one.code, str(MOST_OPTIONS))
    for some in (one.options, one.rows):
        codes = [option.code for option in some]
        if len(set(codes)) < len(codes) or any(not option.text_it.strip() for option in some):
            yield Problem("options_twice", one.code)
    if one.kind is Kind.SCALE and (one.low is None or one.high is None or not 1 <= one.high - one.low <= 10):
        yield Problem("scale_ends", one.code)
    if one.kind is Kind.NUMBER and one.low is not None and one.high is not None and one.low > one.high:
        yield Problem("number_ends", one.code)


def _in_loops(questions: Sequence[Question]) -> set[str]:
    """The questions whose conditions lead back to themselves."""
    waits_for = {one.code: one.only_if for one in questions}
    found = set()
    for start in waits_for:
        seen: list[str] = []
        code = start
        while code and code not in seen:
            seen.append(code)
            code = waits_for.get(code, "")
        if code == start:
            found.add(start)
    return found
