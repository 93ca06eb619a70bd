"""Change what was prepared: dates and titles, phases, programme, venues, tables, who facilitates, PINs; copy an event.

What the tables have begun to work on stays: once entries have arrived, questions, strategies and tables that have
entries are not taken away.
"""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import F, Model
from django.utils import timezone

from aumenta.activity.log import log
from aumenta.events import create_event
from aumenta.events.activity import (
    EVENT_PREPARED,
    PHASES_SET,
    PINS_RENEWED,
    PROCESS_CHANGED,
    PROGRAMME_SET,
    TABLE_CHANGED,
    TABLE_DROPPED,
    VENUE_CHANGED,
    VENUE_DROPPED,
)
from aumenta.events.models import (
    BadgeHolder,
    Event,
    Phase,
    Process,
    ProgrammeItem,
    Session,
    Table,
    TableDevice,
    TableOperation,
    Venue,
)
from aumenta.events.models.venue import new_table_code
from aumenta.events.rules import may_prepare
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Edition
from aumenta.territory.models import Zone

Row = TypeVar("Row", bound=Model)
# What calendars hold of an event; where one changes, calendars must learn it.
IN_CALENDARS = ("title_it", "title_en", "summary_it", "summary_en", "starts_at", "ends_at", "contact")


def has_begun(event: Event) -> bool:
    """Whether any table has sent anything."""
    return TableOperation.objects.filter(table__event=event).exists()


@transaction.atomic
def change_process(*, person: User, process: Process, **fields: Any) -> Process:
    """Change titles, summaries and whether the process is public."""
    check_permission(may_prepare(person))
    _write(process, fields)
    log(code=PROCESS_CHANGED, person=person, about=process)
    return process


@transaction.atomic
def set_phases(*, person: User, process: Process, phases: Sequence[Mapping[str, Any]]) -> None:
    """The phases of a process in order, in place of those that were there."""
    check_permission(may_prepare(person))
    process.phases.all().delete()
    for position, fields in enumerate(phases, start=1):
        _write(Phase(process=process, position=position), fields)
    log(code=PHASES_SET, person=person, about=process)


@transaction.atomic
def edit_event(*, person: User, event: Event, edition: Edition | None, **fields: Any) -> Event:
    """Change what an event is; another edition brings its strategies to the posters."""
    check_permission(may_prepare(person))
    if edition != event.edition:
        if has_begun(event):
            raise RefusedError("strategies_in_use")
        if edition is None:
            event.strategies.all().delete()
            event.edition = None
        else:
            create_event.set_strategies(person=person, event=event, edition=edition)
    forget_on = event.forget_people_on
    in_calendars = {name: getattr(event, name) for name in IN_CALENDARS}
    _write(event, fields)
    if in_calendars != {name: getattr(event, name) for name in IN_CALENDARS}:
        Event.objects.filter(pk=event.pk).update(calendar_version=F("calendar_version") + 1)
    if event.forget_people_on != forget_on:
        # The promise is about the event: every tie that is already there follows it.
        BadgeHolder.objects.filter(badge__event=event).update(forget_on=event.forget_people_on)
    log(code=EVENT_PREPARED, person=person, about=event)
    return event


@transaction.atomic
def set_programme(*, person: User, event: Event, lines: Sequence[Mapping[str, Any]]) -> None:
    """The programme, in place of what was there."""
    check_permission(may_prepare(person))
    event.programme.all().delete()
    for fields in lines:
        _write(ProgrammeItem(event=event), fields)
    log(code=PROGRAMME_SET, person=person, about=event)


@transaction.atomic
def set_questions(*, person: User, event: Event, sessions: Sequence[create_event.SessionSpec]) -> None:
    """Sessions, questions and sticker rules, in place of what was there; refused once tables have begun."""
    check_permission(may_prepare(person))
    if has_begun(event):
        raise RefusedError("sessions_in_use")
    create_event.set_sessions(person=person, event=event, sessions=sessions)


@transaction.atomic
def change_venue(*, person: User, venue: Venue, **fields: Any) -> Venue:
    """Change a venue's name, address, access and who is in charge."""
    check_permission(may_prepare(person))
    where = (venue.name, venue.address)
    _write(venue, fields)
    if where != (venue.name, venue.address):
        Event.objects.filter(pk=venue.event_id).update(calendar_version=F("calendar_version") + 1)
    log(code=VENUE_CHANGED, person=person, about=venue, within=venue.event.title_it)
    return venue


@transaction.atomic
def drop_venue(*, person: User, venue: Venue) -> None:
    """Take a venue away, with its tables, unless people sit or have worked there."""
    check_permission(may_prepare(person))
    for table in venue.tables.all():
        drop_table(person=person, table=table)
    log(code=VENUE_DROPPED, person=person, about=venue, within=venue.event.title_it)
    venue.delete()


@transaction.atomic
def add_tables(
    *, person: User, venue: Venue, zones: Sequence[Zone], how_many: int, room: str, seats: int | None
) -> None:
    """Several tables of the same kind at once."""
    check_permission(may_prepare(person))
    for _n in range(how_many):
        create_event.add_table(person=person, venue=venue, zones=zones, room=room, seats=seats)


@transaction.atomic
def change_table(*, person: User, table: Table, zones: Sequence[Zone], **fields: Any) -> Table:
    """Change where a table stands, its zones and seats, and who facilitates it."""
    check_permission(may_prepare(person))
    _write(table, fields)
    table.zones.set(zones)
    _log_table(TABLE_CHANGED, person, table)
    return table


@transaction.atomic
def drop_table(*, person: User, table: Table) -> None:
    """Take a table away; refused when somebody is registered for it or it has sent entries."""
    check_permission(may_prepare(person))
    if table.operations.exists() or table.registrations.exists():
        raise RefusedError("table_in_use", table=table)
    _log_table(TABLE_DROPPED, person, table)
    table.delete()


@transaction.atomic
def renew_access(*, person: User, table: Table, shut_devices: bool = False) -> Table:
    """A new PIN and QR code; devices already open go on unless they are shut as well, as when one was lost."""
    check_permission(may_prepare(person))
    table.pin = f"{secrets.randbelow(1_000_000):06d}"
    table.code = new_table_code()
    # Wrong PINs are counted by the code: with a new one the count begins anew.
    table.save(update_fields=["pin", "code"])
    if shut_devices:
        TableDevice.objects.filter(table=table, shut_at=None).update(shut_at=timezone.now())
    _log_table(PINS_RENEWED, person, table)
    return table


@transaction.atomic
def copy_event(*, person: User, source: Event, slug: str, title_it: str, starts_at: datetime) -> Event:
    """A new event like an earlier one: programme, questions, strategies, venues and tables. No people, no PINs."""
    check_permission(may_prepare(person))
    days = timezone.localdate(starts_at) - timezone.localdate(source.starts_at)
    begins = timezone.localtime(starts_at).replace(tzinfo=None)
    later = begins - timezone.localtime(source.starts_at).replace(tzinfo=None)

    def moved(moment: datetime) -> datetime:
        """As much later by the clock on the wall: nine stays nine where summer time lies between."""
        return timezone.make_aware(timezone.localtime(moment).replace(tzinfo=None) + later)

    copied = create_event.create_event(
        person=person,
        process=source.process,
        slug=slug,
        title_it=title_it,
        starts_at=starts_at,
        ends_at=moved(source.ends_at),
        registration_until=moved(source.registration_until) if source.registration_until else None,
        forget_people_on=source.forget_people_on + days,
        **{name: getattr(source, name) for name in _COPIED},
    )
    if source.edition:
        create_event.set_strategies(person=person, event=copied, edition=source.edition)
    create_event.set_sessions(
        person=person, event=copied, sessions=[_spec_of(session) for session in source.sessions.all()]
    )
    set_programme(
        person=person, event=copied, lines=list(source.programme.values("starts", "title_it", "title_en", "speakers"))
    )
    _copy_tables(person, source, copied)
    return copied


def _copy_tables(person: User, source: Event, copied: Event) -> None:
    for venue in source.venues.prefetch_related("tables__zones"):
        twin = create_event.add_venue(
            person=person,
            event=copied,
            name=venue.name,
            address=venue.address,
            in_charge=venue.in_charge,
            municipality=venue.municipality,
        )
        _write(twin, {"access_it": venue.access_it, "access_en": venue.access_en})
        for table in venue.tables.all():
            made = create_event.add_table(
                person=person,
                venue=twin,
                zones=list(table.zones.all()),
                number=table.number,
                room=table.room,
                seats=table.seats,
            )
            _write(made, {"remote": table.remote})


_COPIED = (
    "invented",
    "title_en",
    "summary_it",
    "summary_en",
    "seats",
    "votes_by_phone",
    "recurring_from_zones",
    "crossing_from_strategies",
    "crossing_from_axes",
    "contact",
    "privacy_it",
    "privacy_en",
)


def _spec_of(session: Session) -> create_event.SessionSpec:
    return create_event.SessionSpec(
        code=session.code,
        kind=session.kind,
        title=(session.title_it, session.title_en),
        question=(session.question_it, session.question_en),
        stickers_each=session.stickers_each,
        most_chosen=session.most_chosen,
        questions=[(q.code, (q.text_it, q.text_en), (q.short_it, q.short_en)) for q in session.questions.all()],
    )


def _log_table(code: str, person: User, table: Table) -> None:
    log(code=code, person=person, about=table, subject=str(table.number), within=table.event.title_it)


def _write(row: Row, fields: Mapping[str, Any]) -> Row:
    for name, value in fields.items():
        setattr(row, name, value)
    row.full_clean()
    # Of a row that is there only what was asked: what others keep in it (how far its log was worked, the call that
    # stands) may have moved on since it was read.
    row.save(update_fields=None if row.pk is None else list(fields))
    return row
