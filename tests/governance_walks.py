"""Acts walked some steps along their road, for the tests of what is refused there."""

from datetime import date, timedelta
from typing import Any

from aumenta.governance.models import Act, Body, Opinion, Vote
from aumenta.governance.polls.hold import close_vote, enter_votes
from aumenta.governance.road import before_vote, from_vote, opinions
from tests.governance_cast import a_body, a_mandate, a_vote, an_act, chief

DAY = date(2026, 3, 2)


def deposited() -> Act:
    """An act whose text is deposited."""
    act = an_act()
    return before_vote.deposit(person=chief(), act=act, day=DAY, words="Il testo.")


def asked() -> Act:
    """An act whose opinions are asked for, of one zone and of the Conference."""
    a_body(Body.Kind.CONFERENCE)
    a_body(Body.Kind.ZONE_ASSEMBLY, zone=1)
    act = deposited()
    before_vote.examine(person=chief(), act=act, day=DAY)
    return opinions.ask_opinions(person=chief(), act=act, day=DAY, due=DAY + timedelta(15))


def give(act: Act, *, binding: bool = True, **facts: Any) -> Opinion:
    """The opinion of the Conference, or of the zone, is given."""
    opinion = act.opinions.filter(binding=binding)[0]
    given = {"day": DAY, "outcome": "favourable", **facts}
    return opinions.give_opinion(person=chief(), opinion=opinion, **given)


def seat() -> str:
    """The seat of somebody in the council."""
    return f"m{a_mandate().pk}"


def a_closed_vote(act: Act | None) -> Vote:
    """A vote of one, in favour, closed."""
    vote = a_vote(act=act) if act else a_vote()
    enter_votes(person=chief(), vote=vote, votes={seat(): "for"})
    return close_vote(person=chief(), vote=vote)


def whole(act: Act) -> Act:
    """An act that has everything the council waits for."""
    for opinion in act.opinions.all():
        opinions.give_opinion(person=chief(), opinion=opinion, day=DAY, outcome="favourable")
    before_vote.hear(person=chief(), act=act, day=DAY, who="Associazioni")
    return act


def adopted() -> Act:
    """An act that was adopted as number 9 of 2026."""
    act = whole(asked())
    return from_vote.decide(person=chief(), act=act, vote=a_closed_vote(act), number="9", year=2026)
