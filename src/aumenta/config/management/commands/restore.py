"""`aumenta restore`: a backup becomes this installation, which must be empty."""

from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from aumenta.config.backups.archive import BackupError
from aumenta.config.backups.identity import read_identity
from aumenta.config.backups.restore import restore
from aumenta.people.dates import moment_in_words


class Command(BaseCommand):
    """Says what is there now."""

    help = gettext_noop(
        "Restore a backup into an empty installation, and erase again what was erased since it was written."
    )
    # It is what mends an unfinished restore, which every other command refuses to run on.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The backup, and what opens it."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--identity", type=Path, required=True, help=_("file of the private key"))
        parser.add_argument(
            "--erasures", type=Path, action="append", default=[], help=_("a list of erasures that is kept elsewhere")
        )

    def handle(self, *, file: Path, identity: Path, erasures: list[Path], **options: Any) -> None:
        """Exit status 2 where nothing was touched because something does not fit."""
        try:
            done = restore(file=file, identity=read_identity(identity), erasures=erasures)
        except (BackupError, OSError) as fault:
            raise CommandError(str(fault), returncode=2) from fault
        at = moment_in_words(datetime.fromisoformat(done.at), "il")
        told = {"at": at, "rows": done.rows, "files": done.files, "erased": done.erased, "seconds": done.seconds}
        sentence = _(
            "What was there at %(at)s is here: %(rows)d rows, %(files)d files, %(erased)d erased again, in "
            "%(seconds).1f s."
        )
        self.stdout.write(sentence % told)
