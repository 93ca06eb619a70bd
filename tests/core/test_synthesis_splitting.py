"""A theme that has come to hold two is parted, and what people placed in it stays."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from aumenta.core.synthesis.splitting import Divisible, split_themes


def two_circles(size: int, bridges: int = 1) -> csr_array:
    """Two groups of `size` texts, all tied within, with a few ties between."""
    graph = np.kron(np.eye(2), np.ones((size, size))) - np.eye(2 * size)
    for place in range(bridges):
        graph[place, size + place] = graph[size + place, place] = 1
    return csr_array(graph)


def given_of(graph: csr_array, fixed: set[int] = frozenset(), shown: bool = True) -> Divisible:  # type: ignore[assignment]
    size = graph.shape[0]
    return Divisible(
        graph,
        np.ones(size, dtype=np.int64),
        np.array([place in fixed for place in range(size)]),
        np.full(size, shown),
    )


def part(given_: Divisible, labels: list[int], most: int = 70) -> tuple[list[int], int]:
    result, next_id = split_themes(given_, np.array(labels), 9, 5, most, np.random.default_rng(0))
    return result.tolist(), next_id


def test_two_groups_in_one_theme_become_two_and_only_one_gets_a_new_id() -> None:
    labels, next_id = part(given_of(two_circles(8)), [4] * 16)
    assert sorted({tuple(labels[:8]), tuple(labels[8:])}) == [(4,) * 8, (9,) * 8]
    assert next_id == 10


def test_what_people_placed_stays_in_its_theme_and_keeps_the_id_there() -> None:
    labels, _ = part(given_of(two_circles(8), fixed={8, 9}), [4] * 16)
    assert labels == [9] * 8 + [4] * 8
    labels, _ = part(given_of(two_circles(8), fixed={0, 8, 9}), [4] * 16)
    assert labels == [4] + [9] * 7 + [4] * 8


def test_one_group_a_small_part_and_no_room_for_more_themes_change_nothing() -> None:
    whole = csr_array(np.ones((16, 16)) - np.eye(16))
    assert part(given_of(whole), [4] * 16) == ([4] * 16, 9)
    assert part(given_of(two_circles(4)), [4] * 8) == ([4] * 8, 9)
    assert part(given_of(two_circles(8)), [4] * 16, most=1) == ([4] * 16, 9)
    assert part(given_of(two_circles(8)), [0] * 16) == ([0] * 16, 9)


@settings(max_examples=60, deadline=None)
@given(st.integers(6, 14), st.sets(st.integers(0, 27)), st.integers(0, 6), st.integers(0, 999))
def test_no_fixed_text_ever_moves_and_every_new_theme_has_its_voices(
    size: int, fixed: set[int], bridges: int, seed: int
) -> None:
    given_ = given_of(two_circles(size, min(bridges, size)), fixed)
    before = np.random.default_rng(seed).integers(0, 3, 2 * size)
    after, next_id = split_themes(given_, before, 9, 5, 70, np.random.default_rng(seed))
    assert (after[given_.fixed] == before[given_.fixed]).all()
    assert ((after == before) | (after >= 9)).all()
    for theme in range(9, next_id):
        assert (after == theme).sum() >= 5
