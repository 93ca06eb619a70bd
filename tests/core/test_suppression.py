"""Small counts: what is left out can't be worked out from what is shown."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aumenta.core.indices.suppression import suppressed, with_totals
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


@pytest.mark.parametrize("counts", [[], [[]], [[1, 2], [3]], [[-1]]])
def test_what_is_no_table_of_counts_is_refused(counts: list[list[int]]) -> None:
    with pytest.raises(ValueError, match=r"table|negative"):
        suppressed(counts)
