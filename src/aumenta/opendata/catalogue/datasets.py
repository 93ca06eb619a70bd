"""What the catalogue lists: each data set with its files, in words of this house; `graph` says it in those of DCAT."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db.models import Max
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from aumenta.governance.models import Act
from aumenta.monitoring.models import Indicator, Project
from aumenta.opendata.package.views import changed_at
from aumenta.plan.models import Edition
from aumenta.territory.models import Territory
from aumenta.ui.files import LICENCE, LICENCE_ADDRESS

LANGUAGES: Final = ("it", "en")
TABLES: Final = ("csv", "xlsx", "ods", "json", "jsonl", "parquet")
PLACES: Final = ("csv", "xlsx", "geojson", "gpkg")


@dataclass(frozen=True)
class FileOf:
    """A file of a data set: its address, what kind it is, what it is called in each language."""

    address: str
    kind: str
    name: dict[str, str]


@dataclass(frozen=True)
class DataSet:
    """A data set: a short name that stays, words in each language, theme and frequency of the European lists."""

    slug: str
    title: dict[str, str]
    description: dict[str, str]
    theme: str
    frequency: str
    files: tuple[FileOf, ...]
    page: str
    changed: datetime
    licence: str = LICENCE
    licence_address: str = LICENCE_ADDRESS
    years: tuple[int, int] | None = None
    keywords: tuple[str, ...] = field(default=())


def in_both(sentence: str, **told: object) -> dict[str, str]:
    """A text of the interface in each language."""
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            found[language] = gettext(sentence) % told if told else gettext(sentence)
    return found


def address_of(route: str, *arguments: object) -> str:
    """Where something is on this site: one address, in Italian, whoever asks."""
    with translation.override("it"):
        return f"{settings.PUBLIC_ADDRESS}{reverse(route, args=arguments)}"


def data_sets(now: datetime) -> list[DataSet]:
    """All of them; `now` stands where nobody knows when something changed."""
    editions = Edition.objects.public().select_related("plan").order_by("first_year")
    return [*(_plan(one) for one in editions), *_territory(now), *_measures(now), *_acts(now)]


def _files(name: dict[str, str], route: str, arguments: tuple[object, ...], kinds: tuple[str, ...]) -> Iterator[FileOf]:
    for kind in kinds:
        yield FileOf(address_of(route, *arguments, kind), kind, name)


def _plan(edition: Edition) -> DataSet:
    label = (edition.label,)
    whole = FileOf(address_of("opendata:package", *label), "zip", in_both(_("All tables with what each column means")))
    files = [whole]
    for name, route in (
        (_("Actions"), "site:actions_file"),
        (_("Connections between actions"), "site:connections_file"),
        (_("How far the actions have come"), "site:implementation_file"),
    ):
        files += _files(in_both(name), route, label, TABLES)
    return DataSet(
        f"piano-{edition.label}",
        {one: getattr(edition, f"title_{one}") or edition.title_it for one in LANGUAGES},
        in_both(
            _("Axes, strategies and actions of the plan %(label)s, with actors, funds and places."), label=edition.label
        ),
        "GOVE",
        "IRREG",
        tuple(files),
        address_of("site:edition", *label),
        changed_at(edition),
        edition.licence,
        edition.licence_address,
        (edition.first_year, edition.last_year),
        ("piano strategico", "città metropolitana", "azioni"),
    )


def _territory(now: datetime) -> Iterator[DataSet]:
    home = Territory.objects.home()
    if home is None:
        return
    words = (
        (_("Places of the territory with their figures"), "opendata:places", PLACES),
        (_("How evenly rates are spread"), "opendata:balance", ("csv", "xlsx")),
    )
    files = [file for name, route, kinds in words for file in _files(in_both(name), route, (), kinds)]
    yield DataSet(
        "territorio",
        in_both(_("Municipalities and zones of %(name)s"), name=home.full_name),
        in_both(_("Municipalities and zones with boundaries, who lives there and how rates are spread.")),
        "REGI",
        "ANNUAL",
        tuple(files),
        address_of("site:territory"),
        home.loaded_at or now,
        keywords=("comuni", "zone omogenee", "popolazione"),
    )


def _measures(now: datetime) -> Iterator[DataSet]:
    public = Indicator.objects.filter(public=True).annotate(read_at=Max("readings__file__taken_at")).order_by("code")
    for one in public:
        names = {"it": one.name_it, "en": one.name_en or one.name_it}
        yield DataSet(
            f"indicatore-{one.code.lower()}",
            names,
            in_both(_("Readings of an indicator of the plan: places, periods, values with their flags.")),
            "SOCI",
            "ANNUAL",
            tuple(_files(names, "site:indicator_file", (one.code,), TABLES)),
            address_of("site:indicator", one.code),
            one.read_at or now,
            keywords=("indicatori",),
        )
    if Project.objects.exists():
        name = in_both(_("Projects with CUP, money and places"))
        yield DataSet(
            "progetti",
            name,
            in_both(_("Projects of the territory and the actions of the plan that they carry out.")),
            "ECON",
            "IRREG",
            tuple(_files(name, "site:projects_file", (), TABLES)),
            address_of("site:projects"),
            now,
            keywords=("progetti", "CUP"),
        )


def _acts(now: datetime) -> Iterator[DataSet]:
    if not Act.objects.public().exists():
        return
    name = in_both(_("Register of acts about the plan"))
    yield DataSet(
        "atti",
        name,
        in_both(_("Acts on the plan with body, date, state and outcome, as the register has them.")),
        "GOVE",
        "IRREG",
        tuple(_files(name, "site:acts_file", (), TABLES)),
        address_of("site:acts"),
        now,
        keywords=("atti", "deliberazioni"),
    )
