"""A coverage: places that tile a territory, each border belonging to the two places on its sides.

Simplified one by one, neighbours come apart: slivers and overlaps appear along every border. Here the borders are
simplified, once each, and the places rebuilt from them (Visvalingam and Whyatt's order of importance, on arcs, as GEOS
does it): what was shared stays shared, to the last bit of every coordinate.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from aumenta.core.geometry.projection import EqualArea

Geometries = NDArray[np.object_]
Place = TypeVar("Place", bound=Hashable)


class GeometryError(ValueError):
    """A boundary that cannot be used; the message says which and where it goes wrong."""


@dataclass(frozen=True)
class Overlaps:
    """How far places are from tiling: area counted twice, as a share of the whole, and whether borders match."""

    overlap_share: float
    edges_match: bool


def require_sound(names: Sequence[str], boundaries: Geometries) -> None:
    """Raise GeometryError naming every boundary that is missing, is not an area or crosses itself, and where."""
    kinds = shapely.get_type_id(boundaries)
    areal = np.isin(kinds, (3, 6)) & ~shapely.is_empty(boundaries)
    faults = [f"{names[i]}: there is no area" for i in np.flatnonzero(~areal).tolist()]
    for i in np.flatnonzero(areal & ~shapely.is_valid(boundaries)).tolist():
        faults.append(f"{names[i]}: the boundary crosses or touches itself ({shapely.is_valid_reason(boundaries[i])})")
    if faults:
        raise GeometryError("; ".join(faults))


def project(boundaries: Geometries, projection: EqualArea) -> Geometries:
    """Boundaries in degrees to metres."""
    return np.asarray(shapely.transform(boundaries, projection.to_metres), dtype=object)


def unproject(boundaries: Geometries, projection: EqualArea) -> Geometries:
    """Boundaries in metres to degrees."""
    return np.asarray(shapely.transform(boundaries, projection.to_degrees), dtype=object)


def centre_of(boundaries: Geometries) -> EqualArea:
    """The projection centred on the middle of these boundaries (degrees), rounded so that it can be written down."""
    west, south, east, north = shapely.total_bounds(boundaries)
    return EqualArea(longitude=round(float(west + east) / 2, 1), latitude=round(float(south + north) / 2, 1))


def mend(boundaries: Geometries, snapping: float = 1.0) -> Geometries:
    """The same places (metres) with their borders matched: corners closer than `snapping` joined.

    Overlaps go to the neighbour with the longer border. Published boundaries miss each other by centimetres here and
    there; places that are to be simplified together must not.
    """
    if shapely.coverage_is_valid(boundaries):
        return boundaries
    return np.asarray(shapely.coverage_clean(boundaries, snapping_distance=snapping), dtype=object)


def simplify(boundaries: Geometries, tolerance: float) -> Geometries:
    """Simplify a sound coverage (metres), dropping corners that span less than a square of `tolerance` metres a side.

    Raises GeometryError if borders do not match to begin with, or if a place would vanish.
    """
    if not shapely.coverage_is_valid(boundaries):
        raise GeometryError("the borders of neighbouring places do not match: mend them before simplifying")
    simple = np.asarray(shapely.coverage_simplify(boundaries, tolerance), dtype=object)
    if np.any(shapely.is_empty(simple)):
        raise GeometryError(f"a tolerance of {tolerance:g} m makes a place vanish: use a smaller one")
    return simple


def overlaps(boundaries: Geometries) -> Overlaps:
    """Measure how far the places are from tiling."""
    whole = float(shapely.area(shapely.union_all(boundaries)))
    return Overlaps(
        overlap_share=(float(shapely.area(boundaries).sum()) - whole) / whole,
        edges_match=bool(shapely.coverage_is_valid(boundaries)),
    )


def neighbours(boundaries: Geometries) -> dict[tuple[int, int], float]:
    """Pairs of places (positions, the smaller first) that share a border, and how much of it in the unit of the plane.

    Borders of a sound coverage are the same segments on both sides, so equal segments are found by sorting; places that
    meet in a single point are not neighbours.
    """
    ends, owner = _segments(boundaries)
    order = np.lexsort((owner, *ends.T[::-1]))
    ends, owner = ends[order], owner[order]
    same = np.all(ends[1:] == ends[:-1], axis=1) & (owner[1:] != owner[:-1])
    first, second = owner[:-1][same], owner[1:][same]
    lengths = np.hypot(*(ends[:-1][same][:, :2] - ends[:-1][same][:, 2:]).T)
    found: dict[tuple[int, int], float] = {}
    for a, b, length in zip(first.tolist(), second.tolist(), lengths.tolist(), strict=True):
        found[(a, b)] = found.get((a, b), 0.0) + length
    return found


def borders_between(inside: Geometries, outside: Geometries) -> dict[tuple[int, int], float]:
    """Pairs of a place inside and one outside that share a border, by position in their arrays, and how much of it."""
    if not len(inside) or not len(outside):
        return {}
    theirs, ours = shapely.STRtree(inside).query(outside, predicate="intersects")
    some_inside, some_outside = np.unique(ours), np.unique(theirs)
    found = neighbours(np.concatenate([inside[some_inside], outside[some_outside]]))
    edge = len(some_inside)
    return {
        (int(some_inside[a]), int(some_outside[b - edge])): length for (a, b), length in found.items() if a < edge <= b
    }


def is_contiguous(members: set[Place], neighbours_of: Mapping[Place, set[Place]]) -> bool:
    """Whether one can walk between any two members without leaving them; nobody is not contiguous."""
    if not members:
        return False
    reached: set[Place] = set()
    frontier = [next(iter(members))]
    while frontier:
        place = frontier.pop()
        if place not in reached:
            reached.add(place)
            frontier.extend((neighbours_of.get(place, set()) & members) - reached)
    return reached == members


def dissolve(boundaries: Geometries) -> BaseGeometry:
    """One area out of many that tile, their inner borders gone."""
    return shapely.coverage_union_all(boundaries)


def _segments(boundaries: Geometries) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Every side of every ring as x1, y1, x2, y2 with the lower end first, and the position of the place it bounds."""
    parts, of_place = shapely.get_parts(boundaries, return_index=True)
    rings, of_part = shapely.get_rings(parts, return_index=True)
    points, of_ring = shapely.get_coordinates(rings, return_index=True)
    inside = of_ring[1:] == of_ring[:-1]
    start, end = points[:-1][inside], points[1:][inside]
    swap = (start[:, 0] > end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] > end[:, 1]))
    start, end = np.where(swap[:, None], end, start), np.where(swap[:, None], start, end)
    return np.hstack([start, end]), of_place[of_part[of_ring[:-1][inside]]].astype(np.int64)
