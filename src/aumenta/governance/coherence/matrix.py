"""The matrix of an edition's sheets against the items of an instrument's version: every cell, totals, gaps in both
directions, horizons, and what an edition inherited, lost or changed of the one before. Nothing of it is stored."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import QuerySet

from aumenta.governance.models import InstrumentItem, InstrumentVersion, Tie
from aumenta.plan.models import Action, ActionContinuation, Alignment, Edition

COUNTED = (Tie.Kind.IMPLEMENTS, Tie.Kind.CONTRIBUTES, Tie.Kind.DEPENDS, Tie.Kind.CONFLICTS)
"""Ties that cover a sheet or an item; «not pertinent» is judged and covers nothing."""


@dataclass(frozen=True)
class Row:
    """A sheet: its ties by item, and whether it prints the instrument by name."""

    action: Action
    ties: dict[int, Tie]
    printed: bool

    @property
    def covered(self) -> bool:
        """Whether somebody judged that it has to do with the instrument."""
        return any(tie.kind in COUNTED for tie in self.ties.values())


@dataclass(frozen=True)
class Matrix:
    """The sheets in the order of the plan, the items, and everything that is counted of both."""

    edition: Edition
    version: InstrumentVersion
    items: list[InstrumentItem]
    rows: list[Row]
    totals: dict[str, int] = field(default_factory=dict)

    @property
    def cells(self) -> int:
        """How many cells there are."""
        return len(self.items) * len(self.rows)

    @property
    def judged(self) -> int:
        """How many somebody judged."""
        return sum(self.totals.values())

    @property
    def not_judged(self) -> int:
        """How many nobody has judged yet: not the same as «none»."""
        return self.cells - self.judged

    @property
    def printed(self) -> int:
        """How many sheets name the instrument."""
        return sum(row.printed for row in self.rows)

    @property
    def uncovered_rows(self) -> list[Row]:
        """Sheets for which every item is judged and none covers them."""
        return [row for row in self.rows if self.items and len(row.ties) == len(self.items) and not row.covered]

    @property
    def uncovered_items(self) -> list[InstrumentItem]:
        """Items judged for every sheet, which none covers."""
        full = [item for item in self.items if self.rows and all(item.pk in row.ties for row in self.rows)]
        return [item for item in full if not any(row.ties[item.pk].kind in COUNTED for row in self.rows)]

    @property
    def waiting_items(self) -> list[InstrumentItem]:
        """Items that no sheet covers so far, some of their cells not yet judged."""
        done = {item.pk for item in self.uncovered_items}
        covered = {pk for row in self.rows for pk, tie in row.ties.items() if tie.kind in COUNTED}
        return [item for item in self.items if item.pk not in covered and item.pk not in done]

    @property
    def conflicts(self) -> list[Tie]:
        """Conflicts that nobody has settled, the one due first at the top."""
        found = [tie for row in self.rows for tie in row.ties.values() if tie.is_open_conflict]
        return sorted(found, key=lambda tie: (tie.due_on, tie.pk))

    @property
    def years_apart(self) -> int | None:
        """By how many years the instrument looks further than the edition (less than nothing: not as far)."""
        return self.version.horizon - self.edition.last_year if self.version.horizon else None


def edition_with_sheets(editions: QuerySet[Edition]) -> Edition | None:
    """The latest of these that has sheets: one that is only announced has nothing to hold against an instrument."""
    return editions.filter(axes__strategies__actions__isnull=False).order_by("first_year").last()


def matrix(edition: Edition, version: InstrumentVersion) -> Matrix:
    """The whole matrix, in five queries."""
    items = list(version.items.select_related("parent").prefetch_related("municipalities"))
    ties = Tie.objects.filter(item__version=version, action__strategy__axis__edition=edition)
    by_action: dict[int, dict[int, Tie]] = {}
    for tie in ties.select_related("judged_by", "item", "action__strategy__axis"):
        by_action.setdefault(tie.action_id, {})[tie.item_id] = tie
    named = _naming(edition, version)
    actions = Action.objects.of(edition).select_related("strategy__axis")
    rows = [Row(action, by_action.get(action.pk, {}), action.pk in named) for action in actions]
    totals = Counter(tie.kind for found in by_action.values() for tie in found.values())
    return Matrix(edition, version, items, rows, dict(totals))


def _naming(edition: Edition, version: InstrumentVersion) -> set[int]:
    printed = version.instrument.printed_as_id
    if printed is None:
        return set()
    found = Alignment.objects.filter(item=printed, action__strategy__axis__edition=edition)
    return set(found.values_list("action", flat=True))


@dataclass(frozen=True)
class Change:
    """A tie that an edition did not take over as it was: lost, or judged otherwise."""

    older: Tie
    newer: Action | None
    now: Tie | None


@dataclass(frozen=True)
class Since:
    """What became of the ties of the edition before."""

    before: Edition
    inherited: int
    changed: list[Change]
    lost: list[Change]


def since(edition: Edition, version: InstrumentVersion) -> Since | None:
    """What an edition inherited, lost and changed of the ties of the one it was opened from; None for a first one."""
    before = edition.opened_from
    if before is None:
        return None
    old = Tie.objects.filter(item__version=version, action__strategy__axis__edition=before)
    onward = dict(
        ActionContinuation.objects.filter(newer__strategy__axis__edition=edition).values_list("older", "newer")
    )
    new = {(tie.action_id, tie.item_id): tie for tie in _ties(edition, version)}
    actions = {one.pk: one for one in Action.objects.of(edition).select_related("strategy__axis")}
    inherited = 0
    changed: list[Change] = []
    lost: list[Change] = []
    for tie in old.select_related("action__strategy__axis", "item"):
        newer = actions.get(onward.get(tie.action_id, 0))
        now = new.get((newer.pk, tie.item_id)) if newer else None
        if now is not None and now.kind == tie.kind:
            inherited += 1
        else:
            (changed if now is not None else lost).append(Change(tie, newer, now))
    return Since(before, inherited, changed, lost)


def _ties(edition: Edition, version: InstrumentVersion) -> list[Tie]:
    return list(Tie.objects.filter(item__version=version, action__strategy__axis__edition=edition))
