"""What was voted: by name, or as counts only."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from aumenta.core.tally.rule import RuleFault, TallyError


class Option(StrEnum):
    """What a member did. Who is present without voting counts among those present, not among the voters."""

    FOR = "for"
    AGAINST = "against"
    ABSTAINED = "abstained"
    NOT_VOTING = "not_voting"
    ABSENT = "absent"


PRESENT: Final = (Option.FOR, Option.AGAINST, Option.ABSTAINED, Option.NOT_VOTING)


@dataclass(frozen=True, slots=True)
class Member:
    """Who has a vote: a councillor, or a municipality with its residents (None where nobody gave a dated figure)."""

    id: str
    name: str = ""
    chair: bool = False
    residents: int | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many did what. `members` and `present` are None where nobody said."""

    members: int | None
    present: int | None
    of: Mapping[Option, int]

    @property
    def sum(self) -> int:
        """All who were there, as the single counts add up."""
        return sum(self.of.get(option, 0) for option in PRESENT)


@dataclass(frozen=True, slots=True)
class Ballot:
    """The members, and either the vote of each (who is not named was absent) or only counts."""

    members: tuple[Member, ...] = ()
    votes: Mapping[str, Option] | None = None
    counts: Counts | None = None

    @property
    def chair(self) -> Member | None:
        """Who chairs, if one of the members does."""
        return next((member for member in self.members if member.chair), None)

    def did(self, member: Member) -> Option:
        """What a member did; only where votes are by name."""
        return (self.votes or {}).get(member.id, Option.ABSENT)

    def as_counts(self) -> Counts:
        """The same as counts, those given or those of the names."""
        if self.counts is not None:
            return self.counts
        done = Counter(self.did(member) for member in self.members)
        return Counts(len(self.members), sum(done[option] for option in PRESENT), done)


def read_ballot(record: Mapping[str, Any]) -> Ballot:
    """A ballot from its record: `members` with `votes` by id, or `counts`.

    Raises TallyError where a member stands twice, two chair, somebody votes who is no member, both or neither of
    votes and counts are there, or a number is none.
    """
    members = _members(record.get("members") or [])
    votes, counts = record.get("votes"), record.get("counts")
    if votes is None and counts is None:
        raise TallyError(RuleFault.NOTHING_VOTED, "votes")
    if votes is not None and counts is not None:
        raise TallyError(RuleFault.VOTES_AND_COUNTS, "counts")
    if counts is not None:
        return Ballot(members, counts=_counts(counts, len(members)))
    return Ballot(members, votes=_votes(votes, members))


def _members(records: Any) -> tuple[Member, ...]:
    if not isinstance(records, Sequence) or isinstance(records, str):
        raise TallyError(RuleFault.NOT_A_RECORD, "members", records)
    members: list[Member] = []
    for place, record in enumerate(records, 1):
        key = f"members[{place}]"
        if not isinstance(record, Mapping):
            raise TallyError(RuleFault.NOT_A_RECORD, key, record)
        name = record.get("id")
        if not isinstance(name, str | int) or isinstance(name, bool) or not str(name).strip():
            raise TallyError(RuleFault.MEMBER_WITHOUT_ID, key, name)
        residents = record.get("residents")
        chair = record.get("chair") or False
        if not isinstance(chair, bool):
            raise TallyError(RuleFault.NOT_A_YES_OR_NO, f"{key}.chair", chair)
        members.append(
            Member(
                str(name),
                str(record.get("name") or name),
                chair,
                None if residents is None else _count(residents, f"{key}.residents"),
            )
        )
    for member, times in Counter(member.id for member in members).items():
        if times > 1:
            raise TallyError(RuleFault.MEMBER_TWICE, "members", member)
    chairs = [member.id for member in members if member.chair]
    if len(chairs) > 1:
        raise TallyError(RuleFault.CHAIR_TWICE, "members", ", ".join(chairs))
    return tuple(members)


def _votes(votes: Any, members: tuple[Member, ...]) -> Mapping[str, Option]:
    if not isinstance(votes, Mapping):
        raise TallyError(RuleFault.NOT_A_RECORD, "votes", votes)
    known = {member.id for member in members}
    read: dict[str, Option] = {}
    for voter, option in votes.items():
        if voter not in known:
            raise TallyError(RuleFault.NOT_A_MEMBER, "votes", voter)
        try:
            read[voter] = Option(option)
        except ValueError:
            raise TallyError(RuleFault.UNKNOWN_VALUE, f"votes.{voter}", option) from None
    return read


def _counts(record: Any, members: int) -> Counts:
    if not isinstance(record, Mapping):
        raise TallyError(RuleFault.NOT_A_RECORD, "counts", record)
    for name in record:
        if name not in {"members", "present", "absent", *(option.value for option in PRESENT)}:
            raise TallyError(RuleFault.UNKNOWN_KEY, "counts", name)
    given = {name: _count(value, f"counts.{name}") for name, value in record.items() if value is not None}
    of = {option: given.get(option.value, 0) for option in PRESENT}
    return Counts(given.get("members", members or None), given.get("present"), of)


def _count(value: Any, key: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TallyError(RuleFault.NOT_A_COUNT, key, value)
    return value
