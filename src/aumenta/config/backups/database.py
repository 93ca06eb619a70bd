"""The database as one file, while people write; and that file as a database again."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.db import connection, connections, transaction

from aumenta.config.backups.archive import BackupError, sync_folder

NAMES: Final = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}
MARK: Final = "aumenta_unfinished_restore"
"""A table that stands in a PostgreSQL database while a restore is under way."""


@dataclass(frozen=True)
class Saved:
    """A database as a file, and how many rows each of its tables had at that moment."""

    file: Path
    rows: dict[str, int]


def save(folder: Path) -> Saved:
    """Write the database of this moment into `folder`; nobody who writes waits. Raises BackupError."""
    target = folder / NAMES[connection.vendor]
    return _save_sqlite(target) if connection.vendor == "sqlite" else _save_postgres(target)


def _save_sqlite(target: Path) -> Saved:
    source = sqlite3.connect(f"file:{_path()}?mode=ro", uri=True, timeout=30)
    copy = sqlite3.connect(target)
    try:
        # In one step: in a log of writes (WAL) a reader stops nobody, and sees one moment only.
        source.backup(copy, pages=-1)
        copy.execute("PRAGMA journal_mode=DELETE")
        tables = [row[0] for row in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        names = sorted(name for name in tables if not name.startswith("sqlite_"))
        return Saved(target, {name: copy.execute(_count(name)).fetchone()[0] for name in names})
    finally:
        copy.close()
        source.close()


def _save_postgres(target: Path) -> Saved:
    """What is dumped and what is counted is one moment: that of a transaction which lends it to pg_dump."""
    rows = {}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        moment = cursor.fetchone()[0]
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(_count(table))
            rows[table] = cursor.fetchone()[0]
        options = ["--format=custom", "--compress=1", "--no-owner", "--no-privileges", f"--snapshot={moment}"]
        _run(["pg_dump", *options, f"--file={target}"])
    return Saved(target, rows)


def _count(table: str) -> str:
    return f"SELECT count(*) FROM {connection.ops.quote_name(table)}"  # noqa: S608 - a name of our own


def count_rows() -> dict[str, int]:
    """How many rows each table has now."""
    rows = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(_count(table))
            rows[table] = cursor.fetchone()[0]
    return rows


def is_empty() -> bool:
    """Whether the database has no table at all, but for the mark of an unfinished restore."""
    with connection.cursor() as cursor:
        return not set(connection.introspection.table_names(cursor)) - {MARK}


@contextmanager
def loaded(dump: Path) -> Iterator[None]:
    """Make `dump` the database of this process, so that it can be looked at and put right; when that went well, make it
    that of the installation. Raises BackupError."""
    if connection.vendor == "sqlite":
        with _loaded_sqlite(dump):
            yield
    else:
        _load_postgres(dump)
        yield
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE {MARK}")


@contextmanager
def _loaded_sqlite(dump: Path) -> Iterator[None]:
    place = Path(_path())
    staged = place.with_name(f"{place.name}.restoring")
    for file in (place, staged):
        for end in ("", "-wal", "-shm"):
            Path(f"{file}{end}").unlink(missing_ok=True)
    connections.close_all()
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.move(dump, staged)
    settings = connection.settings_dict
    settings["NAME"] = str(staged)
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA quick_check")
            if (said := cursor.fetchone()[0]) != "ok":
                raise BackupError(f"the database of the backup is damaged: {said}")
        yield
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connections.close_all()
        settings["NAME"] = str(place)
    with staged.open("rb") as written:
        os.fsync(written.fileno())
    staged.replace(place)
    sync_folder(place.parent)


def _load_postgres(dump: Path) -> None:
    with connection.cursor() as cursor:
        tables = [one for one in connection.introspection.table_names(cursor) if one != MARK]
        if tables:
            # Only an unfinished restore leaves any: whoever called has looked.
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        cursor.execute(f"CREATE TABLE IF NOT EXISTS {MARK} (id integer)")
    connections.close_all()
    command = ["pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
    _run([*command, f"--dbname={connection.settings_dict['NAME']}", str(dump)])


def _path() -> str:
    return str(connection.settings_dict["NAME"])


def _run(command: list[str]) -> None:
    """Run a program of PostgreSQL against our database; the password goes by the environment, which no list
    of processes shows."""
    known: dict[str, Any] = connection.settings_dict
    given = {"PGHOST": known["HOST"], "PGPORT": known["PORT"], "PGUSER": known["USER"], "PGPASSWORD": known["PASSWORD"]}
    options = {"PGSSLMODE": known.get("OPTIONS", {}).get("sslmode", ""), "PGDATABASE": known["NAME"]}
    environment = {**os.environ, **{name: str(value) for name, value in {**given, **options}.items() if value}}
    try:
        subprocess.run(command, env=environment, check=True, capture_output=True, text=True)  # noqa: S603 - our own words
    except FileNotFoundError as fault:
        raise BackupError(f"{command[0]} is not installed: apt-get install postgresql-client") from fault
    except subprocess.CalledProcessError as fault:
        raise BackupError(f"{command[0]}: {' '.join(fault.stderr.split())[:300]}") from fault
