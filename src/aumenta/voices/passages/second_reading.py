"""The verbs of reading a second time: begin without seeing what others marked, and finish."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from aumenta.activity.log import log
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.voices.activity import SECOND_READING_BEGUN, SECOND_READING_FINISHED
from aumenta.voices.models import Contribution, Passage, SecondReading, Talk
from aumenta.voices.rules import may_keep_contributions


def passages_of(source: Talk | Contribution) -> QuerySet[Passage]:
    """Every passage of a talk or a contribution."""
    if isinstance(source, Talk):
        return Passage.objects.filter(statement__talk=source)
    return Passage.objects.filter(contribution=source)


def reading_of(person: User, source: Talk | Contribution) -> SecondReading | None:
    """Her second reading of it, if there is one."""
    of = {"talk": source} if isinstance(source, Talk) else {"contribution": source}
    return SecondReading.objects.filter(reader=person, **of).first()


@transaction.atomic
def begin_second_reading(*, person: User, source: Talk | Contribution) -> SecondReading:
    """Read it without seeing what others marked. Raises NotAllowedError; RefusedError where she marked something there
    herself, or nobody did."""
    check_permission(may_keep_contributions(person))
    marked = passages_of(source).filter(blind=False)
    if marked.filter(marked_by=person).exists():
        raise RefusedError("she_read_it_first")
    if not marked.exists():
        raise RefusedError("nobody_read_it_first")
    of = {"talk": source} if isinstance(source, Talk) else {"contribution": source}
    made, new = SecondReading.objects.get_or_create(reader=person, **of)
    if new:
        log(code=SECOND_READING_BEGUN, person=person, about=source, subject=_named(source))
    return made


@transaction.atomic
def finish_second_reading(*, person: User, source: Talk | Contribution) -> SecondReading:
    """Close her second reading: from now on it is compared, and not changed. Raises NotAllowedError; RefusedError where
    she has begun none."""
    check_permission(may_keep_contributions(person))
    reading = reading_of(person, source)
    if reading is None:
        raise RefusedError("no_second_reading")
    if reading.finished_at is None:
        reading.finished_at = timezone.now()
        reading.save(update_fields=["finished_at"])
        log(code=SECOND_READING_FINISHED, person=person, about=source, subject=_named(source))
    return reading


def _named(source: Talk | Contribution) -> str:
    return source.label if isinstance(source, Contribution) else str(source.pk)
