"""Areas as SVG paths: whole numbers, relative steps and few letters, so that hundreds of places stay light."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from aumenta.core.geometry.coverage import Geometries


@dataclass(frozen=True)
class Frame:
    """Where metres land on the picture: `scale` metres a unit, from the north-west corner `west`, `north`."""

    west: float
    north: float
    scale: float
    width: int
    height: int

    @classmethod
    def around(cls, boundaries: Geometries, width: int = 1000, margin: int = 8) -> "Frame":
        """The frame `width` units wide that holds all the boundaries (metres) with a margin around."""
        west, south, east, north = (float(value) for value in shapely.total_bounds(boundaries))
        scale = max(east - west, 1.0) / (width - 2 * margin)
        return cls(
            west=west - margin * scale,
            north=north + margin * scale,
            scale=scale,
            width=width,
            height=round((north - south) / scale) + 2 * margin,
        )

    @property
    def view_box(self) -> str:
        """The SVG attribute."""
        return f"0 0 {self.width} {self.height}"

    def place(self, points: NDArray[np.float64]) -> NDArray[np.int64]:
        """Metres to whole units of the picture, y downwards."""
        x = (points[:, 0] - self.west) / self.scale
        y = (self.north - points[:, 1]) / self.scale
        return np.rint(np.column_stack([x, y])).astype(np.int64)


def path(area: BaseGeometry, frame: Frame) -> str:
    """The `d` attribute of an area. Points that fall on the same unit are drawn once.

    A part smaller than the unit would vanish: it becomes a square of one unit, because a place must stay visible.
    """
    rings = shapely.get_rings(shapely.get_parts(area))
    pieces = [drawn for ring in rings if (drawn := _ring(frame.place(shapely.get_coordinates(ring))))]
    if not pieces:
        x, y = frame.place(shapely.get_coordinates(shapely.point_on_surface(area)))[0]
        return f"M{x} {y}h1v1h-1z"
    return "".join(pieces)


def _ring(points: NDArray[np.int64]) -> str:
    """A closed ring as a first point and the steps to the others; empty if it has no surface at this scale."""
    moved = np.any(points[1:] != points[:-1], axis=1)
    points = np.vstack([points[:1], points[1:][moved]])
    if len(points) < 4:
        return ""
    steps = np.diff(points[:-1], axis=0).tolist()
    text = [f"M{points[0, 0]} {points[0, 1]}l"]
    for dx, dy in steps:
        # A minus sign already parts two numbers, so the blank before it is left out.
        text.append(f"{dx if dx < 0 or len(text) == 1 else f' {dx}'}{dy if dy < 0 else f' {dy}'}")
    return "".join(text) + "z"
