"""Killed at any moment, a backup leaves nothing that looks like one, and a restore nothing that starts by half."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from tests.database import ROOT, address, clone, drop, lay_copy, migrated_file

ROUNDS = int(os.environ.get("AUMENTA_RACE_ROUNDS", "24"))


@pytest.mark.slow
@pytest.mark.skipif(connection.vendor != "sqlite", reason="the child brings an SQLite file of its own")
def test_kill_9_at_random_moments_never_leaves_a_half_state_that_starts(tmp_path: Path) -> None:
    data = tmp_path / "data"
    (data / "media").mkdir(parents=True)
    lay_copy(migrated_file(ROOT / "var" / "tests"), data / "aumenta.sqlite3")
    for number in range(40):
        (data / "media" / f"{number}.webp").write_bytes(os.urandom(200_000))
    environment = {**os.environ, "AUMENTA_DATA": str(data), "DJANGO_SETTINGS_MODULE": "aumenta.config.settings"}
    environment.pop("AUMENTA_DATABASE_URL", None)
    environment.pop("AUMENTA_SECRET_KEY", None)
    command = [sys.executable, "-m", "tests.backups_killed", str(tmp_path), str(ROUNDS), "1"]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    rounds = [json.loads(line) for line in done.stdout.splitlines()]
    restores = [one for one in rounds if one["what"] == "restore"]
    assert len(restores) == ROUNDS
    assert Counter(one["state"] for one in restores)["half"] == 0
    assert {one["then"] for one in restores if one["state"] == "unfinished"} <= {"whole"}, "the same restore mends it"
    assert all(one["equal"] for one in restores)
    assert {one["status"] for one in restores} & {137}, "some were killed"
    backups = [one for one in rounds if one["what"] == "backup"]
    assert len(backups) == ROUNDS
    assert all(one["readable"] >= 1 for one in backups)
    assert {one["status"] for one in backups} <= {0, 137}
    assert rounds[-1] == {"what": "after", "left": []}


@pytest.fixture
def databases() -> Iterator[list[str]]:
    """Two databases of their own on the server that is named, as addresses: one migrated, one with nothing in it."""
    server = os.environ.get("AUMENTA_TEST_POSTGRES")
    if not server:
        pytest.skip("no PostgreSQL named in AUMENTA_TEST_POSTGRES")
    import psycopg

    migrated, empty = (f"backup_{os.getpid()}_{n}" for n in range(2))
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {empty}")
    yield [clone(server, migrated), address(server, empty)]
    for name in (migrated, empty):
        drop(server, name)


@pytest.mark.slow
def test_a_backup_of_postgresql_is_restored_whole_and_a_killed_one_is_run_again(
    databases: list[str], tmp_path: Path
) -> None:
    import psycopg

    def aumenta(place: str, url: str, *words: str, kill_after: float | None = None) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "AUMENTA_DATA": str(tmp_path / place), "AUMENTA_DATABASE_URL": url}
        environment.pop("AUMENTA_SECRET_KEY", None)
        command = [str(Path(sys.executable).parent / "aumenta"), *words]
        try:
            return subprocess.run(
                command, env=environment, capture_output=True, text=True, check=False, timeout=kill_after
            )
        except subprocess.TimeoutExpired:  # run() kills it with SIGKILL
            return subprocess.CompletedProcess(command, -9, "", "")

    here, there = databases
    assert aumenta("here", here, "load-territory", "--city", "torino").returncode == 0
    media = tmp_path / "here" / "media" / "pages"
    media.mkdir(parents=True)
    (media / "one.webp").write_bytes(b"x" * 1000)
    key = aumenta("here", here, "backup-key", str(tmp_path / "key.txt")).stdout.strip().partition("=")[2]
    assert aumenta("here", here, "backup", "--to", str(tmp_path / "backups"), "--key", key).returncode == 0
    (file,) = (tmp_path / "backups").glob("*.age")
    words = ("restore", str(file), "--identity", str(tmp_path / "key.txt"))
    for seconds in (2.0, 3.5, 5.0):
        aumenta("there", there, *words, kill_after=seconds)
        with psycopg.connect(there) as asked:
            (tables,) = asked.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() or (0,)
        if tables and aumenta("there", there, "check").returncode == 0:
            break  # It had come to its end: what starts has to be whole, which is looked at below.
    else:
        done = aumenta("there", there, *words)
        assert done.returncode == 0, done.stderr
    assert aumenta("there", there, "check").returncode == 0
    with psycopg.connect(here) as one, psycopg.connect(there) as other:
        question = "SELECT * FROM territory_municipality ORDER BY id"
        assert one.execute(question).fetchall() == other.execute(question).fetchall() != []
    assert (tmp_path / "there" / "media" / "pages" / "one.webp").read_bytes() == b"x" * 1000
    assert aumenta("there", there, *words).returncode == 2, "into an empty database only"
