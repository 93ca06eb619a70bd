"""The places a plan is for: municipalities in time, the zones and belts they lie in, who lives there, their borders.

A territory is a metropolitan city or a province. Its codes are those of ISTAT, always text: 001272, never 1272. What
was measured elsewhere (boundaries, population) keeps its source and year; what follows from it (density, indices) is
worked out when asked for, in `figures`, and never stored.
"""

from aumenta.territory.models.figure import AGES, Boundary, Neighbourhood, Population, PublishedFigure
from aumenta.territory.models.place import (
    Belt,
    Confidence,
    FormerName,
    Municipality,
    MunicipalityQuerySet,
    OtherName,
    OutsideNeighbour,
    Succession,
    Territory,
    TerritoryQuerySet,
    Zone,
)

__all__ = [
    "AGES",
    "Belt",
    "Boundary",
    "Confidence",
    "FormerName",
    "Municipality",
    "MunicipalityQuerySet",
    "Neighbourhood",
    "OtherName",
    "OutsideNeighbour",
    "Population",
    "PublishedFigure",
    "Succession",
    "Territory",
    "TerritoryQuerySet",
    "Zone",
]
