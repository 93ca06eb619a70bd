"""How far actions have come: the latest approved update of each, and its percentage from milestones."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from aumenta.core.progress.achievement import Achievement, achievement
from aumenta.monitoring.models import ActionState, Implementation, Milestone, MilestoneValue, Progress
from aumenta.plan.models import Action, Edition

TOLERANCE: Final = 10.0
"""Points by which a milestone may lie behind the calendar and still be on track."""


@dataclass(frozen=True)
class MilestoneStanding:
    """A milestone with its last public value; `done` is None where nothing was reported: never zero."""

    milestone: Milestone
    value: float | None
    done: Achievement | None


@dataclass(frozen=True)
class ActionStanding:
    """How far an action has come by its latest approved update; `percent` is None where a milestone is not known."""

    action: Action
    implementation: Implementation | None
    latest: Progress | None
    milestones: tuple[MilestoneStanding, ...]
    percent: float | None
    updates: tuple[Progress, ...] = ()
    """All that everybody reads, the latest first."""

    @property
    def known(self) -> int:
        """How many milestones somebody reported."""
        return sum(one.done is not None for one in self.milestones)

    @property
    def bar(self) -> float:
        """The percentage as a bar shows it, between nothing and all."""
        return min(100.0, max(0.0, self.percent or 0.0))


def standing_of(actions: Sequence[Action], until: date | None = None) -> list[ActionStanding]:
    """How far each of these actions has come, or had come by a day: four queries, however many there are."""
    keys = [action.pk for action in actions]
    updates: dict[int, list[Progress]] = defaultdict(list)
    approved = Progress.objects.filter(action__in=keys, review="approved", as_of__lte=until or date.max)
    for update in approved.select_related("state"):
        updates[update.action_id].append(update)
    latest = {action: some[0] for action, some in updates.items()}
    milestones: dict[int, list[Milestone]] = defaultdict(list)
    for one in Milestone.objects.filter(action__in=keys):
        milestones[one.action_id].append(one)
    said = _values([update.pk for update in latest.values()])
    offices = {one.action_id: one for one in Implementation.objects.filter(action__in=keys).select_related("office")}
    found = []
    for action in actions:
        last = latest.get(action.pk)
        rows = tuple(
            _milestone(one, said.get((last.pk, one.pk)) if last else None, last.as_of if last else None)
            for one in milestones[action.pk]
        )
        told = tuple(updates.get(action.pk, ()))
        found.append(ActionStanding(action, offices.get(action.pk), last, rows, _percent(rows), told))
    return found


def _values(updates: Iterable[int]) -> dict[tuple[int, int], float]:
    rows = MilestoneValue.objects.filter(progress__in=list(updates)).values_list("progress_id", "milestone_id", "value")
    return {(progress, milestone): value for progress, milestone, value in rows}


def _milestone(milestone: Milestone, value: float | None, as_of: date | None) -> MilestoneStanding:
    done = achievement(
        base=milestone.base,
        target=milestone.target,
        actual=value,
        begins_on=milestone.begins_on,
        due_on=milestone.due_on,
        as_of=as_of,
        tolerance=TOLERANCE,
    )
    return MilestoneStanding(milestone, value, done)


def _percent(rows: Sequence[MilestoneStanding]) -> float | None:
    """The mean of the milestones by their published weights; unknown while one of them is."""
    if not rows or any(one.done is None for one in rows):
        return None
    whole = sum(one.milestone.weight for one in rows)
    return sum(one.milestone.weight * one.done.percent for one in rows if one.done) / whole


def edition_standing(edition: Edition, until: date | None = None) -> list[ActionStanding]:
    """All actions of an edition, in their order: five queries."""
    actions = Action.objects.filter(strategy__axis__edition=edition).select_related("strategy__axis__edition")
    ordered = actions.order_by("strategy__axis__number", "strategy__number", "number")
    light = ordered.defer("for_whom_it", "for_whom_en", "description_it", "description_en")
    return standing_of(list(light), until)


@dataclass(frozen=True)
class Count:
    """How many actions have one word of the vocabulary; without a state, those nobody has reported."""

    state: ActionState | None
    count: int


def counts(rows: Sequence[ActionStanding]) -> list[Count]:
    """Actions by status, in the order of the vocabulary; what nobody reported stands last and is never left out."""
    held = Counter(one.latest.state_id if one.latest else 0 for one in rows)
    states = {one.latest.state_id: one.latest.state for one in rows if one.latest}
    found = [Count(state, held[key]) for key, state in states.items()]
    found.sort(key=lambda one: (one.state.position, one.state.pk) if one.state else (0, 0))
    return [*found, *([Count(None, held[0])] if held[0] else [])]
