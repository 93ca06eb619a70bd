"""Who sits in a body on a day: computed from mandates, or from the municipalities that existed then and who stood for
them. Nothing of it is stored."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import Q

from aumenta.core.tally.ballot import Member
from aumenta.governance.models import Body, Mandate, MunicipalOffice
from aumenta.territory.facts import residents_by_code
from aumenta.territory.models import Municipality, Succession, Zone


@dataclass(frozen=True)
class Seat:
    """One vote: a person's, or a municipality's with who stands for it (`head` empty where nobody was entered)."""

    id: str
    name: str
    chair: bool = False
    municipality: Municipality | None = None
    head: MunicipalOffice | None = None
    delegates: tuple[MunicipalOffice, ...] = ()
    mandate: Mandate | None = None
    residents: int | None = None

    @property
    def member(self) -> Member:
        """The seat as the count knows it."""
        return Member(self.id, self.name, self.chair, self.residents)


@dataclass(frozen=True)
class Composition:
    """The seats of a body on a day, its guests, and the dated population they carry (None: there is none)."""

    body: Body
    day: date
    seats: tuple[Seat, ...]
    guests: tuple[Mandate, ...] = ()
    residents_on: date | None = None
    without_zone: tuple[Municipality, ...] = field(default=())

    @property
    def residents(self) -> int | None:
        """All residents, None where those of one municipality are not known."""
        known = [seat.residents for seat in self.seats]
        return sum(n for n in known if n is not None) if known and None not in known else None

    @property
    def vacant(self) -> int | None:
        """Seats by law that nobody holds, where the law's number is known."""
        return None if self.body.seats is None else max(0, self.body.seats - len(self.seats))

    def seat(self, key: str) -> Seat | None:
        """The seat with this id."""
        return self._by_id.get(key)

    @cached_property
    def _by_id(self) -> dict[str, Seat]:
        return {seat.id: seat for seat in self.seats}


def composition(body: Body, day: date, *, bare: bool = False) -> Composition:
    """Who sits in `body` on `day`; `bare`: the seats of municipalities alone, without who stands for them and without
    guests. Five queries at most, however many seats."""
    if not body.is_of_municipalities:
        held = list(Mandate.objects.on(day).filter(body=body).select_related("holder", "body"))
        chosen = [one for one in held if one.votes]
        chosen.sort(key=lambda one: (one.role != Mandate.Role.CHAIR, one.holder.full_name))
        seats = tuple(
            Seat(f"m{one.pk}", one.holder.full_name, one.role == Mandate.Role.CHAIR, mandate=one) for one in chosen
        )
        return Composition(body, day, seats, tuple(one for one in held if not one.votes))
    everywhere = municipalities_on(body, day)
    inside = [one for one, zone in everywhere if body.zone_id is None or zone == body.zone_id]
    lost = tuple(one for one, zone in everywhere if zone is None) if body.zone_id else ()
    heads, delegates = ({}, {}) if bare else _offices(inside, day)
    counted_on, residents = _residents(body, day)
    seats = tuple(
        Seat(
            one.istat_code,
            one.name,
            municipality=one,
            head=heads.get(one.pk),
            delegates=tuple(delegates.get(one.pk, ())),
            residents=residents.get(one.istat_code),
        )
        for one in inside
    )
    guests = () if bare else tuple(Mandate.objects.on(day).filter(body=body).select_related("holder"))
    return Composition(body, day, seats, guests, counted_on, lost)


def seats_by_zone(found: Composition) -> list[tuple[Zone | None, list[Seat]]]:
    """The municipalities of a body by the zone they lie in today, those whose zone is not known last. One query."""
    zones = {one.pk: one for one in Zone.objects.filter(territory=found.body.territory_id).order_by("number")}
    inside: dict[int | None, list[Seat]] = {pk: [] for pk in (*zones, None)}
    for seat in found.seats:
        if seat.municipality is not None:
            inside[seat.municipality.zone_id].append(seat)
    return [(zones.get(pk or 0), seats) for pk, seats in inside.items() if seats]


def municipalities_on(body: Body, day: date) -> list[tuple[Municipality, int | None]]:
    """The municipalities of the body's territory that existed on a day, by name, each with the key of its zone.

    One of the past lies in the zone of the municipality that came after it, where its own was not recorded.
    """
    alive = (Q(valid_from=None) | Q(valid_from__lte=day)) & (Q(valid_to=None) | Q(valid_to__gte=day))
    found = list(Municipality.objects.filter(alive, territory_id=body.territory_id).order_by("name", "istat_code"))
    onward = dict(
        Succession.objects.exclude(kind=Succession.Kind.CEDED)
        .filter(predecessor__in=[one.pk for one in found if one.zone_id is None and one.valid_to])
        .values_list("predecessor", "successor__zone")
    )
    return [(one, one.zone_id or onward.get(one.pk)) for one in found]


def _offices(
    places: Iterable[Municipality], day: date
) -> tuple[dict[int, MunicipalOffice], dict[int, list[MunicipalOffice]]]:
    heads: dict[int, MunicipalOffice] = {}
    delegates: dict[int, list[MunicipalOffice]] = {}
    here = {one.pk for one in places}
    for office in MunicipalOffice.objects.on(day).select_related("holder"):
        if office.municipality_id not in here:
            continue
        if office.kind in MunicipalOffice.HEADS:
            heads[office.municipality_id] = office
        else:
            delegates.setdefault(office.municipality_id, []).append(office)
    return heads, delegates


def _residents(body: Body, day: date) -> tuple[date | None, dict[str, int]]:
    """The latest published population on or before the day; none where the day is before all of them."""
    published = residents_by_code(body.territory.slug)
    dates = [one for one in sorted(published) if one <= day]
    return (dates[-1], published[dates[-1]]) if dates else (None, {})
