"""The entrance: checking people in by the code of their badge, and registering who comes without."""

from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import uuid4, uuid5

from django.db import transaction

from aumenta.activity.log import log
from aumenta.core.tablelog.operation import CHECK_IN, SET, Operation
from aumenta.core.tablelog.register import read_register
from aumenta.events.activity import BADGE_CHECKED_IN, REGISTERED_AT_THE_DOOR
from aumenta.events.models import Badge, Event, Registration, Table, TableOperation
from aumenta.events.participants.register import is_over, take_seat
from aumenta.events.participants.registration_mail import send_registration_mail
from aumenta.events.rules import may_prepare, may_run_entrance, may_seat_at
from aumenta.events.tables.append_operations import append
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError


@dataclass(frozen=True, slots=True)
class Arrival:
    """Who came: the badge with its table, its holder where she is known, and whether she had been checked in before."""

    badge: Badge
    person: Registration | None
    again: bool


@transaction.atomic
def check_in(*, person: User, event: Event, code: str) -> Arrival:
    """Check in the badge with this code, as its table's console would; refused for a code of no badge here.

    It is an entry of the table's log like any other: the table sees it, takes it back, counts it once.
    """
    check_permission(may_run_entrance(person, event))
    typed = "".join(letter for letter in code.upper() if letter.isalnum())
    badge = Badge.objects.filter(event=event, code=typed).select_related("event", "table__venue").first()
    if badge is None or not may_seat_at(person, badge.table):
        raise RefusedError("unknown_badge", badge=code.strip()[:20])
    again = not _check_in(person, badge)
    holder = Registration.objects.filter(badge_holder__badge=badge).first()
    return Arrival(badge, holder, again)


def _check_in(person: User, badge: Badge) -> bool:
    """Write that the badge has come; False where that is written already."""
    entries = TableOperation.objects.counted().filter(table=badge.table, what=CHECK_IN, key=badge.code).as_operations()
    register = read_register(operation for _key, _table, operation in entries)
    if register.value is True:
        return False
    append([(badge.table, None, [_arrived(badge, tuple(head.id for head in register.heads), register.heads)])])
    log(code=BADGE_CHECKED_IN, person=person, about=badge, subject=str(badge.pk), within=badge.event.title_it)
    return True


@transaction.atomic
def register_at_the_door(
    *, person: User, event: Event, table: Table, name: str, email: str = "", here: bool = False, **more: Any
) -> Arrival:
    """Register somebody who stands there or has telephoned, at this table, and give her a badge; full tables too.

    `here`: she has come, so her badge is checked in as well. Without an address she gets no e-mail. Refused when the
    event is over or the address is registered.
    """
    check_permission(may_seat_at(person, table))
    event = Event.objects.select_for_update().get(pk=event.pk)
    if is_over(event):
        raise RefusedError("over_nobody_registered")
    if event.cancelled_at:
        raise RefusedError("event_is_cancelled")
    if table.event_id != event.pk:
        raise RefusedError("table_of_other_event")
    if email:
        # She asked by the form and never opened the link: here she stands.
        event.registrations.filter(state=Registration.State.ASKED, email__iexact=email).delete()
    active = event.registrations.exclude(state=Registration.State.WITHDRAWN)
    if email and active.filter(email__iexact=email).exists():
        raise RefusedError("address_registered")
    made = Registration(event=event, name=" ".join(name.split()), email=email, state=Registration.State.WAITING, **more)
    made.full_clean()
    made.save()
    take_seat(made, table)
    if email:
        transaction.on_commit(partial(send_registration_mail.enqueue, "confirmed", made.pk))
    log(code=REGISTERED_AT_THE_DOOR, person=person, about=made, subject=str(made.pk), within=event.title_it)
    badge = Badge.objects.select_related("event", "table__venue").get(holder__registration=made)
    if here:
        _check_in(person, badge)
    return Arrival(badge, made, again=False)


def arrival_of(*, person: User, event: Event, badge: int, again: bool = False) -> Arrival | None:
    """Who has the badge with this key, for the page that says so; None where it is of no table of hers."""
    found = Badge.objects.filter(event=event, pk=badge).select_related("table__venue").first()
    if found is None or not may_seat_at(person, found.table):
        return None
    return Arrival(found, Registration.objects.filter(badge_holder__badge=found).first(), again)


def may_pick(person: User, event: Event) -> list[Table]:
    """The tables at whose entrance she stands: all for those who prepare, else those of her venues."""
    tables = event.tables.select_related("venue").order_by("number")
    return list(tables if may_prepare(person) else tables.filter(venue__managed_by=person.pk))


def _arrived(badge: Badge, over: tuple[str, ...], heads: tuple[Operation, ...]) -> Operation:
    table = badge.table
    return Operation(
        id=str(uuid4()),
        table=str(table.public_id),
        device=str(uuid5(table.public_id, "entrance")),
        clock=max((head.clock for head in heads), default=0) + 1,
        verb=SET,
        what=CHECK_IN,
        key=badge.code,
        value=True,
        over=over,
    )
