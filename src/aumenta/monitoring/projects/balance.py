"""Balance among zones: money and projects beside residents, and in a sentence who has more or less than its share. What
can't be placed in one zone has rows of its own and is never spread over the zones."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from aumenta.core.indices import inequality
from aumenta.core.indices.inequality import InequalityError
from aumenta.monitoring.models import Indicator, Progress, Project
from aumenta.monitoring.projects.money import UNPLACED, Amounts, Sum, amounts, by, total, zone_of
from aumenta.monitoring.zones import residents, zone_figures
from aumenta.plan.models import Edition
from aumenta.plan.places import ties_of
from aumenta.territory.models import Municipality, Territory, Zone
from aumenta.territory.queries import ZONE

MARGIN: Final = 0.02
"""Shares that differ by less than two points are called the same."""


@dataclass(frozen=True)
class ZoneShare:
    """A zone: what lies in it alone, its residents, both as shares, how many actions name it, the need chosen."""

    number: int
    name: str
    money: Sum
    residents: float
    of_money: float
    of_residents: float
    actions: int
    by_meaning: Mapping[str, int]
    need: float | None

    @property
    def per_resident(self) -> float | None:
        """Planned euro for a resident; None where nobody is known to live there."""
        return float(self.money.planned) / self.residents if self.residents else None


@dataclass(frozen=True)
class Balance:
    """All zones, what lies in none of them alone, and how unequal planned money for a resident is among them."""

    zones: list[ZoneShare]
    unplaced: dict[str, Sum]
    total: Sum
    gini: float | None
    dispersion: float | None
    invented: bool
    """Whether what stands beside the number of actions rests on updates made up for a trial."""

    @property
    def more(self) -> list[ZoneShare]:
        """Zones with more than their share of the placed money."""
        return [one for one in self.zones if one.of_money - one.of_residents > MARGIN]

    @property
    def less(self) -> list[ZoneShare]:
        """Zones with less than it."""
        return [one for one in self.zones if one.of_residents - one.of_money > MARGIN]

    @property
    def unplaced_share(self) -> float:
        """How much of the planned money lies in no zone alone."""
        known = float(self.total.planned)
        return sum(float(one.planned) for one in self.unplaced.values()) / known if known else 0.0


def balance(edition: Edition, territory: Territory, need: Indicator | None = None) -> Balance:
    """Money, projects and actions by zone beside residents and a need; in a dozen queries, however many projects."""
    rows = amounts(territory)
    sums = by(rows, zone_of)
    people = residents(territory, ZONE)
    zones = list(Zone.objects.filter(territory=territory).order_by("number"))
    placed = sum(float(sums[zone.number].planned) for zone in zones if zone.number in sums)
    everybody = sum(people.values())
    states, invented = _states(edition, territory)
    needs = _needs(need, territory)
    shares = []
    for zone in zones:
        money, living = sums.get(zone.number, Sum()), float(people.get(str(zone.number), 0.0))
        held = states.get(zone.number, Counter())
        shares.append(
            ZoneShare(
                zone.number,
                zone.name,
                money,
                living,
                float(money.planned) / placed if placed else 0.0,
                living / everybody if everybody else 0.0,
                sum(held.values()),
                held,
                needs.get(zone.number),
            )
        )
    gini, dispersion = _inequality(shares)
    unplaced = {name: sums[name] for name in UNPLACED if name in sums}
    return Balance(shares, unplaced, total(rows), gini, dispersion, invented)


def _inequality(shares: Sequence[ZoneShare]) -> tuple[float | None, float | None]:
    """Gini and dispersion of planned money for a resident, each zone counting for its residents."""
    known = [(one.per_resident, one.residents) for one in shares if one.per_resident is not None]
    values, weights = [value or 0.0 for value, _w in known], [weight for _v, weight in known]
    try:
        return inequality.gini(values, weights), inequality.dispersion(values, weights)
    except (InequalityError, ZeroDivisionError):
        return None, None


def _states(edition: Edition, territory: Territory) -> tuple[dict[int, Counter[str]], bool]:
    """Which actions name a zone or a place in it, by what their status counts as; whether any of that was made up."""
    told: dict[int, tuple[str, bool]] = {}
    updates = Progress.objects.filter(action__strategy__axis__edition=edition, review="approved")
    for action, meaning, invented in updates.values_list("action_id", "state__meaning", "invented"):  # latest first
        told.setdefault(action, (meaning, invented))
    members = dict(
        Municipality.objects.current()
        .of(territory)
        .filter(zone__isnull=False)
        .values_list("istat_code", "zone__number")
    )
    reached: dict[int, set[int]] = {}
    for tie in ties_of(edition, territory):
        if tie.reach in {"zone", "municipality"}:
            for zone in {members[code] for code in tie.codes if code in members}:
                reached.setdefault(zone, set()).add(tie.action_pk)
    nothing = ("unreported", False)
    counts = {zone: Counter(told.get(one, nothing)[0] for one in actions) for zone, actions in reached.items()}
    return counts, any(told.get(one, nothing)[1] for actions in reached.values() for one in actions)


def _needs(need: Indicator | None, territory: Territory) -> dict[int, float]:
    if need is None:
        return {}
    figures = [one for one in zone_figures(need, territory) if one.whole]
    latest = max((one.period for one in figures), default="")
    return {one.zone: one.value for one in figures if one.period == latest}


def by_belt(rows: Sequence[Amounts], territory: Territory) -> dict[str, Sum]:
    """Projects by the belt of their municipalities; those in several belts, or in none, are named so. Two queries."""
    through = Project.municipalities.through.objects.filter(municipality__territory=territory)
    belts: dict[int, set[str]] = {}
    for project, belt in through.values_list("project_id", "municipality__belt__slug"):
        if belt:
            belts.setdefault(project, set()).add(belt)

    def belt_of(one: Amounts) -> str:
        found = belts.get(one.pk, set())
        return next(iter(found)) if len(found) == 1 else ("several" if found else "nowhere")

    return by(rows, belt_of)
