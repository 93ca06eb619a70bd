"""Places with their figures as files: GeoJSON, GeoPackage, CSV, XLSX, each with its CRS, source and licence inside."""

import json
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from aumenta.core.geometry import coverage
from aumenta.core.tables import Format, SheetToWrite, write_table
from aumenta.plan.places import PlaceTie, codes_in, counted, reaching
from aumenta.territory.figures import FIGURES
from aumenta.territory.models import Boundary, Territory
from aumenta.territory.queries import BELT, MUNICIPALITY, ZONE, FigureTable, Place
from aumenta.ui.files import LICENCE, LICENCE_ADDRESS

CRS = "EPSG:4326"
DECIMALS = 6
"""Of degrees: a tenth of a metre, far finer than the boundaries are."""


@dataclass(frozen=True)
class Selection:
    """What goes into a file: places of one kind of a territory, by their position in its table, and where actions of
    the current edition reach."""

    territory: Territory
    table: FigureTable
    kind: str
    positions: list[int]
    ties: list[PlaceTie] = field(default_factory=list)

    @property
    def places(self) -> list[Place]:
        """The places themselves."""
        return [self.table.places[i] for i in self.positions]

    @property
    def origin(self) -> dict[str, str]:
        """Where it all comes from and what one may do with it."""
        return {
            "territory": self.territory.full_name,
            "source": self.territory.source,
            "licence": LICENCE,
            "licence_address": LICENCE_ADDRESS,
            "crs": CRS,
            "boundaries": f"{self.territory.boundary_year}, simplified to {self.territory.tolerance_m} m",
            "residents_on": str(self.table.on("population") or ""),
            "ages_on": f"{self.table.on('mean_age') or ''}, provisional"
            if self.table.final
            else f"{self.table.year}-01-01",
        }


def rows(selection: Selection) -> list[dict[str, Any]]:
    """One row a place: its keys, every figure (None where not known or not defined), how many actions reach it."""
    found = []
    for i in selection.positions:
        place = selection.table.places[i]
        row: dict[str, Any] = {{MUNICIPALITY: "istat_code", ZONE: "zone", BELT: "belt"}[selection.kind]: place.key}
        row["name"] = place.name
        if selection.kind == MUNICIPALITY:
            row |= {"zone": place.zone, "belt": place.belt}
        else:
            row["municipalities"] = place.members
        for key, figure in FIGURES.items():
            value = selection.table.value(key, i)
            row[key] = None if value is None else int(value) if figure.decimals == 0 else round(value, 4)
        reached = reaching(selection.ties, codes_in(selection.table, place)).values()
        # What a program proposed and nobody confirmed is no action of the place: it is counted apart.
        of_place = counted(reached)
        row |= {"actions": of_place.confirmed, "actions_proposed": of_place.proposed}
        found.append(row)
    return found


def geometries(selection: Selection) -> list[shapely.MultiPolygon]:
    """The boundaries in degrees; zones and belts are what their municipalities make together."""
    stored = {
        code: shapely.from_wkb(bytes(blob))
        for code, blob in Boundary.objects.filter(municipality__territory=selection.territory).values_list(
            "municipality__istat_code", "geometry"
        )
    }
    if selection.kind == MUNICIPALITY:
        areas = [stored.get(place.key, shapely.MultiPolygon()) for place in selection.places]
    else:
        municipalities = [selection.table.places[i] for i in selection.table.of_kind(MUNICIPALITY)]
        areas = [
            coverage.dissolve(np.array([stored[m.key] for m in municipalities if m.key in stored and _in(m, place)]))
            for place in selection.places
        ]
    return [area if area.geom_type == "MultiPolygon" else shapely.MultiPolygon([area]) for area in areas]


def _in(municipality: Place, place: Place) -> bool:
    return municipality.zone == place.zone if place.kind == ZONE else municipality.belt == place.belt


def as_geojson(selection: Selection) -> bytes:
    """RFC 7946 (WGS 84, longitude first), with source and licence as members of the collection."""
    areas = shapely.set_precision(geometries(selection), 10.0**-DECIMALS, mode="pointwise")
    features = [
        {"type": "Feature", "properties": row, "geometry": json.loads(shapely.to_geojson(area))}
        for row, area in zip(rows(selection), areas, strict=True)
    ]
    collection = {"type": "FeatureCollection", "name": selection.kind, **selection.origin, "features": features}
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()


def as_geopackage(selection: Selection) -> bytes:
    """An OGC GeoPackage with one layer; source and licence are in its metadata and in every row."""
    # It brings pandas along: two thirds of a second that no other start of the server should pay.
    import pyogrio.raw

    table = [row | {"source": selection.territory.source, "licence": LICENCE} for row in rows(selection)]
    names = list(table[0])
    fields = [_field([row[name] for row in table]) for name in names]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "places.gpkg"
        pyogrio.raw.write(
            path,
            geometry=np.array(shapely.to_wkb(geometries(selection)), dtype=object),
            field_data=fields,
            fields=names,
            layer=selection.kind,
            driver="GPKG",
            geometry_type="MultiPolygon",
            crs=CRS,
            layer_metadata=selection.origin,
            dataset_metadata=selection.origin,
        )
        return path.read_bytes()


def _field(values: list[Any]) -> Any:
    """A column of a GeoPackage: numbers where all are, a missing one as NaN."""
    if all(value is None or isinstance(value, int | float) for value in values):
        return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
    return np.array(["" if value is None else str(value) for value in values], dtype=object)


def as_csv(selection: Selection, kind: Format = "csv") -> bytes:
    """UTF-8 with the mark spreadsheets want; codes keep their zeros; source and licence end every row."""
    table = [row | {"source": selection.territory.source, "licence": LICENCE} for row in rows(selection)]
    return write_table([SheetToWrite("places", list(table[0]), [list(row.values()) for row in table])], kind)


def as_xlsx(selection: Selection) -> bytes:
    """A sheet of places, one of the figures' formulas and one of the source."""
    table = rows(selection)
    # Codes are text, or a spreadsheet would take their zeros away.
    places = SheetToWrite("places", list(table[0]), [list(row.values()) for row in table], frozen=2)
    formulas = SheetToWrite(
        "figures",
        ["figure", "label", "unit", "formula"],
        [(one.key, str(one.label), str(one.unit), str(one.formula)) for one in FIGURES.values()],
    )
    return write_table(
        [places, formulas, SheetToWrite("source", ["about", ""], list(selection.origin.items()))], "xlsx"
    )
