"""Two clerks at once on a roll call of 312: nothing is lost, nothing doubled, one result, on both databases."""

import os
from pathlib import Path

import pytest

from tests.database import lay_copy, migrated_file
from tests.rooms.race_runs import a_postgres_database, run_race

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = int(os.environ.get("AUMENTA_ROLL_ROUNDS", "6"))
"""A few in every run; AUMENTA_ROLL_ROUNDS=500 is the long one."""


def the_race_was_one(counted: dict[str, int | str], vendor: str) -> None:
    """A race in which nobody ever met would prove nothing."""
    assert (counted["vendor"], counted["rounds"]) == (vendor, ROUNDS)
    assert counted["entered"] == 312 * ROUNDS
    assert int(counted["conflicts"]) + int(counted["taken_twice"]) >= 312 * ROUNDS // 2, counted


@pytest.mark.slow
def test_two_clerks_lose_and_double_nothing_on_sqlite(tmp_path: Path) -> None:
    lay_copy(migrated_file(ROOT / "var" / "tests"), tmp_path / "aumenta.sqlite3")
    the_race_was_one(run_race("tests.rooms.roll_race", str(ROUNDS), AUMENTA_DATA=str(tmp_path)), "sqlite")


@pytest.mark.slow
def test_two_clerks_lose_and_double_nothing_on_postgresql(tmp_path: Path) -> None:
    with a_postgres_database("roll_race") as address:
        counted = run_race(
            "tests.rooms.roll_race", str(ROUNDS), AUMENTA_DATA=str(tmp_path), AUMENTA_DATABASE_URL=address
        )
    the_race_was_one(counted, "postgresql")
