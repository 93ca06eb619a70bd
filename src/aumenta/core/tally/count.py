"""The count: what a ballot comes to under a rule, with every number, or why it cannot be said."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from aumenta.core.tally.ballot import Ballot, Counts, Option
from aumenta.core.tally.rule import Abstentions, MajorityOf, QuorumOf, Rule, TieRule, more_than


class Outcome(StrEnum):
    """What became of the proposal."""

    PASSES = "passes"
    FAILS = "fails"
    NO_QUORUM = "no_quorum"
    NOT_COMPUTABLE = "not_computable"


class Reason(StrEnum):
    """Why it came out like that; doors say it as a sentence with the numbers of the result."""

    MAJORITY_MET = "majority_met"
    CHAIR_DECIDED_FOR = "chair_decided_for"
    MAJORITY_NOT_MET = "majority_not_met"
    RESIDENTS_NOT_MET = "residents_not_met"
    NEITHER_MET = "neither_met"
    TIE = "tie"
    CHAIR_DECIDED_AGAINST = "chair_decided_against"
    TOO_FEW_PRESENT = "too_few_present"
    COUNTS_DO_NOT_ADD_UP = "counts_do_not_add_up"
    MORE_PRESENT_THAN_MEMBERS = "more_present_than_members"
    MEMBERS_DIFFER = "members_differ"
    MEMBERS_UNKNOWN = "members_unknown"
    CHAIR_UNKNOWN = "chair_unknown"
    CHAIR_PRESENCE_UNKNOWN = "chair_presence_unknown"
    CHAIR_VOTE_UNKNOWN = "chair_vote_unknown"
    RESIDENTS_UNKNOWN = "residents_unknown"
    NAMES_NEEDED_FOR_RESIDENTS = "names_needed_for_residents"


@dataclass(frozen=True, slots=True)
class QuorumResult:
    """How many had to be present (the chair left out where the rule says so), and whether they were."""

    needed: int | None
    met: bool | None


@dataclass(frozen=True, slots=True)
class MajorityResult:
    """How many votes in favour were needed, how many there were, and whether that was enough."""

    needed: int | None
    reached: int
    met: bool | None


@dataclass(frozen=True, slots=True)
class ResidentsResult:
    """Residents of the municipalities in favour: how many were needed, reached, and their share of all (0 to 1)."""

    needed: int
    reached: int
    share: float
    met: bool


@dataclass(frozen=True, slots=True)
class Result:
    """Every number of a vote. `missing` names members without what the rule needs to know of them."""

    outcome: Outcome
    reason: Reason
    present: int
    voters: int
    counts: Counts
    quorum: QuorumResult
    majority: MajorityResult
    residents: ResidentsResult | None = None
    missing: tuple[str, ...] = ()


def count(rule: Rule, ballot: Ballot) -> Result:
    """Count a ballot. It never guesses: where a number is missing or two disagree the outcome is *not computable*."""
    counts = ballot.as_counts()
    present = counts.sum if counts.present is None else counts.present
    voters = counts.of.get(Option.FOR, 0) + counts.of.get(Option.AGAINST, 0)
    if rule.abstentions is Abstentions.COUNTED:
        voters += counts.of.get(Option.ABSTAINED, 0)
    quorum, doubt = _quorum(rule, ballot, counts, present)
    majority = _majority(rule, counts, present, voters)
    doubt = _contradiction(ballot, counts, present) or doubt
    residents: ResidentsResult | None = None
    missing: tuple[str, ...] = ()
    if rule.majority.of is MajorityOf.MUNICIPALITIES_AND_RESIDENTS and doubt is None:
        residents, doubt, missing = _residents(rule, ballot)
    if majority.needed is None and doubt is None:
        doubt = Reason.MEMBERS_UNKNOWN
    if doubt is not None:
        outcome, reason = Outcome.NOT_COMPUTABLE, doubt
    elif not quorum.met:
        outcome, reason = Outcome.NO_QUORUM, Reason.TOO_FEW_PRESENT
    else:
        outcome, reason = _outcome(rule, ballot, counts, majority, residents)
    return Result(outcome, reason, present, voters, counts, quorum, majority, residents, missing)


def _contradiction(ballot: Ballot, counts: Counts, present: int) -> Reason | None:
    if counts.sum != present:
        return Reason.COUNTS_DO_NOT_ADD_UP
    if counts.members is not None and present > counts.members:
        return Reason.MORE_PRESENT_THAN_MEMBERS
    if ballot.members and counts.members != len(ballot.members):
        return Reason.MEMBERS_DIFFER
    return None


def _quorum(rule: Rule, ballot: Ballot, counts: Counts, present: int) -> tuple[QuorumResult, Reason | None]:
    if rule.quorum.of is QuorumOf.NONE:
        return QuorumResult(0, True), None
    if counts.members is None:
        return QuorumResult(None, None), Reason.MEMBERS_UNKNOWN
    needed = rule.quorum.needed(counts.members)
    if not rule.quorum.without_chair:
        return QuorumResult(needed, present >= needed), None
    if ballot.votes is not None:
        chair = ballot.chair
        if chair is None:
            return QuorumResult(needed, None), Reason.CHAIR_UNKNOWN
        there = present - (ballot.did(chair) is not Option.ABSENT)
        return QuorumResult(needed, there >= needed), None
    # Counts don't say whether the chair is among those present: it matters only where one more or less decides.
    if present == needed > 0:
        return QuorumResult(needed, None), Reason.CHAIR_PRESENCE_UNKNOWN
    return QuorumResult(needed, present >= needed), None


def _majority(rule: Rule, counts: Counts, present: int, voters: int) -> MajorityResult:
    base = {
        MajorityOf.VOTERS: voters,
        MajorityOf.PRESENT: present,
        MajorityOf.MEMBERS: counts.members,
        MajorityOf.MUNICIPALITIES_AND_RESIDENTS: counts.members,
    }[rule.majority.of]
    reached = counts.of.get(Option.FOR, 0)
    if base is None:
        return MajorityResult(None, reached, None)
    needed = rule.majority.needed(base)
    return MajorityResult(needed, reached, reached >= needed)


def _residents(rule: Rule, ballot: Ballot) -> tuple[ResidentsResult | None, Reason | None, tuple[str, ...]]:
    if ballot.votes is None:
        return None, Reason.NAMES_NEEDED_FOR_RESIDENTS, ()
    missing = tuple(member.name for member in ballot.members if member.residents is None)
    total = sum(member.residents or 0 for member in ballot.members)
    if missing or not total:
        return None, Reason.RESIDENTS_UNKNOWN, missing
    reached = sum(member.residents or 0 for member in ballot.members if ballot.did(member) is Option.FOR)
    needed = more_than(rule.majority.residents_share * total)
    return ResidentsResult(needed, reached, float(Fraction(reached, total)), reached >= needed), None, ()


def _outcome(
    rule: Rule, ballot: Ballot, counts: Counts, majority: MajorityResult, residents: ResidentsResult | None
) -> tuple[Outcome, Reason]:
    if residents is not None and not residents.met:
        return Outcome.FAILS, Reason.RESIDENTS_NOT_MET if majority.met else Reason.NEITHER_MET
    if majority.met:
        return Outcome.PASSES, Reason.MAJORITY_MET
    against = counts.of.get(Option.AGAINST, 0)
    if majority.reached != against or not against:
        return Outcome.FAILS, Reason.MAJORITY_NOT_MET
    one_short = majority.needed is not None and majority.reached + 1 >= majority.needed
    if rule.tie is TieRule.FAILS or not one_short:
        return Outcome.FAILS, Reason.TIE if one_short else Reason.MAJORITY_NOT_MET
    vote = ballot.did(ballot.chair) if ballot.votes is not None and ballot.chair is not None else None
    if vote is Option.FOR:
        return Outcome.PASSES, Reason.CHAIR_DECIDED_FOR
    if vote is Option.AGAINST:
        return Outcome.FAILS, Reason.CHAIR_DECIDED_AGAINST
    return Outcome.NOT_COMPUTABLE, Reason.CHAIR_VOTE_UNKNOWN
