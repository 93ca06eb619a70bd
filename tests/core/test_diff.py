"""Differences lose nothing and say what a person would say."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from aumenta.core.diff import Span, diff_lists, diff_words, new_text, old_text, similarity

WORDS = st.lists(
    st.sampled_from(["la", "città", "è", "12.500,50", "<p>", "</p>", " ", "  ", "\n", ",", "’", "l", "<", "a"]),
    max_size=30,
).map("".join)
TEXTS = st.one_of(WORDS, st.text(max_size=80))


@given(TEXTS, TEXTS)
def test_the_spans_give_both_texts_back(old: str, new: str) -> None:
    spans = diff_words(old, new)
    assert old_text(spans) == old
    assert new_text(spans) == new


@given(TEXTS, TEXTS)
def test_no_span_is_empty_and_no_two_neighbours_are_of_one_kind(old: str, new: str) -> None:
    spans = diff_words(old, new)
    assert all(span.text for span in spans)
    assert all(a.kind != b.kind for a, b in itertools.pairwise(spans))


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert diff_words(text, text) == ([Span("same", text)] if text else [])


@given(TEXTS, TEXTS)
def test_similarity_is_between_0_and_1_and_the_same_from_both_sides(old: str, new: str) -> None:
    assert 0 <= similarity(old, new) <= 1
    assert similarity(old, new) == similarity(new, old)
    assert similarity(old, old) == 1


def test_one_word_replaced_is_one_removed_and_one_added() -> None:
    assert diff_words("La rete ciclabile cresce.", "La rete tranviaria cresce.") == [
        Span("same", "La rete "),
        Span("removed", "ciclabile"),
        Span("added", "tranviaria"),
        Span("same", " cresce."),
    ]


def test_words_replaced_in_a_row_are_one_change_with_their_spaces() -> None:
    assert diff_words("tre nuove piste", "due grandi ponti") == [
        Span("removed", "tre nuove piste"),
        Span("added", "due grandi ponti"),
    ]


def test_a_number_is_one_word() -> None:
    assert diff_words("12.500 euro", "12.600 euro")[:2] == [Span("removed", "12.500"), Span("added", "12.600")]


def test_texts_that_share_nothing_have_similarity_0() -> None:
    assert similarity("acqua", "fuoco") == 0
    assert similarity("", "fuoco") == 0
    assert similarity("", "  ") == 1


def test_a_very_long_change_is_shown_whole_instead_of_eating_the_memory() -> None:
    old, new = "a " * 15_000, "b " * 15_000
    spans = diff_words(old, new)
    assert old_text(spans) == old
    assert new_text(spans) == new
    assert len(spans) <= 3


ENTRIES = st.lists(
    st.sampled_from(["Comuni", "Regione Piemonte", "Regione", "ASL TO3", "ASL TO4", "", "x y z"]), max_size=8
)


@given(ENTRIES, ENTRIES)
def test_the_changes_give_both_lists_back(old: list[str], new: list[str]) -> None:
    changes = diff_lists(old, new)
    before = sorted((c.old_position, c.old) for c in changes if c.old_position is not None)
    after = sorted((c.new_position, c.new) for c in changes if c.new_position is not None)
    assert before == list(enumerate(old))
    assert after == list(enumerate(new))


@given(ENTRIES, ENTRIES)
def test_each_kind_of_change_says_the_truth(old: list[str], new: list[str]) -> None:
    for change in diff_lists(old, new):
        assert (change.old_position is None) == (change.kind == "added")
        assert (change.new_position is None) == (change.kind == "removed")
        if change.kind in {"same", "moved"}:
            assert change.old == change.new
        if change.kind == "changed":
            assert change.old != change.new


def test_an_entry_reworded_is_changed_and_shown_word_by_word() -> None:
    (change,) = diff_lists(["Comuni della zona omogenea 3"], ["Comuni della zona omogenea 4"])
    assert change.kind == "changed"
    assert Span("removed", "3") in change.spans


def test_an_entry_that_others_overtook_has_moved() -> None:
    kinds = {c.new: c.kind for c in diff_lists(["a", "b", "c"], ["b", "c", "a"])}
    assert kinds == {"b": "same", "c": "same", "a": "moved"}


def test_a_removed_entry_stands_where_it_stood() -> None:
    assert [c.kind for c in diff_lists(["a", "acqua", "c"], ["a", "c", "fuoco"])] == [
        "same",
        "removed",
        "same",
        "added",
    ]
