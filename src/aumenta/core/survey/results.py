"""What all answers say together: counts with intervals, and small counts left out so that nobody can work them out.

An interval is Wilson's, at 95 %: it says how far a percentage could be off if those who answered were drawn at random
of many. Who answers a questionnaire by herself was not: whoever shows it says so.
Source: E. B. Wilson, "Probable inference" (1927); R. G. Newcombe, Statistics in Medicine 17 (1998).
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from aumenta.core.indices.suppression import SMALLEST_SHOWN, rows_left_out
from aumenta.core.survey.answers import Answers
from aumenta.core.survey.questions import Kind, Question

Z: Final = 1.959964
"""95 % of a normal distribution lie within so many standard deviations."""
FEWEST_FOR_A_MEAN: Final = 10
OTHER_YEARS: Final = "other"


@dataclass(frozen=True, slots=True)
class Line:
    """How many chose a thing, their part of those who answered and its interval (0 to 1); None where left out."""

    value: str
    count: int | None
    part: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of numbers with its interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Result:
    """What a question brought: how many answered it, its lines, of a matrix one group of lines a row, a mean.

    `answered` is None where so few did that it is left out; `whole` is False where the question is left out altogether,
    because it would give away what is left out of the one it depends on.
    """

    question: Question
    answered: int | None
    groups: tuple[tuple[str, tuple[Line, ...]], ...] = ()
    mean: Mean | None = None
    whole: bool = True


@dataclass
class _Tally:
    answered: int = 0
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    total: float = 0.0
    squares: float = 0.0


def wilson(count: int, of: int) -> tuple[float, float]:
    """The interval of a part of `of`, which is more than none, at 95 %."""
    part = count / of
    middle = (part + Z**2 / (2 * of)) / (1 + Z**2 / of)
    half = Z * math.sqrt(part * (1 - part) / of + Z**2 / (4 * of**2)) / (1 + Z**2 / of)
    return max(0.0, middle - half), min(1.0, middle + half)


def results(questions: Sequence[Question], answers: Iterable[Answers]) -> list[Result]:
    """The result of each question, in their order. Answers are read once, one after the other."""
    tallies = {one.code: _Tally() for one in questions}
    kinds = [(one.code, one.kind) for one in questions]
    for given in answers:
        for code, kind in kinds:
            if (value := given.get(code)) is not None:
                _add(tallies[code], kind, value)
    found: dict[str, Result] = {}
    for one in questions:
        found[one.code] = _result(one, tallies[one.code], found.get(one.only_if))
    return list(found.values())


def _add(tally: _Tally, kind: Kind, value: object) -> None:
    tally.answered += 1
    if kind is Kind.MATRIX and isinstance(value, dict):
        for row, chosen in value.items():
            tally.counts.setdefault(row, Counter())[str(chosen)] += 1
    elif kind is Kind.MULTIPLE and isinstance(value, list):
        tally.counts.setdefault("", Counter()).update(map(str, value))
    elif kind is Kind.DATE:
        tally.counts.setdefault("", Counter())[str(value)[:4]] += 1
    elif kind in {Kind.SINGLE, Kind.SCALE}:
        tally.counts.setdefault("", Counter())[str(value)] += 1
    if kind in {Kind.NUMBER, Kind.SCALE} and isinstance(value, int | float):
        tally.total += value
        tally.squares += value * value


def _result(one: Question, tally: _Tally, depends_on: Result | None) -> Result:
    if depends_on is not None and _leaves_out(depends_on):
        return Result(one, None, whole=False)
    shown = tally.answered if not 0 < tally.answered < SMALLEST_SHOWN else None
    if shown is None:
        return Result(one, None)
    mean = _mean(tally) if one.kind in {Kind.NUMBER, Kind.SCALE} and tally.answered >= FEWEST_FOR_A_MEAN else None
    groups: list[tuple[str, tuple[Line, ...]]] = []
    if one.kind is Kind.MATRIX:
        codes = [option.code for option in one.options]
        groups = [(row.code, _spread(codes, tally.counts.get(row.code, Counter()))) for row in one.rows]
    elif one.kind is Kind.MULTIPLE:
        groups = [("", _each(one.values, tally.counts.get("", Counter()), shown))]
    elif one.kind in {Kind.SINGLE, Kind.SCALE}:
        groups = [("", _spread(one.values, tally.counts.get("", Counter())))]
    elif one.kind is Kind.DATE:
        counts = tally.counts.get("", Counter())
        groups = [("", _years(counts))] if counts else []
    # A mean and all counts but two give these two back.
    if any(line.count is None for _row, lines in groups for line in lines):
        mean = None
    return Result(one, shown, tuple(groups), mean)


def _leaves_out(result: Result) -> bool:
    return (
        not result.whole
        or result.answered is None
        or any(line.count is None for _row, lines in result.groups for line in lines)
    )


def _spread(codes: Sequence[str], counts: Counter[str]) -> tuple[Line, ...]:
    """Counts that add up to those who answered: one left out takes others along."""
    numbers = [counts[code] for code in codes]
    total = sum(numbers)
    hidden = rows_left_out([[number] for number in numbers])
    return tuple(
        Line(code, None) if place in hidden else _line(code, number, total)
        for place, (code, number) in enumerate(zip(codes, numbers, strict=True))
    )


def _years(counts: Counter[str]) -> tuple[Line, ...]:
    """The years; those left out as one line without a year, which alone would say that somebody gave it."""
    lines = _spread(sorted(counts), counts)
    shown = tuple(line for line in lines if line.count is not None)
    return shown if len(shown) == len(lines) else (*shown, Line(OTHER_YEARS, None))


def _each(codes: Sequence[str], counts: Counter[str], of: int) -> tuple[Line, ...]:
    """Counts that don't add up, because each may choose several; few who did not choose are as few as who did."""
    small = range(1, SMALLEST_SHOWN)
    return tuple(
        Line(code, None) if counts[code] in small or of - counts[code] in small else _line(code, counts[code], of)
        for code in codes
    )


def _line(code: str, count: int, of: int) -> Line:
    return Line(code, count, count / of, *wilson(count, of)) if of else Line(code, count)


def _mean(tally: _Tally) -> Mean:
    value = tally.total / tally.answered
    variance = max(0.0, tally.squares - tally.answered * value * value) / (tally.answered - 1)
    half = Z * math.sqrt(variance / tally.answered)
    return Mean(value, value - half, value + half)
