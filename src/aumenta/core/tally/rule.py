"""When a proposal passes: quorum, majority, abstentions and ties of one body for one kind of act, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final, TypeVar

HALF: Final = Fraction(1, 2)
Kind = TypeVar("Kind", bound=StrEnum)


class QuorumOf(StrEnum):
    """What the structural quorum is a share of."""

    MEMBERS = "members"
    NONE = "none"


class MajorityOf(StrEnum):
    """What the votes in favour are measured against."""

    VOTERS = "voters"
    PRESENT = "present"
    MEMBERS = "members"
    MUNICIPALITIES_AND_RESIDENTS = "municipalities_and_residents"


class Abstentions(StrEnum):
    """Whether who abstains is among the voters: the regulation of each body says it, and both ways are lawful."""

    COUNTED = "counted"
    EXCLUDED = "excluded"


class TieRule(StrEnum):
    """What as many votes in favour as against mean."""

    FAILS = "fails"
    CHAIR_DECIDES = "chair_decides"


class RuleFault(StrEnum):
    """What is wrong with a rule or a ballot as it was given; doors say it in the reader's language."""

    NOT_A_RECORD = "not_a_record"
    UNKNOWN_KEY = "unknown_key"
    UNKNOWN_VALUE = "unknown_value"
    NOT_A_SHARE = "not_a_share"
    MORE_THAN_ALL = "more_than_all"
    NOT_A_COUNT = "not_a_count"
    NOT_A_YES_OR_NO = "not_a_yes_or_no"
    MEMBER_WITHOUT_ID = "member_without_id"
    MEMBER_TWICE = "member_twice"
    CHAIR_TWICE = "chair_twice"
    VOTE_TWICE = "vote_twice"
    NOT_A_MEMBER = "not_a_member"
    NOTHING_VOTED = "nothing_voted"
    VOTES_AND_COUNTS = "votes_and_counts"


class TallyError(ValueError):
    """A rule or ballot that cannot be read: `fault`, the key it stands under, and the value that was there."""

    def __init__(self, fault: RuleFault, key: str, value: object = "") -> None:
        self.fault, self.key, self.value = fault, key, value
        super().__init__(f"{key}: {fault.value} ({value!r})")


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many must be present when the vote is taken.

    `without_chair` leaves the chair out on both sides, of the members and of those present, as article 38 (2) of the
    Italian code of local authorities does with the mayor.
    """

    of: QuorumOf = QuorumOf.NONE
    share: Fraction = Fraction(1, 3)
    without_chair: bool = False

    def needed(self, members: int) -> int:
        """The least number present, of `members` members (the chair among them)."""
        if self.of is QuorumOf.NONE:
            return 0
        return at_least(self.share * (members - 1 if self.without_chair else members))


@dataclass(frozen=True, slots=True)
class Majority:
    """How many votes in favour make a proposal pass.

    Where it is of municipalities and residents, `share` and `strictly_more` are of all municipalities, and the
    municipalities in favour must hold more than `residents_share` of all residents.
    """

    of: MajorityOf = MajorityOf.VOTERS
    share: Fraction = HALF
    strictly_more: bool = True
    residents_share: Fraction = HALF

    def needed(self, base: int) -> int:
        """The least number of votes in favour out of `base`; never none, for nothing passes without a vote for it."""
        return max(1, more_than(self.share * base) if self.strictly_more else at_least(self.share * base))


@dataclass(frozen=True, slots=True)
class Rule:
    """The rule of one body for one kind of act."""

    quorum: Quorum = Quorum()
    majority: Majority = Majority()
    abstentions: Abstentions = Abstentions.COUNTED
    tie: TieRule = TieRule.FAILS


def at_least(number: Fraction) -> int:
    """The least whole number that is not under `number`: a third of 313 is 105."""
    return -(-number.numerator // number.denominator)


def more_than(number: Fraction) -> int:
    """The least whole number above `number`: more than half of 18 is 10."""
    return number.numerator // number.denominator + 1


def read_rule(record: Any) -> Rule:
    """A rule from its record (`quorum`, `majority`, `abstentions`, `tie`; what is left out has the default).

    Raises TallyError, with the key, where something is unknown or no share.
    """
    fields = _record(record, "rule", {"quorum", "majority", "abstentions", "tie"})
    quorum = _record(fields.get("quorum", {"of": "none"}), "rule.quorum", {"of", "share", "without_chair"})
    majority = _record(fields.get("majority", {}), "rule.majority", {"of", "share", "strictly_more", "residents_share"})
    rule = Rule(
        Quorum(
            _choice(QuorumOf, quorum.get("of", "members"), "rule.quorum.of"),
            _share(quorum.get("share", "1/3"), "rule.quorum.share"),
            _yes_or_no(quorum.get("without_chair", False), "rule.quorum.without_chair"),
        ),
        Majority(
            _choice(MajorityOf, majority.get("of", "voters"), "rule.majority.of"),
            _share(majority.get("share", "1/2"), "rule.majority.share"),
            _yes_or_no(majority.get("strictly_more", True), "rule.majority.strictly_more"),
            _share(majority.get("residents_share", "1/2"), "rule.majority.residents_share"),
        ),
        _choice(Abstentions, fields.get("abstentions", "counted"), "rule.abstentions"),
        _choice(TieRule, fields.get("tie", "fails"), "rule.tie"),
    )
    if rule.majority.strictly_more and rule.majority.share == 1:
        raise TallyError(RuleFault.MORE_THAN_ALL, "rule.majority.share", majority.get("share"))
    if rule.majority.residents_share == 1:
        raise TallyError(RuleFault.MORE_THAN_ALL, "rule.majority.residents_share", majority.get("residents_share"))
    return rule


def _record(value: Any, key: str, known: set[str]) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise TallyError(RuleFault.NOT_A_RECORD, key, value)
    for name in value:
        if name not in known:
            raise TallyError(RuleFault.UNKNOWN_KEY, key, name)
    return {name: content for name, content in value.items() if content is not None}


def _choice(kind: type[Kind], value: Any, key: str) -> Kind:
    try:
        return kind(value)
    except ValueError:
        raise TallyError(RuleFault.UNKNOWN_VALUE, key, value) from None


def _yes_or_no(value: Any, key: str) -> bool:
    if not isinstance(value, bool):
        raise TallyError(RuleFault.NOT_A_YES_OR_NO, key, value)
    return value


def _share(value: Any, key: str) -> Fraction:
    try:
        share = Fraction(str(value).strip())
    except (ValueError, ZeroDivisionError):
        raise TallyError(RuleFault.NOT_A_SHARE, key, value) from None
    if isinstance(value, bool) or not 0 < share <= 1:
        raise TallyError(RuleFault.NOT_A_SHARE, key, value)
    return share
