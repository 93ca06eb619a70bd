"""Write a backup: database, uploads and keys of one moment, encrypted; and take old ones away."""

import fcntl
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

import aumenta
from aumenta.config.backups import database
from aumenta.config.backups.archive import BackupError, Manifest, Writer, write_archive
from aumenta.mailing.kept_backups import file_name, out_of_date
from aumenta.people.erasures import FILE, write_list

STAGING: Final = "backup-staging"
KEYS: Final = "keys.json"
MEDIA: Final = "media/"


@dataclass(frozen=True)
class Written:
    """A finished backup: its file, its bytes, how many seconds it took, and the files that were too old and went."""

    file: Path
    size: int
    seconds: float
    gone: tuple[Path, ...]


def back_up(*, folder: Path, key: str) -> Written:
    """Write a backup into `folder`, encrypted to the public `key`; then delete those older than the installation keeps.

    Nobody who writes meanwhile waits. Killed at any moment it leaves the former backups, and nothing that looks like
    one. Raises BackupError where another one is under way or the database's own program is missing; OSError where there
    is no room.
    """
    began = time.monotonic()
    with _alone():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for leftover in folder.glob("*.part"):
            leftover.unlink()
        write_list(folder / FILE)
        file = folder / file_name(timezone.now())
        with _staging() as staging:
            _link_media(staging)
            saved = database.save(staging)
            # Once more: what came between the first look and the database's moment is named by its rows.
            _link_media(staging)
            write_archive(file, key, _manifest(saved.rows), lambda parts: _fill(parts, staging, saved.file))
        gone = tuple(out_of_date(folder, timezone.now(), settings.BACKUPS_KEPT))
        for old in gone:
            old.unlink()
    return Written(file, file.stat().st_size, time.monotonic() - began, gone)


@contextmanager
def _alone() -> Iterator[None]:
    """One backup at a time; the lock goes with the process."""
    with (settings.DATA_FOLDER / "backup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as fault:
            raise BackupError("another backup is under way") from fault
        yield


@contextmanager
def _staging() -> Iterator[Path]:
    """A folder beside the data, empty at first and gone at last; what a killed backup left there goes first."""
    for leftover in settings.DATA_FOLDER.glob(f"{STAGING}*"):
        shutil.rmtree(leftover)
    staging = Path(tempfile.mkdtemp(prefix=STAGING, dir=settings.DATA_FOLDER))
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _link_media(staging: Path) -> None:
    """A second name for every upload, so that one that is deleted now is still there when its turn comes."""
    root = Path(settings.MEDIA_ROOT)
    for file in sorted(root.rglob("*")):
        target = staging / "media" / file.relative_to(root)
        if target.exists() or not file.is_file():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(file, target)
        except FileNotFoundError:
            continue  # deleted since it was listed
        except OSError:
            shutil.copyfile(file, target)  # a file system without links, or another one


def _manifest(rows: dict[str, int]) -> Manifest:
    return {
        "format": "aumenta-backup/1",
        "version": aumenta.__version__,
        "database": connection.vendor,
        "at": timezone.now().isoformat(),
        "migrations": sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()),
        "rows": rows,
    }


def _fill(parts: Writer, staging: Path, dump: Path) -> None:
    parts.add(dump.name, dump)
    # Its name is gone from here on: a killed backup leaves no second copy of the database.
    dump.unlink()
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    parts.add_bytes(KEYS, json.dumps({"secret_keys": keys}).encode())
    media = staging / "media"
    for file in sorted(media.rglob("*")):
        if file.is_file():
            parts.add(f"{MEDIA}{file.relative_to(media)}", file)
