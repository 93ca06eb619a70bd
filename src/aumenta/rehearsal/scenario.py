"""Whom and what a rehearsal invents: the event in the database, and the script of every table."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from aumenta.core.tablelog.control import shortlist
from aumenta.core.tablelog.replica import Replica
from aumenta.events import create_event
from aumenta.events.models import Badge, BadgeHolder, Event, Process, ProgrammeItem, Registration, Table
from aumenta.people.models import Role, User
from aumenta.people.organisation_kinds import OrganisationKind
from aumenta.plan.models import Edition
from aumenta.rehearsal.phrases import NAMES, PHRASES, SURNAMES, TOPICS, Topic
from aumenta.territory.models import Zone

PROGRAMME = (
    ("09:15", "Accesso e registrazione", "Arrival and registration"),
    ("09:30", "Plenaria di apertura", "Opening plenary"),
    ("10:10", "Sessione 1: i bollini", "Session 1: stickers"),
    ("10:30", "Sessione 2: le domande", "Session 2: questions"),
    ("11:20", "Pausa", "Break"),
    ("11:25", "Sessione 2, seconda parte", "Session 2, second part"),
    ("12:20", "Plenaria: che cosa hanno detto i tavoli", "Plenary: what the tables said"),
)
STICKERS_EACH = 6


@dataclass(frozen=True, slots=True)
class Size:
    """How large: the defaults are those of the event the method comes from, and of issue bars."""

    venues: int = 6
    tables: int = 66
    people: int = 400
    observations: int = 1_300


@dataclass(slots=True)
class Script:
    """What one table will do: who comes, which stickers, what is said about what."""

    table: Table
    people: int
    badges: list[str]
    favourites: list[str]
    observations: int
    topics: list[Topic] = field(default_factory=list)


@transaction.atomic
def invent_event(
    *,
    person: User,
    seed: int,
    edition: Edition,
    zones: Sequence[Zone],
    size: Size,
    starts: datetime,
    public: bool = False,
) -> Event:
    """Make the event with venues, tables, badges and invented participants; nobody outside the office sees it unless it
    is `public`, and then it says that it is invented."""
    draw = Random(f"event {seed}")  # noqa: S311 - repeatable on purpose
    event = create_event.create_event(
        person=person,
        process=_process(public=public),
        slug=f"prova-{seed}",
        title_it="Dalle strategie alle azioni: prova generale",
        title_en="From strategies to actions: dress rehearsal",
        summary_it="Una mattina inventata ai tavoli di tutte le zone.",
        summary_en="An invented morning at the tables of every zone.",
        starts_at=starts,
        ends_at=starts + timedelta(hours=4),
        invented=True,
        published_at=timezone.now() if public else None,
        seats=size.people,
    )
    ProgrammeItem.objects.bulk_create(
        ProgrammeItem(event=event, starts=hour, title_it=italian, title_en=english)
        for hour, italian, english in PROGRAMME
    )
    create_event.set_strategies(person=person, event=event, edition=edition)
    create_event.set_sessions(person=person, event=event, sessions=create_event.default_sessions())
    _tables(draw, person, event, zones, size)
    # Whoever facilitates finds two tables of her own at the desk, with their codes and what to print.
    leader = User.objects.filter(is_active=True, grants__role=Role.FACILITATOR).order_by("pk").first()
    Table.objects.filter(event=event, number__lte=2).update(facilitated_by=leader)
    return event


def _process(*, public: bool) -> Process:
    process, _made = Process.objects.get_or_create(
        slug="prova-generale",
        defaults={
            "title_it": "Prova generale (inventata)",
            "title_en": "Dress rehearsal (invented)",
            "summary_it": "Un percorso inventato, per provare ogni strumento prima di un evento vero.",
            "summary_en": "An invented process, to try every tool before a real event.",
            "published_at": timezone.now() if public else None,
        },
    )
    return process


def _tables(draw: Random, person: User, event: Event, zones: Sequence[Zone], size: Size) -> None:
    """Venues, and tables with invented people around them."""
    venues = [
        create_event.add_venue(
            person=person,
            event=event,
            name=f"Sede inventata {n}",
            address=f"Via della Prova {n}",
            in_charge=_name(draw),
        )
        for n in range(1, size.venues + 1)
    ]
    for number in range(size.tables):
        zone = zones[number * len(zones) // size.tables]
        venue = venues[number * size.venues // size.tables]
        table = create_event.add_table(
            person=person, venue=venue, zones=[zone], room=f"Sala {number % 4 + 1}", facilitator=_name(draw)
        )
        here = size.people * (number + 1) // size.tables - size.people * number // size.tables
        _seat_people(draw, table, create_event.add_badges(person=person, table=table, how_many=here + 2)[:here], zone)


def scripts(event: Event, seed: int, size: Size) -> Iterator[Script]:
    """The script of each table; the same for the same seed."""
    strategies = list(event.strategies.values_list("code", flat=True))
    draw = Random(f"script {seed}")  # noqa: S311 - repeatable on purpose
    popular = draw.sample(strategies, len(strategies))
    tables = list(event.tables.select_related("venue").prefetch_related("zones", "badges__holder"))
    for number, table in enumerate(tables):
        badges = [badge.code for badge in table.badges.all() if hasattr(badge, "holder")]
        local = Random(f"zone {seed} {table.zones.all()[0].number}").sample(strategies, 4)  # noqa: S311 - repeatable on purpose
        said = size.observations * (number + 1) // len(tables) - size.observations * number // len(tables)
        # Every zone talks about some things more than others; three topics are everywhere.
        topics = [*TOPICS[:3], *Random(f"talk {seed} {table.zones.all()[0].number}").sample(TOPICS[3:], 5)]  # noqa: S311 - repeatable on purpose
        yield Script(table, len(badges), badges, local + popular, said, topics)


def act(script: Script, replicas: Sequence[Replica], seed: int) -> Iterator[Replica]:
    """Play a table's morning on its devices; yields after every entry, so that the caller can let the network work."""
    draw = Random(f"act {seed} {script.table.number}")  # noqa: S311 - repeatable on purpose
    first = replicas[0]
    for badge in script.badges:
        one = draw.choice(replicas)
        one.set("check-in", badge, True)
        yield one
    counts = _poster(draw, script)
    yield from _count(draw, first, counts)
    short = shortlist(counts, 6)
    chosen = [*short.clear, *short.tied[: short.open_places]]
    reason = "A parità di bollini ha deciso il tavolo, per alzata di mano." if short.tied else ""
    first.set("choice", "s1", {"strategies": chosen, "reason": reason})
    yield first
    for number in range(script.observations):
        one = draw.choice(replicas)
        key = str(UUID(int=draw.getrandbits(128)))
        question = f"q{number % 4 + 1}"
        topic = draw.choice(script.topics)
        text = draw.choice(PHRASES[question]).format(thing=draw.choice(topic.things))
        if draw.random() < 0.02:
            one.set("private", key, True)
        one.set(
            "place",
            key,
            {"strategy": chosen[number % len(chosen)] if chosen else script.favourites[0], "question": question},
        )
        one.set("text", key, text)
        yield one
        if draw.random() < 0.05:
            one.set("text", key, text.rstrip(".") + ", dicono tutti al tavolo.")
            yield one
        elif draw.random() < 0.02:
            one.set("withdrawn", key, True)
            yield one


def _count(draw: Random, first: Replica, counts: Mapping[str, int]) -> Iterator[Replica]:
    for code, count in sorted(counts.items()):
        # The poster is read out by one device, strategy by strategy; now and then a number is corrected.
        if draw.random() < 0.1:
            first.set("stickers", f"s1/{code}", count + 1)
            yield first
            first.set("stickers", f"s1/{code}", count, reason="ricontati")
        elif count <= 2:
            for _ in range(count):
                first.add("stickers", f"s1/{code}", 1)
                yield first
            continue
        else:
            first.set("stickers", f"s1/{code}", count)
        yield first


def topic_of(text: str) -> Topic | None:
    """Which invented theme a phrase belongs to, for the operators of the rehearsal."""
    return next((topic for topic in TOPICS if any(thing in text for thing in topic.things)), None)


def _poster(draw: Random, script: Script) -> dict[str, int]:
    counts: dict[str, int] = {}
    weights = [1 / (place + 2) for place in range(len(script.favourites))]
    for _ in range(script.people):
        for code in set(draw.choices(script.favourites, weights, k=STICKERS_EACH)):
            counts[code] = counts.get(code, 0) + 1
    return counts


def _name(draw: Random) -> str:
    return f"{draw.choice(NAMES)} {draw.choice(SURNAMES)}"


def _seat_people(draw: Random, table: Table, badges: Sequence[Badge], zone: Zone) -> None:
    kinds = list(OrganisationKind.values)
    for badge in badges:
        kind = draw.choice(kinds)
        name = _name(draw)
        registration = Registration.objects.create(
            event=table.event,
            name=name,
            email=f"{name.lower().replace(' ', '.')}.{badge.code.lower()}@esempio.invalid",
            organisation="Organizzazione inventata",
            organisation_kind=kind,
            zone=zone,
            table=table,
        )
        Badge.objects.filter(pk=badge.pk).update(organisation_kind=kind)
        BadgeHolder.objects.create(badge=badge, registration=registration, forget_on=table.event.forget_people_on)
