"""Of a cell of few nobody can tell whether it holds anybody: tried against every table that says the same in public."""

import random
from itertools import product

import pytest

from aumenta.core.indices.suppression import indistinct, with_totals


def tables_alike(counts, hidden, smallest=3):
    """Every table whose published part is the same, and whose cells of few are few."""
    table = with_totals(counts)
    rows, columns = len(counts), len(counts[0])
    few = {(r, c) for r in range(rows + 1) for c in range(columns + 1) if table[r][c] < smallest}
    choices = []
    for r, c in product(range(rows), range(columns)):
        if (r, c) not in hidden:
            choices.append([table[r][c]])
        else:
            choices.append(list(range(smallest if (r, c) in few else 9)))
    for flat in product(*choices):
        other = with_totals([list(flat[r * columns : (r + 1) * columns]) for r in range(rows)])
        if all(
            (other[r][c] == table[r][c]) if (r, c) not in hidden else (other[r][c] < smallest or (r, c) not in few)
            for r in range(rows + 1)
            for c in range(columns + 1)
        ):
            yield other


def test_a_thousand_tables_never_tell_that_somebody_of_few_was_there():
    chance = random.Random(3)
    for _n in range(1_000):
        rows, columns = chance.choice([(1, 3), (2, 2), (3, 1), (2, 3)])
        counts = [[chance.choice([0, 0, 1, 2, 3, 4]) for _c in range(columns)] for _r in range(rows)]
        hidden = indistinct(counts)
        table = with_totals(counts)
        small = [(r, c) for r in range(rows + 1) for c in range(columns + 1) if table[r][c] < 3]
        assert set(small) <= hidden
        if len(hidden) == (rows + 1) * (columns + 1):
            continue
        alike = list(tables_alike(counts, hidden))
        for r, c in small:
            assert any(other[r][c] == 0 for other in alike), (counts, hidden, r, c)


def test_a_table_of_many_is_shown_whole_and_one_of_few_not_at_all():
    assert indistinct([[3, 4], [5, 6]]) == frozenset()
    assert len(indistinct([[1, 0], [1, 0]])) == 9
    assert len(indistinct([[0, 0]])) == 6


@pytest.mark.parametrize("counts", [[], [[]], [[1], [1, 2]], [[-1]]])
def test_what_is_no_table_of_counts_is_refused(counts):
    with pytest.raises(ValueError, match=r"table|counts"):
        indistinct(counts)
