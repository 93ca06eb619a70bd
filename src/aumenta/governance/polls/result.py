"""What a vote comes to under its rule: computed each time from what was entered, never stored, beside what the minutes
declare."""

from collections.abc import Mapping
from typing import Any

from aumenta.core.tally.ballot import Ballot as Counted
from aumenta.core.tally.ballot import Counts, Option
from aumenta.core.tally.count import Outcome, Result, count
from aumenta.core.tally.rule import read_rule
from aumenta.governance.composition import Composition, composition
from aumenta.governance.models import Act, Ballot, BodyRule, Vote

COUNTED_AS_ABSENT = "excused"


def rule_for(vote: Vote) -> BodyRule | None:
    """The rule in force on the day of the session for what is voted: of the matter, else the general one."""
    matters = BodyRule.Matter
    matter: str = matters.ANY
    if vote.subject == Vote.Subject.ENFORCEABLE:
        matter = matters.ENFORCEABLE
    elif vote.act is not None and vote.act.kind in (Act.Kind.PLAN, Act.Kind.UPDATE):
        matter = matters.PLAN
    elif vote.act is not None and vote.act.kind in (Act.Kind.STATUTE, Act.Kind.BUDGET):
        matter = matters.STATUTE_BUDGET
    rules = {one.matter: one for one in BodyRule.objects.on(vote.session.held_on).filter(body=vote.session.body_id)}
    return rules.get(matter) or rules.get(matters.ANY)


def seats_of(vote: Vote) -> Composition:
    """Who has a vote on the day of the session: the seats alone."""
    return composition(vote.session.body, vote.session.held_on, bare=True)


def result_of(
    vote: Vote,
    record: object = None,
    seats: Composition | None = None,
    ballots: Mapping[str, str] | None = None,
) -> Result | None:
    """The result by the rule of the vote (or by `record`); None where there is no rule. `seats` and `ballots` (seat →
    what it did) where they were read already."""
    rule = record or vote.rule_record
    if not rule:
        return None
    return count(read_rule(rule), counted(vote, seats or seats_of(vote), ballots))


def ballots_of(vote: Vote) -> dict[str, str]:
    """What each seat did."""
    return dict(Ballot.objects.filter(vote=vote).values_list("seat", "option"))


def counted(vote: Vote, seats: Composition, ballots: Mapping[str, str] | None = None) -> Counted:
    """The ballots of a vote as the count takes them; whoever has none was absent."""
    members = tuple(seat.member for seat in seats.seats)
    if not vote.is_named:
        given = vote.counts or {}
        of: dict[Option, int] = {option: given.get(option.value, 0) for option in Option if option is not Option.ABSENT}
        return Counted(members, counts=Counts(len(members) or None, given.get("present"), of))
    votes = {
        key: Option.ABSENT if option == COUNTED_AS_ABSENT else Option(option)
        for key, option in (ballots_of(vote) if ballots is None else ballots).items()
    }
    known = {member.id for member in members}
    return Counted(members, votes={key: option for key, option in votes.items() if key in known})


def enforceable_at_once(act: Act) -> bool:
    """Whether the act was declared immediately enforceable: by a vote of its own, or together with the whole text.

    It needs the majority of the members, so an act can pass and its enforceability fail.
    """
    for vote in act.polls.select_related("session__body__territory").exclude(closed_at=None):
        own = vote.subject == Vote.Subject.ENFORCEABLE
        if not own and not (vote.subject == Vote.Subject.WHOLE and vote.with_enforceability):
            continue
        rule = (
            BodyRule.objects.on(vote.session.held_on)
            .filter(body=vote.session.body_id, matter=BodyRule.Matter.ENFORCEABLE)
            .first()
        )
        result = result_of(vote, rule.record if rule else None)
        if rule is not None and result is not None and result.outcome is Outcome.PASSES:
            return True
    return False


def differences(vote: Vote, result: Result | None) -> dict[str, tuple[int, int]]:
    """Where the minutes declare another number than was entered: option → declared, computed."""
    if not vote.declared or result is None:
        return {}
    computed = {option.value: result.counts.of.get(option, 0) for option in Option if option is not Option.ABSENT}
    computed |= {"present": result.present}
    return {
        key: (value, computed[key])
        for key, value in vote.declared.items()
        if key in computed and value is not None and value != computed[key]
    }


def carried(vote: Vote, seats: Composition) -> dict[str, Any] | None:
    """How many residents the municipalities carry that voted in each way, of how many and counted on which day; None
    where people sit, nobody's name is known, or a population is."""
    if seats.residents is None or seats.residents_on is None or not vote.is_named:
        return None
    ballots = ballots_of(vote)
    of: dict[str, int] = {}
    for seat in seats.seats:
        if seat.id in ballots:
            of[ballots[seat.id]] = of.get(ballots[seat.id], 0) + (seat.residents or 0)
    return {"of": of, "all": seats.residents, "on": seats.residents_on.isoformat()}


def frozen(result: Result | None, carried: dict[str, Any] | None = None) -> dict[str, Any] | None:
    """The numbers of a result, as they are kept when the vote is closed: shown from then on without counting again,
    with the residents that were carried (as `carried` gives them) on the day of the session."""
    if result is None:
        return None
    return {
        "carried": carried,
        "outcome": result.outcome.value,
        "reason": result.reason.value,
        "present": result.present,
        "voters": result.voters,
        "members": result.counts.members,
        "sum": result.counts.sum,
        **{option.value: result.counts.of.get(option, 0) for option in Option if option is not Option.ABSENT},
        "quorum": result.quorum.needed,
        "majority": result.majority.needed,
        "reached": result.majority.reached,
        "residents": result.residents.reached if result.residents else None,
        "residents_needed": result.residents.needed if result.residents else None,
    }
