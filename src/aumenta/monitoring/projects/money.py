"""Money of projects by axis, strategy, action, component, zone, belt and head. Amounts are as declared; an amount that
nobody declared is counted as missing, never as zero; a project in several zones is counted once in every total."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from aumenta.monitoring.models import Project, ProjectTie
from aumenta.plan.models import Edition
from aumenta.territory.models import Territory

SEVERAL, OUTSIDE, EVERYWHERE, NOWHERE = "several", "outside", "everywhere", "nowhere"
UNPLACED: Final = (EVERYWHERE, SEVERAL, OUTSIDE, NOWHERE)
"""What lies in no single zone has a row of its own."""


@dataclass
class Sum:
    """How many projects, and what was declared of them; `without_*` say of how many nothing was, `paid_more` of how
    many more was paid than their whole amount."""

    projects: int = 0
    planned: Decimal = Decimal(0)
    awarded: Decimal = Decimal(0)
    paid: Decimal = Decimal(0)
    without_planned: int = 0
    without_awarded: int = 0
    without_paid: int = 0
    paid_more: int = 0

    @property
    def awards_known(self) -> bool:
        """Whether of any project it was stated what was awarded."""
        return self.without_awarded < self.projects

    def add(self, one: "Amounts") -> None:
        """Count a project."""
        self.projects += 1
        self.paid_more += one.planned is not None and one.paid is not None and one.paid > one.planned
        for name in ("planned", "awarded", "paid"):
            value = getattr(one, name)
            if value is None:
                setattr(self, f"without_{name}", getattr(self, f"without_{name}") + 1)
            else:
                setattr(self, name, getattr(self, name) + value)


@dataclass(frozen=True)
class Amounts:
    """A project as sums need it."""

    pk: int
    head: str
    component: str
    component_name: str
    planned: Decimal | None
    awarded: Decimal | None
    paid: Decimal | None
    provinces: int
    zones: frozenset[int]
    everywhere: bool
    outside: bool


def amounts(territory: Territory) -> list[Amounts]:
    """Every project with the zones of the territory it lies in: two queries."""
    zones: dict[int, set[int]] = defaultdict(set)
    through = Project.municipalities.through.objects.filter(municipality__zone__territory=territory)
    for project, zone in through.values_list("project_id", "municipality__zone__number"):
        zones[project].add(zone)
    rows = Project.objects.values_list(
        "pk",
        "head",
        "component",
        "component_name",
        "planned",
        "awarded",
        "paid",
        "provinces",
        "everywhere",
        "outside",
    )
    return [
        Amounts(
            pk, head, code, name, planned, awarded, paid, provinces, frozenset(zones[pk]), everywhere, bool(outside)
        )
        for pk, head, code, name, planned, awarded, paid, provinces, everywhere, outside in rows
    ]


def zone_of(one: Amounts) -> int | str:
    """The zone a project lies in, or in which row it stands because it lies in no single one."""
    if one.everywhere:
        return EVERYWHERE
    if one.provinces > 1 or (one.zones and one.outside):
        return OUTSIDE
    if len(one.zones) > 1:
        return SEVERAL
    return next(iter(one.zones)) if one.zones else NOWHERE


def total(rows: Iterable[Amounts]) -> Sum:
    """All of them, each once."""
    found = Sum()
    for one in rows:
        found.add(one)
    return found


def by(rows: Iterable[Amounts], key: Callable[[Amounts], Any]) -> dict[Any, Sum]:
    """Sums by whatever `key` says of a project; together they are the total."""
    found: dict[Any, Sum] = defaultdict(Sum)
    for one in rows:
        found[key(one)].add(one)
    return dict(found)


def by_component(rows: Sequence[Amounts]) -> list[tuple[str, Sum]]:
    """The components by their codes, each with its name; projects of none last, under ""."""
    names = {one.component: one.component_name for one in rows if one.component_name}
    sums = by(rows, lambda one: one.component)
    found = [(f"{code} {names.get(code, '')}".strip(), sums[code]) for code in sorted(sums) if code]
    return [*found, *([("", sums[""])] if "" in sums else [])]


Ties = Sequence[tuple[int, tuple[int, int, int]]]
"""Projects by their keys, each with the numbers of an action."""


def confirmed_ties(edition: Edition) -> Ties:
    """The confirmed ties of all projects to the actions of an edition: one query for whatever is summed by them."""
    ties = ProjectTie.objects.filter(action__strategy__axis__edition=edition, state="confirmed")
    values = ties.values_list(
        "project_id", "action__strategy__axis__number", "action__strategy__number", "action__number"
    )
    return [(project, (axis, strategy, action)) for project, axis, strategy, action in values]


def by_part(rows: Sequence[Amounts], ties: Ties, part: str) -> tuple[dict[str, Sum], Sum]:
    """Sums by axis, strategy or action, and what is tied to nothing. A project of several actions counts in each of
    them: these sums are not to be added up."""
    parts: dict[int, set[str]] = defaultdict(set)
    length = {"axis": 1, "strategy": 2, "action": 3}[part]
    for project, numbers in ties:
        parts[project].add(".".join(str(number) for number in numbers[:length]))
    found: dict[str, Sum] = defaultdict(Sum)
    nothing = Sum()
    for one in rows:
        for code in parts[one.pk]:
            found[code].add(one)
        if not parts[one.pk]:
            nothing.add(one)
    return dict(sorted(found.items(), key=lambda item: [int(n) for n in item[0].split(".")])), nothing
