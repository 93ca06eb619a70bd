"""`aumenta load-frameworks`: adds the frameworks, items and aliases that the database lacks."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext_noop, ngettext

from aumenta.plan.load_frameworks import load_frameworks


class Command(BaseCommand):
    """Leaves alone what is there."""

    help = gettext_noop(
        "Add the frameworks, items, actors and aliases of the project's tables that the database lacks."
    )

    def handle(self, **options: Any) -> None:
        """Says how many rows are new."""
        count = load_frameworks()
        self.stdout.write(ngettext("%(count)d row added.", "%(count)d rows added.", count) % {"count": count})
