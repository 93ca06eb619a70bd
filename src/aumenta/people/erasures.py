"""A list of what was erased because somebody asked: a backup made before still holds it, and a restore erases it again.

The list holds kinds, keys and moments, never words. It stands in the database, in a file of the data folder, and in one
beside the backups, so that it is not lost with any one of them.
"""

import json
import logging
import os
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from aumenta.people.models import Erasure

Again = Callable[[str], None]
"""Erases what has a key, as it was erased at first; does nothing where it is not there."""

FILE: Final = "erasures.jsonl"
_AGAIN: Final[dict[str, Again]] = {}
_log = logging.getLogger(__name__)


def register_erasure(kind: str, again: Again) -> None:
    """Say how what is noted under `kind` is erased again; each room says it in its `apps.py`."""
    _AGAIN[kind] = again


def kinds() -> list[str]:
    """Every kind there is."""
    return sorted(_AGAIN)


def note_erasure(kind: str, key: object) -> None:
    """Note that what has this key was erased: to be called by the verb, in its transaction."""
    noted = Erasure.objects.create(token=uuid4(), kind=kind, key=str(key), at=timezone.now())
    transaction.on_commit(partial(_append, _line(noted)))


def lists() -> list[Path]:
    """The files that hold the list: in the data folder, and beside the backups where these have a folder."""
    folders = [settings.DATA_FOLDER, *([Path(settings.BACKUPS)] if settings.BACKUPS else [])]
    return [folder / FILE for folder in folders]


def write_list(file: Path) -> None:
    """Write the whole list, as the database has it, beside what `file` holds already."""
    known = {entry[0] for entry in read_list(file)}
    missing = [_line(one) for one in Erasure.objects.order_by("at") if one.token not in known]
    if missing:
        _write(file, missing)


def read_list(file: Path) -> list[tuple[UUID, str, str, datetime]]:
    """What a file of erasures says: token, kind, key, moment. A last line that a power cut cut off is left out."""
    found = []
    for line in file.read_text(encoding="utf-8").splitlines() if file.exists() else []:
        try:
            said = json.loads(line)
            found.append((UUID(said["token"]), said["kind"], said["key"], datetime.fromisoformat(said["at"])))
        except (ValueError, KeyError, TypeError):
            _log.warning("a line of %s is no erasure", file.name)
    return found


def erase_again(files: Iterable[Path]) -> int:
    """Erase what these lists name and the database has not noted yet; returns how much. Raises what a verb raises:
    an installation that holds what was erased must not open."""
    done = 0
    for token, kind, key, at in sorted((one for file in files for one in read_list(file)), key=lambda one: one[3]):
        if Erasure.objects.filter(token=token).exists():
            continue
        with transaction.atomic():
            _AGAIN[kind](key)
            Erasure.objects.create(token=token, kind=kind, key=key, at=at)
        done += 1
    for file in lists():
        if done and file.parent.exists():
            write_list(file)
    return done


def _line(noted: Erasure) -> str:
    said = {"token": str(noted.token), "kind": noted.kind, "key": noted.key, "at": noted.at.isoformat()}
    return json.dumps(said)


def _append(line: str) -> None:
    """Add a line to each file; where one can't be written the database still has it, and the next backup writes it."""
    for file in lists():
        try:
            _write(file, [line])
        except OSError as fault:
            _log.error("the list of erasures (%s) could not be written: %s", file, fault.strerror)


def _write(file: Path, lines: list[str]) -> None:
    # One write for all: what two processes append at once is never mixed.
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, "".join(f"{line}\n" for line in lines).encode())
        os.fsync(handle)
    finally:
        os.close(handle)
