"""A device's side of the exchange: what others said raises its clock, and no answer that comes late sets it back."""

from itertools import count

from aumenta.core.tablelog.replica import Replica
from aumenta.core.tablelog.state import read_table


def devices(how_many: int) -> list[Replica]:
    """So many devices at one table."""
    numbers = count(1)
    return [
        Replica(table="t", device=f"device-{n}", new_id=lambda: f"operation-{next(numbers)}") for n in range(how_many)
    ]


def test_what_a_device_writes_after_it_heard_another_comes_after_all_it_heard() -> None:
    far, near = devices(2)
    for value in range(1, 8):
        far.set("stickers", "s1/1.1", value)
    near.learn([list(far.operations.values())[-1]], 7)
    assert near.set("stickers", "s1/1.1", 9).clock == 8


def test_an_answer_that_was_overtaken_by_a_later_one_does_not_make_a_device_read_again() -> None:
    (one,) = devices(1)
    one.learn([], 12)
    one.learn([], 5)
    assert one.cursor == 12


def test_a_head_count_of_nobody_wins_over_those_checked_in() -> None:
    (one,) = devices(1)
    one.set("check-in", "B1", True)
    one.set("headcount", "", 0)
    assert read_table(one.operations.values()).present == 0
