"""Longitude and latitude to metres on a plane where areas are true, and back.

Lambert's azimuthal equal-area projection on the WGS 84 ellipsoid, centred on the territory itself: areas are exact, and
across a metropolitan city shapes differ from the ground by less than one part in ten thousand. Formulas: J. P. Snyder,
"Map Projections: A Working Manual", USGS Professional Paper 1395 (1987), pages 187-190, equations 3-11, 3-12, 3-16,
24-17 to 24-19 and 24-26 onwards; checked against PROJ in tests/core/test_geometry.py.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
"""One row per point: longitude and latitude in degrees, or x and y in metres."""

SEMI_MAJOR_AXIS = 6_378_137.0
FLATTENING = 1 / 298.257223563
E2 = FLATTENING * (2 - FLATTENING)
E1 = np.sqrt(E2)


@dataclass(frozen=True)
class EqualArea:
    """The projection centred on `longitude` and `latitude` (degrees)."""

    longitude: float
    latitude: float

    def to_metres(self, points: Points) -> Points:
        """Longitudes and latitudes (degrees) to x and y (metres from the centre, east and north)."""
        beta_1, radius, scale = self._constants()
        turn = np.radians(points[:, 0] - self.longitude)
        beta = _authalic(np.radians(points[:, 1]))
        b = radius * np.sqrt(2 / (1 + np.sin(beta_1) * np.sin(beta) + np.cos(beta_1) * np.cos(beta) * np.cos(turn)))
        x = b * scale * np.cos(beta) * np.sin(turn)
        y = b / scale * (np.cos(beta_1) * np.sin(beta) - np.sin(beta_1) * np.cos(beta) * np.cos(turn))
        return np.column_stack([x, y])

    def to_degrees(self, points: Points) -> Points:
        """The way back: x and y (metres) to longitudes and latitudes (degrees)."""
        beta_1, radius, scale = self._constants()
        x, y = points[:, 0] / scale, points[:, 1] * scale
        rho = np.hypot(x, y)
        angle = 2 * np.arcsin(np.clip(rho / (2 * radius), -1, 1))
        safe = np.where(rho == 0, 1, rho)
        q_share = np.cos(angle) * np.sin(beta_1) + y * np.sin(angle) * np.cos(beta_1) / safe
        turn = np.arctan2(x * np.sin(angle), safe * np.cos(beta_1) * np.cos(angle) - y * np.sin(beta_1) * np.sin(angle))
        turn = np.where(rho == 0, 0, turn)
        latitude = _geodetic(np.arcsin(np.clip(q_share, -1, 1)))
        return np.column_stack([self.longitude + np.degrees(turn), np.degrees(latitude)])

    def _constants(self) -> tuple[float, float, float]:
        """Authalic latitude of the centre, authalic radius, and the factor D that keeps scale true at the centre."""
        phi = np.radians(self.latitude)
        beta_1 = float(_authalic(np.array([phi]))[0])
        radius = SEMI_MAJOR_AXIS * float(np.sqrt(_q(np.array([np.pi / 2]))[0] / 2))
        m = np.cos(phi) / np.sqrt(1 - E2 * np.sin(phi) ** 2)
        return beta_1, radius, float(SEMI_MAJOR_AXIS * m / (radius * np.cos(beta_1)))


def _q(phi: NDArray[np.float64]) -> NDArray[np.float64]:
    """Snyder's q (3-12), by which the area between the equator and a latitude grows."""
    sine = np.sin(phi)
    flat = (1 - E2) * (sine / (1 - E2 * sine**2) - np.log((1 - E1 * sine) / (1 + E1 * sine)) / (2 * E1))
    return np.asarray(flat, dtype=np.float64)


def _authalic(phi: NDArray[np.float64]) -> NDArray[np.float64]:
    """The latitude of a sphere of the same area (3-11)."""
    return np.arcsin(np.clip(_q(phi) / _q(np.array([np.pi / 2])), -1, 1))


def _geodetic(beta: NDArray[np.float64]) -> NDArray[np.float64]:
    """Authalic latitude back to latitude (3-18, a series in the eccentricity; errors below a tenth of a millimetre)."""
    e4, e6 = E2**2, E2**3
    return np.asarray(
        beta
        + (E2 / 3 + 31 * e4 / 180 + 517 * e6 / 5040) * np.sin(2 * beta)
        + (23 * e4 / 360 + 251 * e6 / 3780) * np.sin(4 * beta)
        + (761 * e6 / 45360) * np.sin(6 * beta),
        dtype=np.float64,
    )
