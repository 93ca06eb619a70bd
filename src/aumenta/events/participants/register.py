"""Ask for a seat, confirm the address, withdraw, and who gets the seat that becomes free.

Whoever registers has asked: nothing is held for her until she opens the link mailed to her address and says yes, within
a day. So nobody fills the seats with other people's addresses, and nobody is registered by a stranger.

A seat is a seat at a table of one's zone, within the seats of the event. Whoever finds none waits; each seat that
becomes free goes to the first in the queue whom a free table suits. Every change is told by e-mail, never on the page:
a page that answered otherwise for an address already registered would tell strangers who is.
"""

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from aumenta.activity.log import log
from aumenta.events.activity import (
    EVERYBODY_TOLD,
    PARTICIPANT_SEATED,
    PARTICIPANT_WITHDRAWN,
    PARTICIPANT_WRITTEN_TO,
    SEATS_FILLED,
)
from aumenta.events.create_event import add_badge
from aumenta.events.models import Badge, BadgeHolder, Event, Registration, Table
from aumenta.events.participants.registration_mail import send_registration_mail
from aumenta.events.rules import may_prepare
from aumenta.people.erasures import note_erasure
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError

State = Registration.State


def is_open(event: Event, now: datetime | None = None) -> bool:
    """Whether somebody may register: the page is public, the event takes place, and the time is not over."""
    if event.cancelled_at:
        return False
    return event.published_at is not None and (now or timezone.now()) < (event.registration_until or event.starts_at)


def is_over(event: Event, now: datetime | None = None) -> bool:
    """Whether the event has ended: nobody gets a seat at it any more."""
    return event.ends_at <= (now or timezone.now())


def is_on(event: Event, now: datetime | None = None) -> bool:
    """Whether today is a day of the event, so that who is registered at the entrance stands there."""
    today = timezone.localdate(now)
    return timezone.localdate(event.starts_at) <= today <= timezone.localdate(event.ends_at)


@transaction.atomic
def register(*, event: Event, now: datetime, **fields: Any) -> None:
    """Keep what somebody asks for: `fields` are those of Registration. The link that confirms it goes to the address.

    An address that is registered already gets its confirmation once more, once a day, and nothing else happens. One
    that only asked is asked anew: what was told last counts, and the link of the earlier mail opens nothing any more.
    Refused («registration_closed») where nobody can register now.
    """
    locked = Event.objects.select_for_update().get(pk=event.pk)
    if not is_open(locked, now):
        raise RefusedError("registration_closed")
    Registration.objects.filter(event=locked, state=State.ASKED, email__iexact=fields["email"]).delete()
    active = Registration.objects.filter(event=locked).exclude(state=State.WITHDRAWN)
    known = active.filter(email__iexact=fields["email"]).first()
    if known is not None:
        today = timezone.localdate(now)
        if known.reminded_on != today:
            active.filter(pk=known.pk).update(reminded_on=today)
            transaction.on_commit(partial(send_registration_mail.enqueue, "again", known.pk))
        return
    fields["name"] = " ".join(fields["name"].split())
    if fields.get("zone") is None and fields.get("municipality") is not None:
        fields["zone"] = fields["municipality"].zone
    made = Registration(event=locked, state=State.ASKED, **fields)
    made.full_clean()
    made.save()
    transaction.on_commit(partial(send_registration_mail.enqueue, "asked", made.pk))


@transaction.atomic
def confirm(*, registration: Registration) -> None:
    """Whoever holds the mailed link says that it was she who asked: she gets a seat, or a place on the waiting list.

    Said twice, it is said once. Refused for what was withdrawn or forgotten meanwhile, and when the event is over.
    """
    event = Event.objects.select_for_update().get(pk=registration.event_id)
    asked = Registration.objects.select_related("event").filter(pk=registration.pk).first()
    if asked is None or asked.state == State.WITHDRAWN:
        raise RefusedError("participant_withdrawn")
    if asked.state != State.ASKED:
        return
    if event.cancelled_at:
        raise RefusedError("event_is_cancelled")
    if is_over(event):
        raise RefusedError("over_nobody_registered")
    asked.state = State.WAITING
    asked.save(update_fields=["state"])
    seated = _fill_seats(event)
    if asked.pk not in {one.pk for one in seated}:
        transaction.on_commit(partial(send_registration_mail.enqueue, "waiting", asked.pk))
    _tell(seated, newcomer=asked)


@transaction.atomic
def withdraw(*, registration: Registration) -> None:
    """Give the seat back: what the person told us is erased at once, and the seat goes to the next in the queue. Of
    what was only asked for nothing stays at all.

    With it goes the log of mails and reports sent to her: a failure noted there may repeat her address.
    """
    event = Event.objects.select_for_update().get(pk=registration.event_id)
    note_erasure(PARTICIPANT_WITHDRAWN, registration.pk)
    if Registration.objects.filter(pk=registration.pk, state=State.ASKED).delete()[0]:
        return
    key, registered_at = registration.pk, registration.registered_at
    Badge.objects.filter(holder__registration=registration).delete()
    # With the row goes all that any room has tied to it. What is left says that somebody was there, and nothing more.
    Registration.objects.filter(pk=key).delete()
    Registration.objects.create(pk=key, event=event, state=State.WITHDRAWN, organisation_kind="")
    Registration.objects.filter(pk=key).update(registered_at=registered_at)
    _tell(_fill_seats(event))


def withdraw_again(key: str) -> None:
    """After a backup from before was restored: nobody is written to who got the seat then."""
    for registration in Registration.objects.filter(pk=key).exclude(state=State.WITHDRAWN):
        withdraw(registration=registration)


@transaction.atomic
def withdraw_for(*, person: User, registration: Registration) -> None:
    """The office withdraws somebody who asked for it."""
    check_permission(may_prepare(person))
    withdraw(registration=registration)
    _log_participant(PARTICIPANT_WITHDRAWN, person, registration)


@transaction.atomic
def seat_at(*, person: User, registration: Registration, table: Table) -> None:
    """The office seats somebody at a table it chooses, also one that is full; from the waiting list, too.

    Who is moved keeps her badge: its code is in her mail, and its stickers may be placed already. Nothing happens to
    somebody who sits there. Refused for somebody who has withdrawn meanwhile.
    """
    check_permission(may_prepare(person))
    event = Event.objects.select_for_update().get(pk=registration.event_id)
    if event.cancelled_at:
        raise RefusedError("event_is_cancelled")
    seated = Registration.objects.select_related("event").get(pk=registration.pk)
    if seated.state == State.WITHDRAWN:
        raise RefusedError("participant_withdrawn")
    asked = seated.state == State.ASKED
    waited = seated.state == State.WAITING
    if not waited and not asked and seated.table_id == table.pk:
        return
    # Who was confirmed before there were tables gets her first badge now: her confirmation is written anew.
    kind = "promoted" if waited else "moved" if seated.table_id else "confirmed"
    take_seat(seated, table)
    if not is_over(event):
        transaction.on_commit(partial(send_registration_mail.enqueue, kind, seated.pk))
    _log_participant(PARTICIPANT_SEATED, person, seated, detail=str(table.number))
    _tell(_fill_seats(event))


@transaction.atomic
def write_again(*, person: User, registration: Registration) -> None:
    """Send somebody once more how things stand, as after a mail that could not be sent."""
    check_permission(may_prepare(person))
    kind = str(registration.state)
    transaction.on_commit(partial(send_registration_mail.enqueue, kind, registration.pk))
    _log_participant(PARTICIPANT_WRITTEN_TO, person, registration)


@transaction.atomic
def tell_all(*, person: User, event: Event) -> int:
    """Write everybody registered that date, time or place have changed, with the calendar file; returns how many."""
    check_permission(may_prepare(person))
    event = Event.objects.select_for_update().get(pk=event.pk)
    if is_over(event):
        raise RefusedError("over_nobody_told")
    if event.cancelled_at:
        raise RefusedError("event_is_cancelled")
    silent = [State.WITHDRAWN, State.ASKED]
    keys = list(event.registrations.exclude(state__in=silent).exclude(email="").values_list("pk", flat=True))
    for key in keys:
        transaction.on_commit(partial(send_registration_mail.enqueue, "changed", key))
    log(code=EVERYBODY_TOLD, person=person, about=event, detail=str(len(keys)))
    return len(keys)


@transaction.atomic
def fill_seats(*, person: User, event: Event) -> int:
    """Give free seats to those who wait, as after adding tables; returns how many got one."""
    check_permission(may_prepare(person))
    seated = _fill_seats(Event.objects.select_for_update().get(pk=event.pk))
    _tell(seated)
    if seated:
        log(code=SEATS_FILLED, person=person, about=event, detail=str(len(seated)))
    return len(seated)


def _log_participant(code: str, person: User, registration: Registration, detail: str = "") -> None:
    """By number: the row that the number stands for loses its name with the registration or on the promised day."""
    log(
        code=code,
        person=person,
        about=registration,
        subject=str(registration.pk),
        within=registration.event.title_it,
        detail=detail,
    )


def _tell(seated: list[Registration], newcomer: Registration | None = None) -> None:
    for one in seated:
        kind = "confirmed" if newcomer is not None and one.pk == newcomer.pk else "promoted"
        transaction.on_commit(partial(send_registration_mail.enqueue, kind, one.pk))


def _fill_seats(event: Event) -> list[Registration]:
    """Seat whoever waits and fits, the first come first; nobody once it is over or while it is cancelled. The caller
    has locked the event."""
    if is_over(event) or event.cancelled_at:
        return []
    waiting = list(event.registrations.filter(state=State.WAITING))
    if not waiting:
        return []
    taken = event.registrations.filter(state=State.CONFIRMED).count()
    tables = list(
        event.tables.prefetch_related("zones").annotate(
            taken=Count("registrations", filter=Q(registrations__state=State.CONFIRMED))
        )
    )
    seated: list[Registration] = []
    for one in waiting:
        if event.seats is not None and taken + len(seated) >= event.seats:
            break
        # Who takes part from afar meets at a remote table, or at the link where there is none.
        own = [table for table in tables if table.remote == one.remote]
        suiting = _suiting(own, one.zone_id)
        if own and not suiting:
            continue
        table = min(suiting, key=lambda t: (t.taken, t.number)) if suiting else None
        if table is not None:
            table.taken += 1
        take_seat(one, table)
        seated.append(one)
    return seated


def _suiting(tables: list[Any], zone: int | None) -> list[Any]:
    """Tables of the zone with a free seat; all tables for somebody of no zone, or of one that has no table here."""
    here = [table for table in tables if any(z.pk == zone for z in table.zones.all())] or tables
    return [table for table in here if table.seats is None or table.taken < table.seats]


def take_seat(registration: Registration, table: Table | None) -> None:
    registration.state = State.CONFIRMED
    registration.table = table
    registration.save(update_fields=["state", "table"])
    moved = table is not None and Badge.objects.filter(holder__registration=registration).update(table=table)
    if table is not None and not moved:
        badge = add_badge(table, registration.organisation_kind)
        BadgeHolder.objects.create(
            badge=badge, registration=registration, forget_on=registration.event.forget_people_on
        )
