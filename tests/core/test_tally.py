"""Votes counted by the rule of a body: published and worked cases, and what must hold of any vote.

Sources of the cases: the minute of the metropolitan Council of Turin of 10 May 2023; article 38 (2) and 134 (4) of the
Italian code of local authorities; TAR Brescia 680/2020 on abstentions; law 56/2014 and the statute of Turin
on the Conference.
"""

import json
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aumenta.analyst.tally import WHY
from aumenta.core.tally.ballot import Ballot, Counts, Member, Option, read_ballot
from aumenta.core.tally.count import Outcome, Reason, count
from aumenta.core.tally.rule import (
    Abstentions,
    Majority,
    MajorityOf,
    Quorum,
    QuorumOf,
    Rule,
    RuleFault,
    TallyError,
    TieRule,
    read_rule,
)

COUNCIL = Rule(Quorum(QuorumOf.MEMBERS, Fraction(1, 3), without_chair=True))
EXCLUDED = Rule(abstentions=Abstentions.EXCLUDED)
ENFORCEABLE = Rule(majority=Majority(MajorityOf.MEMBERS))
CONFERENCE = Rule(
    majority=Majority(MajorityOf.MUNICIPALITIES_AND_RESIDENTS, Fraction(1, 3), strictly_more=False),
)


def counts(
    members: int | None, present: int | None, yes: int, no: int = 0, abstained: int = 0, silent: int = 0
) -> Ballot:
    of = {Option.FOR: yes, Option.AGAINST: no, Option.ABSTAINED: abstained, Option.NOT_VOTING: silent}
    return Ballot(counts=Counts(members, present, of))


CASES: list[tuple[str, Rule, Ballot, Outcome, Reason]] = [
    ("guidelines of 10 May 2023", COUNCIL, counts(19, 14, 13, 0, 1), Outcome.PASSES, Reason.MAJORITY_MET),
    (
        "7 of 7 with 10 abstentions left out",
        EXCLUDED,
        counts(None, 17, 7, 0, 10),
        Outcome.PASSES,
        Reason.MAJORITY_MET,
    ),
    (
        "7 of 17 with 10 abstentions counted",
        Rule(),
        counts(None, 17, 7, 0, 10),
        Outcome.FAILS,
        Reason.MAJORITY_NOT_MET,
    ),
    (
        "enforceability asks the majority of members",
        ENFORCEABLE,
        counts(19, 14, 8, 6),
        Outcome.FAILS,
        Reason.MAJORITY_NOT_MET,
    ),
    ("ten of nineteen are that majority", ENFORCEABLE, counts(19, 14, 10, 4), Outcome.PASSES, Reason.MAJORITY_MET),
    ("8 to 6 passes among voters", COUNCIL, counts(19, 14, 8, 6), Outcome.PASSES, Reason.MAJORITY_MET),
    (
        "five present of eighteen and the chair",
        COUNCIL,
        counts(19, 5, 5),
        Outcome.NO_QUORUM,
        Reason.TOO_FEW_PRESENT,
    ),
    (
        "six present, the chair among them or not",
        COUNCIL,
        counts(19, 6, 6),
        Outcome.NOT_COMPUTABLE,
        Reason.CHAIR_PRESENCE_UNKNOWN,
    ),
    ("a tie fails", Rule(), counts(19, 14, 7, 7), Outcome.FAILS, Reason.TIE),
    (
        "a tie that the chair decides, by counts",
        Rule(tie=TieRule.CHAIR_DECIDES),
        counts(19, 14, 7, 7),
        Outcome.NOT_COMPUTABLE,
        Reason.CHAIR_VOTE_UNKNOWN,
    ),
    ("nobody votes in favour", EXCLUDED, counts(19, 14, 0, 0, 14), Outcome.FAILS, Reason.MAJORITY_NOT_MET),
    (
        "who does not vote is present",
        Rule(majority=Majority(MajorityOf.PRESENT)),
        counts(19, 14, 7, 0, 0, 7),
        Outcome.FAILS,
        Reason.MAJORITY_NOT_MET,
    ),
    (
        "votes that are not the present",
        Rule(),
        counts(19, 15, 13, 0, 1),
        Outcome.NOT_COMPUTABLE,
        Reason.COUNTS_DO_NOT_ADD_UP,
    ),
    (
        "more present than members",
        Rule(),
        counts(12, 14, 13, 0, 1),
        Outcome.NOT_COMPUTABLE,
        Reason.MORE_PRESENT_THAN_MEMBERS,
    ),
    (
        "members nobody counted",
        ENFORCEABLE,
        counts(None, 14, 13, 0, 1),
        Outcome.NOT_COMPUTABLE,
        Reason.MEMBERS_UNKNOWN,
    ),
    (
        "residents from counts alone",
        CONFERENCE,
        counts(312, 200, 200),
        Outcome.NOT_COMPUTABLE,
        Reason.NAMES_NEEDED_FOR_RESIDENTS,
    ),
    ("a zone of one municipality", Rule(), counts(1, 1, 1), Outcome.PASSES, Reason.MAJORITY_MET),
    ("a zone of one municipality against", Rule(), counts(1, 1, 0, 1), Outcome.FAILS, Reason.MAJORITY_NOT_MET),
]


@pytest.mark.parametrize(("_name", "rule", "ballot", "outcome", "reason"), CASES, ids=[case[0] for case in CASES])
def test_each_case_comes_out_as_its_source_says(
    _name: str, rule: Rule, ballot: Ballot, outcome: Outcome, reason: Reason
) -> None:
    result = count(rule, ballot)
    assert (result.outcome, result.reason) == (outcome, reason)


def test_abstentions_are_voters_or_not_as_the_rule_says() -> None:
    assert count(Rule(), counts(19, 14, 13, 0, 1)).voters == 14
    assert count(EXCLUDED, counts(19, 14, 13, 0, 1)).voters == 13


@pytest.mark.parametrize(("municipalities", "third"), [(312, 104), (313, 105), (315, 105), (316, 106), (1, 1), (14, 5)])
def test_a_third_of_the_municipalities_is_never_rounded_down(municipalities: int, third: int) -> None:
    assert CONFERENCE.majority.needed(municipalities) == third


def conference(residents: list[int | None], yes: set[int]) -> Ballot:
    members = tuple(Member(str(n), str(n), residents=people) for n, people in enumerate(residents))
    return Ballot(members, votes={str(n): Option.FOR for n in yes})


@pytest.mark.parametrize(
    ("yes", "outcome", "reason"),
    [
        ({0}, Outcome.FAILS, Reason.MAJORITY_NOT_MET),  # more than half of the people, one municipality of six
        ({1, 2, 3, 4, 5}, Outcome.FAILS, Reason.RESIDENTS_NOT_MET),
        ({0, 1}, Outcome.PASSES, Reason.MAJORITY_MET),
        ({1}, Outcome.FAILS, Reason.NEITHER_MET),
    ],
)
def test_municipalities_and_residents_bite_apart(yes: set[int], outcome: Outcome, reason: Reason) -> None:
    result = count(CONFERENCE, conference([850, 40, 40, 30, 20, 20], yes))
    assert (result.outcome, result.reason) == (outcome, reason)


def test_half_of_the_residents_is_not_more_than_half_of_them() -> None:
    result = count(CONFERENCE, conference([50, 25, 25], {0}))
    assert result.residents is not None
    assert (result.residents.needed, result.residents.reached, result.residents.met) == (51, 50, False)


def test_a_municipality_without_a_dated_population_is_named_and_nothing_is_guessed() -> None:
    result = count(CONFERENCE, conference([50, None, 25], {0}))
    assert (result.outcome, result.reason, result.missing) == (
        Outcome.NOT_COMPUTABLE,
        Reason.RESIDENTS_UNKNOWN,
        ("1",),
    )


def council(**votes: Option) -> Ballot:
    chair = Member("chair", chair=True)
    return Ballot((chair, *(Member(f"m{n}") for n in range(1, 7))), votes=votes)


def test_the_chair_is_left_out_of_the_quorum_on_both_sides() -> None:
    rule = Rule(Quorum(QuorumOf.MEMBERS, Fraction(1, 3), without_chair=True))
    assert count(rule, council(chair=Option.FOR, m1=Option.FOR)).outcome is Outcome.NO_QUORUM
    assert count(rule, council(m2=Option.FOR, m1=Option.FOR)).outcome is Outcome.PASSES


@pytest.mark.parametrize(
    ("chair", "outcome"),
    [
        (Option.FOR, Outcome.PASSES),
        (Option.AGAINST, Outcome.FAILS),
        (Option.NOT_VOTING, Outcome.NOT_COMPUTABLE),
    ],
)
def test_a_tie_goes_as_the_chair_voted_where_the_rule_says_so(chair: Option, outcome: Outcome) -> None:
    others = {Option.FOR: Option.AGAINST, Option.AGAINST: Option.FOR}
    votes = {"chair": chair, "m1": others.get(chair, Option.FOR), "m2": Option.FOR, "m3": Option.AGAINST}
    if chair is Option.NOT_VOTING:
        votes["m1"] = Option.ABSENT
    assert count(Rule(tie=TieRule.CHAIR_DECIDES), council(**votes)).outcome is outcome


options = st.sampled_from(Option)
members_lists = st.integers(1, 30).map(
    lambda number: tuple(Member(f"m{n}", chair=n == 0, residents=(n * 37) % 91 + 1) for n in range(number))
)
shares = st.sampled_from([Fraction(1, 3), Fraction(1, 2), Fraction(2, 3), Fraction(3, 5)])
rules = st.builds(
    Rule,
    st.builds(Quorum, st.sampled_from(QuorumOf), shares, st.booleans()),
    st.builds(Majority, st.sampled_from(MajorityOf), shares, st.booleans(), shares),
    st.sampled_from(Abstentions),
    st.sampled_from(TieRule),
)


@st.composite
def ballots(draw: st.DrawFn) -> Ballot:
    members = draw(members_lists)
    return Ballot(members, votes={member.id: draw(options) for member in members})


@given(rules, ballots(), st.data())
def test_one_more_vote_in_favour_never_turns_a_pass_into_something_else(
    rule: Rule, ballot: Ballot, data: st.DataObject
) -> None:
    if count(rule, ballot).outcome is not Outcome.PASSES:
        return
    changed = data.draw(st.sampled_from(ballot.members)).id
    more = Ballot(ballot.members, votes={**(ballot.votes or {}), changed: Option.FOR})
    assert count(rule, more).outcome is Outcome.PASSES


@given(rules, ballots())
def test_names_and_their_counts_come_to_the_same_where_counts_are_enough(rule: Rule, ballot: Ballot) -> None:
    by_name, by_counts = count(rule, ballot), count(rule, Ballot(counts=ballot.as_counts()))
    assert (by_name.present, by_name.voters, by_name.majority) == (
        by_counts.present,
        by_counts.voters,
        by_counts.majority,
    )
    if by_counts.outcome is not Outcome.NOT_COMPUTABLE and not rule.quorum.without_chair:
        assert by_counts.outcome is by_name.outcome


@given(rules, ballots(), st.randoms())
def test_the_order_of_entry_changes_nothing(rule: Rule, ballot: Ballot, order: Any) -> None:
    votes = list((ballot.votes or {}).items())
    members = list(ballot.members)
    order.shuffle(votes)
    order.shuffle(members)
    again = count(rule, Ballot(tuple(members), votes=dict(votes)))
    first = count(rule, ballot)
    assert (again.outcome, again.reason, again.majority, again.residents) == (
        first.outcome,
        first.reason,
        first.majority,
        first.residents,
    )


@given(rules, ballots())
def test_nothing_passes_without_a_vote_in_favour_or_without_its_quorum(rule: Rule, ballot: Ballot) -> None:
    result = count(rule, ballot)
    if result.outcome is Outcome.PASSES:
        assert result.majority.reached > 0
        assert result.quorum.met


RULE = {"majority": {"of": "voters"}}
PEOPLE = [{"id": "a"}, {"id": "b", "chair": True}]
BAD = [
    ({"quorum": 3}, {}, RuleFault.NOT_A_RECORD),
    ({"majoritiy": {}}, {}, RuleFault.UNKNOWN_KEY),
    ({"majority": {"of": "everybody"}}, {}, RuleFault.UNKNOWN_VALUE),
    ({"majority": {"share": "0/2"}}, {}, RuleFault.NOT_A_SHARE),
    ({"majority": {"share": "1/0"}}, {}, RuleFault.NOT_A_SHARE),
    ({"majority": {"share": "4/3"}}, {}, RuleFault.NOT_A_SHARE),
    ({"majority": {"share": 1}}, {}, RuleFault.MORE_THAN_ALL),
    ({"majority": {"strictly_more": "yes"}}, {}, RuleFault.NOT_A_YES_OR_NO),
    (RULE, {"members": PEOPLE, "votes": {"a": "yes"}}, RuleFault.UNKNOWN_VALUE),
    (RULE, {"members": PEOPLE, "votes": {"c": "for"}}, RuleFault.NOT_A_MEMBER),
    (RULE, {"members": [*PEOPLE, {"id": "a"}], "votes": {}}, RuleFault.MEMBER_TWICE),
    (RULE, {"members": [{"id": "a", "chair": True}, *PEOPLE[1:]], "votes": {}}, RuleFault.CHAIR_TWICE),
    (RULE, {"members": [{"name": "nobody"}], "votes": {}}, RuleFault.MEMBER_WITHOUT_ID),
    (RULE, {"members": PEOPLE}, RuleFault.NOTHING_VOTED),
    (RULE, {"members": PEOPLE, "votes": {}, "counts": {"for": 1}}, RuleFault.VOTES_AND_COUNTS),
    (RULE, {"counts": {"for": -1}}, RuleFault.NOT_A_COUNT),
    (RULE, {"counts": {"for": "1"}}, RuleFault.NOT_A_COUNT),
]


@pytest.mark.parametrize(("rule", "ballot", "fault"), BAD)
def test_what_is_no_vote_is_refused_by_name(rule: Any, ballot: Any, fault: RuleFault) -> None:
    with pytest.raises(TallyError) as refused:
        (read_rule(rule), read_ballot(ballot))
    assert refused.value.fault is fault


def test_every_fault_is_got_by_a_case_above_and_every_reason_has_its_sentence() -> None:
    assert {fault for _rule, _ballot, fault in BAD} | {RuleFault.VOTE_TWICE} == set(RuleFault)
    assert set(WHY) == set(Reason)


def test_the_command_answers_in_json_and_refuses_a_name_that_votes_twice(tmp_path: Any, capsys: Any) -> None:
    from aumenta.config.cli import run_analyst

    file = tmp_path / "vote.json"
    file.write_text(json.dumps({"rule": {"quorum": {"of": "members"}}, "counts": {"members": 9, "for": 2}}))
    assert run_analyst("tally", [str(file), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["outcome"] == "no_quorum"
    assert answer["quorum"] == {"needed": 3, "met": False}
    assert answer["residents"] is None
    file.write_text('{"rule": {}, "members": [{"id": "a"}], "votes": {"a": "for", "a": "against"}}')
    assert run_analyst("tally", [str(file), "--json"]) == 2
    said = capsys.readouterr()
    assert not said.out
    assert "“a”" in said.err
