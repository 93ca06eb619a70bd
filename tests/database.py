"""The tests' SQLite file without its fifteen seconds of migrations: a copy of one that was migrated before.

Stale it cannot be: it is named for everything that decides what the migrations make. It is made by `migrate` itself.
What many tests of one process fill it with is made once too (`fill_once`).
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def migrated_file(folder: Path) -> Path:
    """A migrated, empty database in `folder`; made where there is none yet. Processes that ask at once wait for one."""
    file = folder / f"migrated-{_fingerprint()}.sqlite3"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            for old in folder.glob("migrated-*.sqlite3*"):
                old.unlink(missing_ok=True)
            _make(file)
    return file


def clear_orphans(folder: Path) -> None:
    """Take away the databases of test runs that were killed: those named for a process that is no more."""
    for file in folder.glob("test-*.sqlite3"):
        process = file.stem.removeprefix("test-")
        if process.isdecimal() and not _is_alive(int(process)):
            remove(file)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def lay_copy(file: Path, at: Path) -> None:
    """Put a copy of the migrated database where the tests of this process look for theirs."""
    remove(at)
    shutil.copyfile(file, at)


_FILLED: dict[str, sqlite3.Connection] = {}


def fill_once(name: str, fill: Callable[[], object]) -> None:
    """Fill the empty database of a test that commits: by `fill` the first time, then with a copy of what that made.

    SQLite's own backup writes it, so that other connections see it as they see any commit.
    """
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection

    if connection.vendor != "sqlite":
        fill()
        return
    if name not in _FILLED:
        fill()
        _FILLED[name] = sqlite3.connect(":memory:")
        connection.connection.backup(_FILLED[name])
        return
    connection.ensure_connection()
    _FILLED[name].backup(connection.connection)
    # Their numbers are those of the copy.
    ContentType.objects.clear_cache()


def remove(at: Path) -> None:
    """Take a database away, with what SQLite keeps beside it."""
    for name in (at, at.with_name(f"{at.name}-wal"), at.with_name(f"{at.name}-shm")):
        name.unlink(missing_ok=True)


def _make(file: Path) -> None:
    fresh = file.with_name(f"migrated-{os.getpid()}.part")
    remove(fresh)
    environment = {**os.environ, "AUMENTA_DATABASE_URL": f"sqlite:///{fresh}"}
    command = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
    subprocess.run(command, env=environment, cwd=ROOT, check=True)
    _number_from_a_million(fresh)
    fresh.rename(file)


def _number_from_a_million(file: Path) -> None:
    """Keys begin where those of no other table are: a page that writes one as people read numbers («1.234.567»), and a
    verb that takes the key of one table for that of another, are noticed."""
    with closing(sqlite3.connect(file)) as database, database:
        tables = database.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%' ORDER BY name")
        for position, (name,) in enumerate(tables.fetchall(), start=1):
            database.execute("DELETE FROM sqlite_sequence WHERE name = ?", [name])
            database.execute("INSERT INTO sqlite_sequence VALUES (?, ?)", [name, position * 1_000_000])


def _fingerprint() -> str:
    """What the tables depend on: migrations, models (content types, permissions), settings, libraries, Python."""
    source = ROOT / "src" / "aumenta"
    files = [
        *source.glob("*/migrations/*.py"),
        *source.glob("*/models.py"),
        *source.glob("*/models/*.py"),
        *source.glob("*/apps.py"),
        source / "config" / "settings.py",
        ROOT / "uv.lock",
        Path(__file__),
    ]
    content = hashlib.sha256(sys.version.encode())
    for one in sorted(files):
        content.update(f"{one.relative_to(ROOT)}\0".encode() + one.read_bytes())
    return content.hexdigest()[:16]
