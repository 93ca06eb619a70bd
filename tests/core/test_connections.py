"""Ties between actions: strength, reasons, and how many."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aumenta.core.connections import Family, Member, find_ties

LABELS = st.frozensets(st.sampled_from("abcdefgh"), max_size=4)
TEXTS = st.lists(st.sampled_from(["bosco", "treni", "scuole", "acqua", "salute", "energia"]), max_size=6).map(" ".join)


@st.composite
def plans(draw: st.DrawFn) -> list[Member]:
    count = draw(st.integers(2, 12))
    return [Member(f"1.1.{n}", draw(TEXTS), draw(LABELS), draw(LABELS), draw(LABELS)) for n in range(1, count + 1)]


def crowd(count: int) -> list[Member]:
    """Actions that share nothing with anybody."""
    letters = "abcdefghij"
    return [Member(f"9.9.{n}", f"parola{letters[n % 10] * (n // 10 + 1)}x") for n in range(count)]


def test_two_actions_that_share_a_rare_actor_are_tied_and_the_reason_names_it() -> None:
    members = [
        Member("1.1.1", "", actors=frozenset({"Consorzi irrigui", "Comuni"})),
        Member("2.1.1", "", actors=frozenset({"Consorzi irrigui", "Comuni"})),
        *[Member(f"3.1.{n}", "", actors=frozenset({"Comuni"})) for n in range(1, 9)],
    ]
    (tie,) = find_ties(members)
    assert (tie.first, tie.second) == ("1.1.1", "2.1.1")
    assert tie.reasons[0].family is Family.ACTORS
    assert tie.reasons[0].common == ("Consorzi irrigui",)


def test_what_every_sheet_names_ties_nothing() -> None:
    members = [Member(f"1.1.{n}", "", actors=frozenset({"Comuni"})) for n in range(1, 6)]
    assert find_ties(members) == []


def test_words_count_by_their_stem_and_are_shown_as_people_write_them() -> None:
    pair = [Member("1.1.1", "Centro per il riuso dei rifiuti"), Member("2.1.1", "Il rifiuto che torna: riusi")]
    members = [*pair, *crowd(6)]
    (tie,) = find_ties(members, threshold=0.05)
    assert tie.reasons[0].family is Family.TEXT
    assert "rifiuti" in tie.reasons[0].common or "rifiuto" in tie.reasons[0].common


def test_two_actions_with_the_same_code_are_refused() -> None:
    with pytest.raises(ValueError, match="same code"):
        find_ties([Member("1.1.1", ""), Member("1.1.1", "")])


@given(plans())
def test_strength_is_between_0_and_1_and_its_parts_add_up(members: list[Member]) -> None:
    for tie in find_ties(members, threshold=0.0001):
        assert 0 < tie.strength <= 1.0001
        assert sum(reason.share for reason in tie.reasons) == pytest.approx(1, abs=0.001)
        assert tie.first != tie.second


@given(plans(), st.integers(1, 3))
def test_the_order_in_which_actions_come_changes_no_strength(members: list[Member], each: int) -> None:
    def pairs(rows: list[Member]) -> dict[frozenset[str], float]:
        return {frozenset((t.first, t.second)): t.strength for t in find_ties(rows, each=50, threshold=0.0001)}

    assert pairs(members) == pytest.approx(pairs(members[::-1]), abs=0.0002)


@given(plans(), st.integers(1, 3))
def test_each_action_brings_at_most_its_few_ties(members: list[Member], each: int) -> None:
    assert len(find_ties(members, each=each)) <= each * len(members)
