"""Small counts: what is left out can't be worked out from what is shown."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aumenta.core.indices.suppression import rows_left_out, suppressed, with_totals
from tests.recovering import possible

tables = st.integers(1, 5).flatmap(
    lambda columns: st.lists(
        st.lists(st.one_of(st.integers(0, 4), st.integers(0, 60)), min_size=columns, max_size=columns),
        min_size=1,
        max_size=5,
    )
)


@settings(max_examples=40)
@given(tables)
def test_no_cell_left_out_can_be_worked_out(counts: list[list[int]]) -> None:
    hidden = suppressed(counts)
    for cell in hidden:
        least, greatest = possible(counts, hidden, cell)
        assert least < greatest, (cell, hidden)


@settings(max_examples=40)
@given(tables)
def test_every_small_count_and_small_total_is_left_out_and_a_table_without_them_is_whole(
    counts: list[list[int]],
) -> None:
    hidden = suppressed(counts)
    table = with_totals(counts)
    small = {(r, c) for r, row in enumerate(table) for c, count in enumerate(row) if 0 < count < 3}
    assert small <= hidden
    assert small or not hidden


@pytest.mark.slow
def test_in_random_tables_of_small_counts_nothing_left_out_can_be_worked_out() -> None:
    random = np.random.default_rng(20261128)
    for _ in range(100):
        shape = random.integers(1, 5, size=2)
        counts = random.poisson(random.choice([1, 3, 12]), size=shape).tolist()
        hidden = suppressed(counts)
        assert all(possible(counts, hidden, cell)[0] < possible(counts, hidden, cell)[1] for cell in hidden), counts


def test_one_small_cell_takes_three_others_with_it_and_no_more() -> None:
    hidden = suppressed([[1, 20, 30], [9, 40, 50], [25, 60, 70]])
    assert hidden == {(0, 0), (0, 1), (1, 0), (1, 1)}


def test_a_zero_stays_shown_where_nobody_is_behind_it() -> None:
    assert suppressed([[0, 20], [30, 40]]) == frozenset()


def tables_that_look_alike(rows: list[list[int]], hidden: frozenset[int]) -> list[tuple[tuple[int, ...], ...]]:
    """All that the rows left out may hold, for who knows their sums, what is shown, and the rule itself."""
    sums = [sum(rows[place][column] for place in hidden) for column in range(len(rows[0]))]
    places = sorted(hidden)
    spreads = [[one for one in product(range(n + 1), repeat=len(places)) if sum(one) == n] for n in sums]
    found = []
    for columns in product(*spreads):
        table = [list(row) for row in rows]
        for number, place in enumerate(places):
            table[place] = [column[number] for column in columns]
        if rows_left_out(table) == hidden:
            found.append(tuple(tuple(table[place]) for place in places))
    return found


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 2).flatmap(
        lambda n: st.lists(st.lists(st.integers(0, 4), min_size=n, max_size=n), min_size=1, max_size=5 - n)
    )
)
def test_who_knows_the_rule_works_no_count_of_few_out(rows: list[list[int]]) -> None:
    hidden = rows_left_out(rows)
    few = [place for place, row in enumerate(rows) if any(0 < count < 3 for count in row)]
    assert set(few) <= hidden
    assert few or not hidden
    if sum(map(sum, rows)) < 3 or len(rows) < 2:
        return  # So few are left out as a whole by who asks; one row is its own total.
    alike = tables_that_look_alike(rows, hidden) if hidden else []
    for number, place in enumerate(sorted(hidden)):
        for column, count in enumerate(rows[place]):
            if 0 < count < 3:
                assert len({one[number][column] for one in alike}) > 1, (rows, hidden)


def test_two_of_two_between_many_take_the_next_along() -> None:
    assert rows_left_out([[10], [2], [2], [8]]) == {1, 2, 3}, "two counts of few that make four are two and two"
    assert rows_left_out([[10], [2], [8], [8]]) == {1, 2, 3}, "which of two equal ones went along would be told"
    assert rows_left_out([[10], [0], [8]]) == frozenset()
    with pytest.raises(ValueError, match="negative"):
        rows_left_out([[-1]])
    with pytest.raises(ValueError, match="length"):
        rows_left_out([[1], [1, 2]])


@pytest.mark.parametrize("counts", [[], [[]], [[1, 2], [3]], [[-1]]])
def test_what_is_no_table_of_counts_is_refused(counts: list[list[int]]) -> None:
    with pytest.raises(ValueError, match=r"table|negative"):
        suppressed(counts)
