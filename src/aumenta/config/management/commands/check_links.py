"""`aumenta check-links`: ask the links of sheets and pages now; the worker does it every night."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from aumenta.pages.check_links import check_links
from aumenta.pages.models import CheckedLink


class Command(BaseCommand):
    """Prints how many links answer, and those that do not."""

    help = gettext_noop("Ask every link of sheets and pages whether it is still there. The worker does it every night.")

    def handle(self, **options: Any) -> None:
        counts = check_links()
        alive = counts.pop(CheckedLink.Outcome.ALIVE, 0)
        self.stdout.write(
            _("%(alive)d links answer, %(dead)d do not.") % {"alive": alive, "dead": sum(counts.values())}
        )
        for link in CheckedLink.objects.exclude(outcome=CheckedLink.Outcome.ALIVE):
            self.stdout.write(f"  {link.status or '—':>3} {link.get_outcome_display()}: {link.address}")
