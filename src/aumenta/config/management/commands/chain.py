"""`aumenta chain --edition 2024-2026 [--json] [--prov]`: what became of what was said, as anybody may read it."""

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from aumenta.chain.as_json import as_json
from aumenta.chain.collect import chain_of
from aumenta.chain.graph import VOICES
from aumenta.chain.provenance import prov_json
from aumenta.core.text.years import edition_label
from aumenta.plan.models import Edition
from aumenta.site.chain.addresses import address_on


class Command(BaseCommand):
    """Prints how many voices led somewhere and how many actions somebody asked for; what is left alone is named."""

    help = gettext_noop(
        "List every published action with its evidence and every voice with its outcome; name what is left alone."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which edition, and how to answer."""
        parser.add_argument("--edition", help=_("label of a public edition; the latest one where none is given"))
        parser.add_argument("--json", action="store_true", help=_("every action, voice and tie as JSON"))
        parser.add_argument("--prov", action="store_true", help=_("the same as W3C PROV-JSON"))

    def handle(self, **options: Any) -> None:
        public = Edition.objects.public().select_related("plan").order_by("-first_year")
        edition = (
            public.filter(label=edition_label(options["edition"])).first() if options["edition"] else public.first()
        )
        if edition is None:
            raise CommandError(_("There is no public edition of this name."), returncode=2)
        chain, today = chain_of(edition), timezone.localdate()
        if options["prov"]:
            authority = edition.plan.authority_it
            content = prov_json(chain, address_on(), base=settings.PUBLIC_ADDRESS, authority=authority)
            self.stdout.write(json.dumps(content, ensure_ascii=False, indent=1))
        elif options["json"]:
            self.stdout.write(json.dumps(as_json(chain, address_on(), today), ensure_ascii=False, indent=1))
        else:
            alone = chain.orphans(today)
            told = {
                "label": edition.label,
                "voices": sum(1 for _one in chain.of_kind(*VOICES)),
                "actions": sum(1 for _one in chain.of_kind("action")),
                "alone": len(alone),
            }
            self.stdout.write(_("%(label)s: %(voices)d voices, %(actions)d actions, %(alone)d left alone.") % told)
            for node in alone:
                self.stdout.write(f"  {node.key}: {node.title_it or node.words[:100]}")
