"""Reading places and their figures.

`figure_table` answers with every figure of every place of some territories in a handful of queries; the pages of one
territory share the table in memory (`table_of`), which is made again after every load.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from aumenta.core.indices.demography import Figures, people
from aumenta.core.process_cache import ProcessCache
from aumenta.territory.facts import final_residents
from aumenta.territory.figures import OF_RESIDENTS, Measured, compute
from aumenta.territory.models import AGES, Belt, Boundary, Municipality, Population, Succession, Territory, Zone

MUNICIPALITY, ZONE, BELT, WHOLE = "municipality", "zone", "belt", "territory"


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality, a zone, a belt or a whole territory: what kind, its key in addresses, its name, where it lies."""

    kind: str
    key: str
    name: str
    territory: str
    zone: int | None = None
    belt: str | None = None
    members: int = 1


@dataclass(frozen=True)
class FigureTable:
    """Every figure of every place in `places`; `values[key][position]`, NaN where not known or not defined.

    Ages are those of 1 January of `year`. Residents are those of `residents_on`, compared with those of `before_on`;
    `final` where they are the final ones that Istat published, which no file by age holds yet.
    """

    places: list[Place]
    values: dict[str, Figures]
    year: int | None
    residents_on: date | None
    before_on: date | None
    final: bool
    position: dict[tuple[str, str, str], int]
    missing: list[str]

    def of_kind(self, kind: str) -> list[int]:
        """Positions of the places of one kind, in their order."""
        return [i for i, place in enumerate(self.places) if place.kind == kind]

    def find(self, kind: str, key: str, territory: str) -> int | None:
        """Position of one place, or None."""
        return self.position.get((kind, key, territory))

    def value(self, figure: str, position: int) -> float | None:
        """One figure of one place; None where it is not known or not defined."""
        value = float(self.values[figure][position])
        return None if math.isnan(value) else value

    def on(self, figure: str) -> date | None:
        """The day that a figure is about; areas are those of the boundaries, whose year the territory knows."""
        if figure in OF_RESIDENTS:
            return self.residents_on
        return date(self.year, 1, 1) if self.year else None


_tables: Final[ProcessCache[int, FigureTable]] = ProcessCache.of_the_process(8)


def table_of(territory: Territory) -> FigureTable:
    """The figures of one territory, kept in memory until it is loaded again."""
    made = partial(figure_table, Territory.objects.filter(pk=territory.pk))
    return _tables.get(territory.pk, made, territory.loaded_at)


def figure_table(territories: Iterable[Territory] | None = None) -> FigureTable:
    """All figures of all places of these territories (of every territory when None), in six queries."""
    chosen = list(Territory.objects.all() if territories is None else territories)
    codes = {territory.pk: territory.code for territory in chosen}
    current = Municipality.objects.current().filter(territory__in=codes)
    rows = list(
        current.order_by("territory_id", "name", "istat_code").values_list(
            "pk", "istat_code", "name", "territory_id", "zone_id", "belt_id"
        )
    )
    zones = {zone.pk: zone for zone in Zone.objects.filter(territory__in=codes)}
    belts = {belt.pk: belt for belt in Belt.objects.all()}
    areas = dict(Boundary.objects.filter(municipality__territory__in=codes).values_list("municipality_id", "area_km2"))
    years, counts, known = _population([row[0] for row in rows], codes)
    residents = _residents(chosen, [row[1] for row in rows], years, counts, known)
    base = Measured(
        counts=counts[0],
        residents=residents.now,
        before=residents.before,
        area_km2=np.array([areas.get(row[0], np.nan) for row in rows]),
        known=known[0],
        known_residents=residents.known,
        known_before=residents.known_before,
    )
    places = [_place(row, zones, belts, codes) for row in rows]
    groups = [[number] for number in range(len(rows))]
    for place, members in _groups(rows, chosen, zones, belts, codes):
        places.append(place)
        groups.append(members)
    return FigureTable(
        places=places,
        values=compute(_summed(base, groups)),
        year=years[0],
        residents_on=residents.on,
        before_on=residents.before_on,
        final=residents.final,
        position={(place.kind, place.key, place.territory): i for i, place in enumerate(places)},
        missing=[row[1] for row, there in zip(rows, base.known, strict=True) if not there],
    )


@dataclass(frozen=True)
class _Residents:
    on: date | None
    before_on: date | None
    final: bool
    now: Figures
    before: Figures
    known: NDArray[np.bool_]
    known_before: NDArray[np.bool_]


def _residents(
    chosen: Sequence[Territory],
    codes: Sequence[str],
    years: tuple[int | None, int | None],
    counts: NDArray[np.int64],
    known: NDArray[np.bool_],
) -> _Residents:
    """The last two final figures of Istat, where it has published them of every municipality of the one territory
    asked for; else those by age of the last two years, added up."""
    final = final_residents(chosen[0].slug, codes)[:2] if len(chosen) == 1 and codes else []
    if len(final) == 2:
        everywhere = np.ones(len(codes), dtype=np.bool_)
        (on, now), (before_on, before) = final
        return _Residents(on, before_on, True, np.array(now, float), np.array(before, float), everywhere, everywhere)
    first, second = (date(year, 1, 1) if year else None for year in years)
    return _Residents(first, second, False, people(counts[0]), people(counts[1]), known[0], known[1])


def _place(row: Any, zones: Mapping[int, Zone], belts: Mapping[int, Belt], codes: Mapping[int, str]) -> Place:
    _pk, code, name, territory, zone_pk, belt_pk = row
    zone, belt = zones.get(zone_pk), belts.get(belt_pk)
    number, slug = zone.number if zone else None, belt.slug if belt else None
    return Place(MUNICIPALITY, code, name, codes[territory], number, slug)


def _population(
    keys: Sequence[int], territories: Iterable[int]
) -> tuple[tuple[int | None, int | None], NDArray[np.int64], NDArray[np.bool_]]:
    """Counts of the last two years (the last first), one row a municipality, and for which of them they are known."""
    stored = list(
        Population.objects.filter(municipality__territory__in=list(territories)).values_list(
            "municipality_id", "year", "counts"
        )
    )
    years = sorted({row[1] for row in stored}, reverse=True)[:2]
    counts = np.zeros((2, len(keys), 2, AGES), dtype=np.int64)
    known = np.zeros((2, len(keys)), dtype=np.bool_)
    position = {key: i for i, key in enumerate(keys)}
    for when, year in enumerate(years):
        of_year = [(position[key], blob) for key, row_year, blob in stored if row_year == year and key in position]
        if of_year:
            where = [i for i, _blob in of_year]
            joined = b"".join(bytes(blob) for _i, blob in of_year)
            counts[when, where] = np.frombuffer(joined, dtype="<u4").reshape(-1, 2, AGES)
            known[when, where] = True
    latest, earlier = [*years, None, None][:2]
    return (latest, earlier), counts, known


def _groups(
    rows: Sequence[tuple[int, str, str, int, int | None, int | None]],
    territories: Sequence[Territory],
    zones: dict[int, Zone],
    belts: dict[int, Belt],
    codes: dict[int, str],
) -> list[tuple[Place, list[int]]]:
    """Zones, belts and wholes with the positions of their municipalities; those without any are left out."""
    of_zone: dict[int, list[int]] = {}
    of_belt: dict[tuple[int, int], list[int]] = {}
    of_territory: dict[int, list[int]] = {}
    for i, (_pk, _code, _name, territory_pk, zone_pk, belt_pk) in enumerate(rows):
        of_territory.setdefault(territory_pk, []).append(i)
        if zone_pk is not None:
            of_zone.setdefault(zone_pk, []).append(i)
        if belt_pk is not None:
            of_belt.setdefault((territory_pk, belt_pk), []).append(i)
    found = []
    for territory in territories:
        code = codes[territory.pk]
        for zone in sorted(zones.values(), key=lambda zone: zone.number):
            if zone.territory_id == territory.pk and zone.pk in of_zone:
                members = of_zone[zone.pk]
                place = Place(ZONE, str(zone.number), zone.name, code, zone=zone.number, members=len(members))
                found.append((place, members))
        for belt in sorted(belts.values(), key=lambda belt: belt.position):
            if members := of_belt.get((territory.pk, belt.pk), []):
                found.append((Place(BELT, belt.slug, belt.slug, code, belt=belt.slug, members=len(members)), members))
        if members := of_territory.get(territory.pk, []):
            found.append((Place(WHOLE, code, territory.name, code, members=len(members)), members))
    return found


def _summed(base: Measured, groups: Sequence[Sequence[int]]) -> Measured:
    """The same measures for groups of places; a group counts as known where at least one of its places is.

    For the change over time a place counts only if it is known in both years, or a gap would look like a flight.
    """
    sizes = np.array([len(group) for group in groups], dtype=np.int64)
    flat = np.fromiter((i for group in groups for i in group), dtype=np.int64, count=int(sizes.sum()))
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
    if not len(groups):
        return base
    return Measured(
        counts=np.add.reduceat(base.counts[flat], starts, axis=0),
        residents=np.add.reduceat(base.residents[flat], starts),
        before=np.add.reduceat(base.before[flat], starts),
        area_km2=np.add.reduceat(base.area_km2[flat], starts),
        known=np.logical_or.reduceat(base.known[flat], starts),
        known_residents=np.logical_or.reduceat(base.known_residents[flat], starts),
        known_before=np.logical_and.reduceat((base.known_before | ~base.known_residents)[flat], starts)
        & np.logical_or.reduceat(base.known_before[flat], starts),
    )


def successors_of(code: str) -> list[Municipality]:
    """The municipality that exists today where `code` once was: itself, or the successor of its successors.

    A municipality that only ceded land still exists and is its own successor. Empty where the code was never known.
    """
    reached = {code}
    successions = Succession.objects.exclude(kind=Succession.Kind.CEDED).values_list(
        "predecessor__istat_code", "successor__istat_code"
    )
    onward: dict[str, set[str]] = {}
    for predecessor, successor in successions:
        onward.setdefault(predecessor, set()).add(successor)
    frontier = [code]
    while frontier:
        for successor in onward.get(frontier.pop(), set()) - reached:
            reached.add(successor)
            frontier.append(successor)
    return list(Municipality.objects.current().filter(istat_code__in=reached).with_places())


def carry_to_successors(values: dict[str, float]) -> tuple[dict[str, float], list[str]]:
    """Figures that add up, by the codes of their time, brought to the municipalities of today.

    What several predecessors had goes to their one successor as a sum. Returns the values by today's codes and the
    codes that could not be placed. A municipality born of land others ceded gets nothing: how much was theirs is not
    known.
    """
    placed: dict[str, float] = {}
    lost = []
    current = set(Municipality.objects.current().values_list("istat_code", flat=True))
    onward = dict(
        Succession.objects.exclude(kind=Succession.Kind.CEDED).values_list(
            "predecessor__istat_code", "successor__istat_code"
        )
    )
    for code, value in values.items():
        today, seen = code, {code}
        while today not in current and today in onward and onward[today] not in seen:
            today = onward[today]
            seen.add(today)
        if today in current:
            placed[today] = placed.get(today, 0.0) + value
        else:
            lost.append(code)
    return placed, lost
