"""`aumenta backup`: writes database, uploads and keys into one encrypted file, while people go on writing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from aumenta.config.backups.archive import BackupError
from aumenta.config.backups.back_up import back_up
from aumenta.config.environment import is_public_key
from aumenta.core.words_of_libraries import in_the_readers_words


class Command(BaseCommand):
    """Says what was written, how large it is and how long it took."""

    help = gettext_noop(
        "Write database, uploads and keys into one encrypted file, and delete backups that are too old."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to, and for whom."""
        parser.add_argument("--to", type=Path, default=settings.BACKUPS or None, help=_("folder; else AUMENTA_BACKUPS"))
        parser.add_argument("--key", default=settings.BACKUP_KEY, help=_("public key; else AUMENTA_BACKUP_KEY"))

    def handle(self, *, to: Path | None, key: str, **options: Any) -> None:
        """Exit status 2 where a folder or a key is missing, 1 where the backup could not be written."""
        if to is None:
            raise CommandError(_("Say where: --to FOLDER, or AUMENTA_BACKUPS."), returncode=2)
        if not is_public_key(key):
            raise CommandError(
                _("Say for whom: --key or AUMENTA_BACKUP_KEY, as aumenta backup-key prints it."), returncode=2
            )
        try:
            done = back_up(folder=to, key=key)
        except BackupError as fault:
            raise CommandError(str(fault)) from fault
        except OSError as fault:
            told = {"folder": to, "fault": in_the_readers_words(fault.strerror or "", _)}
            raise CommandError(_("Nothing was written to %(folder)s: %(fault)s.") % told) from fault
        facts = {"file": done.file, "size": done.size / 1_000_000, "seconds": done.seconds, "gone": len(done.gone)}
        self.stdout.write(_("%(file)s: %(size).1f MB in %(seconds).1f s; %(gone)d old ones deleted.") % facts)
