"""The verbs by which the office takes a contribution into its care and divides it into the points to be answered."""

from collections.abc import Sequence
from typing import Final

from django.db import transaction

from aumenta.activity.log import log
from aumenta.core.text import mend
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.voices.activity import CONTRIBUTION_DIVIDED, CONTRIBUTION_LET_GO, CONTRIBUTION_TAKEN
from aumenta.voices.models import Claim, Contribution
from aumenta.voices.rules import may_keep_contributions

MOST_POINTS: Final = 30


def make_whole_point(contribution: Contribution) -> None:
    """Let what was admitted wait for one answer, until somebody divides it."""
    if not contribution.claims.exists():
        Claim.objects.create(contribution=contribution)


@transaction.atomic
def divide(*, person: User, contribution: Contribution, texts: Sequence[str]) -> list[Claim]:
    """Put these points in place of those there were; none: the whole contribution is one point.

    Refused where a point is answered already, and where the words are not those of the contribution: who wrote it
    must find herself in them. Raises NotAllowedError.
    """
    check_permission(may_keep_contributions(person))
    Contribution.objects.select_for_update().get(pk=contribution.pk)
    if contribution.admission != Contribution.Admission.ADMITTED or contribution.withdrawn:
        raise RefusedError("not_to_be_answered")
    if contribution.claims.exclude(answer=None).exists():
        raise RefusedError("points_are_answered")
    points = [mended for text in texts if (mended := mend(text).strip())]
    if len(points) > MOST_POINTS:
        raise RefusedError("too_many_points", most=MOST_POINTS)
    own = _squeezed(contribution.text)
    for point in points:
        if _squeezed(point) not in own:
            raise RefusedError("point_in_other_words", point=point[:80])
    contribution.claims.all().delete()
    if len(points) <= 1:
        points = [""]
    made = Claim.objects.bulk_create(
        Claim(contribution=contribution, position=position, text=text) for position, text in enumerate(points, start=1)
    )
    log(code=CONTRIBUTION_DIVIDED, person=person, about=contribution, subject=contribution.label, detail=str(len(made)))
    return made


def _squeezed(text: str) -> str:
    return " ".join(text.split())


@transaction.atomic
def take_charge(*, person: User, contributions: Sequence[Contribution], let_go: bool = False) -> int:
    """Say that she sees to their answers, or no longer does; how many changed hands. Raises NotAllowedError.

    What a colleague has taken is taken over: she is seen in the list before, and the log says so.
    """
    check_permission(may_keep_contributions(person))
    rows = Contribution.objects.filter(pk__in=[one.pk for one in contributions])
    rows = rows.filter(taken_by=person) if let_go else rows.exclude(taken_by=person)
    changed = list(rows)
    for one in changed:
        log(code=CONTRIBUTION_LET_GO if let_go else CONTRIBUTION_TAKEN, person=person, about=one, subject=one.label)
    Contribution.objects.filter(pk__in=[one.pk for one in changed]).update(taken_by=None if let_go else person)
    return len(changed)
