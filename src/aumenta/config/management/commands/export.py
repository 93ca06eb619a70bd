"""`aumenta export FOLDER`: the whole installation as a folder of open files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from aumenta.config.leaving.refusals import LeavingError
from aumenta.config.leaving.writing import export_to


class Command(BaseCommand):
    """Reads every table in one state; the site goes on meanwhile."""

    help = gettext_noop(
        "Write the whole installation into a new folder: tables as JSON Lines, uploads, what every column means."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The folder, and whether what is personal goes along."""
        parser.add_argument("folder", type=Path, help=_("a folder that is new or empty"))
        parser.add_argument(
            "--with-people",
            action="store_true",
            help=_("what is personal too: accounts with their second factors, who wrote what, voices, replies"),
        )

    def handle(self, *, folder: Path, with_people: bool, **options: Any) -> None:
        """Exit status 0 when the folder is whole, 2 when nothing was written."""
        try:
            found = export_to(folder, people=with_people)
        except LeavingError as refusal:
            raise CommandError(str(refusal), returncode=2) from refusal
        told = {"tables": found.tables, "rows": found.rows, "uploads": found.uploads, "folder": folder}
        self.stdout.write(
            _("Wrote %(tables)d tables with %(rows)d rows and %(uploads)d uploads into %(folder)s.") % told
        )
        if not with_people:
            self.stdout.write(_("What is personal stayed behind: --with-people takes it along."))
