"""Operations on the territory: its municipalities and zones, with figures and how many actions reach them."""

from collections.abc import Sequence
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query

from aumenta.opendata.api import shapes
from aumenta.opendata.api.answers import Listing, Row, many, our_origin, single
from aumenta.opendata.api.asking import Many, One
from aumenta.opendata.api.problems import ProblemError, nothing_called
from aumenta.opendata.api.service import IstatCode, ZoneNumber, list_at, one_at
from aumenta.opendata.api.shapes.parts import Item
from aumenta.opendata.place_files import Selection, rows
from aumenta.plan.models import Edition
from aumenta.plan.places import ties_of
from aumenta.territory.figures import FIGURES
from aumenta.territory.models import Territory
from aumenta.territory.queries import MUNICIPALITY, ZONE, table_of

SORTS: Final = {"name": ("name",), "actions": ("actions",)}


def _home() -> Territory:
    territory = Territory.objects.home()
    if territory is None:
        raise ProblemError(404, _("No territory is loaded yet."))
    return territory


def place_rows(territory: Territory, kind: str) -> list[Row]:
    """The places of a kind as rows, the figures of each apart from what it is."""
    table = table_of(territory)
    edition = Edition.objects.current()
    ties = ties_of(edition, territory) if edition else []
    positions = [i for i in table.of_kind(kind) if table.places[i].territory == territory.code]
    found = []
    for row in rows(Selection(territory, table, kind, positions, ties)):
        figures = {key: row.pop(key) for key in FIGURES}
        found.append(row | {"zone": int(row["zone"]) if row.get("zone") is not None else None, "figures": figures})
    return found


def _as_they_are(found: Sequence[Row], wanted: frozenset[str]) -> list[Row]:
    return list(found)


def _single(kind: str, shape: type[Item], key: str, value: object, what: str, asked: One) -> HttpResponse:
    territory = _home()
    found = [row for row in place_rows(territory, kind) if row[key] == value]
    if not found:
        raise nothing_called(what, str(value))
    return single(asked, shape, found, _origin(territory))


def _origin(territory: Territory) -> dict[str, Any]:
    return our_origin(territory.source)


@list_at(
    "/municipalities",
    gettext_noop("The municipalities of the territory with their figures"),
    shapes.Municipality,
)
def municipalities(request: HttpRequest, asked: Query[Many]) -> HttpResponse:
    """The municipalities of the territory; `embed=figures` adds what is known of who lives there."""
    territory = _home()
    listing = Listing(shapes.Municipality, _as_they_are, {"istat_code": ("istat_code",), **SORTS}, ("name",))
    return many(request, asked, listing, place_rows(territory, MUNICIPALITY), _origin(territory))


@one_at("/municipalities/{istat_code}", gettext_noop("One municipality"), shapes.Municipality)
def municipality(request: HttpRequest, istat_code: IstatCode, asked: Query[One]) -> HttpResponse:
    """One municipality."""
    return _single(MUNICIPALITY, shapes.Municipality, "istat_code", istat_code, _("municipality"), asked)


@list_at("/zones", gettext_noop("The zones of the territory with their figures"), shapes.Zone)
def zones(request: HttpRequest, asked: Query[Many]) -> HttpResponse:
    """The zones of the territory; `embed=figures` adds what is known of who lives there."""
    territory = _home()
    listing = Listing(shapes.Zone, _as_they_are, {"zone": ("zone",), **SORTS}, ("name",))
    return many(request, asked, listing, place_rows(territory, ZONE), _origin(territory))


@one_at("/zones/{number}", gettext_noop("One zone"), shapes.Zone)
def zone(request: HttpRequest, number: ZoneNumber, asked: Query[One]) -> HttpResponse:
    """One zone."""
    return _single(ZONE, shapes.Zone, "zone", number, _("zone"), asked)
