"""The verb that loads territories: checks everything first, then writes all of it or nothing.

A second run brings the same places up to date and keeps their rows, so that what is tied to them stays tied.
"""

from dataclasses import dataclass, field
from datetime import timedelta

import shapely
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from aumenta.activity.public_revision import touch
from aumenta.core.geometry import coverage
from aumenta.core.geometry.coverage import Geometries, GeometryError
from aumenta.territory.cities import METROPOLITAN_CITIES, short_name
from aumenta.territory.models import (
    AGES,
    Belt,
    Boundary,
    FormerName,
    Municipality,
    Neighbourhood,
    OutsideNeighbour,
    Population,
    PublishedFigure,
    Succession,
    Territory,
    Zone,
)
from aumenta.territory.other_names import write_other_names
from aumenta.territory.prepare import TOLERANCE_M, Prepared, prepare
from aumenta.territory.refusals import LoadRefusedError
from aumenta.territory.source import Source, SourceMunicipality, code_fault
from aumenta.territory.tables import BELT_OF_ZONE, Tables


@dataclass
class LoadReport:
    """What was written, and what a person should know about it."""

    territories: int = 0
    municipalities: int = 0
    zones: int = 0
    notes: list[str] = field(default_factory=list)


def load_territories(*, source: Source, tables: Tables) -> LoadReport:
    """Write the territories of `source`. LoadRefusedError names every fault, and then nothing has been written."""
    report = LoadReport()
    problems = [*source.problems, *tables.problems, *_faults_of_municipalities(source)]
    problems += _faults_of_population(source, tables, report)
    boundaries = _sound_boundaries(source, tables, problems, report)
    if problems:
        raise LoadRefusedError(problems)
    codes = sorted({municipality.province_code for municipality in source.municipalities})
    try:
        prepared = [prepare(code, source, boundaries) for code in codes]
    except GeometryError as fault:
        raise LoadRefusedError([str(fault)]) from None
    _note_scattered_zones(prepared, tables, report)
    with transaction.atomic():
        _require_known_successors(source, tables)
        territories = _write_territories(prepared, source)
        ids = _write_municipalities(source.municipalities, tables, territories, report)
        _write_history(tables, territories, ids)
        write_other_names(tables.other_names, territories, ids)
        _write_boundaries(prepared, ids)
        _write_outside_neighbours(prepared, source, ids)
        _write_population(source, ids)
        _write_published_figures(tables, territories)
    report.territories, report.municipalities = len(prepared), len(source.municipalities)
    return report


def _faults_of_municipalities(source: Source) -> list[str]:
    faults: list[str] = []
    seen: set[str] = set()
    for municipality in source.municipalities:
        if fault := code_fault(municipality.code):
            faults.append(f"{municipality.row}: {fault}")
        if not municipality.name:
            faults.append(municipality.row + ": " + _("%(code)s has no name.") % {"code": municipality.code})
        if municipality.code in seen:
            faults.append(municipality.row + ": " + _("%(code)s is there twice.") % {"code": municipality.code})
        seen.add(municipality.code)
    return faults if source.municipalities else [_("There is no municipality to load.")]


def _faults_of_population(source: Source, tables: Tables, report: LoadReport) -> list[str]:
    """Who is missing from the population of a year; gaps that are known and written down are told, not refused."""
    faults: list[str] = []
    codes = {municipality.code: municipality.name for municipality in source.municipalities}
    for year, of_year in sorted(source.population.items()):
        for code in sorted(codes.keys() - of_year.keys()):
            values = {"year": year, "code": code, "name": codes[code]}
            said = _("population of %(year)d: %(code)s %(name)s is missing.") % values
            note = tables.known_defects.get((code, "population"))
            (report.notes if note else faults).append(f"{said} {note or ''}".strip())
        provinces = {municipality.province_code for municipality in source.municipalities}
        for code in sorted(of_year.keys() - codes.keys()):
            if code[:3] in provinces:
                said = _("population of %(year)d: %(code)s has no boundary.") % {"year": year, "code": code}
                note = tables.known_defects.get((code, "municipality"))
                (report.notes if note else faults).append(f"{said} {note or ''}".strip())
    return faults


def _sound_boundaries(source: Source, tables: Tables, problems: list[str], report: LoadReport) -> Geometries:
    """The boundaries, with those mended whose fault is known and written down; the others are reported."""
    boundaries = source.boundaries.copy()
    for position, municipality in enumerate(source.municipalities):
        name = f"{municipality.row}: {municipality.code} {municipality.name}"
        try:
            coverage.require_sound([name], boundaries[position : position + 1])
        except GeometryError as fault:
            note = tables.known_defects.get((municipality.code, "boundary"))
            if note and boundaries[position] is not None:
                boundaries[position] = shapely.make_valid(boundaries[position], method="structure")
                report.notes.append(f"{municipality.code} {municipality.name}: {note}")
            else:
                problems.append(str(fault))
    return boundaries


def _note_scattered_zones(prepared: list[Prepared], tables: Tables, report: LoadReport) -> None:
    for territory in prepared:
        codes = [municipality.code for municipality in territory.municipalities]
        neighbours_of: dict[str, set[str]] = {code: set() for code in codes}
        for a, b in territory.borders:
            neighbours_of[codes[a]].add(codes[b])
            neighbours_of[codes[b]].add(codes[a])
        members: dict[int, set[str]] = {}
        for code in codes:
            if code in tables.zones:
                members.setdefault(tables.zones[code].number, set()).add(code)
        report.zones += len(members)
        report.notes += [
            _("Zone %(number)d is in pieces: its municipalities do not all touch.") % {"number": number}
            for number, of_zone in sorted(members.items())
            if not coverage.is_contiguous(of_zone, neighbours_of)
        ]


def _require_known_successors(source: Source, tables: Tables) -> None:
    """A municipality that was there and no longer is needs a successor, or what is tied to it would hang in the air."""
    codes = {municipality.code for municipality in source.municipalities}
    gone = {row.predecessor_code for row in tables.successions if row.kind != Succession.Kind.CEDED}
    provinces = {municipality.province_code for municipality in source.municipalities}
    orphans = (
        Municipality.objects.current()
        .filter(territory__code__in=provinces)
        .exclude(istat_code__in=codes | gone)
        .values_list("istat_code", "name")
    )
    faults = [
        _("%(code)s %(name)s was loaded before and is no longer there: write its successor in succession.csv.")
        % {"code": code, "name": name}
        for code, name in orphans
    ]
    if faults:
        raise LoadRefusedError(faults)


def _write_territories(prepared: list[Prepared], source: Source) -> dict[str, Territory]:
    metropolitan = set(METROPOLITAN_CITIES.values())
    written = {}
    for territory in prepared:
        first = territory.municipalities[0]
        kind = Territory.Kind.METROPOLITAN_CITY if territory.code in metropolitan else Territory.Kind.PROVINCE
        written[territory.code], _created = Territory.objects.update_or_create(
            code=territory.code,
            defaults={
                "slug": short_name(territory.code, first.province),
                "name": first.province,
                "region": first.region,
                "kind": kind,
                "centre_longitude": territory.projection.longitude,
                "centre_latitude": territory.projection.latitude,
                "tolerance_m": TOLERANCE_M,
                "boundary_year": source.boundary_year,
                "source": source.text,
                "loaded_at": timezone.now(),
            },
        )
    touch()
    return written


def _write_municipalities(
    municipalities: list[SourceMunicipality], tables: Tables, territories: dict[str, Territory], report: LoadReport
) -> dict[str, int]:
    """Bring the municipalities up to date; returns their keys by code."""
    belts = {
        slug: Belt.objects.get_or_create(slug=slug, defaults={"position": position})[0]
        for position, slug in enumerate(Belt.Key.values, start=1)
    }
    zones: dict[tuple[str, int], Zone] = {}
    rows = []
    begun = {row.successor_code: row.on for row in tables.successions}
    for municipality in municipalities:
        code = municipality.code
        zone_row, belt_row = tables.zones.get(code), tables.belts.get(code)
        if zone_row and (municipality.province_code, zone_row.number) not in zones:
            zones[municipality.province_code, zone_row.number], _created = Zone.objects.update_or_create(
                territory=territories[municipality.province_code],
                number=zone_row.number,
                defaults={"name": zone_row.name},
            )
        rows.append(
            Municipality(
                istat_code=code,
                name=municipality.name,
                cadastral_code=municipality.cadastral_code,
                territory=territories[municipality.province_code],
                valid_from=begun.get(code),
                valid_to=None,
                zone=zones[municipality.province_code, zone_row.number] if zone_row else None,
                zone_confidence=zone_row.confidence if zone_row else "",
                zone_source=zone_row.source if zone_row else "",
                belt=belts[BELT_OF_ZONE[belt_row.altimetric_zone]] if belt_row else None,
                altimetric_zone=belt_row.altimetric_zone if belt_row else None,
                altitude_m=belt_row.altitude_m if belt_row else None,
                belt_confidence=belt_row.confidence if belt_row else "",
                belt_source=belt_row.source if belt_row else "",
            )
        )
    _upsert(rows)
    return dict(Municipality.objects.filter(territory__in=territories.values()).values_list("istat_code", "pk"))


def _upsert(rows: list[Municipality]) -> None:
    fields = [f.name for f in Municipality._meta.concrete_fields if f.name not in ("id", "istat_code")]
    Municipality.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["istat_code"], update_fields=fields, batch_size=500
    )


def _write_history(tables: Tables, territories: dict[str, Territory], ids: dict[str, int]) -> None:
    """Municipalities of the past, who came after them, and the names they once had."""
    concerned = [
        row for row in tables.successions if row.successor_code in ids and row.successor_code[:3] in territories
    ]
    past = {row.predecessor_code: row for row in concerned if row.kind != Succession.Kind.CEDED}
    _upsert(
        [
            Municipality(
                istat_code=code,
                name=row.predecessor_name,
                territory=territories[row.successor_code[:3]],
                valid_to=row.on - timedelta(days=1),
            )
            for code, row in past.items()
        ]
    )
    ids |= dict(Municipality.objects.filter(istat_code__in=past).values_list("istat_code", "pk"))
    Succession.objects.filter(successor__territory__in=territories.values()).delete()
    Succession.objects.bulk_create(
        Succession(
            predecessor_id=ids[row.predecessor_code],
            successor_id=ids[row.successor_code],
            on=row.on,
            kind=row.kind,
            source=row.source,
        )
        for row in concerned
        if row.predecessor_code in ids
    )
    FormerName.objects.filter(municipality__territory__in=territories.values()).delete()
    FormerName.objects.bulk_create(
        FormerName(
            municipality_id=ids[row["istat_code"]],
            name=row["name"],
            until=int(row["until"]) if row["until"] else None,
            source=row["source"],
        )
        for row in tables.former_names
    )


def _write_boundaries(prepared: list[Prepared], ids: dict[str, int]) -> None:
    boundaries, neighbourhoods = [], []
    for territory in prepared:
        keys = [ids[municipality.code] for municipality in territory.municipalities]
        geometries = shapely.to_wkb(territory.simple)
        for i, key in enumerate(keys):
            longitude, latitude = territory.inner_points[i].tolist()
            boundaries.append(
                Boundary(
                    municipality_id=key,
                    geometry=geometries[i],
                    area_km2=float(territory.areas[i]) / 1e6,
                    longitude=longitude,
                    latitude=latitude,
                    mended_m2=round(float(territory.moved[i]), 3),
                )
            )
        for (a, b), length in territory.borders.items():
            for one, other in ((a, b), (b, a)):
                neighbourhoods.append(
                    Neighbourhood(municipality_id=keys[one], neighbour_id=keys[other], border_km=length / 1000)
                )
    # Not through a join: in a transaction that has just filled the tables PostgreSQL has no statistics yet, and joining
    # the neighbours of all Italy with themselves took it minutes.
    here = Municipality.objects.filter(territory__code__in=[territory.code for territory in prepared])
    Boundary.objects.filter(municipality__in=here).delete()
    Neighbourhood.objects.filter(municipality__in=here).delete()
    Boundary.objects.bulk_create(boundaries, batch_size=500)
    Neighbourhood.objects.bulk_create(neighbourhoods, batch_size=2000)


def _write_outside_neighbours(prepared: list[Prepared], source: Source, ids: dict[str, int]) -> None:
    named = {municipality.code: municipality for municipality in (*source.municipalities, *source.around)}
    here = Municipality.objects.filter(territory__code__in=[territory.code for territory in prepared])
    OutsideNeighbour.objects.filter(municipality__in=here).delete()
    OutsideNeighbour.objects.bulk_create(
        (
            OutsideNeighbour(
                municipality_id=ids[territory.municipalities[ours].code],
                istat_code=code,
                name=named[code].name,
                province=named[code].province,
                border_km=length / 1000,
            )
            for territory in prepared
            for (ours, code), length in territory.beyond.items()
        ),
        batch_size=1000,
    )


def _write_population(source: Source, ids: dict[str, int]) -> None:
    codes = {municipality.code for municipality in source.municipalities}
    here = Municipality.objects.filter(territory__code__in={code[:3] for code in codes})
    Population.objects.filter(municipality__in=here, year__in=source.population).delete()
    Population.objects.bulk_create(
        (
            Population(municipality_id=ids[code], year=year, counts=counts.astype("<u4").tobytes())
            for year, of_year in source.population.items()
            for code, counts in of_year.items()
            if code in codes and counts.shape == (2, AGES)
        ),
        batch_size=1000,
    )


def _write_published_figures(tables: Tables, territories: dict[str, Territory]) -> None:
    for code, rows in tables.published_figures.items():
        PublishedFigure.objects.filter(territory=territories[code]).delete()
        PublishedFigure.objects.bulk_create(
            PublishedFigure(
                territory=territories[code],
                figure=row["figure"],
                value=float(row["value"]),
                year=int(row["year"]),
                source=row["source"],
                note_it=row["note_it"],
                note_en=row["note_en"],
            )
            for row in rows
        )
