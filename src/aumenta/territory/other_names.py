"""Writes the names by which people look for a place: hamlets, postcodes, names in daily use."""

from collections.abc import Mapping

from aumenta.territory.models import OtherName, Territory, Zone


def write_other_names(
    rows_of: Mapping[str, list[dict[str, str]]], territories: Mapping[str, Territory], ids: Mapping[str, int]
) -> None:
    """Replace the other names of these territories, by their code; a name of a place that isn't there is left out."""
    for code, rows in rows_of.items():
        territory = territories[code]
        zones = dict(Zone.objects.filter(territory=territory).values_list("number", "pk"))
        OtherName.objects.filter(municipality__territory=territory).delete()
        OtherName.objects.filter(zone__territory=territory).delete()
        OtherName.objects.bulk_create(
            OtherName(
                municipality_id=ids.get(row["istat_code"]),
                zone_id=zones.get(int(row["zone_number"] or 0)),
                name=row["name"],
                kind=row["kind"],
                source=row["source"],
            )
            for row in rows
            if row["istat_code"] in ids or int(row["zone_number"] or 0) in zones
        )
