"""The verbs by which somebody marks a passage, notes something on it, and takes the mark off."""

from typing import Final

from django.db import transaction

from aumenta.core.text.anchors import Span
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.voices.models import Contribution, Passage, SecondReading, Statement, Talk
from aumenta.voices.rules import may_keep_contributions

LONGEST_MEMO: Final = 5_000
MOST_PASSAGES: Final = 500
"""In one text: more is no reading."""


@transaction.atomic
def mark_passage(*, person: User, text: Statement | Contribution, span: Span, memo: str = "") -> Passage:
    """Mark these words; the same words marked by the same person are the passage there is. Raises NotAllowedError;
    RefusedError where the span is outside of the text, has only spaces, or the text was erased or withdrawn."""
    check_permission(may_keep_contributions(person))
    _check_readable(text)
    words = text.text[span.start : span.end] if 0 <= span.start < span.end <= len(text.text) else ""
    if not words.strip():
        raise RefusedError("passage_without_words")
    if len(memo) > LONGEST_MEMO:
        raise RefusedError("memo_too_long", most=LONGEST_MEMO)
    where = {"statement": text} if isinstance(text, Statement) else {"contribution": text}
    if Passage.objects.filter(**where).count() >= MOST_PASSAGES:
        raise RefusedError("too_many_passages", most=MOST_PASSAGES)
    blind = _is_second(person, text)
    made, _new = Passage.objects.get_or_create(
        **where, start=span.start, end=span.end, marked_by=person, blind=blind, defaults={"memo": memo.strip()}
    )
    if memo.strip() and made.memo != memo.strip():
        made.memo = memo.strip()
        made.save(update_fields=["memo"])
    return made


@transaction.atomic
def take_mark_off(*, person: User, passage: Passage) -> None:
    """Take a mark off with all that it was given to. Raises NotAllowedError; RefusedError where it is of a second
    reading that is not hers, or is finished, or she reads without seeing it."""
    check_permission(may_keep_contributions(person))
    check_may_change(person, passage)
    passage.delete()


def check_may_change(person: User, passage: Passage) -> None:
    """Who reads a second time changes her own passages until she has finished, and nobody else's; nobody changes hers.

    Raises RefusedError.
    """
    text = passage.statement or passage.contribution
    second = text is not None and _is_second(person, text)
    if second != passage.blind or (passage.blind and passage.marked_by_id != person.pk):
        raise RefusedError("not_of_this_reading")


def _check_readable(text: Statement | Contribution) -> None:
    if isinstance(text, Statement):
        if text.talk.state != Talk.State.HELD or (text.speaker and text.speaker.erased):
            raise RefusedError("text_is_not_read")
    elif text.withdrawn or text.admission != Contribution.Admission.ADMITTED:
        raise RefusedError("text_is_not_read")


def _is_second(person: User, text: Statement | Contribution) -> bool:
    """Whether she reads it without seeing the others. Raises RefusedError where she has finished."""
    of = {"talk": text.talk_id} if isinstance(text, Statement) else {"contribution": text.pk}
    reading = SecondReading.objects.filter(reader=person, **of).first()
    if reading and reading.finished_at:
        raise RefusedError("second_reading_is_finished")
    return reading is not None
