"""The projects of a municipality, for its page: how many, how much, the largest; two queries."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.db.models import Count, Q, Sum

from aumenta.monitoring.models import Project
from aumenta.territory.models import Municipality

LARGEST: Final = 5


@dataclass(frozen=True)
class PlaceProjects:
    """Projects that name a municipality; `without` have no amount stated."""

    count: int
    planned: Decimal
    without: int
    largest: list[Project]


def municipality_projects(place: Municipality) -> PlaceProjects:
    """The projects whose file names this municipality; one of several municipalities counts whole in each."""
    rows = Project.objects.filter(municipalities=place)
    sums = rows.aggregate(n=Count("pk"), whole=Sum("planned"), without=Count("pk", filter=Q(planned=None)))
    largest = list(rows.exclude(planned=None).order_by("-planned", "key")[:LARGEST]) if sums["n"] else []
    return PlaceProjects(sums["n"], sums["whole"] or Decimal(0), sums["without"], largest)
