"""Which backups there are: told from the files of their folder, which is the truth about them."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings

_NAME: Final = re.compile(r"aumenta-(\d{8}T\d{6})Z\.tar\.age")
BACKUP_JOB: Final = "aumenta.config.backups.daily.back_up_daily"
"""By name: the job belongs to what puts all rooms together."""
REHEARSALS: Final = "rehearsals.jsonl"
"""Beside the backups: each line says when one was restored elsewhere, how long it took, and whether it was equal."""


@dataclass(frozen=True)
class Backup:
    """A backup: its file, the moment it began, its bytes."""

    file: Path
    at: datetime
    size: int


@dataclass(frozen=True)
class Rehearsal:
    """A backup was restored elsewhere: when, which, in how many seconds, and what was not as it should («» where all
    was)."""

    at: datetime
    file: str
    seconds: float
    fault: str


def file_name(at: datetime) -> str:
    """The name of a backup that begins now."""
    return f"aumenta-{at.astimezone(UTC):%Y%m%dT%H%M%S}Z.tar.age"


def backups_in(folder: Path) -> list[Backup]:
    """Every finished backup of a folder, newest first. Raises OSError where it can't be read."""
    found = []
    for file in folder.iterdir():
        if name := _NAME.fullmatch(file.name):
            at = datetime.strptime(name[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
            found.append(Backup(file, at, file.stat().st_size))
    return sorted(found, key=lambda one: one.at, reverse=True)


def out_of_date(folder: Path, now: datetime, days: int) -> list[Path]:
    """The backups older than `days`; never the newest."""
    return [one.file for one in backups_in(folder)[1:] if one.at < now - timedelta(days=days)]


def newest_backup() -> Backup | None:
    """The newest backup in the folder of the settings; None where there is none, or no folder."""
    if not settings.BACKUPS or not Path(settings.BACKUPS).is_dir():
        return None
    return next(iter(backups_in(Path(settings.BACKUPS))), None)


def last_rehearsal(folder: Path) -> Rehearsal | None:
    """The last time that a backup of this folder was restored elsewhere."""
    file = folder / REHEARSALS
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    if not lines:
        return None
    said = json.loads(lines[-1])
    return Rehearsal(datetime.fromisoformat(said["at"]), said["file"], float(said["seconds"]), said["fault"])
