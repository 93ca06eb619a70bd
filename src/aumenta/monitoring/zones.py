"""Figures of zones and of the whole territory from those of the municipalities: by numerator and denominator, or as a
sum; never as a mean of ratios. And how unequally an indicator is spread over zones and municipalities."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, Max, Sum

from aumenta.core.indices import inequality
from aumenta.core.indices.inequality import InequalityError
from aumenta.monitoring.models import Indicator, MeasuredPlace, Reading
from aumenta.territory.models import Municipality, Territory
from aumenta.territory.queries import BELT, MUNICIPALITY, ZONE, table_of


class ZoneFigure(NamedTuple):
    """The figure of a zone in a period, from how many of its municipalities."""

    zone: int
    period: str
    year: int
    value: float
    known: int
    members: int
    name: str
    numerator: float | None
    denominator: float | None
    marks: str

    @property
    def whole(self) -> bool:
        """Whether every municipality of the zone is in it."""
        return self.known == self.members


def zone_figures(indicator: Indicator, territory: Territory) -> list[ZoneFigure]:
    """The figures of the zones (by their numbers) in every period, in one query; none where the card says that they
    can't be worked out."""
    return zone_figures_of([indicator], territory).get(indicator.pk, [])


def zone_figures_of(indicators: Sequence[Indicator], territory: Territory) -> dict[int, list[ZoneFigure]]:
    """The figures of the zones of several indicators by their keys: one query, however many there are."""
    cards = {card.pk: card for card in indicators if card.grouping != Indicator.Grouping.NONE}
    if not cards:
        return {}
    members = _members(territory, ZONE)
    rows = (
        Reading.objects.filter(indicator__in=cards, absence="", place__municipality__zone__territory=territory)
        .order_by("indicator", "place__municipality__zone__number", "period")
        .values_list(
            "indicator", "place__municipality__zone__number", "place__municipality__zone__name", "period", "year"
        )
        .annotate(Sum("value"), Sum("numerator"), Sum("denominator"), Count("pk"), Count("denominator"), Max("marks"))
    )
    found: dict[int, list[ZoneFigure]] = {}
    for key, zone, name, period, year, total, top, bottom, read, ratios, marks in rows:
        ratio = cards[key].grouping == Indicator.Grouping.RATIO
        if ratio and not ratios:
            continue
        value, known = (cards[key].per * top / bottom, ratios) if ratio else (total, read)
        figure = ZoneFigure(zone, period, year, value, known, members.get(str(zone), 0), name, top, bottom, marks)
        found.setdefault(key, []).append(figure)
    return found


def _members(territory: Territory, kind: str) -> dict[str, int]:
    """How many municipalities of today the zones or belts have, by their keys; asks nothing once the table is made."""
    places = table_of(territory).places
    return {place.key: place.members for place in places if place.kind == kind and place.territory == territory.code}


class BeltFigure(NamedTuple):
    """The figure of an altitude belt in a period, from how many of its municipalities; `belt` is its short name."""

    belt: str
    value: float
    known: int
    members: int


def belt_figures(indicator: Indicator, territory: Territory, period: str) -> list[BeltFigure]:
    """The figures of the belts in a period, in one query; none where the card says that they can't be worked out."""
    if indicator.grouping == Indicator.Grouping.NONE:
        return []
    members = _members(territory, BELT)
    ratio = indicator.grouping == Indicator.Grouping.RATIO
    rows = (
        Reading.objects.filter(indicator=indicator, period=period, absence="", place__municipality__territory=territory)
        .filter(place__municipality__belt__isnull=False, **({"denominator__isnull": False} if ratio else {}))
        .order_by("place__municipality__belt__position")
        .values_list("place__municipality__belt__slug")
        .annotate(Sum("value"), Sum("numerator"), Sum("denominator"), Count("pk"))
    )
    return [
        BeltFigure(belt, indicator.per * top / bottom if ratio else total, known, members.get(belt, 0))
        for belt, total, top, bottom, known in rows
    ]


def added_up(indicator: Indicator, zones: Sequence[ZoneFigure]) -> list[tuple[str, int, float, str]]:
    """The figure of all zones together in the periods in which every one is whole: period, year, value, flags."""
    periods: dict[str, list[ZoneFigure]] = {}
    for zone in zones:
        periods.setdefault(zone.period, []).append(zone)
    most = max((len(some) for some in periods.values()), default=0)
    ratio = indicator.grouping == Indicator.Grouping.RATIO
    found = []
    for period, some in periods.items():
        if len(some) == most and all(zone.whole for zone in some):
            top = sum(zone.numerator or 0.0 for zone in some)
            bottom = sum(zone.denominator or 0.0 for zone in some)
            value = indicator.per * top / bottom if ratio else sum(zone.value for zone in some)
            found.append((period, some[0].year, value, max(zone.marks for zone in some)))
    return sorted(found)


class WholeFigure(NamedTuple):
    """The figure of a territory in a period, worked out from all its municipalities."""

    indicator: int
    place: int
    period: str
    year: int
    value: float
    marks: str


def whole_figures(cards: Sequence[Indicator]) -> list[WholeFigure]:
    """The figures of territories in the periods in which every municipality of today is known; in three queries,
    however many indicators. Where some of its readings are flagged, a figure carries the flags of one of them."""
    grouped = {card.pk: card for card in cards if card.grouping != Indicator.Grouping.NONE}
    places = dict(MeasuredPlace.objects.filter(kind="territory").values_list("territory_id", "pk"))
    members = dict(Municipality.objects.current().order_by().values_list("territory").annotate(Count("pk")))
    rows = (
        Reading.objects.filter(indicator__in=grouped, absence="", place__kind="municipality")
        .order_by("indicator", "period")
        .values_list("indicator_id", "place__municipality__territory_id", "period", "year")
        .annotate(Sum("value"), Sum("numerator"), Sum("denominator"), Count("pk"), Count("denominator"), Max("marks"))
    )
    found = []
    for key, territory, period, year, total, top, bottom, known, ratios, marks in rows:
        ratio = grouped[key].grouping == Indicator.Grouping.RATIO
        if territory in places and known == members[territory] == (ratios if ratio else known):
            value = grouped[key].per * top / bottom if ratio else total
            found.append(WholeFigure(key, places[territory], period, year, value, marks))
    return found


@dataclass(frozen=True)
class Spread:
    """How unequal an indicator is, each place counting for its residents: Gini, dispersion (share of the mean), how
    much of Theil lies between zones, the ratio of the fifth that has most to the fifth that has least."""

    period: str
    places: int
    gini: float
    dispersion: float
    between_zones: float | None
    top_bottom: float | None


def spread(indicator: Indicator, territory: Territory, period: str) -> Spread | None:
    """The inequality among municipalities in a period; None where there are fewer than two, or where the measures have
    no meaning (a mean of zero, values below zero)."""
    rows = list(
        Reading.objects.filter(
            indicator=indicator, period=period, absence="", place__municipality__territory=territory
        ).values_list("place__municipality__istat_code", "place__municipality__zone__number", "value")
    )
    people = residents(territory, MUNICIPALITY)
    used = [(people[code], zone, value) for code, zone, value in rows if people.get(code) and value is not None]
    if len(used) < 2 or indicator.grouping == Indicator.Grouping.SUM:
        return None
    weights, zones, values = ([row[n] for row in used] for n in range(3))
    try:
        top, bottom = inequality.top_and_bottom(values, weights)
        theil = inequality.theil(values, weights, zones) if min(values) > 0 else None
        return Spread(
            period,
            len(used),
            inequality.gini(values, weights),
            inequality.dispersion(values, weights),
            theil.between / theil.total if theil and theil.total else None,
            top / bottom if bottom > 0 else None,
        )
    except InequalityError:
        return None


def residents(territory: Territory, kind: str) -> Mapping[str, float]:
    """The residents of the places of one kind, by their keys, as last known."""
    table = table_of(territory)
    found = {table.places[i].key: table.value("population", i) for i in table.of_kind(kind)}
    return {key: value for key, value in found.items() if value}
