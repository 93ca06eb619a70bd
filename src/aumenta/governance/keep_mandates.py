"""The verbs by which the office says who sits in a body, from when to when, and who comes in whose place."""

from datetime import date

from django.db import transaction

from aumenta.activity.log import log
from aumenta.activity.public_revision import touch
from aumenta.governance.activity import MANDATE_ADDED, MANDATE_ENDED
from aumenta.governance.models import Body, Holder, Mandate
from aumenta.governance.models.bodies import overlaps
from aumenta.governance.rules import may_keep_body
from aumenta.people.dates import short_day
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError


def holder_called(name: str) -> Holder:
    """The holder with this name, made where there is none; raises RefusedError «holder_required»."""
    words = " ".join(name.split())
    if not words:
        raise RefusedError("holder_required")
    return Holder.objects.filter(full_name=words).first() or Holder.objects.create(full_name=words)


def refuse_backwards(from_day: date, to_day: date | None) -> None:
    """Raises RefusedError «ends_before_it_begins»."""
    if to_day is not None and to_day < from_day:
        raise RefusedError("ends_before_it_begins", first=short_day(from_day), last=short_day(to_day))


@transaction.atomic
def add_mandate(
    *,
    person: User,
    body: Body,
    name: str,
    from_day: date,
    role: str = Mandate.Role.MEMBER,
    to_day: date | None = None,
    from_attested: bool = False,
    group: str = "",
    replaces: Mandate | None = None,
    source: str = "",
) -> Mandate:
    """Somebody sits in a body from a day on. Who is replaced must have left before that day.

    Raises NotAllowedError; RefusedError «body_of_municipalities», «ends_before_it_begins», «holder_required»,
    «mandate_twice», «chair_twice», «replaced_elsewhere», «seats_full».
    """
    check_permission(may_keep_body(person, body), "add_mandate")
    if body.is_of_municipalities and role in Mandate.VOTING:
        raise RefusedError("body_of_municipalities")
    refuse_backwards(from_day, to_day)
    Body.objects.select_for_update().get(pk=body.pk)
    holder = holder_called(name)
    made = Mandate(
        body=body,
        holder=holder,
        role=role,
        group=group.strip(),
        from_day=from_day,
        from_attested=from_attested,
        to_day=to_day,
        replaces=replaces,
        source=source.strip(),
    )
    _refuse_crowding(made)
    made.save()
    log(code=MANDATE_ADDED, person=person, about=made, within=body.name_it)
    touch()
    return made


def _refuse_crowding(made: Mandate) -> None:
    same_time = Mandate.objects.filter(overlaps(made.from_day, made.to_day), body=made.body).select_related("holder")
    if twice := same_time.filter(holder=made.holder).first():
        raise RefusedError("mandate_twice", name=made.holder, since=short_day(twice.from_day, "dal"))
    if made.role == Mandate.Role.CHAIR and (chair := same_time.filter(role=Mandate.Role.CHAIR).first()):
        raise RefusedError("chair_twice", name=chair.holder)
    gone = made.replaces
    if gone is not None and (gone.body_id != made.body_id or gone.to_day is None or gone.to_day >= made.from_day):
        raise RefusedError("replaced_elsewhere", name=gone.holder)
    if made.votes and made.body.seats is not None:
        taken = Mandate.objects.on(made.from_day).filter(body=made.body, role__in=Mandate.VOTING).count()
        if taken >= made.body.seats:
            raise RefusedError("seats_full", seats=made.body.seats, day=short_day(made.from_day, "Il"))


@transaction.atomic
def end_mandate(*, person: User, mandate: Mandate, to_day: date) -> Mandate:
    """A mandate ends with a day, its last.

    Raises NotAllowedError; RefusedError «mandate_ended_already», «ends_before_it_begins».
    """
    check_permission(may_keep_body(person, mandate.body), "end_mandate")
    kept: Mandate = Mandate.objects.select_for_update().get(pk=mandate.pk)
    if kept.to_day is not None:
        raise RefusedError("mandate_ended_already", day=short_day(kept.to_day, "il"))
    refuse_backwards(kept.from_day, to_day)
    kept.to_day = to_day
    kept.save(update_fields=["to_day"])
    log(code=MANDATE_ENDED, person=person, about=kept, within=kept.body.name_it)
    touch()
    return kept
