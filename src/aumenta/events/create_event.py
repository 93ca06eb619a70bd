"""Prepare an event: the process it belongs to, what it asks, where its tables sit, the badges."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from aumenta.activity.log import log
from aumenta.events.activity import (
    BADGES_MADE,
    EVENT_PREPARED,
    PROCESS_CREATED,
    SESSIONS_SET,
    STRATEGIES_SET,
    TABLE_ADDED,
    VENUE_ADDED,
)
from aumenta.events.models import Badge, Event, EventStrategy, Process, Question, Session, Table, Venue
from aumenta.events.participants.codes import LETTERS
from aumenta.events.rules import may_prepare
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.plan.models import Edition, Strategy
from aumenta.territory.models import Municipality, Zone


@dataclass(frozen=True, slots=True)
class SessionSpec:
    """A session as the organiser writes it; `questions` are (code, full text, short form) in Italian and English."""

    code: str
    kind: str
    title: tuple[str, str]
    question: tuple[str, str] = ("", "")
    stickers_each: int | None = None
    most_chosen: int | None = None
    questions: Sequence[tuple[str, tuple[str, str], tuple[str, str]]] = ()


@transaction.atomic
def create_process(*, person: User, slug: str, title_it: str, title_en: str = "", **more: Any) -> Process:
    """Begin a process of listening."""
    check_permission(may_prepare(person))
    process = Process(slug=slug, title_it=title_it, title_en=title_en, **more)
    process.full_clean()
    process.save()
    log(code=PROCESS_CREATED, person=person, about=process)
    return process


@transaction.atomic
def create_event(
    *, person: User, process: Process, slug: str, title_it: str, starts_at: datetime, ends_at: datetime, **more: Any
) -> Event:
    """Plan an event. Unless told otherwise names are deleted 30 days after it."""
    check_permission(may_prepare(person))
    forget: date = more.pop("forget_people_on", None) or (ends_at + timedelta(days=30)).date()
    event = Event(
        process=process,
        slug=slug,
        title_it=title_it,
        starts_at=starts_at,
        ends_at=ends_at,
        forget_people_on=forget,
        **more,
    )
    event.full_clean()
    event.save()
    log(code=EVENT_PREPARED, person=person, about=event)
    return event


@transaction.atomic
def set_strategies(*, person: User, event: Event, edition: Edition) -> list[EventStrategy]:
    """Put the strategies of an edition on the event's posters, in place of those that were there."""
    check_permission(may_prepare(person))
    found = Strategy.objects.filter(axis__edition=edition).select_related("axis").order_by("axis__number", "number")
    event.strategies.all().delete()
    event.edition = edition
    event.save(update_fields=["edition"])
    log(code=STRATEGIES_SET, person=person, about=event, within=edition.label)
    return EventStrategy.objects.bulk_create(
        EventStrategy(
            event=event,
            code=strategy.code,
            position=position,
            axis=strategy.axis.number,
            title_it=strategy.title_it,
            title_en=strategy.title_en,
            strategy=strategy,
        )
        for position, strategy in enumerate(found, start=1)
    )


@transaction.atomic
def set_sessions(*, person: User, event: Event, sessions: Iterable[SessionSpec]) -> None:
    """Set the sessions and questions of an event, in place of those that were there."""
    check_permission(may_prepare(person))
    event.sessions.all().delete()
    for position, wanted in enumerate(sessions, start=1):
        session = Session(
            event=event,
            code=wanted.code,
            position=position,
            kind=wanted.kind,
            title_it=wanted.title[0],
            title_en=wanted.title[1],
            question_it=wanted.question[0],
            question_en=wanted.question[1],
            stickers_each=wanted.stickers_each,
            most_chosen=wanted.most_chosen,
        )
        session.full_clean()
        session.save()
        for number, (code, text, short) in enumerate(wanted.questions, start=1):
            question = Question(
                session=session,
                code=code,
                position=number,
                text_it=text[0],
                text_en=text[1],
                short_it=short[0],
                short_en=short[1],
            )
            question.full_clean()
            question.save()
    log(code=SESSIONS_SET, person=person, about=event)


def _both(english: str) -> tuple[str, str]:
    """A sentence marked with `gettext_noop`, in Italian and English."""
    with override("it"):
        return _(english), english


def default_sessions() -> list[SessionSpec]:
    """The usual two sessions: six stickers each, up to six strategies, then four questions about every one of them."""
    return [
        SessionSpec(
            code="s1",
            kind=Session.Kind.STICKERS,
            title=_both(gettext_noop("Session 1")),
            question=_both(gettext_noop("Which of these strategies are the most urgent for your zone?")),
            stickers_each=6,
            most_chosen=6,
        ),
        SessionSpec(
            code="s2",
            kind=Session.Kind.QUESTIONS,
            title=_both(gettext_noop("Session 2")),
            question=_both(gettext_noop("How can the chosen strategies be put into practice here?")),
            questions=[
                (
                    "q1",
                    _both(gettext_noop("How does the strategy apply here?")),
                    _both(gettext_noop("Here")),
                ),
                (
                    "q2",
                    _both(gettext_noop("Which projects or programmes can it tie to?")),
                    _both(gettext_noop("Projects")),
                ),
                (
                    "q3",
                    _both(gettext_noop("Which networks can be involved?")),
                    _both(gettext_noop("Networks")),
                ),
                (
                    "q4",
                    _both(gettext_noop("What else is needed?")),
                    _both(gettext_noop("Needs")),
                ),
            ],
        ),
    ]


@transaction.atomic
def add_venue(
    *,
    person: User,
    event: Event,
    name: str,
    address: str = "",
    in_charge: str = "",
    municipality: Municipality | None = None,
) -> Venue:
    """Add a place with tables."""
    check_permission(may_prepare(person))
    position = event.venues.count() + 1
    venue = Venue(
        event=event, position=position, name=name, address=address, in_charge=in_charge, municipality=municipality
    )
    venue.full_clean()
    venue.save()
    log(code=VENUE_ADDED, person=person, about=venue, within=event.title_it)
    return venue


@transaction.atomic
def add_table(
    *,
    person: User,
    venue: Venue,
    zones: Sequence[Zone],
    number: int | None = None,
    room: str = "",
    seats: int | None = None,
    facilitator: str = "",
) -> Table:
    """Add a table with a PIN of its own. Two zones may share one table; `seats` None: as many as come."""
    check_permission(may_prepare(person))
    if number is None:
        last = Table.objects.filter(event=venue.event).order_by("-number").first()
        number = last.number + 1 if last else 1
    table = Table(
        event=venue.event,
        venue=venue,
        number=number,
        room=room,
        seats=seats,
        facilitator=facilitator,
        pin=f"{secrets.randbelow(1_000_000):06d}",
    )
    table.full_clean()
    table.save()
    table.zones.set(zones)
    log(code=TABLE_ADDED, person=person, about=table, subject=str(number), within=venue.event.title_it)
    return table


@transaction.atomic
def add_badges(*, person: User, table: Table, how_many: int) -> list[Badge]:
    """Make badges that belong to nobody yet."""
    check_permission(may_prepare(person))
    taken = set(Badge.objects.filter(event=table.event).values_list("code", flat=True))
    badges: list[Badge] = []
    while len(badges) < how_many:
        code = _badge_code()
        if code not in taken:
            taken.add(code)
            badges.append(Badge(event=table.event, table=table, code=code))
    log(
        code=BADGES_MADE,
        person=person,
        about=table,
        subject=str(table.number),
        within=table.event.title_it,
        detail=str(how_many),
    )
    return Badge.objects.bulk_create(badges)


def add_badge(table: Table, organisation_kind: str) -> Badge:
    """A badge for somebody who has just got a seat at this table."""
    while True:
        code = _badge_code()
        if not Badge.objects.filter(event=table.event_id, code=code).exists():
            return Badge.objects.create(
                event_id=table.event_id, table=table, code=code, organisation_kind=organisation_kind
            )


def _badge_code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(5))
