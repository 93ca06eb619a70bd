"""What the public indicators say of one place: the first and the last figure of each; one query.

Figures of several municipalities together are worked out as the indicator's card says, and only in the periods in which
every one of them is known: never as a mean of ratios.
"""

from dataclasses import dataclass

from django.db.models import Count, Max, Q, Sum

from aumenta.monitoring.models import Indicator, Reading
from aumenta.people.reader import in_language
from aumenta.territory.models import Municipality, Territory

_CARD = ("code", "name_it", "name_en", "unit_it", "unit_en", "decimals", "source", "licence", "grouping", "per")


@dataclass(frozen=True)
class PlaceFigure:
    """A figure with the period it is of; `marks` are its flags (`p` provisional, and the like)."""

    period: str
    value: float
    marks: str


@dataclass(frozen=True)
class PlaceIndicator:
    """An indicator with the first and the last figure of a place; `first` is None where there is only one."""

    code: str
    name: str
    unit: str
    decimals: int
    source: str
    licence: str
    first: PlaceFigure | None
    last: PlaceFigure


def municipality_indicators(place: Municipality) -> list[PlaceIndicator]:
    """The public indicators that are measured in this municipality."""
    return _indicators(Q(place__municipality=place), 1)


def zone_indicators(territory: Territory, number: int, members: int) -> list[PlaceIndicator]:
    """The public indicators that can be worked out for a zone of `members` municipalities."""
    return _indicators(
        Q(place__municipality__zone__number=number, place__municipality__zone__territory=territory), members
    )


def _indicators(where: Q, members: int) -> list[PlaceIndicator]:
    rows = (
        Reading.objects.filter(where, indicator__public=True, absence="")
        .order_by("indicator__code", "year", "period")
        .values_list(*(f"indicator__{name}" for name in _CARD), "period")
        .annotate(Sum("value"), Sum("numerator"), Sum("denominator"), Count("pk"), Count("denominator"), Max("marks"))
    )
    figures: dict[str, list[PlaceFigure]] = {}
    cards: dict[str, dict[str, object]] = {}
    for row in rows:
        card = dict(zip(_CARD, row, strict=False))
        period, total, top, bottom, known, ratios, marks = row[len(_CARD) :]
        ratio = members > 1 and card["grouping"] == Indicator.Grouping.RATIO
        if members > 1 and card["grouping"] == Indicator.Grouping.NONE:
            continue
        if (ratios if ratio else known) != members:
            continue
        value = card["per"] * top / bottom if ratio else total
        cards[card["code"]] = card
        figures.setdefault(card["code"], []).append(PlaceFigure(period, value, marks))
    return [_indicator(cards[code], some) for code, some in figures.items()]


def _indicator(card: dict[str, object], figures: list[PlaceFigure]) -> PlaceIndicator:
    return PlaceIndicator(
        code=str(card["code"]),
        name=in_language(str(card["name_it"]), str(card["name_en"])),
        unit=in_language(str(card["unit_it"]), str(card["unit_en"])),
        decimals=int(str(card["decimals"])),
        source=str(card["source"]),
        licence=str(card["licence"]),
        first=figures[0] if len(figures) > 1 else None,
        last=figures[-1],
    )
