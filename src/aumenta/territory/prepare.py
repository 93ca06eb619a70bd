"""What of a territory is worked out before anything is written: areas, matched and simplified borders, neighbours."""

from dataclasses import dataclass

import numpy as np
import shapely
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from aumenta.core.geometry import coverage
from aumenta.core.geometry.coverage import Geometries, GeometryError
from aumenta.core.geometry.projection import EqualArea
from aumenta.territory.source import Source, SourceMunicipality

TOLERANCE_M = 100
"""Corners that span less than a square of this side are left out: 0.1 mm on a map at 1:1,000,000."""

MENDING_LIMIT_M2 = 20_000
"""Overlaps up to this are matched silently (the largest ISTAT publishes is 12,940 m²); a larger one is a wrong file."""


@dataclass(frozen=True)
class Prepared:
    """One territory, its municipalities and their boundaries ready to be written."""

    code: str
    municipalities: list[SourceMunicipality]
    projection: EqualArea
    simple: Geometries
    areas: NDArray[np.float64]
    moved: NDArray[np.float64]
    inner_points: NDArray[np.float64]
    borders: dict[tuple[int, int], float]
    beyond: dict[tuple[int, str], float]


def prepare(code: str, source: Source, boundaries: Geometries) -> Prepared:
    """Measure, match and simplify the boundaries of one territory."""
    municipalities, degrees = _members(code, source.municipalities, boundaries)
    projection = coverage.centre_of(degrees)
    metres = coverage.project(degrees, projection)
    matched = coverage.mend(metres)
    areas = shapely.area(metres)
    moved = np.abs(shapely.area(matched) - areas)
    if np.any(moved > MENDING_LIMIT_M2):
        worst = int(np.argmax(moved))
        raise GeometryError(
            _("%(row)s: %(code)s %(name)s overlaps its neighbours by %(area)d m².")
            % {
                "row": municipalities[worst].row,
                "code": municipalities[worst].code,
                "name": municipalities[worst].name,
                "area": moved[worst],
            }
        )
    simple = coverage.simplify(matched, TOLERANCE_M)
    inner = coverage.unproject(shapely.point_on_surface(simple), projection)
    return Prepared(
        code=code,
        municipalities=municipalities,
        projection=projection,
        simple=coverage.unproject(simple, projection),
        areas=areas,
        moved=moved,
        inner_points=shapely.get_coordinates(inner),
        borders=coverage.neighbours(matched),
        beyond=_beyond(code, degrees, projection, source, boundaries),
    )


def _beyond(
    code: str, degrees: Geometries, projection: EqualArea, source: Source, boundaries: Geometries
) -> dict[tuple[int, str], float]:
    """The borders (m) of the places of a territory, by position, with municipalities of others, by code."""
    others = [i for i, municipality in enumerate(source.municipalities) if municipality.province_code != code]
    codes = [source.municipalities[i].code for i in others] + [municipality.code for municipality in source.around]
    shapes = np.concatenate([boundaries[others], source.around_boundaries])
    near = np.flatnonzero(shapely.intersects(shapely.box(*shapely.total_bounds(degrees)), shapes))
    found = coverage.borders_between(coverage.project(degrees, projection), coverage.project(shapes[near], projection))
    return {(ours, codes[near[theirs]]): length for (ours, theirs), length in found.items()}


def _members(
    code: str, municipalities: list[SourceMunicipality], boundaries: Geometries
) -> tuple[list[SourceMunicipality], Geometries]:
    positions = [i for i, municipality in enumerate(municipalities) if municipality.province_code == code]
    return [municipalities[i] for i in positions], boundaries[positions]
