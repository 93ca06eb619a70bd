"""This process as another installation: a data folder and a database file of its own, empty at first."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
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


def where_it_stands(words: str) -> list[str]:
    """Every column of the database in which these words still stand, whatever room it belongs to."""
    found = []
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            with connection.cursor() as cursor:
                name, column = connection.ops.quote_name(model._meta.db_table), connection.ops.quote_name(field.column)
                cursor.execute(f"SELECT count(*) FROM {name} WHERE CAST({column} AS TEXT) LIKE %s", [f"%{words}%"])
                if cursor.fetchone()[0]:
                    found.append(f"{model._meta.label}.{field.name}")
    return found


def an_installation(folder: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What is backed up: the tests’ database, with a data folder, backups and one upload in `folder`."""
    monkeypatch.delenv("AUMENTA_SECRET_KEY", raising=False)
    settings.DATA_FOLDER = folder / "here"
    settings.MEDIA_ROOT, settings.BACKUPS = settings.DATA_FOLDER / "media", str(folder / "backups")
    (settings.MEDIA_ROOT / "pages").mkdir(parents=True)
    (settings.MEDIA_ROOT / "pages" / "one.webp").write_bytes(bytes(range(256)) * 500)
    return folder
