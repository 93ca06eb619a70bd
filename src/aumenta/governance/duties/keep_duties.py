"""The verbs of a duty that the office wrote itself: write it, settle it, take it away."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from aumenta.activity.log import log
from aumenta.governance.activity import DUTY_DROPPED, DUTY_SETTLED, DUTY_WRITTEN
from aumenta.governance.models import OwnDuty
from aumenta.governance.rules import keeps_all_bodies
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError, check_facts


@transaction.atomic
def write_duty(*, person: User, facts: Mapping[str, Any]) -> OwnDuty:
    """Put a duty on the calendar. Raises NotAllowedError, RefusedError: duty_invalid (twice for one day)."""
    check_permission(keeps_all_bodies(person))
    made = OwnDuty(**facts)
    check_facts(made, "duty_invalid")
    made.save()
    log(code=DUTY_WRITTEN, person=person, about=made)
    return made


@transaction.atomic
def settle_duty(*, person: User, duty: OwnDuty) -> OwnDuty | None:
    """Say that a duty is done today; a yearly one comes again a year later, and is returned.

    Raises NotAllowedError (who keeps the calendar, and whose duty it is), RefusedError: duty_settled_meanwhile.
    """
    kept = OwnDuty.objects.select_for_update(no_key=True).get(pk=duty.pk)
    check_permission(keeps_all_bodies(person) or kept.person_id == person.pk)
    if kept.done_on is not None:
        raise RefusedError("duty_settled_meanwhile")
    kept.done_on = timezone.localdate()
    kept.save(update_fields=["done_on"])
    log(code=DUTY_SETTLED, person=person, about=kept)
    if not kept.every_year:
        return None
    again = {"title": kept.title, "due_on": a_year_later(kept.due_on)}
    return OwnDuty.objects.get_or_create(
        **again, done_on=None, defaults={"person_id": kept.person_id, "every_year": True}
    )[0]


@transaction.atomic
def drop_duty(*, person: User, duty: OwnDuty) -> None:
    """Take a duty off the calendar. Raises NotAllowedError."""
    check_permission(keeps_all_bodies(person))
    log(code=DUTY_DROPPED, person=person, about=duty)
    OwnDuty.objects.filter(pk=duty.pk).delete()


def a_year_later(day: date) -> date:
    """The same day of the next year; the last of February for its 29th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 2, 28)
