"""What a written minute proposes for a session: each vote with the seat of each name, where one and only one fits. It
proposes and never guesses: a name that fits nobody, or two people, is left for a person to say."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from aumenta.core.minutes import Minute
from aumenta.core.minutes.attendance import AttendanceState
from aumenta.core.minutes.names import matched
from aumenta.core.minutes.reading import VoteRead
from aumenta.governance.composition import Composition
from aumenta.governance.models import Ballot, Session, Vote
from aumenta.governance.polls.attendance import HERE, call_roll
from aumenta.governance.polls.hold import convene, enter_votes, put_to_vote
from aumenta.people.models import User
from aumenta.people.refusals import RefusedError

OPTIONS = ("for", "against", "abstained", "not_voting")


@dataclass(frozen=True)
class NameRead:
    """A name as the minute prints it, what it did, the seat it means (empty: to be said), the nearest of the roll."""

    printed: str
    option: str
    seat: str
    nearest: str

    @property
    def words(self) -> str:
        """What it did, as a person reads it."""
        return str(dict(Ballot.OPTIONS)[self.option])


@dataclass(frozen=True)
class VoteProposed:
    """A vote of the minute against the roll of the day."""

    read: VoteRead
    names: list[NameRead]

    @property
    def without_names(self) -> list[tuple[str, int, int]]:
        """What the minute counts and does not name: the words of the vote, how many it counts, how many it names."""
        named = Counter(one.option for one in self.names)
        words = dict(Ballot.OPTIONS)
        counted = self.read.declared
        return [(str(words[key]), counted[key], named[key]) for key in OPTIONS if counted.get(key, 0) != named[key]]

    @property
    def unmatched(self) -> int:
        """How many names wait for somebody to say whose they are."""
        return sum(not one.seat for one in self.names)


def proposals(minute: Minute, found: Composition) -> list[VoteProposed]:
    """The votes of a minute with the seats their names mean."""
    by_name = {seat.name: seat.id for seat in found.seats}
    return [
        VoteProposed(
            read,
            [_name(printed, option, by_name) for option in OPTIONS for printed in read.names.get(option, [])],
        )
        for read in minute.votes
    ]


def _name(printed: str, option: str, by_name: dict[str, str]) -> NameRead:
    match = matched(printed, list(by_name))
    return NameRead(printed, option, by_name.get(match.member or "", ""), match.nearest)


@dataclass(frozen=True)
class PersonRead:
    """Somebody of the attendance as the minute prints it; `is_lost` where a seat of the roll should be hers and none
    fits: what her presence counts for, somebody has to say."""

    printed: str
    role: str
    state: AttendanceState
    seat: str
    nearest: str

    @property
    def is_lost(self) -> bool:
        """A guest has no seat, and nobody looks for one."""
        return not self.seat and self.state is not AttendanceState.WITHOUT_VOTE


def attendance_read(minute: Minute, found: Composition) -> list[PersonRead]:
    """Everybody whom the minute names as present or absent, with the seat of the roll where one fits."""
    by_name = {seat.name: seat.id for seat in found.seats}
    people = []
    for one in minute.attendance:
        match = matched(one.name, list(by_name))
        people.append(PersonRead(one.name, one.role, one.state, by_name.get(match.member or "", ""), match.nearest))
    return people


def attendance_proposed(minute: Minute, found: Composition) -> dict[str, str]:
    """Seat → mark of everybody whom the minute names as present with a vote, and whose name fits one seat."""
    people = attendance_read(minute, found)
    return {one.seat: HERE for one in people if one.seat and one.state is AttendanceState.PRESENT}


@transaction.atomic
def take_over(
    *,
    person: User,
    found: Composition,
    votes: list[tuple[str, str]],
    question: str,
    declared: dict[str, Any],
    attendance: Mapping[str, str] | None = None,
) -> Vote:
    """Enter a vote of a minute in the session of that body and day, made where there is none; it stays open.

    `votes`: seat and option, one for each name; `attendance` is entered where the session has none. Raises
    NotAllowedError; RefusedError «name_twice» and those of the verbs it calls; nothing is half written.
    """
    seats = [seat for seat, _option in votes]
    if twice := next((seat for seat in seats if seats.count(seat) > 1), None):
        there = found.seat(twice)
        raise RefusedError("name_twice", name=there.name if there else twice)
    session = Session.objects.filter(body=found.body, held_on=found.day).first()
    session = session or convene(person=person, body=found.body, held_on=found.day)
    if attendance and not session.attendances.exists():
        marks = {**attendance, **{seat: HERE for seat, _option in votes}}
        call_roll(person=person, session=session, marks=marks)
    vote = put_to_vote(person=person, session=session, question=question)
    enter_votes(person=person, vote=vote, votes=dict(votes))
    if declared:
        Vote.objects.filter(pk=vote.pk).update(declared=declared)
    return vote
