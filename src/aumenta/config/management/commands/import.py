"""`aumenta import FOLDER`: an installation that `aumenta export` wrote, into an empty one."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from aumenta.config.leaving.reading import import_from
from aumenta.config.leaving.refusals import LeavingError


class Command(BaseCommand):
    """Makes the tables where there are none yet, then takes everything in or nothing."""

    help = gettext_noop("Take an exported folder into an installation that is empty: all of it or nothing.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The folder."""
        parser.add_argument("folder", type=Path, help=_("what aumenta export wrote"))

    def handle(self, *, folder: Path, **options: Any) -> None:
        """Exit status 0 when everything is in, 2 when nothing is."""
        call_command("migrate", verbosity=0)
        try:
            found = import_from(folder)
        except LeavingError as refusal:
            raise CommandError(str(refusal), returncode=2) from refusal
        told = {"tables": found.tables, "rows": found.rows, "uploads": found.uploads}
        self.stdout.write(_("Took in %(tables)d tables with %(rows)d rows and %(uploads)d uploads.") % told)
