"""Which actions reach which places, read all at once.

A tie to the whole, a belt, a zone or the small municipalities reaches every municipality in it; declined proposals
count for nothing, undecided ones count and are marked.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from aumenta.plan.models import ActionPlace, Edition
from aumenta.territory.models import Territory
from aumenta.territory.queries import MUNICIPALITY, FigureTable, Place, table_of

SMALL_LIMIT = 5000
"""Residents up to which a municipality is a small one (Law 158/2017, article 1)."""


@dataclass(frozen=True)
class PlaceTie:
    """One tie of one action: how it reaches, which municipalities (by code), and whether it is still a proposal."""

    action_pk: int
    reach: str
    target: str
    proposed: bool
    found_words: str
    codes: frozenset[str]


def ties_of(edition: Edition, territory: Territory) -> list[PlaceTie]:
    """Every tie of an edition's actions that is not declined, in the order of the actions; one query."""
    table = table_of(territory)
    rows = (
        ActionPlace.objects.filter(action__strategy__axis__edition=edition)
        .exclude(state=ActionPlace.State.DECLINED)
        .order_by(
            "action__strategy__axis__number",
            "action__strategy__number",
            "action__number",
            "reach",
            "zone__number",
            "pk",
        )
        .values_list(
            "action_id",
            "reach",
            "belt__slug",
            "zone__number",
            "municipality__istat_code",
            "municipality__name",
            "zone__name",
            "state",
            "found_words",
        )
    )
    members = _Members(table, territory.code)
    ties = []
    for action_pk, reach, belt, zone, code, name, zone_name, state, found in rows:
        target = {"belt": belt, "zone": f"{zone}. {zone_name}", "municipality": name}.get(reach) or ""
        codes = members.of(reach, belt, zone, code)
        ties.append(PlaceTie(action_pk, reach, target, state == ActionPlace.State.PROPOSED, found, codes))
    return ties


def reaching(ties: list[PlaceTie], codes: frozenset[str]) -> dict[int, list[PlaceTie]]:
    """The actions that reach at least one of these municipalities, each with the ties by which it does."""
    found: dict[int, list[PlaceTie]] = {}
    for tie in ties:
        if tie.codes & codes:
            found.setdefault(tie.action_pk, []).append(tie)
    return found


def is_confirmed(ties: Iterable[PlaceTie]) -> bool:
    """Whether the office has confirmed that an action reaches a place: one of the ties by which it does is no guess."""
    return any(not tie.proposed for tie in ties)


@dataclass(frozen=True)
class Reached:
    """How many actions reach a place: confirmed by the office, and apart those only proposed from their words."""

    confirmed: int = 0
    proposed: int = 0

    @property
    def together(self) -> int:
        """All of them, as find lists them."""
        return self.confirmed + self.proposed


def counted(by_action: Iterable[Iterable[PlaceTie]]) -> Reached:
    """The one way to count: of each action the ties by which it reaches the place; page, map, list, search and file
    give the same two numbers because they all ask here."""
    states = [is_confirmed(ties) for ties in by_action]
    return Reached(sum(states), len(states) - sum(states))


def coverage(ties: list[PlaceTie]) -> dict[str, Reached]:
    """How many actions reach each municipality, by code; the ones none reaches are left out."""
    reached: dict[str, dict[int, list[PlaceTie]]] = {}
    for tie in ties:
        for code in tie.codes:
            reached.setdefault(code, {}).setdefault(tie.action_pk, []).append(tie)
    return {code: counted(actions.values()) for code, actions in reached.items()}


def codes_in(table: FigureTable, place: Place) -> frozenset[str]:
    """The municipalities that make up a place."""
    return frozenset(
        other.key
        for other in table.places
        if other.kind == MUNICIPALITY
        and other.territory == place.territory
        and (
            (place.kind == MUNICIPALITY and other.key == place.key)
            or (place.kind == "zone" and other.zone == place.zone)
            or (place.kind == "belt" and other.belt == place.belt)
            or place.kind == "territory"
        )
    )


class _Members:
    """Municipalities by what they belong to, worked out once; every tie to the same place shares one set."""

    def __init__(self, table: FigureTable, territory: str) -> None:
        everybody: set[str] = set()
        small: set[str] = set()
        by_belt: dict[str | None, set[str]] = {}
        by_zone: dict[int | None, set[str]] = {}
        for i in table.of_kind(MUNICIPALITY):
            place = table.places[i]
            if place.territory != territory:
                continue
            everybody.add(place.key)
            by_belt.setdefault(place.belt, set()).add(place.key)
            by_zone.setdefault(place.zone, set()).add(place.key)
            people = table.value("population", i)
            if people is not None and people <= SMALL_LIMIT:
                small.add(place.key)
        self._all, self._small = frozenset(everybody), frozenset(small)
        self._by_belt = {belt: frozenset(codes) for belt, codes in by_belt.items()}
        self._by_zone = {zone: frozenset(codes) for zone, codes in by_zone.items()}

    def of(self, reach: str, belt: str | None, zone: int | None, code: str | None) -> frozenset[str]:
        match reach:
            case ActionPlace.Reach.WHOLE:
                return self._all
            case ActionPlace.Reach.SMALL:
                return self._small
            case ActionPlace.Reach.BELT:
                return self._by_belt.get(belt, frozenset())
            case ActionPlace.Reach.ZONE:
                return self._by_zone.get(zone, frozenset())
            case _:
                return frozenset({code}) if code and code in self._all else frozenset()
