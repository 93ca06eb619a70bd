"""Invented sessions of the Conference, marked as such, by the real verbs: one whose roll was called and voted by every
municipality, and one whose roll is being entered. Municipalities answer in them, no person does."""

from datetime import date, timedelta
from typing import Final

from aumenta.governance.composition import composition
from aumenta.governance.models import Act, Body, Session, Vote
from aumenta.governance.polls.attendance import HERE, call_roll
from aumenta.governance.polls.hold import close_vote, convene, enter_votes, put_to_vote
from aumenta.people.models import User

ABSENT_EVERY: Final = 7
AGAINST_EVERY: Final = 29
ABSTAINED_EVERY: Final = 13
INSIDE: Final = str.maketrans("«»", "“”")
"""Quotation marks inside others."""
ENTERED: Final = 40
"""Seats of the open roll that are entered already."""


def make_demo_conference(*, person: User, act: Act, day: date, whole: bool) -> Vote:
    """The Conference votes by roll call about an act that asked for its opinion; `whole`: to the end, and closed."""
    body = Body.objects.get(kind=Body.Kind.CONFERENCE, territory=act.body.territory_id)
    session = convene(
        person=person,
        body=body,
        held_on=day,
        convened_on=day - timedelta(15),
        number="prova",
        place="Seduta inventata di prova",
        agenda=f"Prova inventata: parere su «{act.object_it.translate(INSIDE)}»",
        invented=True,
    )
    vote = put_to_vote(
        person=person,
        session=session,
        act=act,
        subject=Vote.Subject.OPINION,
        question="Prova inventata: parere della Conferenza",
        method=Vote.Method.ROLL,
    )
    _enter(person, session, vote, whole=whole)
    return close_vote(person=person, vote=vote) if whole else vote


def _enter(person: User, session: Session, vote: Vote, *, whole: bool) -> None:
    seats = [seat.id for seat in composition(session.body, session.held_on).seats]
    absent = set(seats[::ABSENT_EVERY])
    call_roll(person=person, session=session, marks={seat: HERE for seat in seats if seat not in absent})
    here = [seat for seat in seats if seat not in absent]
    votes = {seat: _option(n) for n, seat in enumerate(here, start=1)}
    if whole:
        votes |= dict.fromkeys(absent, "absent")
    else:
        votes = dict(list(votes.items())[:ENTERED])
    enter_votes(person=person, vote=vote, votes=votes)


def _option(n: int) -> str:
    if n % AGAINST_EVERY == 0:
        return "against"
    return "abstained" if n % ABSTAINED_EVERY == 0 else "for"
