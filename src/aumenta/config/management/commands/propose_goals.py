"""`aumenta propose-goals --edition 2021-2023`: goals of sustainable development, proposed from the words of sheets."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from aumenta.core.text.years import edition_label
from aumenta.plan.models import Edition
from aumenta.plan.propose_alignments import propose_alignments


class Command(BaseCommand):
    """Safe to repeat: what the office confirmed or declined is never touched."""

    help = gettext_noop(
        "Propose which goals of sustainable development the actions of an edition serve, from their sheets."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--edition", required=True, help=_("its years, such as 2021-2023"))

    def handle(self, *args: Any, **options: Any) -> None:
        edition = Edition.objects.filter(label=edition_label(options["edition"])).first()
        if edition is None:
            known = ", ".join(Edition.objects.values_list("label", flat=True)) or "–"
            raise CommandError(
                _("There is no edition “%(label)s”. The editions are: %(known)s.")
                % {"label": options["edition"], "known": known},
                returncode=2,
            )
        report = propose_alignments(edition=edition)
        self.stdout.write(
            _("%(added)d goals proposed, %(kept)d were there already, %(withdrawn)d withdrawn.")
            % {"added": report.added, "kept": report.kept, "withdrawn": report.withdrawn}
        )
