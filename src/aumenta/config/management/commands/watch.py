"""`aumenta watch`: whether this installation is well, for whoever watches it; ends with 1 where it is down."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext_noop

from aumenta.mailing.health import health, worst


class Command(BaseCommand):
    """Prints each part and how it is."""

    help = gettext_noop(
        "Say how database, data folder, worker, queue and mail are; exit status 1 where the site can't serve."
    )
    requires_system_checks = ()

    def handle(self, **options: Any) -> None:
        """One line a part: name, state, reason."""
        parts = health()
        for part in parts:
            self.stdout.write(f"{part.name}: {part.state}{f' ({part.reason})' if part.reason else ''}")
        if worst(parts) == "down":
            sys.exit(1)
