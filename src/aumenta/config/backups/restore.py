"""Restore a backup into an empty installation: whole, held to its digests, and without what was erased since."""

import json
import os
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone
from django.utils.translation import gettext as _

from aumenta.config.backups import database
from aumenta.config.backups.archive import BackupError, Manifest, read_archive, sync_folder
from aumenta.config.backups.back_up import KEYS, MEDIA
from aumenta.config.backups.unfinished import folder_of_restore, is_unfinished
from aumenta.events.participants.forget_people import forget_over
from aumenta.people.erasures import FILE, erase_again, lists

KEY_FILE: Final = "secret-key"
UNPACKING: Final = "unpacking"


@dataclass(frozen=True)
class Restored:
    """What was restored: the moment of the backup, its rows and files, what was erased again, and how long it took."""

    at: str
    rows: int
    files: int
    erased: int
    seconds: float


def restore(*, file: Path, identity: str, erasures: Sequence[Path] = ()) -> Restored:
    """Make this empty installation what it was when `file` was written; the private key `identity` opens it.

    What was erased since then, by the lists in `erasures`, beside the backup and in the data folder, is erased again,
    and whatever has had its time is forgotten. Killed at any moment, what it leaves does not start until the same
    restore has run to its end. Raises BackupError: the installation is not empty, the file is damaged, of another
    database or of a later version, or the key in the environment is not that of the backup.
    """
    began = time.monotonic()
    staging, manifest = _unpack(file, identity)
    keys = _keys(staging)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = keys[0], keys[1:]
    files = _place_media(staging)
    with database.loaded(staging / database.NAMES[connection.vendor]):
        _hold_to_counts(manifest)
        call_command("migrate", verbosity=0)
        erased = erase_again(dict.fromkeys([*erasures, file.with_name(FILE), *lists()]))
        forget_over(now=timezone.now())
    _write_key(keys[0])
    shutil.rmtree(staging)
    sync_folder(staging.parent)
    return Restored(manifest["at"], sum(manifest["rows"].values()), files, erased, time.monotonic() - began)


def _unpack(file: Path, identity: str) -> tuple[Path, Manifest]:
    """What the backup holds, in a folder whose being there says that a restore has begun and not ended.

    Until all of it is known to be whole and to fit, nothing is said to have begun: what was empty may still start.
    """
    mark = folder_of_restore()
    again = is_unfinished()
    if not again:
        refuse_what_is_not_empty()
    place = mark if mark.exists() else mark.with_name(UNPACKING)
    shutil.rmtree(mark.with_name(UNPACKING), ignore_errors=True)
    place.mkdir(mode=0o700, exist_ok=True)
    for leftover in place.iterdir():
        shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
    try:
        manifest = read_archive(file, identity, place)
        refuse_what_does_not_fit(manifest)
        _keys(place)
    except BaseException:
        if place != mark:
            shutil.rmtree(place)
        raise
    place.replace(mark)
    sync_folder(mark.parent)
    return mark, manifest


def _hold_to_counts(manifest: Manifest) -> None:
    rows: dict[str, int] = manifest["rows"]
    there = database.count_rows()
    if wrong := sorted(name for name, count in rows.items() if there.get(name) != count):
        raise BackupError(f"tables that have not as many rows as were written: {', '.join(wrong)}")


def refuse_what_is_not_empty() -> None:
    """Raise BackupError where the database has tables or there are uploads: a restore takes the place of nothing."""
    if not database.is_empty():
        raise BackupError(_("The database has tables: a backup is restored into an empty one."))
    media = Path(settings.MEDIA_ROOT)
    if media.exists() and any(one.is_file() for one in media.rglob("*")):
        sentence = _("There are uploads in %(folder)s: a backup is restored where there are none.")
        raise BackupError(sentence % {"folder": media})


def refuse_what_does_not_fit(manifest: Manifest) -> None:
    """Raise BackupError where the backup is of the other kind of database, or of a later version than this one."""
    if manifest["database"] != connection.vendor:
        told = {"was": manifest["database"], "here": connection.vendor}
        raise BackupError(_("The backup is of %(was)s, and AUMENTA_DATABASE_URL names %(here)s.") % told)
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if set(manifest["migrations"]) - known:
        sentence = _("The backup was written by version %(version)s, which is later than this one: install that one.")
        raise BackupError(sentence % {"version": manifest["version"]})


def _keys(staging: Path) -> list[str]:
    """The keys that open what is encrypted: those of the backup, with a new one of the environment before them."""
    kept: list[str] = json.loads((staging / KEYS).read_text(encoding="utf-8"))["secret_keys"]
    own = os.environ.get("AUMENTA_SECRET_KEY", "").strip()
    if not own:
        return kept
    if own != kept[0] and kept[0] not in settings.SECRET_KEY_FALLBACKS:
        sentence = _("AUMENTA_SECRET_KEY is not the key of the backup: leave it out, or name the former one too.")
        raise BackupError(sentence)
    return list(dict.fromkeys([own, *settings.SECRET_KEY_FALLBACKS, *kept]))


def _place_media(staging: Path) -> int:
    """Put the uploads where they belong; returns how many."""
    found, place = staging / MEDIA.rstrip("/"), Path(settings.MEDIA_ROOT)
    shutil.rmtree(place, ignore_errors=True)
    if not found.exists():
        return 0
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    found.replace(place)
    return sum(one.is_file() for one in place.rglob("*"))


def _write_key(key: str) -> None:
    """Keep the key of the backup as this installation's own, where the environment brings none."""
    if os.environ.get("AUMENTA_SECRET_KEY", "").strip():
        return
    place = Path(settings.DATA_FOLDER) / KEY_FILE
    fresh = place.with_name(f"{KEY_FILE}.restored")
    with os.fdopen(os.open(fresh, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(place)
