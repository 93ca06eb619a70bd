"""How indicators are read: everything a page needs in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import F, Q

from aumenta.monitoring.models import Indicator, Reading, Status
from aumenta.monitoring.zones import ZoneFigure, added_up
from aumenta.plan.models import Edition


class Course(NamedTuple):
    """A value of an indicator as a page shows it; `value` is None where `absence` says why."""

    period: str
    year: int
    value: float | None
    absence: str
    marks: str


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator on a dashboard: the codes of the strategies it speaks for, and the status of the territory by its
    own rule, whose inputs hold the last value."""

    indicator: Indicator
    strategies: tuple[str, ...]
    status: Status | None


def dashboard_rows(edition: Edition, code: str = "") -> list[IndicatorRow]:
    """The public indicators tied to an edition, to one axis («2») or one strategy («2.2») of it: three queries, however
    many there are."""
    tied = Q(strategies__axis__edition=edition)
    if code:
        axis, _point, number = code.partition(".")
        tied &= Q(strategies__axis__number=int(axis)) & (Q(strategies__number=int(number)) if number else Q())
    cards = list(Indicator.objects.filter(tied, public=True).distinct())
    through = Indicator.strategies.through.objects.filter(indicator__in=cards, strategy__axis__edition=edition)
    codes: dict[int, list[str]] = defaultdict(list)
    for key, axis_number, strategy in through.order_by("strategy__axis__number", "strategy__number").values_list(
        "indicator_id", "strategy__axis__number", "strategy__number"
    ):
        codes[key].append(f"{axis_number}.{strategy}")
    own = Status.objects.filter(indicator__in=cards, place__kind="territory", rule=F("indicator__rule"))
    statuses = {one.indicator_id: one for one in own}
    return [IndicatorRow(card, tuple(codes[card.pk]), statuses.get(card.pk)) for card in cards]


def cards_with_status(cards: Sequence[Indicator]) -> list[IndicatorRow]:
    """Cards with the status of the territory by their own rule: one query, however many there are."""
    own = Status.objects.filter(indicator__in=cards, place__kind="territory", rule=F("indicator__rule"))
    statuses = {one.indicator_id: one for one in own}
    return [IndicatorRow(card, (), statuses.get(card.pk)) for card in cards]


class PlaceCourse(NamedTuple):
    """The course of a place that is no municipality; without a code it is the territory, worked out from its zones."""

    code: str
    name_it: str
    name_en: str
    kind: str
    values: tuple[Course, ...]


def place_courses(indicator: Indicator, zones: Sequence[ZoneFigure]) -> list[PlaceCourse]:
    """The values of an indicator for the territory and the places it is compared with: one query."""
    rows = Reading.objects.filter(indicator=indicator).exclude(place__kind__in=["municipality", "zone"])
    found: dict[tuple[str, str, str, str], list[Course]] = defaultdict(list)
    for code, italian, english, kind, *rest in rows.order_by("place__code", "period").values_list(
        "place__code", "place__name_it", "place__name_en", "place__kind", *Course._fields
    ):
        found[code, italian, english, kind].append(Course(*rest))
    if not any(kind == "territory" for _code, _italian, _english, kind in found):
        worked_out = added_up(indicator, zones)
        if worked_out:
            found["", "", "", "territory"] = [Course(when, year, v, "", marks) for when, year, v, marks in worked_out]
    order = {"territory": 0, "city": 1, "region": 2, "country": 3}
    return [PlaceCourse(*who, tuple(values)) for who, values in sorted(found.items(), key=lambda one: order[one[0][3]])]
