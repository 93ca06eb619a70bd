"""Two editors and an approver at once on one sheet: one winner, a clear message for the others, no lost text."""

import os
from pathlib import Path

import pytest

from tests.database import lay_copy, migrated_file
from tests.rooms.race_runs import a_postgres_database, run_race

RACE = "tests.rooms.review_race"
ROOT = Path(__file__).resolve().parents[2]
# Four times 125 in every run; by night somebody asks for more.
ROUNDS = int(os.environ.get("AUMENTA_RACE_ROUNDS", "500"))
# On SQLite, where a database costs nothing, the rounds are dealt out, so that several processes share them.
PARTS = 4
ROUNDS_OF_PART = ROUNDS // PARTS
assert ROUNDS_OF_PART * PARTS == ROUNDS, "AUMENTA_RACE_ROUNDS is a multiple of four"


def the_race_was_one(counted: dict[str, int | str], rounds: int) -> None:
    """A race in which nobody ever met would prove nothing."""
    assert counted["rounds"] == rounds
    assert int(counted["approved"]) > rounds // 2
    assert int(counted.get("already_open", 0)) + int(counted.get("stale_base", 0)) > rounds // 4
    # In a fourth of the rounds Bruno looks for Anna's draft; about half of those times he writes in it, and in about
    # half one of them is refused because the other was first. Asked for is far less, so that no busy machine fails it.
    assert int(counted.get("two_in_one_draft", 0)) > rounds // 100, counted
    assert int(counted.get("stale_revision", 0)) > rounds // 100, counted


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_all_interleavings_on_sqlite_have_one_winner_each_and_lose_no_text(tmp_path: Path, part: int) -> None:
    first = part * ROUNDS_OF_PART
    lay_copy(migrated_file(ROOT / "var" / "tests"), tmp_path / "aumenta.sqlite3")
    counted = run_race(RACE, str(first), str(first + ROUNDS_OF_PART), AUMENTA_DATA=str(tmp_path))
    assert counted["vendor"] == "sqlite"
    the_race_was_one(counted, ROUNDS_OF_PART)


@pytest.mark.slow
def test_all_interleavings_on_postgresql_have_one_winner_each_and_lose_no_text(tmp_path: Path) -> None:
    with a_postgres_database("race") as address:
        counted = run_race(RACE, "0", str(ROUNDS), AUMENTA_DATA=str(tmp_path), AUMENTA_DATABASE_URL=address)
    assert counted["vendor"] == "postgresql"
    the_race_was_one(counted, ROUNDS)
