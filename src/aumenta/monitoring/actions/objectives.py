"""The objectives of DUP and PIAO: written one by one or taken from a table, and what they leave uncovered."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction

from aumenta.activity.log import log
from aumenta.activity.public_revision import touch
from aumenta.core.tables import Limits, Row, Table, TableError, table_read_apart
from aumenta.monitoring.activity import OBJECTIVE_WRITTEN, OBJECTIVES_LOADED
from aumenta.monitoring.models import Objective
from aumenta.monitoring.rules import may_keep_projects
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError, check_facts
from aumenta.plan.models import Action, Edition

HEADINGS: Final = {
    "level": ("livello", "level"),
    "code": ("codice", "code"),
    "year": ("anno", "year"),
    "title": ("titolo", "title"),
    "parent": ("obiettivo superiore", "parent"),
    "standing": ("stato", "status"),
    "source": ("fonte", "source"),
    "actions": ("azioni", "actions"),
}
"""The columns of the table; the first four are needed. Actions as codes parted by commas."""
LIMITS: Final = Limits(rows=5_000)
"""A city's DUP and PIAO of a year have some hundred; each row asks the database for its actions."""
LEVELS: Final = {
    "dup strategico": "dup_strategic",
    "dup operativo": "dup_operational",
    "piao": "piao",
    "dup_strategic": "dup_strategic",
    "dup_operational": "dup_operational",
}
STANDINGS: Final = {
    "": "unknown",
    "non dichiarato": "unknown",
    "non avviato": "not_begun",
    "in corso": "under_way",
    "raggiunto": "reached",
    "raggiunto in parte": "partly",
    "non raggiunto": "missed",
    **{value: value for value in Objective.Standing.values},
}


@transaction.atomic
def write_objective(
    *,
    person: User,
    objective: Objective | None = None,
    facts: Mapping[str, Any],
    actions: Collection[Action] | None = None,
) -> Objective:
    """Write an objective, or other facts and actions for one.

    Raises NotAllowedError, RefusedError: objective_invalid, objective_in_a_circle.
    """
    check_permission(may_keep_projects(person))
    kept = _write(objective, facts, actions)
    log(code=OBJECTIVE_WRITTEN, person=person, about=kept)
    touch()
    return kept


def _write(objective: Objective | None, facts: Mapping[str, Any], actions: Collection[Action] | None) -> Objective:
    kept = objective or Objective()
    for name, value in facts.items():
        setattr(kept, name, value)
    order = list(Objective.Level.values)
    if kept.parent is not None and order.index(kept.parent.level) >= order.index(kept.level):
        raise RefusedError("objective_in_a_circle", parent=kept.parent.code)
    check_facts(kept, "objective_invalid")
    kept.save()
    if actions is not None:
        kept.actions.set(actions)
    return kept


def load_objectives(*, person: User, edition: Edition, data: bytes) -> int:
    """Take a table of objectives (CSV, XLSX, ODS): all of it, or nothing and the row that will not do. What is there
    already is written anew. Returns how many there were.

    Raises NotAllowedError, RefusedError: unreadable_table, objective_row, objective_invalid, objective_in_a_circle.
    """
    check_permission(may_keep_projects(person))
    every = [heading for some in HEADINGS.values() for heading in some]
    try:
        # Read before anything is locked: nobody who writes waits for it.
        table = table_read_apart(data, every, limits=LIMITS)
        rows = [_row(table, row, edition) for row in table.rows]
    except TableError as problem:
        raise RefusedError("unreadable_table", finding=problem.finding) from None
    # Parents first, so that a table may name them in any order.
    order = list(Objective.Level.values)
    with transaction.atomic():
        for facts, parent, actions, number in sorted(rows, key=lambda one: order.index(one[0]["level"])):
            _take(facts, parent, actions, number)
        log(code=OBJECTIVES_LOADED, person=person, about=edition, subject=edition.label, detail=str(len(rows)))
        touch()
    return len(rows)


_Read = tuple[dict[str, Any], str, list[Action], int]


def _row(table: Table, row: Row, edition: Edition) -> _Read:
    """What a row says, its parent's code, its actions and where it stands."""

    def text(name: str) -> str:
        place = (
            table.needed(HEADINGS[name]) if name in {"level", "code", "year", "title"} else table.place(HEADINGS[name])
        )
        return row.cell(place).text.strip() if place is not None else ""

    def refuse(name: str) -> RefusedError:
        return RefusedError("objective_row", row=row.number, column=HEADINGS[name][0], shown=text(name)[:60])

    level, standing, year = LEVELS.get(text("level").lower()), STANDINGS.get(text("standing").lower()), text("year")
    year = year.removesuffix(".0")
    if level is None:
        raise refuse("level")
    if standing is None:
        raise refuse("standing")
    if not (year.isascii() and year.isdigit() and len(year) == 4):
        raise refuse("year")
    for name in ("code", "title"):
        if not text(name):
            raise refuse(name)
    actions = []
    for code in filter(None, (part.strip() for part in text("actions").replace(";", ",").split(","))):
        action = Action.objects.of(edition).with_code(code).first()
        if action is None:
            raise refuse("actions")
        actions.append(action)
    facts = {
        "level": level,
        "code": text("code"),
        "year": int(year),
        "title_it": text("title"),
        "standing": standing,
        "source": text("source"),
    }
    return facts, text("parent"), actions, row.number


def _take(facts: dict[str, Any], parent: str, actions: list[Action], number: int) -> None:
    above = None
    if parent:
        above = (
            Objective.objects.filter(code=parent, year=facts["year"]).exclude(level="piao").order_by("-level").first()
        )
        if above is None:
            raise RefusedError("objective_row", row=number, column=HEADINGS["parent"][0], shown=parent[:60])
    there = Objective.objects.filter(level=facts["level"], code=facts["code"], year=facts["year"]).first()
    _write(there, {**facts, "parent": above}, actions)


@dataclass(frozen=True)
class Coverage:
    """What the objectives of a year cover of an edition, and what is left, in both directions."""

    year: int
    objectives: list[Objective]
    actions_without: list[Action]
    objectives_without: list[Objective]
    without_parent: list[Objective]


def coverage(edition: Edition, year: int) -> Coverage:
    """The objectives of a year beside the actions of an edition: three queries."""
    objectives = list(
        Objective.objects.filter(year=year)
        .select_related("parent")
        .prefetch_related("actions__strategy__axis__edition")
    )
    behind = {one.pk for objective in objectives for one in objective.actions.all()}
    actions = Action.objects.filter(strategy__axis__edition=edition).select_related("strategy__axis__edition")
    ordered = actions.order_by("strategy__axis__number", "strategy__number", "number")
    return Coverage(
        year,
        objectives,
        [
            action
            for action in ordered.defer("for_whom_it", "for_whom_en", "description_it", "description_en")
            if action.pk not in behind
        ],
        [one for one in objectives if not _supported(one, objectives)],
        [one for one in objectives if one.parent is None and one.level != Objective.Level.STRATEGIC],
    )


def _supported(one: Objective, all_of_them: Sequence[Objective]) -> bool:
    """Whether an action stands behind an objective or behind one below it."""
    if one.actions.all():
        return True
    return any(_supported(below, all_of_them) for below in all_of_them if below.parent_id == one.pk)


def years() -> list[int]:
    """The years there are objectives of, the latest first."""
    return list(Objective.objects.order_by("-year").values_list("year", flat=True).distinct())
