"""A whole minute: attendance, votings, acts, what could not be matched and what cannot be right."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final, NamedTuple

from aumenta.core.minutes.acts import ActNamed, acts_of
from aumenta.core.minutes.attendance import AttendanceState, Attendee, attendance_of
from aumenta.core.minutes.lines import lines_of
from aumenta.core.minutes.names import matched
from aumenta.core.minutes.votings import OPTIONS, Voting, votings_of

# The attendance stands before the reasons of the act.
_REASONS: Final = re.compile(r"(?i)^(?:premesso|vist[oiae]\b|dato atto|considerato|richiamat|delibera$|propone)")


class Unmatched(NamedTuple):
    """A name that fits nobody of the attendance, or several: nearest is whom it looks like, "" where nobody."""

    line: int
    text: str
    nearest: str


class MinutesProblem(NamedTuple):
    """What cannot be right, for a person to look at: line, kind, and the numbers or names it is about."""

    line: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class VoteRead:
    """A voting: declared numbers (None where not printed) and names by option, matched ones as in the attendance."""

    subject: str
    line: int
    present: int | None
    voters: int | None
    declared: dict[str, int]
    names: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Minute:
    """What was read."""

    attendance: tuple[Attendee, ...]
    votes: tuple[VoteRead, ...]
    acts: tuple[ActNamed, ...]
    unmatched: tuple[Unmatched, ...]
    problems: tuple[MinutesProblem, ...]


def read_minute(text: str) -> Minute:
    """Read a minute. It raises nothing: what it does not understand is not in it, and `problems` says what is odd."""
    lines = lines_of(text)
    head = next((place for place, line in enumerate(lines) if _REASONS.match(line.text)), len(lines))
    attendance = attendance_of(lines[:head])
    acts, faults = acts_of(lines)
    problems = [MinutesProblem(fault.line, fault.kind, fault.text) for fault in faults]
    unmatched: list[Unmatched] = []
    votes = []
    for voting in votings_of(lines):
        vote, lost = _vote(voting, attendance)
        votes.append(vote)
        unmatched += [one for one in lost if one not in unmatched]
        problems += _problems(voting, vote, attendance)
    if not attendance:
        problems.append(MinutesProblem(1, "no_attendance", ""))
    if not votes:
        problems.append(MinutesProblem(1, "no_vote", ""))
    return Minute(
        tuple(attendance), tuple(votes), tuple(acts), tuple(unmatched), tuple(sorted(problems, key=lambda p: p.line))
    )


def _vote(voting: Voting, attendance: list[Attendee]) -> tuple[VoteRead, list[Unmatched]]:
    roll = [person.name for person in attendance]
    lost: list[Unmatched] = []
    names: dict[str, list[str]] = {}
    for option in OPTIONS:
        names[option] = []
        for printed, line in voting.names[option]:
            match = matched(printed, roll)
            if match.member is None:
                lost.append(Unmatched(line, printed, match.nearest))
            names[option].append(match.member or printed)
    there = [person.name for person in attendance if person.state is AttendanceState.PRESENT]
    if voting.unanimous and not names["for"] and len(there) == voting.numbers.get("present", len(there)):
        names["for"] = there
    numbers = voting.numbers
    declared = {option: numbers[option] for option in OPTIONS if option in numbers}
    return VoteRead(voting.subject, voting.line, numbers.get("present"), numbers.get("voters"), declared, names), lost


def _problems(voting: Voting, vote: VoteRead, attendance: list[Attendee]) -> list[MinutesProblem]:
    found: list[MinutesProblem] = []

    def tell(kind: str, text: str, line: int = voting.line) -> None:
        found.append(MinutesProblem(line, kind, text))

    states = {person.name: person.state for person in attendance}
    there = sum(state is AttendanceState.PRESENT for state in states.values())
    if vote.present is not None and there and vote.present != there:
        tell("present_differ_from_attendance", f"{vote.present} / {there}")
    declared = vote.declared
    total = sum(declared.values())
    if vote.present is not None and "for" in declared and total > vote.present:
        tell("more_votes_than_present", f"{total} / {vote.present}")
    if vote.voters is not None and "for" in declared:
        voting_sum = total - declared.get("not_voting", 0)
        if vote.voters not in {voting_sum, voting_sum - declared.get("abstained", 0)}:
            tell("votes_do_not_add_up", f"{vote.voters} / {voting_sum}")
    elif vote.present is not None and "for" in declared and not voting.unanimous and total < vote.present:
        tell("votes_do_not_add_up", f"{vote.present} / {total}")
    for option, printed in voting.names.items():
        if printed and option in declared and len(printed) != declared[option]:
            tell("names_differ_from_count", f"{option}: {len(printed)} / {declared[option]}", printed[0][1])
    times = Counter(name for names in vote.names.values() for name in names)
    for name, number in times.items():
        if number > 1:
            tell("name_twice", name)
        if states.get(name) is AttendanceState.ABSENT:
            tell("absent_votes", name)
        if states.get(name) is AttendanceState.WITHOUT_VOTE:
            tell("votes_without_right", name)
    return found
