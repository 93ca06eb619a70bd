"""This process as another installation: a data folder and a database file of its own, empty at first."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, connections
from django.test import override_settings


@contextmanager
def elsewhere(folder: Path, **settings: Any) -> Iterator[Path]:
    """Inside, whatever asks for the database, uploads or the data folder finds those in `folder` (SQLite)."""
    folder.mkdir(parents=True, exist_ok=True)
    connections.close_all()
    usual = connection.settings_dict["NAME"]
    with override_settings(**{"DATA_FOLDER": folder, "MEDIA_ROOT": folder / "media", "BACKUPS": "", **settings}):
        connection.settings_dict["NAME"] = str(folder / "aumenta.sqlite3")
        try:
            yield folder
        finally:
            connections.close_all()
            connection.settings_dict["NAME"] = usual


def all_rows() -> dict[str, list[Any]]:
    """Every row of every table."""
    rows = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows[table] = sorted(cursor.fetchall(), key=str)
    return rows


def all_files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path in it."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}
