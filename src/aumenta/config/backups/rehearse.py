"""Restore the newest backup elsewhere, to know that it opens and how long it takes; and throw the result away."""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
from django.utils import timezone
from django.utils.translation import gettext as _

from aumenta.config.backups.archive import BackupError
from aumenta.mailing.kept_backups import REHEARSALS, Rehearsal, backups_in

_OWN = ("AUMENTA_DATA", "AUMENTA_DATABASE_URL", "AUMENTA_SECRET_KEY", "AUMENTA_FORMER_SECRET_KEYS", "AUMENTA_BACKUPS")


def rehearse(*, folder: Path, identity: Path, database_url: str = "") -> Rehearsal:
    """Restore the newest backup of `folder` into a folder of its own, and note in `folder` how it went.

    A backup of PostgreSQL needs `database_url`, an empty database, which is empty again afterwards. What is running is
    not touched. Raises BackupError where there is no backup.
    """
    newest = next(iter(backups_in(folder)), None)
    if newest is None:
        raise BackupError(_("There is no backup in %(folder)s.") % {"folder": folder})
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="aumenta-rehearsal-") as place:
        environment = {name: value for name, value in os.environ.items() if name not in _OWN}
        environment |= {"AUMENTA_DATA": place, **({"AUMENTA_DATABASE_URL": database_url} if database_url else {})}
        aumenta = str(Path(sys.executable).parent / "aumenta")
        command = [aumenta, "restore", str(newest.file), "--identity", str(identity)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
        if database_url and done.returncode == 0:
            with psycopg.connect(database_url, autocommit=True) as connection:
                connection.execute("DROP SCHEMA public CASCADE")
                connection.execute("CREATE SCHEMA public")
    fault = "" if done.returncode == 0 else " ".join(done.stderr.split())[-300:]
    told = Rehearsal(timezone.now(), newest.file.name, round(time.monotonic() - began, 1), fault)
    line = {"at": told.at.isoformat(), "file": told.file, "seconds": told.seconds, "fault": told.fault}
    with (folder / REHEARSALS).open("a", encoding="utf-8") as file:
        file.write(f"{json.dumps(line)}\n")
    return told
