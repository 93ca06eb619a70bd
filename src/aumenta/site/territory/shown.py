"""What the pages of the territory show, made ready for templates: places with addresses, figures as they are read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aumenta.core.text import slug
from aumenta.plan.find.place_filters import BELT_NAMES
from aumenta.territory.figures import BY_ADDRESS, FIGURES, Figure
from aumenta.territory.models import Municipality, Territory
from aumenta.territory.queries import BELT, MUNICIPALITY, WHOLE, ZONE, FigureTable, Place, table_of
from aumenta.ui.not_found import NotHereError, Way
from aumenta.ui.templatetags.words import number, signed

MAIN = (
    "population",
    "change",
    "density",
    "share_0_18",
    "share_65_over",
    "old_age_index",
    "structural_dependency",
    "mean_age",
)
"""The figures of the short tables."""
RATES = tuple(key for key, figure in FIGURES.items() if not figure.adds_up)
BANDS = ("share_0_18", "share_19_39", "share_40_64", "share_65_over")
DEFAULT_FIGURE = "old_age_index"

BELT_GENERA = {
    "pianura": gettext_lazy("plain"),
    "collina": gettext_lazy("hill"),
    "montagna": gettext_lazy("mountain"),
}


def lists_of_places() -> list[Way]:
    """Where whoever asked for a place that is not there finds all of them."""
    return [
        Way(_("Find your municipality"), reverse("site:municipalities")),
        Way(_("The zones"), reverse("site:zones")),
    ]


def municipalities_meant(territory: Territory, written: str) -> list[Way]:
    """The municipalities that an address may mean which gives a code without its zeros, or a name."""
    number, name = written.rjust(6, "0"), slug(written)
    current = Municipality.objects.current().filter(territory=territory)
    meant = [one for one in current if one.istat_code == number or slug(one.name) == name]
    return [Way(one.name, reverse("site:municipality", args=[one.istat_code])) for one in meant]


@dataclass(frozen=True)
class Shown:
    """The territory of the public pages with its figures."""

    territory: Territory
    table: FigureTable

    def at(self, kind: str, key: str) -> int:
        """The position of a place; Http404 where there is none."""
        position = self.table.find(kind, key, self.territory.code)
        if position is None:
            raise NotHereError(_("There is no such place in this territory."), lists_of_places())
        return position

    @property
    def whole(self) -> int:
        """The position of the whole."""
        return self.at(WHOLE, self.territory.code)

    def positions(self, kind: str) -> list[int]:
        """The places of one kind in this territory."""
        return [i for i in self.table.of_kind(kind) if self.table.places[i].territory == self.territory.code]


@dataclass(frozen=True)
class Column:
    """A place as the heading of a column."""

    name: str
    address: str
    position: int


@dataclass(frozen=True)
class FigureLine:
    """One figure and its value for each column."""

    figure: Figure
    values: list[str]


@dataclass(frozen=True)
class Ranked:
    """A place in an order by a figure, with the length of its bar in percent of the longest."""

    rank: int
    name: str
    address: str
    value: str
    bar: float
    people: str


def shown_territory() -> Shown:
    """The territory these pages are about; Http404 before one is loaded."""
    territory = Territory.objects.home()
    if territory is None:
        raise NotHereError(_("No territory is loaded yet."))
    return Shown(territory, table_of(territory))


def address_of(place: Place) -> str:
    """Where the page of a place is."""
    if place.kind == MUNICIPALITY:
        return reverse("site:municipality", args=[place.key])
    if place.kind == ZONE:
        return reverse("site:zone", args=[place.key])
    if place.kind == BELT:
        return reverse("site:belt", args=[place.key])
    return reverse("site:territory")


def name_of(place: Place) -> str:
    """A place's name as a heading reads it."""
    if place.kind == ZONE:
        return _("Zone %(number)s %(name)s") % {"number": place.key, "name": place.name}
    if place.kind == BELT:
        return str(BELT_NAMES.get(place.key, place.key))
    return place.name if place.kind == MUNICIPALITY else _("Whole territory")


def shown_value(figure: Figure, value: float | None) -> str:
    """A value as it is read, without its unit; «–» where it is not known or not defined."""
    if figure.key == "change":
        return signed(value, figure.decimals)
    return number(value, figure.decimals)


def figure_asked(asked: str) -> tuple[Figure, str]:
    """The figure in an address, or the usual one with a note when there is none of that name."""
    if not asked:
        return FIGURES[DEFAULT_FIGURE], ""
    figure = BY_ADDRESS.get(asked)
    if figure is None:
        usual = FIGURES[DEFAULT_FIGURE]
        return usual, _("There is no figure “%(asked)s”: this is “%(usual)s”.") % {
            "asked": asked[:40],
            "usual": usual.label,
        }
    return figure, ""


def column(shown: Shown, position: int) -> Column:
    """A place as the heading of a column."""
    place = shown.table.places[position]
    return Column(name_of(place), address_of(place), position)


def lines(shown: Shown, columns: Sequence[Column], figures: Sequence[str] = MAIN) -> list[FigureLine]:
    """A table of figures by places."""
    return [
        FigureLine(
            FIGURES[key],
            [shown_value(FIGURES[key], shown.table.value(key, one.position)) for one in columns],
        )
        for key in figures
    ]


def ranked(shown: Shown, positions: Sequence[int], figure: Figure) -> list[Ranked]:
    """Places from the highest value of a figure to the lowest; those without a value come last, without a rank."""
    values = [(shown.table.value(figure.key, i), i) for i in positions]
    known = sorted(((v, i) for v, i in values if v is not None), key=lambda pair: (-pair[0], pair[1]))
    longest = max((abs(v) for v, _i in known), default=0.0) or 1.0
    rows, rank, last = [], 0, None
    for order, (value, i) in enumerate(known, start=1):
        rank = rank if value == last else order
        last = value
        rows.append(_ranked(shown, i, figure, value, rank, 100 * abs(value) / longest))
    return rows + [_ranked(shown, i, figure, None, 0, 0.0) for v, i in values if v is None]


def _ranked(shown: Shown, i: int, figure: Figure, value: float | None, rank: int, bar: float) -> Ranked:
    place = shown.table.places[i]
    people = shown_value(FIGURES["population"], shown.table.value("population", i))
    return Ranked(rank, name_of(place), address_of(place), shown_value(figure, value), round(bar, 1), people)


def members(shown: Shown, place: Place) -> list[int]:
    """The municipalities of a zone or a belt."""
    table = shown.table
    return [
        i
        for i in shown.positions(MUNICIPALITY)
        if (place.kind == ZONE and table.places[i].zone == place.zone)
        or (place.kind == BELT and table.places[i].belt == place.belt)
    ]


def age_bars(shown: Shown, columns: Sequence[Column]) -> list[dict[str, Any]]:
    """For each place the four age bands as parts of a bar of 100: where each begins, how wide it is, its value."""
    bars = []
    for one in columns:
        start, parts = 0.0, []
        for key in BANDS:
            value = shown.table.value(key, one.position)
            if value is None:
                break
            parts.append({"key": key, "x": round(start, 2), "width": round(value, 2), "value": number(value, 1)})
            start += value
        if len(parts) == len(BANDS):
            bars.append({"name": one.name, "parts": parts})
    return bars


def figure_choices(chosen: Figure, keys: Sequence[str] = tuple(FIGURES)) -> list[dict[str, Any]]:
    """The options of a list of figures."""
    return [{"value": FIGURES[key].address, "label": FIGURES[key].label, "chosen": key == chosen.key} for key in keys]
