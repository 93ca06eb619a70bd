"""What a written minute proposes for a session: each vote with the seat of each name, where one and only one fits. It
proposes and never guesses: a name that fits nobody, or two people, is left for a person to say."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from aumenta.core.minutes import Minute
from aumenta.core.minutes.names import matched
from aumenta.core.minutes.reading import VoteRead
from aumenta.governance.composition import Composition
from aumenta.governance.models import Session, Vote
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


@dataclass(frozen=True)
class VoteProposed:
    """A vote of the minute against the roll of the day."""

    read: VoteRead
    names: list[NameRead]

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


@transaction.atomic
def take_over(
    *, person: User, found: Composition, votes: list[tuple[str, str]], question: str, declared: dict[str, Any]
) -> Vote:
    """Enter a vote of a minute in the session of that body and day, made where there is none; it stays open.

    `votes`: seat and option, one for each name. Raises NotAllowedError; RefusedError «name_twice» and those of the
    verbs it calls; nothing is half written.
    """
    seats = [seat for seat, _option in votes]
    if twice := next((seat for seat in seats if seats.count(seat) > 1), None):
        there = found.seat(twice)
        raise RefusedError("name_twice", name=there.name if there else twice)
    session = Session.objects.filter(body=found.body, held_on=found.day).first()
    session = session or convene(person=person, body=found.body, held_on=found.day)
    vote = put_to_vote(person=person, session=session, question=question)
    enter_votes(person=person, vote=vote, votes=dict(votes))
    if declared:
        Vote.objects.filter(pk=vote.pk).update(declared=declared)
    return vote
