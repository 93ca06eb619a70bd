"""What a process keeps: never more than it may, never something made from another state, each thing made once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from hypothesis import given
from hypothesis import strategies as st

from aumenta.core.process_cache import ProcessCache, forget_everything

asked = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 2)), max_size=40)


@given(asked, st.integers(1, 4))
def test_what_is_asked_for_is_what_would_be_made_now(questions: list[tuple[int, int]], most: int) -> None:
    cache: ProcessCache[int, tuple[int, int]] = ProcessCache(most)
    for key, mark in questions:
        value = key, mark
        assert cache.get(key, lambda value=value: value, mark) == value  # type: ignore[misc]
        assert cache.find(key, (-1, -1), mark) == (key, mark)
        assert cache.find(key, (-1, -1), mark + 1) == (-1, -1)
        assert len(cache) <= most


def test_large_things_leave_by_their_size_and_the_newest_stays() -> None:
    cache: ProcessCache[str, bytes] = ProcessCache(10, len)
    assert cache.get("a", lambda: b"123456") == b"123456"
    assert cache.get("b", lambda: b"654321") == b"654321"
    assert cache.get("b", lambda: b"never") == b"654321"
    assert cache.get("a", lambda: b"again") == b"again"
    assert cache.get("large", lambda: b"x" * 50) == b"x" * 50
    assert cache.get("large", lambda: b"never") == b"x" * 50
    assert cache.get("a", lambda: b"third") == b"third"


def test_the_one_that_nobody_asked_for_longest_leaves_first() -> None:
    cache: ProcessCache[str, int] = ProcessCache(2)
    cache.put("old", 1)
    cache.put("new", 2)
    assert cache.find("old", 0) == 1
    cache.put("newest", 3)
    assert [cache.find(key, 0) for key in ("old", "new", "newest")] == [1, 0, 3]


def test_of_many_who_ask_at_once_one_makes_it_and_nothing_is_a_value_too() -> None:
    cache: ProcessCache[str, None] = ProcessCache(2)
    made, together = [], Barrier(4)

    def ask() -> None:
        together.wait()
        cache.get("plan", lambda: made.append(1))

    with ThreadPoolExecutor(4) as people:
        for one in [people.submit(ask) for _ in range(4)]:
            one.result()
    assert made == [1]


def test_what_fails_while_it_is_made_is_not_kept() -> None:
    cache: ProcessCache[str, float] = ProcessCache(2)
    try:
        cache.get("plan", lambda: 1 / 0)
    except ZeroDivisionError:
        assert cache.get("plan", lambda: 0.5) == 0.5
    else:
        raise AssertionError("the fault is the caller's to see")


def test_everything_a_process_keeps_is_forgotten_at_once_but_not_what_somebody_keeps_for_herself() -> None:
    of_all: ProcessCache[str, int] = ProcessCache.of_the_process(2)
    own: ProcessCache[str, int] = ProcessCache(2)
    of_all.put("a", 1)
    own.put("a", 1)
    forget_everything()
    assert (of_all.find("a", 0), own.find("a", 0)) == (0, 1)
