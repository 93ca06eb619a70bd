"""Whether the installation can do its work: database, folder, worker, queue, mail; for those who watch it."""

import os
import shutil
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from aumenta.mailing.kept_backups import newest_backup
from aumenta.mailing.pulse import silent_since

State = Literal["ok", "degraded", "down"]
FREE_BYTES: Final = 500 * 1024 * 1024
"""Less than this left beside the data is told: a report and a photo have some megabytes each."""
NO_ROOM: Final = 20 * 1024 * 1024
OVERDUE_HOURS: Final = 26
"""A backup of every night is late after this long."""
LATE: Final = timedelta(minutes=10)
"""How long a job that is due may wait."""


@dataclass(frozen=True)
class PartHealth:
    """A part of the installation: its name, how it is, and why in a few words («» where it is well)."""

    name: str
    state: State
    reason: str = ""


def health() -> list[PartHealth]:
    """How each part is. Asks the database three questions; never raises because a part is away."""
    database = _database()
    parts = [database, _folder()]
    if database.state == "ok":
        parts += [_worker(), _queue()]
    return [*parts, _mail(), *([_backup()] if settings.BACKUPS and settings.BACKUP_KEY else [])]


def worst(parts: list[PartHealth]) -> State:
    """«down» where the site can't serve or keep anything, «degraded» where something waits, else «ok»."""
    states = {part.state for part in parts}
    return "down" if "down" in states else "degraded" if "degraded" in states else "ok"


def _database() -> PartHealth:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as fault:
        return PartHealth("database", "down", type(fault).__name__)
    return PartHealth("database", "ok")


def _folder() -> PartHealth:
    """Room and right to write beside the data. What is full can't keep what is confirmed."""
    if not os.access(settings.DATA_FOLDER, os.W_OK):
        return PartHealth("data", "down", "not writable")
    free = shutil.disk_usage(settings.DATA_FOLDER).free
    if free < FREE_BYTES:
        return PartHealth("data", "down" if free < NO_ROOM else "degraded", f"{free // 1_000_000} MB left")
    return PartHealth("data", "ok")


def _worker() -> PartHealth:
    try:
        silent = silent_since()
    except DatabaseError as fault:
        return PartHealth("worker", "degraded", type(fault).__name__)
    return PartHealth("worker", "degraded", "no worker is heard") if silent else PartHealth("worker", "ok")


def _queue() -> PartHealth:
    """Jobs that should have begun long ago, though a worker may be heard."""
    try:
        waiting = DBTaskResult.objects.ready().filter(enqueued_at__lt=timezone.now() - LATE)
        late = waiting.exclude(run_after__range=(timezone.now() - LATE, timezone.now())).count()
    except DatabaseError as fault:
        return PartHealth("queue", "degraded", type(fault).__name__)
    return PartHealth("queue", "degraded", f"{late} jobs wait") if late else PartHealth("queue", "ok")


def _backup() -> PartHealth:
    """Where one is written every night: whether last night's is there."""
    try:
        newest = newest_backup()
    except OSError as fault:
        return PartHealth("backup", "degraded", str(fault.strerror))
    if newest is None:
        return PartHealth("backup", "degraded", "none yet")
    hours = (timezone.now() - newest.at) // timedelta(hours=1)
    return PartHealth("backup", "degraded" if hours > OVERDUE_HOURS else "ok", f"{hours} hours old")


def _mail() -> PartHealth:
    if not settings.DEBUG and not settings.EMAIL_HOST:
        return PartHealth("mail", "degraded", "no mail server is set")
    return PartHealth("mail", "ok")
