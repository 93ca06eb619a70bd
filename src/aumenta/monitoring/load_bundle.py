"""Loads the indicators that Aumenta ships for the bundled plan: cards, places to compare with, readings."""

from datetime import date
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from aumenta.monitoring.composites import freeze_goalposts
from aumenta.monitoring.models import Indicator, Project
from aumenta.monitoring.places import Compared, prepare_places
from aumenta.monitoring.projects.take_projects import send_projects, take_projects
from aumenta.monitoring.projects.ties import propose_ties
from aumenta.monitoring.take_readings import send_readings, take_readings
from aumenta.monitoring.write_indicator import write_indicator
from aumenta.plan.load_frameworks import rows
from aumenta.plan.models import Edition, Strategy
from aumenta.territory.models import Territory

FOLDER: Final = Path(__file__).parent / "data" / "torino"
RETRIEVED: Final = date(2026, 11, 28)
TEXTS: Final = ("code", "name_it", "name_en", "definition_it", "definition_en", "unit_it", "unit_en", "grouping")


@transaction.atomic
def load_bundle(*, edition: Edition, territory: Territory, folder: Path = FOLDER) -> int:
    """Load cards and readings of a folder of bundled data into an installation that has no indicator yet, tie the cards
    to strategies of `edition` and freeze its goalposts. Returns how many readings there are; 0 where nothing was done.
    """
    if Indicator.objects.exists():
        return 0
    places = list(rows(folder / "places.csv"))
    home = next(place["code"] for place in places if place["kind"] == "territory")
    others = [Compared(**place) for place in places if place["kind"] != "territory"]
    prepare_places(person=None, territory=territory, code=home, compared=others)
    strategies = {strategy.code: strategy for strategy in Strategy.objects.of(edition)}
    # What has a year or two of its own is there to be compared with other places: it gets no goalposts, or composites
    # would be known in those years alone.
    compared: list[tuple[Indicator, list[Strategy]]] = []
    for row in rows(folder / "indicators.csv"):
        tied = [strategies[code] for code in row["strategies"].split() if code in strategies]
        only_compared = bool(row["compared_only"])
        card = write_indicator(person=None, facts=_facts(row), strategies=[] if only_compared else tied)
        compared += [(card, tied)] if only_compared else []
    file = send_readings(
        person=None,
        name="readings.csv",
        data=(folder / "readings.csv").read_bytes(),
        retrieved_on=RETRIEVED,
    )
    preview = take_readings(person=None, file=file)
    freeze_goalposts(person=None, edition=edition, territory=territory)
    for card, tied in compared:
        card.strategies.set(tied)
    return len(preview.new)


def load_projects(*, edition: Edition, territory: Territory, folder: Path = FOLDER) -> int:
    """Load the bundled projects into an installation that has none, and propose actions of `edition` for them. Returns
    how many there are; 0 where nothing was done."""
    if Project.objects.exists() or not (folder / "projects.csv").exists():
        return 0
    file = send_projects(
        person=None,
        name="PNRR, progetti validati (ReGiS, 2023-02; pagamenti 2025-03)",
        data=(folder / "projects.csv").read_bytes(),
        retrieved_on=RETRIEVED,
    )
    preview = take_projects(person=None, file=file)
    propose_ties(person=None, edition=edition, territory=territory)
    return len(preview.new)


def _facts(row: dict[str, str]) -> dict[str, Any]:
    return {
        **{name: row[name] for name in TEXTS},
        "decimals": int(row["decimals"]),
        "direction": int(row["direction"]),
        "nominal": bool(row["nominal"]),
        "per": float(row["per"]),
        "source": row["source"],
        "licence": row["licence"],
        "limit": float(row["limit"]) if row["limit"] else None,
        "public": True,
    }
