"""`aumenta rehearse-restore`: restores the newest backup elsewhere, and says how long it took."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from aumenta.config.backups.archive import BackupError
from aumenta.config.backups.rehearse import rehearse


class Command(BaseCommand):
    """Touches nothing of what runs; best run on another machine, every week, by a timer."""

    help = gettext_noop(
        "Restore the newest backup into a folder of its own, hold it to its digests, and say how long it took."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where the backups are, and what opens them."""
        parser.add_argument("--from", type=Path, dest="folder", default=settings.BACKUPS or None)
        parser.add_argument("--identity", type=Path, required=True, help=_("file of the private key"))
        parser.add_argument("--database", default="", help=_("an empty PostgreSQL database, for backups of one"))

    def handle(self, *, folder: Path | None, identity: Path, database: str, **options: Any) -> None:
        """Exit status 1 where the backup could not be restored."""
        if folder is None:
            raise CommandError(_("Say where the backups are: --from FOLDER, or AUMENTA_BACKUPS."), returncode=2)
        try:
            done = rehearse(folder=folder, identity=identity, database_url=database)
        except (BackupError, OSError) as fault:
            raise CommandError(str(fault), returncode=2) from fault
        if done.fault:
            raise CommandError(
                _("%(file)s could not be restored: %(fault)s") % {"file": done.file, "fault": done.fault}
            )
        told = {"file": done.file, "seconds": done.seconds}
        self.stdout.write(_("%(file)s was restored whole, in %(seconds).1f s.") % told)
