"""Two editors and an approver at once on one sheet: one winner, a clear message for the others, no lost text."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 500


def race(**environment: str) -> dict[str, int | str]:
    """Run the race in a process of its own: it needs a database on which other connections see what is committed."""
    clean = {k: v for k, v in os.environ.items() if k not in {"AUMENTA_DATABASE_URL", "AUMENTA_DATA"}}
    done = subprocess.run(
        [sys.executable, "-m", "tests.rooms.review_race", str(ROUNDS)],
        cwd=ROOT,
        env={**clean, "DJANGO_SETTINGS_MODULE": "aumenta.config.settings", "AUMENTA_DEBUG": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    counted: dict[str, int | str] = json.loads(done.stdout.splitlines()[-1])
    return counted


def the_race_was_one(counted: dict[str, int | str]) -> None:
    """A race in which nobody ever met would prove nothing."""
    assert counted["rounds"] == ROUNDS
    assert int(counted["approved"]) > ROUNDS // 2
    assert int(counted.get("already_open", 0)) + int(counted.get("stale_base", 0)) > ROUNDS // 4


@pytest.mark.slow
def test_500_interleavings_on_sqlite_have_one_winner_each_and_lose_no_text(tmp_path: Path) -> None:
    counted = race(AUMENTA_DATA=str(tmp_path))
    assert counted["vendor"] == "sqlite"
    the_race_was_one(counted)


@pytest.mark.slow
def test_500_interleavings_on_postgresql_have_one_winner_each_and_lose_no_text(tmp_path: Path) -> None:
    server = os.environ.get("AUMENTA_TEST_POSTGRES")
    if not server:
        pytest.skip("no PostgreSQL named in AUMENTA_TEST_POSTGRES")
    import psycopg

    name = f"aumenta_race_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
    try:
        address = server.rsplit("/", 1)[0] + f"/{name}"
        counted = race(AUMENTA_DATA=str(tmp_path), AUMENTA_DATABASE_URL=address)
    finally:
        with psycopg.connect(server, autocommit=True) as admin:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    assert counted["vendor"] == "postgresql"
    the_race_was_one(counted)
