"""The map of a territory: shapes drawn once after each load, and colours for any figure laid over them.

Colours are one hue from light to dark, so that they read without colour vision and on a grey print; a place whose value
is not known is hatched, never coloured.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from aumenta.core.geometry import coverage, svg
from aumenta.core.indices.classes import quantile_classes
from aumenta.core.process_cache import ProcessCache
from aumenta.territory.figures import Figure
from aumenta.territory.models import Boundary, Territory
from aumenta.territory.queries import MUNICIPALITY, FigureTable

SCALE = ("#dcebf7", "#a9cce8", "#6ba5d3", "#2f75b0", "#0b3f72")
"""From few to many, each step at least 1.4 times darker than the one before."""

BELT_GREYS = {"pianura": "#f4f5f6", "collina": "#dfe3e7", "montagna": "#c3cad1"}


@dataclass(frozen=True, slots=True)
class Shape:
    """One municipality on the picture."""

    code: str
    name: str
    zone: int | None
    belt: str | None
    path: str
    box: tuple[int, int, int, int]


@dataclass(frozen=True)
class MapPicture:
    """All shapes of a territory in one frame, the outlines of its zones, and where their numbers stand."""

    frame: svg.Frame
    shapes: list[Shape]
    zone_outlines: dict[int, str]
    zone_labels: list[tuple[int, int, int]]
    outline: str

    def view_box(self, codes: Collection[str], margin: int = 12) -> str:
        """The part of the picture these municipalities take up, as an SVG attribute; all of it for none."""
        boxes = [shape.box for shape in self.shapes if shape.code in codes]
        if not boxes:
            return self.frame.view_box
        west, north = (min(box[i] for box in boxes) - margin for i in (0, 1))
        east, south = (max(box[i] for box in boxes) + margin for i in (2, 3))
        return f"{west} {north} {east - west} {south - north}"


@dataclass(frozen=True)
class LegendClass:
    """One class of the legend: its colour, its limits and how many places it holds."""

    colour: str
    lowest: float
    highest: float
    places: int


@dataclass(frozen=True)
class Choropleth:
    """A figure laid over the picture: colour by code, and the legend."""

    colours: dict[str, str]
    legend: list[LegendClass]
    missing: int


_pictures: Final[ProcessCache[int, MapPicture]] = ProcessCache.of_the_process(8)


def picture_of(territory: Territory) -> MapPicture:
    """The picture of one territory, kept in memory until it is loaded again."""
    return _pictures.get(territory.pk, lambda: draw(territory), territory.loaded_at)


def draw(territory: Territory) -> MapPicture:
    """Draw all municipalities that have a boundary, and the zones as what they make together."""
    rows = list(
        Boundary.objects.filter(municipality__territory=territory)
        .order_by("municipality__name", "municipality__istat_code")
        .values_list(
            "municipality__istat_code",
            "municipality__name",
            "municipality__zone__number",
            "municipality__belt__slug",
            "geometry",
        )
    )
    metres = coverage.project(shapely.from_wkb([bytes(row[4]) for row in rows]), territory.projection)
    frame = svg.Frame.around(metres)
    shapes = [
        Shape(code, name, zone, belt, svg.path(area, frame), _box(area, frame))
        for (code, name, zone, belt, _wkb), area in zip(rows, metres, strict=True)
    ]
    outlines, labels = {}, []
    numbers = np.array([row[2] or 0 for row in rows])
    for number in sorted(set(numbers.tolist()) - {0}):
        whole = coverage.dissolve(metres[numbers == number])
        outlines[number] = svg.path(whole, frame)
        x, y = frame.place(shapely.get_coordinates(shapely.point_on_surface(whole)))[0].tolist()
        labels.append((number, x, y))
    return MapPicture(frame, shapes, outlines, labels, svg.path(coverage.dissolve(metres), frame))


def _box(area: BaseGeometry, frame: svg.Frame) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of an area on the picture."""
    west, south, east, north = shapely.bounds(area)
    (left, top), (right, bottom) = frame.place(np.array([[west, north], [east, south]])).tolist()
    return left, top, right, bottom


def choropleth(table: FigureTable, figure: Figure, territory: Territory) -> Choropleth:
    """Classes and colours of one figure over the municipalities of a territory."""
    values = {
        table.places[i].key: table.value(figure.key, i)
        for i in table.of_kind(MUNICIPALITY)
        if table.places[i].territory == territory.code
    }
    present = [value for value in values.values() if value is not None]
    if not present:
        return Choropleth({}, [], len(values))
    classes = quantile_classes(present, len(SCALE), figure.decimals)
    colours = spread_colours(len(classes))
    members = {code: classes.of(value) for code, value in values.items()}
    held = Counter(members.values())
    return Choropleth(
        colours={code: colours[member] for code, member in members.items() if member is not None},
        legend=[
            LegendClass(colours[i], classes.limits[i], classes.limits[i + 1], held[i]) for i in range(len(classes))
        ],
        missing=held[None],
    )


def spread_colours(count: int) -> tuple[str, ...]:
    """`count` colours of the scale, as far apart as they can be."""
    if count == 1:
        return (SCALE[2],)
    return tuple(SCALE[round(i * (len(SCALE) - 1) / (count - 1))] for i in range(count))


def counts_choropleth(counts: dict[str, int], codes: list[str]) -> Choropleth:
    """Small whole numbers over the places, such as how many actions reach each."""
    values = {code: counts.get(code, 0) for code in codes}
    distinct = sorted(set(values.values()))
    if not distinct:
        return Choropleth({}, [], 0)
    # As many different numbers in each class, because a few numbers are shared by very many places.
    groups = [part.tolist() for part in np.array_split(distinct, min(len(SCALE), len(distinct)))]
    colours = spread_colours(len(groups))
    class_of = {number: i for i, group in enumerate(groups) for number in group}
    held = Counter(class_of[number] for number in values.values())
    return Choropleth(
        colours={code: colours[class_of[number]] for code, number in values.items()},
        legend=[LegendClass(colours[i], float(group[0]), float(group[-1]), held[i]) for i, group in enumerate(groups)],
        missing=0,
    )
