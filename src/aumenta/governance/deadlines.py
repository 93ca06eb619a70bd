"""What waits for somebody who keeps bodies: opinions that are due, sessions to come, votes left open, acts on the
notice board, conflicts to settle. Nothing of it is stored."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from aumenta.governance.asked_of import asked_of
from aumenta.governance.models import Act, Opinion, Session, Tie, Vote
from aumenta.governance.rules import (
    bodies_kept_by,
    keeps_all_bodies,
    may_keep_bodies,
    may_see_observations,
    municipalities_of,
)
from aumenta.people.models import User

AHEAD = timedelta(days=45)


@dataclass(frozen=True)
class Deadline:
    """Something with a day: `kind` says what, `key` what its page is called by."""

    kind: str
    about: Act | Opinion | Session | Vote | Tie
    day: date
    left: int


def deadlines_of(person: User, today: date) -> list[Deadline]:
    """Everything with a day in the bodies she keeps, or what her municipality may observe, the nearest first; past days
    only of what is still to be done."""
    if not may_keep_bodies(person):
        return _to_observe(person, today)
    mine = bodies_kept_by(person).values("pk")
    until = today + AHEAD
    opinions = Opinion.objects.filter(
        Q(body__in=mine) | Q(act__body__in=mine), given_on=None, act__state=Act.State.OPINIONS, due_on__lte=until
    )
    sessions = Session.objects.filter(body__in=mine, held_on__range=(today, until))
    polls = Vote.objects.filter(session__body__in=mine, closed_at=None, session__held_on__lte=today)
    board = Act.objects.filter(body__in=mine, state=Act.State.PUBLISHED, published_to__isnull=False)
    found: list[tuple[str, Act | Opinion | Session | Vote | Tie, date | None]] = [
        *(("opinion", one, one.due_on) for one in opinions.select_related("body", "act")),
        *(("session", one, one.held_on) for one in sessions.select_related("body")),
        *(("vote", one, one.session.held_on) for one in polls.select_related("session__body")),
        *(("board", one, one.published_to) for one in board.select_related("body")),
    ]
    if keeps_all_bodies(person):
        open_ties = Tie.objects.filter(kind=Tie.Kind.CONFLICTS, settled_on=None, due_on__lte=until)
        found += [("conflict", tie, tie.due_on) for tie in open_ties.select_related("action__strategy__axis", "item")]
    rows = [Deadline(kind, about, day, (day - today).days) for kind, about, day in found if day is not None]
    return sorted(rows, key=lambda row: (row.day, row.kind, row.about.pk))


def _to_observe(person: User, today: date) -> list[Deadline]:
    """What the municipalities she answers for may still observe, each act once: with the first of its days."""
    if not may_see_observations(person):
        return []
    asked = asked_of(municipalities_of(person)).filter(given_on=None, due_on__range=(today, today + AHEAD))
    first: dict[int, Opinion] = {}
    for one in asked:
        first.setdefault(one.act_id, one)
    return [Deadline("observe", one, one.due_on, (one.due_on - today).days) for one in first.values()]
