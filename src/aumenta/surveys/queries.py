"""What a questionnaire brought: results, the rate of replies, every reply as a table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db.models import Count, Q

from aumenta.core.indices.suppression import rows_left_out
from aumenta.core.survey.questions import Kind, Question
from aumenta.core.survey.results import Result, results
from aumenta.people.organisation_kinds import OrganisationKind
from aumenta.surveys.models import Questionnaire, Reply

CHUNK: Final = 2_000
"""Replies read at once: all of them would fill the memory."""


@dataclass(frozen=True)
class Rate:
    """How many replied, and of how many who were asked; by zone and kind of those invited, None where left out.

    Where there are invitations `asked` is their number, and `used` of them brought a reply: what came by the open link
    or on paper is of others, or nobody knows. Else `asked` is how many the office says it asked, where it does.
    """

    replies: int
    asked: int | None
    invited: int
    used: int
    groups: tuple[tuple[str, int | None, int | None], ...]

    @property
    def percent(self) -> float | None:
        """The part that replied of those who were asked; None where nobody knows how many were, or more replied."""
        replied = self.used if self.invited else self.replies
        return 100 * replied / self.asked if self.asked and replied <= self.asked else None


def questions_asked(questionnaire: Questionnaire) -> tuple[Question, ...]:
    """The questions of all versions that were asked: the last words of each, with every option and row it ever had, and
    a scale from the least to the greatest figure. The kind of a question that was asked never changes."""
    found: dict[str, Question] = {}
    for version in questionnaire.versions.exclude(frozen_at=None).order_by("number"):
        for one in version.questions:
            before = found.get(one.code)
            if before is not None:
                gone = [option for option in before.options if option.code not in {new.code for new in one.options}]
                rows = [row for row in before.rows if row.code not in {new.code for new in one.rows}]
                one = replace(one, options=(*one.options, *gone), rows=(*one.rows, *rows))
                if one.low is not None and before.low is not None and one.high is not None and before.high is not None:
                    one = replace(one, low=min(one.low, before.low), high=max(one.high, before.high))
            found[one.code] = one
    return tuple(found.values())


def results_of(questionnaire: Questionnaire) -> list[Result]:
    """The result of each question. Two queries, however many replied."""
    questions = questions_asked(questionnaire)
    return results(questions, (one for _way, _day, one in _replies(questionnaire)))


def rate_of(questionnaire: Questionnaire) -> Rate:
    """How many replied of those who were asked. Two queries."""
    replies = Reply.objects.filter(version__questionnaire=questionnaire).count()
    rows = (
        questionnaire.invitations.values_list("zone__number", "zone__name", "organisation_kind")
        .annotate(n=Count("pk"), used=Count("pk", filter=Q(used=True)))
        .order_by("zone__number", "organisation_kind")
    )
    kinds = dict(OrganisationKind.choices)
    named: list[str] = []
    counts: list[list[int]] = []
    for number, name, kind, n, used in rows:
        words = [f"{number} {name}" if number else "", str(kinds.get(kind, ""))]
        named.append(" · ".join(word for word in words if word) or "–")
        counts.append([used, n - used])
    invited = sum(map(sum, counts))
    hidden = rows_left_out(counts)
    groups = tuple(
        (name, None, None) if place in hidden else (name, used, used + unused)
        for place, (name, (used, unused)) in enumerate(zip(named, counts, strict=True))
    )
    asked = invited or questionnaire.sent_to
    return Rate(replies, asked, invited, sum(used for used, _unused in counts), groups)


def _replies(questionnaire: Questionnaire) -> Iterator[tuple[str, Any, dict[str, Any]]]:
    rows = Reply.objects.filter(version__questionnaire=questionnaire).order_by("received_on", "pk")
    return rows.values_list("way", "received_on", "answers").iterator(chunk_size=CHUNK)


def columns_of(questions: Sequence[Question]) -> list[tuple[str, Question, str]]:
    """The columns of the table of replies: name, question, and the option or row it is about."""
    found = []
    for one in questions:
        if one.kind is Kind.MULTIPLE:
            found += [(f"{one.code}_{option.code}", one, option.code) for option in one.options]
        elif one.kind is Kind.MATRIX:
            found += [(f"{one.code}_{row.code}", one, row.code) for row in one.rows]
        else:
            found.append((one.code, one, ""))
    return found


def reply_rows(questionnaire: Questionnaire, questions: Sequence[Question]) -> Iterator[list[Any]]:
    """One row for each reply: how it came, the day, then a cell for each column; read as it is written."""
    columns = [(one.code, one.kind, part) for _name, one, part in columns_of(questions)]
    for way, day, answers in _replies(questionnaire):
        yield [way, day, *(_cell(answers.get(code), kind, part) for code, kind, part in columns)]


def _cell(value: Any, kind: Kind, part: str) -> Any:
    if value is None:
        return None
    if kind is Kind.MULTIPLE:
        return int(part in value)
    return value.get(part) if kind is Kind.MATRIX else value


def codebook_rows(questions: Sequence[Question]) -> list[list[str]]:
    """What every column and every value means, for who reads the table: column, kind, question, value, label."""
    found = [["way", "", "", value, str(label)] for value, label in Reply.Way.choices]
    for name, one, part in columns_of(questions):
        text = one.text_it
        if part and (named := next((o for o in (*one.options, *one.rows) if o.code == part), None)):
            text = f"{one.text_it}: {named.text_it}"
        if one.kind is Kind.MULTIPLE:
            found += [[name, str(one.kind), text, "0", "no"], [name, str(one.kind), text, "1", "sì"]]
        elif one.options:
            found += [[name, str(one.kind), text, option.code, option.text_it] for option in one.options]
        else:
            found.append([name, str(one.kind), text, "", ""])
    return found
