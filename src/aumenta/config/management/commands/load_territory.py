"""`aumenta load-territory --city torino`: municipalities, boundaries, population, zones and belts of a territory."""

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from aumenta.people.refusals import RefusedError, refusal_sentence
from aumenta.territory.cities import METROPOLITAN_CITIES, find_code, short_name
from aumenta.territory.load import load_territories
from aumenta.territory.source import (
    provinces_of_package,
    read_package,
    with_boundaries,
    with_population,
)
from aumenta.territory.tables import read_tables


class Command(BaseCommand):
    help = gettext_noop(
        "Load municipalities, boundaries, population, zones and belts of a metropolitan city or of all Italy."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument(
            "--city",
            help=_("one of %(cities)s, or any province by its name or three-figure code")
            % {"cities": ", ".join(METROPOLITAN_CITIES)},
        )
        which.add_argument("--italy", action="store_true", help=_("every Italian municipality"))
        parser.add_argument("--zones", type=Path, help=_("CSV of zones to use instead of the project's own"))
        parser.add_argument("--belts", type=Path, help=_("CSV of belts to use instead of the project's own"))
        parser.add_argument("--population", type=Path, help=_("CSV: istat_code, year, age, females, males"))
        parser.add_argument("--boundaries", type=Path, help=_("GeoJSON whose features carry istat_code"))

    def handle(self, *args: Any, **options: Any) -> None:
        provinces = provinces_of_package()
        codes = None if options["italy"] else {self._code(options["city"], provinces)}
        try:
            source = read_package(codes)
            if options["boundaries"]:
                source = with_boundaries(source, options["boundaries"])
            if options["population"]:
                source = with_population(source, options["population"])
            names = {code: short_name(code, provinces[code]) for code in codes or provinces}
            tables = read_tables(source.municipalities, names, options["zones"], options["belts"])
            report = load_territories(source=source, tables=tables)
        except RefusedError as refusal:
            raise CommandError(refusal_sentence(refusal), returncode=2) from None
        for note in report.notes:
            self.stdout.write(f"* {note}")
        self.stdout.write(
            _("Loaded %(municipalities)d municipalities of %(territories)d territories, in %(zones)d zones.")
            % {
                "municipalities": report.municipalities,
                "territories": report.territories,
                "zones": report.zones,
            }
        )

    def _code(self, asked: str, provinces: dict[str, str]) -> str:
        code = find_code(asked, provinces)
        if code is None:
            raise CommandError(
                _("There is no metropolitan city or province called “%(asked)s”. The cities are: %(cities)s.")
                % {"asked": asked, "cities": ", ".join(METROPOLITAN_CITIES)},
                returncode=2,
            )
        return code
