"""A whole installation into a folder."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from aumenta.config.leaving.description import (
    DESCRIPTION,
    FORMAT,
    MEDIA,
    README,
    TABLES,
    File,
    package,
    readme,
    written_table,
)
from aumenta.config.leaving.personal import Without, without_people
from aumenta.config.leaving.refusals import LeavingError
from aumenta.config.leaving.rows import all_models, line, read_rows
from aumenta.core.words_of_libraries import in_the_readers_words

CHUNK: Final = 1 << 20
NAMING: Final = frozenset({"digest", "key", "file"})
"""Columns that say under which name an upload is kept."""
SHORTEST_NAME: Final = 16


@dataclass(frozen=True)
class Exported:
    """What was written: tables, rows, uploads, bytes."""

    tables: int
    rows: int
    uploads: int
    size: int


def export_to(folder: Path, *, people: bool) -> Exported:
    """Write everything into `folder`, which is new or empty; what is personal only where `people` asks for it.

    All tables are read in one state. Raises LeavingError where the folder has something in it; a folder is whole or
    not there, whatever happens on the way.
    """
    folder = folder.resolve()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise LeavingError(_("%(folder)s is not an empty folder: name one that is new.") % {"folder": folder})
    unfinished = folder.with_name(f".{folder.name}.{os.getpid()}")
    try:
        unfinished.mkdir(mode=0o700, parents=True)
        found = _write(unfinished, people=people)
        if folder.exists():
            folder.rmdir()
        unfinished.rename(folder)
    except OSError as trouble:
        told = {"folder": folder, "said": in_the_readers_words(trouble.strerror or str(trouble), _)}
        raise LeavingError(_("%(folder)s can't be written: %(said)s.") % told) from trouble
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return found


def _write(folder: Path, *, people: bool) -> Exported:
    models = all_models()
    without = None if people else without_people(models)
    resources, names, empty = [], set[str](), []
    (folder / TABLES).mkdir()
    with one_state():
        for model in models:
            if without is None or model._meta.label not in without.tables:
                file = _table(folder, model, without, names)
                if file.rows:
                    resources.append(written_table(model, file))
                else:
                    (folder / file.path).unlink()
                    empty.append(model._meta.label)
    uploads = [_upload(folder, name) for name in sorted(_uploads()) if people or _is_named(name, names)]
    about = {
        "format": FORMAT,
        "program": version("aumenta"),
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "people": people,
        "left_out": sorted(without.tables) if without else [],
        "empty": empty,
        "migrations": applied(),
        "uploads": [{"path": one.path, "hash": f"sha256:{one.digest}", "bytes": one.size} for one in uploads],
    }
    (folder / README).write_bytes(readme(about, resources))
    (folder / DESCRIPTION).write_bytes(package(about, resources))
    size = sum(one["bytes"] for one in resources) + sum(one.size for one in uploads)
    return Exported(len(resources), sum(one["rows"] for one in resources), len(uploads), size)


@contextmanager
def one_state() -> Iterator[None]:
    """Everything read inside is of the same moment, and nobody who writes has to wait for it."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            # `atomic` would take the right to write, and hold everybody else up for as long as this takes.
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield


def applied() -> list[str]:
    """The migrations that made the tables, by name."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def _table(folder: Path, model: type[Model], without: Without | None, names: set[str]) -> File:
    path = f"{TABLES}/{model._meta.label_lower}.jsonl"
    digest, size, rows = hashlib.sha256(), 0, 0
    with (folder / path).open("wb") as file:
        for row in read_rows(model):
            told = without.row(model, row) if without else row
            names.update(str(told[name]) for name in NAMING & told.keys() if told[name])
            written = line(told)
            digest.update(written)
            size, rows = size + len(written), rows + 1
            file.write(written)
    return File(path, digest.hexdigest(), size, rows)


def _uploads(folder: str = "") -> Iterator[str]:
    """The name of every upload."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    beginning = f"{folder}/" if folder else ""
    yield from (f"{beginning}{name}" for name in files)
    for one in folders:
        yield from _uploads(f"{beginning}{one}")


def _is_named(upload: str, names: set[str]) -> bool:
    """Whether a row that goes along names this upload: whole, or by the digest that its name begins with."""
    beginning = upload.rpartition("/")[2].partition(".")[0].partition("-")[0]
    return upload in names or (len(beginning) >= SHORTEST_NAME and beginning in names)


def _upload(folder: Path, name: str) -> File:
    path, digest, size = f"{MEDIA}/{name}", hashlib.sha256(), 0
    to = folder / path
    to.parent.mkdir(parents=True, exist_ok=True)
    with default_storage.open(name) as found, to.open("wb") as file:
        while chunk := found.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            file.write(chunk)
    return File(path, digest.hexdigest(), size)
