"""Questions of a questionnaire as they are shown: their words in the reader's language, what was filled in, what is
wrong; and their results."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from aumenta.core.survey.questions import Kind, Option, Question
from aumenta.core.survey.results import OTHER_YEARS, Line, Result
from aumenta.people.reader import in_language, in_quotes

FAULTS: Final = {
    "required": _("This question needs an answer."),
    "not_a_choice": _("Choose one of the answers that are there."),
    "not_a_number": _("Write a number, such as 12 or 3,5."),
    "out_of_range": _("This number is outside of what can be answered."),
    "not_a_day": _("Write a day, such as 2026-05-31."),
    "too_long": _("The text is too long: shorten it."),
}
KINDS: Final = {
    Kind.SINGLE: _("one answer"),
    Kind.MULTIPLE: _("several answers"),
    Kind.SCALE: _("scale"),
    Kind.MATRIX: _("table of answers"),
    Kind.NUMBER: _("number"),
    Kind.DATE: _("day"),
    Kind.OPEN: _("free text"),
}


def words_of(one: Question | Option, name: str = "text") -> str:
    """Its words in the reader's language; in Italian where there are no others."""
    return in_language(getattr(one, f"{name}_it"), getattr(one, f"{name}_en", ""))


@dataclass(frozen=True)
class Choice:
    """Something that can be chosen, and whether it was."""

    name: str
    value: str
    text: str
    chosen: bool
    id: str


@dataclass(frozen=True)
class ShownQuestion:
    """A question on a page."""

    question: Question
    number: int
    text: str
    help: str
    name: str
    choices: list[Choice]
    rows: list[tuple[str, list[Choice]]]
    value: str
    fault: str
    only: str

    @property
    def kind(self) -> str:
        """Its kind, for templates."""
        return str(self.question.kind)

    @property
    def kind_words(self) -> str:
        """Its kind in words."""
        return str(KINDS[self.question.kind])


def shown_questions(
    questions: Sequence[Question], given: Mapping[str, Sequence[str]], faults: Mapping[str, str]
) -> list[ShownQuestion]:
    """The questions with what was filled in so far and what is wrong with it."""
    numbers = {one.code: place for place, one in enumerate(questions, 1)}
    by_code = {one.code: one for one in questions}
    return [
        ShownQuestion(
            one,
            numbers[one.code],
            words_of(one),
            words_of(one, "help"),
            f"q-{one.code}",
            _choices(one, f"q-{one.code}", given),
            [(words_of(row), _choices(one, f"q-{one.code}-{row.code}", given)) for row in one.rows],
            (given.get(f"q-{one.code}") or [""])[0],
            str(FAULTS[faults[one.code]]) if one.code in faults else "",
            _only(one, by_code, numbers),
        )
        for one in questions
    ]


def _choices(one: Question, name: str, given: Mapping[str, Sequence[str]]) -> list[Choice]:
    chosen = set(given.get(name) or ())
    options = {option.code: words_of(option) for option in one.options}
    if one.kind is Kind.SCALE:
        options = {value: value for value in one.values}
    return [Choice(name, code, text, code in chosen, f"{name}-{code}") for code, text in options.items()]


def _either(answers: Sequence[str]) -> str:
    """The answers in quotation marks, as the reader's language has them: «Molto», «Un poco» o «Per niente»."""
    quoted = [in_quotes(answer) for answer in answers]
    if len(quoted) < 2:
        return "".join(quoted)
    return str(_("%(some)s or %(last)s")) % {"some": ", ".join(quoted[:-1]), "last": quoted[-1]}


def _only(one: Question, by_code: Mapping[str, Question], numbers: Mapping[str, int]) -> str:
    """Of whom it is asked, in words; empty where of everybody."""
    asked = by_code.get(one.only_if)
    if asked is None:
        return ""
    labels = {option.code: words_of(option) for option in asked.options}
    values = _either([labels.get(value, value) for value in one.only_values])
    return str(_("Only if you answered %(values)s to question %(number)s.")) % {
        "values": values,
        "number": numbers[one.only_if],
    }


@dataclass(frozen=True)
class ShownLine:
    """A line of a result in words."""

    text: str
    line: Line

    @property
    def percent(self) -> float | None:
        """Of those who answered."""
        return None if self.line.part is None else 100 * self.line.part

    @property
    def interval(self) -> tuple[float, float] | None:
        """Where the percentage could be."""
        low, high = self.line.low, self.line.high
        return None if low is None or high is None else (100 * low, 100 * high)


@dataclass(frozen=True)
class ShownResult:
    """The result of a question in words."""

    number: int
    text: str
    kind: str
    kind_words: str
    result: Result
    groups: list[tuple[str, list[ShownLine]]]


def shown_results(found: Sequence[Result]) -> list[ShownResult]:
    """Results in the reader's language."""
    return [
        ShownResult(
            number,
            words_of(one.question),
            str(one.question.kind),
            str(KINDS[one.question.kind]),
            one,
            [(_row(one.question, row), [_line(one.question, line) for line in lines]) for row, lines in one.groups],
        )
        for number, one in enumerate(found, 1)
    ]


def _row(question: Question, code: str) -> str:
    return next((words_of(row) for row in question.rows if row.code == code), "")


def _line(question: Question, line: Line) -> ShownLine:
    if question.kind is Kind.DATE and line.value == OTHER_YEARS:
        return ShownLine(str(_("other years")), line)
    return ShownLine(next((words_of(one) for one in question.options if one.code == line.value), line.value), line)


def given_in(post: Any) -> dict[str, list[str]]:
    """What a form sent for the questions, each field with all its values."""
    return {name: post.getlist(name) for name in post if name.startswith("q-")}
