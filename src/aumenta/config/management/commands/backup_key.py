"""`aumenta backup-key`: makes the pair of keys of the backups."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import pyrage
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from aumenta.core.words_of_libraries import in_the_readers_words


class Command(BaseCommand):
    """Writes the private key into a file, and prints the public one."""

    help = gettext_noop(
        "Make the keys of the backups: the private one into FILE, to be kept elsewhere, the public one is printed."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where the private key goes."""
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options: Any) -> None:
        """Never takes the place of a key: backups of that one would not open any more."""
        identity = pyrage.x25519.Identity.generate()
        try:
            handle = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except OSError as fault:
            told = {"file": file, "fault": in_the_readers_words(fault.strerror or "", _)}
            raise CommandError(_("%(file)s can't be written: %(fault)s.") % told, returncode=2) from fault
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(f"# public key: {identity.to_public()}\n{identity}\n")
        self.stdout.write(f"AUMENTA_BACKUP_KEY={identity.to_public()}")
        self.stderr.write(_("Keep %(file)s on another machine: without it no backup opens.") % {"file": file})
