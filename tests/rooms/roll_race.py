"""Two clerks enter the roll call of 312 municipalities at once, round after round, in threads with own connections.

Both enter all of it, one from either end, a page at a time; on every tenth seat or so they heard something else. Run as
a program with the settings of the database to race on (AUMENTA_DATABASE_URL or AUMENTA_DATA), and how many rounds:
prints one line of JSON with what it counted. Any broken promise is an exception.
"""

import json
import random
import sys
import threading
import time
from collections import Counter
from typing import Any, NamedTuple

import django

django.setup()

from django.conf import settings
from django.db import connection, connections

from aumenta.governance.composition import composition
from aumenta.governance.models import Ballot, Vote
from aumenta.governance.polls.hold import close_vote, enter_votes, put_to_vote
from aumenta.governance.polls.result import frozen, result_of
from aumenta.people.models import User
from aumenta.people.refusals import RefusedError
from tests.cast import somebody
from tests.governance_cast import a_roll_of_312, chief

PAGE = 52
"""Seats that a clerk enters before saving: six pages are the whole roll."""


class Entry(NamedTuple):
    """A seat that a clerk entered and that was taken: what the page had shown, and what was entered."""

    seen: str
    option: str


class Round:
    """One roll call: what each clerk heard, what was taken of it, what was sent back as a conflict."""

    def __init__(self, vote: Vote, seats: list[str], seed: int) -> None:
        self.vote, self.seats, self.seed = vote, seats, seed
        dice = random.Random(seed)
        self.heard = [dict.fromkeys(seats, "for") for _clerk in range(2)]
        for seat in seats:
            if dice.random() < 0.1:
                self.heard[dice.randrange(2)][seat] = dice.choice(("against", "abstained", "not_voting"))
        self.taken: list[dict[str, Entry]] = [{}, {}]
        self.conflicts = [0, 0]
        self.start, self.end = threading.Barrier(2), threading.Barrier(2)
        self.faults: list[BaseException] = []
        self.closed: list[str] = []

    def clerk(self, person: User, number: int) -> None:
        """Page after page: look at what is there, type, save; at the end close the vote."""
        dice = random.Random(f"{self.seed}{number}")
        order = self.seats if number == 0 else self.seats[::-1]
        self.start.wait()
        for first in range(0, len(order), PAGE):
            seats = order[first : first + PAGE]
            shown = dict(Ballot.objects.filter(vote=self.vote).values_list("seat", "option"))
            time.sleep(dice.random() * 0.01)
            votes = {seat: self.heard[number][seat] for seat in seats}
            lost = set(enter_votes(person=person, vote=self.vote, votes=votes, seen=shown))
            names = {one.id: one.name for one in composition(self.vote.session.body, self.vote.session.held_on).seats}
            self.conflicts[number] += len(lost)
            for seat, option in votes.items():
                if names[seat] not in lost:
                    self.taken[number][seat] = Entry(shown.get(seat, ""), option)
        self.end.wait()
        try:
            close_vote(person=person, vote=self.vote)
            self.closed.append("closed")
        except RefusedError as refusal:
            self.closed.append(refusal.code)

    def race(self, clerks: tuple[User, User]) -> None:
        def run(person: User, number: int) -> None:
            try:
                self.clerk(person, number)
            except BaseException as fault:  # a lock error or a crash must not pass for a refusal
                self.faults.append(fault)
                self.start.abort()
                self.end.abort()
            finally:
                connections.close_all()

        threads = [threading.Thread(target=run, args=(person, n)) for n, person in enumerate(clerks)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if self.faults:
            raise self.faults[0]

    def check(self) -> Counter[str]:
        """Every seat once; what was taken is there, or was corrected by a clerk whose page showed it; one result."""
        rows = list(Ballot.objects.filter(vote=self.vote).values_list("seat", "option"))
        kept = dict(rows)
        lost = [seat for seat in self.seats if seat not in kept or not self._is_answered_for(seat, kept[seat])]
        assert not lost, f"lost: {lost[:5]}"
        assert len(rows) == len(kept) == len(self.seats), "a seat stands there twice"
        assert sorted(self.closed) == ["closed", "vote_closed"], self.closed
        vote = Vote.objects.select_related("session__body__territory").get(pk=self.vote.pk)
        computed = frozen(result_of(vote))
        assert computed is not None
        assert vote.result is not None
        assert {key: vote.result[key] for key in computed if key != "carried"} == {
            key: value for key, value in computed.items() if key != "carried"
        }
        assert sum(computed[key] for key in ("for", "against", "abstained", "not_voting")) == len(self.seats)
        said = Counter(kept.values())
        assert all(computed[key] == said[key] for key in ("for", "against", "abstained", "not_voting"))
        both = sum(1 for seat in self.seats if seat in self.taken[0] and seat in self.taken[1])
        return Counter(conflicts=sum(self.conflicts), entered=len(rows), taken_twice=both)

    def _is_answered_for(self, seat: str, option: str) -> bool:
        entries = [taken[seat] for taken in self.taken if seat in taken]
        if option not in {one.option for one in entries}:
            return False
        others = [one for one in entries if one.option != option]
        # Whoever is not there any more was corrected by somebody who had her entry before her eyes.
        return all(any(one.option == option and one.seen == other.option for one in entries) for other in others)


def main(rounds: int) -> None:
    """Race, and print what happened."""
    settings.DEBUG = False
    first = a_roll_of_312()
    seats = [seat.id for seat in composition(first.session.body, first.session.held_on).seats]
    assert len(seats) == 312
    clerks = (chief(), somebody("administrator", email="seconda@esempio.it"))
    counted: Counter[str] = Counter()
    for seed in range(rounds):
        vote: Any = put_to_vote(person=chief(), session=first.session, question=f"Appello {seed}", method="roll")
        one = Round(vote, seats, seed)
        one.race(clerks)
        counted += one.check()
    print(json.dumps({"vendor": connection.vendor, "rounds": rounds, **counted}))  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]))
