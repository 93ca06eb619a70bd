"""Two editors and an approver at once on one sheet: one winner, a clear message for the others, no lost text."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.database import lay_copy, migrated_file

ROOT = Path(__file__).resolve().parents[2]
# Four times 125 in every run; by night somebody asks for more.
ROUNDS = int(os.environ.get("AUMENTA_RACE_ROUNDS", "500"))
# On SQLite, where a database costs nothing, the rounds are dealt out, so that several processes share them.
PARTS = 4
ROUNDS_OF_PART = ROUNDS // PARTS
assert ROUNDS_OF_PART * PARTS == ROUNDS, "AUMENTA_RACE_ROUNDS is a multiple of four"


def race(first: int, end: int, **environment: str) -> dict[str, int | str]:
    """Run these rounds in a process of their own: they need a database where others see what is committed."""
    clean = {k: v for k, v in os.environ.items() if k not in {"AUMENTA_DATABASE_URL", "AUMENTA_DATA"}}
    done = subprocess.run(
        [sys.executable, "-m", "tests.rooms.review_race", str(first), str(end)],
        cwd=ROOT,
        env={**clean, "DJANGO_SETTINGS_MODULE": "aumenta.config.settings", "AUMENTA_DEBUG": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    counted: dict[str, int | str] = json.loads(done.stdout.splitlines()[-1])
    return counted


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
    counted = race(first, first + ROUNDS_OF_PART, AUMENTA_DATA=str(tmp_path))
    assert counted["vendor"] == "sqlite"
    the_race_was_one(counted, ROUNDS_OF_PART)


@pytest.mark.slow
def test_all_interleavings_on_postgresql_have_one_winner_each_and_lose_no_text(tmp_path: Path) -> None:
    server = os.environ.get("AUMENTA_TEST_POSTGRES")
    if not server:
        pytest.skip("no PostgreSQL named in AUMENTA_TEST_POSTGRES")
    import psycopg

    name = f"aumenta_race_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
    try:
        address = server.rsplit("/", 1)[0] + f"/{name}"
        counted = race(0, ROUNDS, AUMENTA_DATA=str(tmp_path), AUMENTA_DATABASE_URL=address)
    finally:
        with psycopg.connect(server, autocommit=True) as admin:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    assert counted["vendor"] == "postgresql"
    the_race_was_one(counted, ROUNDS)
