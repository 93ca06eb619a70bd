"""The tests' databases without their half minute of migrations each: copies of one that was migrated before.

Stale it cannot be: it is named for everything that decides what the migrations make. It is made by `migrate` itself.
On PostgreSQL it is a template of the server's. `python -m tests.database` makes it before anybody asks.
What many tests of one process fill it with is made once too (`fill_once`).
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HERE = ROOT / "var" / "tests"


def migrated_file(folder: Path) -> Path:
    """A migrated, empty database in `folder`; made where there is none yet. Processes that ask at once wait for one."""
    file = folder / f"migrated-{_fingerprint()}.sqlite3"
    with _alone(folder / "migrated.lock"):
        if not file.exists():
            for old in folder.glob("migrated-*.sqlite3*"):
                old.unlink(missing_ok=True)
            fresh = file.with_name(f"migrated-{os.getpid()}.part")
            remove(fresh)
            _migrate(f"sqlite:///{fresh}")
            _number_from_a_million(fresh)
            fresh.rename(file)
    return file


def migrated_template(server: str) -> str:
    """The name of a migrated, empty database of a PostgreSQL server, to be cloned; made where there is none yet."""
    import psycopg

    # A server is asked from several checkouts: each has a template of its own, and takes none away from another.
    mine = f"aumenta_{hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]}_"
    template = f"{mine}{_fingerprint()}"
    with _alone(HERE / "migrated-template.lock"), psycopg.connect(server, autocommit=True) as admin:
        question = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
        there = {str(row[0]) for row in admin.execute(question, [mine])}
        if template not in there:
            for old in there:
                admin.execute(f"DROP DATABASE IF EXISTS {old} WITH (FORCE)")
            admin.execute(f"CREATE DATABASE {template}_part")
            _migrate(address(server, f"{template}_part"))
            admin.execute(f"ALTER DATABASE {template}_part RENAME TO {template}")
    return template


def clone(server: str, name: str) -> str:
    """Put a copy of the migrated database onto a PostgreSQL server, in the place of any of that name; its address."""
    import psycopg

    template = migrated_template(server)
    drop(server, name)
    with _alone(HERE / "migrated-template.lock"), psycopg.connect(server, autocommit=True) as admin:
        # Nobody else may be connected to what is cloned, so one after the other.
        admin.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return address(server, name)


def address(server: str, name: str) -> str:
    """The address of another database of the same server."""
    return f"{server.rpartition('/')[0]}/{name}"


def drop(server: str, name: str) -> None:
    """Take a database of a PostgreSQL server away, whoever is still connected."""
    import psycopg

    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


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


def _migrate(address: str) -> None:
    environment = {**_settings(), **os.environ, "AUMENTA_DATABASE_URL": address}
    command = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
    subprocess.run(command, env=environment, cwd=ROOT, check=True)


def _settings() -> dict[str, str]:
    """Those of the tests, for whoever asks outside of them."""
    configured = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
    module = configured["pytest"]["ini_options"]["DJANGO_SETTINGS_MODULE"]
    return {**configured["pytest_env"], "DJANGO_SETTINGS_MODULE": module}


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


if __name__ == "__main__":
    # What the tests will ask for first, made while they are still being collected.
    if named := os.environ.get("AUMENTA_DATABASE_URL"):
        migrated_template(named)
    else:
        migrated_file(HERE)
