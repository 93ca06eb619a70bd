"""The projects of a municipality or a zone, for its page: how many, how much, the largest; two queries."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import Count, Max, Q, Sum

from aumenta.monitoring.models import Project
from aumenta.territory.models import Municipality, Territory

LARGEST: Final = 5


@dataclass(frozen=True)
class PlaceProjects:
    """Projects that name a place; `without` have no amount stated, `as_of` is the latest day that one was declared."""

    count: int
    planned: Decimal
    without: int
    as_of: date | None
    largest: list[Project]

    @property
    def sources(self) -> list[str]:
        """What the largest were read from, each once."""
        return sorted({one.file.name for one in self.largest if one.file})


def municipality_projects(place: Municipality) -> PlaceProjects:
    """The projects whose file names this municipality; one of several municipalities counts whole in each."""
    return _projects({"municipality": place})


def zone_projects(territory: Territory, number: int) -> PlaceProjects:
    """The projects whose file names a municipality of this zone, each counted once."""
    return _projects({"municipality__zone__number": number, "municipality__zone__territory": territory})


def _projects(where: dict[str, Any]) -> PlaceProjects:
    named = Project.municipalities.through.objects.filter(**where).values("project")
    rows = Project.objects.filter(pk__in=named)
    sums = rows.aggregate(
        n=Count("pk"), whole=Sum("planned"), without=Count("pk", filter=Q(planned=None)), as_of=Max("as_of")
    )
    stated = rows.exclude(planned=None).select_related("file").order_by("-planned", "key")
    largest = list(stated[:LARGEST]) if sums["n"] else []
    return PlaceProjects(sums["n"], sums["whole"] or Decimal(0), sums["without"], sums["as_of"], largest)
