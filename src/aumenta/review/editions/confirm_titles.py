"""Titles that were made from the text of a document, confirmed by a person."""

from collections.abc import Collection

from django.db import transaction

from aumenta.activity.log import log
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.plan.changed import changed
from aumenta.plan.models import Action, Edition
from aumenta.review.activity import TITLES_CONFIRMED
from aumenta.review.lock import lock_edition
from aumenta.review.rules import may_confirm_proposed


@transaction.atomic
def confirm_titles(*, person: User, edition: Edition, titles: Collection[tuple[str, str]]) -> int:
    """Confirm proposed titles, each named by its code and by the title that was seen; returns how many were.

    One that was changed meanwhile is left as it is. Raises NotAllowedError; RefusedError «frozen».
    """
    check_permission(may_confirm_proposed(person), "confirm_titles")
    edition = lock_edition(edition.pk)
    wanted = set(titles)
    waiting = Action.objects.of(edition).filter(title_proposed=True).select_related("strategy__axis")
    confirmed = [action for action in waiting if (action.code, action.title_it) in wanted]
    if confirmed:
        Action.objects.filter(pk__in=[action.pk for action in confirmed]).update(title_proposed=False)
        changed(Edition.objects.filter(pk=edition.pk))
        codes = ", ".join(action.code for action in confirmed)
        log(code=TITLES_CONFIRMED, person=person, about=edition, within=edition.label, subject=codes[:200])
    return len(confirmed)
