"""Races in a process of their own: they need a database where others see what is committed."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.database import clone, drop

ROOT = Path(__file__).resolve().parents[2]


def run_race(module: str, *arguments: str, **environment: str) -> dict[str, int | str]:
    """Run the race of a module and give back the line of JSON that it prints last."""
    clean = {k: v for k, v in os.environ.items() if k not in {"AUMENTA_DATABASE_URL", "AUMENTA_DATA"}}
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env={**clean, "DJANGO_SETTINGS_MODULE": "aumenta.config.settings", "AUMENTA_DEBUG": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    counted: dict[str, int | str] = json.loads(done.stdout.splitlines()[-1])
    return counted


@contextmanager
def a_postgres_database(word: str) -> Iterator[str]:
    """The address of a new database of PostgreSQL with empty tables, dropped at the end.

    The test is skipped where no server is named.
    """
    server = os.environ.get("AUMENTA_TEST_POSTGRES")
    if not server:
        pytest.skip("no PostgreSQL named in AUMENTA_TEST_POSTGRES")
    name = f"race_{word}_{os.getpid()}"
    try:
        yield clone(server, name)
    finally:
        drop(server, name)
