"""Two editions side by side: what was kept, reworded, split, merged, dropped, or is new."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from aumenta.core.continuation import PlanPart, propose
from aumenta.core.diff import Span, diff_words
from aumenta.core.text import plain_text
from aumenta.plan.models import (
    Action,
    ActionContinuation,
    ContinuationKind,
    Edition,
    Strategy,
    StrategyContinuation,
)

DROPPED, NEW = "dropped", "new"
OUTCOMES = (*ContinuationKind.values, DROPPED, NEW)


@dataclass(frozen=True, slots=True)
class ContinuationTie:
    """One part continues another. A tie from the texts alone has a `likeness` and is never confirmed."""

    older: str
    newer: str
    kind: str
    confirmed: bool
    reason_it: str = ""
    reason_en: str = ""
    likeness: float | None = None


@dataclass(frozen=True)
class Change:
    """What became of one or several parts: `outcome` is one of OUTCOMES."""

    outcome: str
    older: Sequence[Strategy | Action]
    newer: Sequence[Strategy | Action]
    ties: list[ContinuationTie]

    @property
    def proposed(self) -> bool:
        """Whether the office has still to confirm it."""
        return any(not tie.confirmed for tie in self.ties)

    def titles(self, language: str) -> list[Span]:
        """The titles word by word, where one part became one."""
        if len(self.older) != 1 or len(self.newer) != 1:
            return []
        pair = [getattr(part, f"title_{language}") or part.title_it for part in (self.older[0], self.newer[0])]
        return diff_words(*pair)


@dataclass(frozen=True)
class Comparison:
    """Everything that went from one edition to another, in the order of the codes."""

    changes: list[Change]

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many changes have each outcome; every outcome is there."""
        counted = Counter(change.outcome for change in self.changes)
        return {outcome: counted[outcome] for outcome in OUTCOMES}


def compare_strategies(older: Edition, newer: Edition) -> Comparison:
    """The strategies of two editions, in three queries; ties come from the texts where none are stored."""
    stored = StrategyContinuation.objects.filter(older__axis__edition=older, newer__axis__edition=newer)
    return _compare(
        list(Strategy.objects.of(older)),
        list(Strategy.objects.of(newer)),
        list(stored.select_related("older__axis", "newer__axis")),
    )


def compare_actions(older: Edition, newer: Edition) -> Comparison:
    """The actions of two editions, in three queries; ties come from the texts where none are stored."""
    stored = ActionContinuation.objects.filter(
        older__strategy__axis__edition=older, newer__strategy__axis__edition=newer
    )
    return _compare(
        list(Action.objects.of(older)),
        list(Action.objects.of(newer)),
        list(stored.select_related("older__strategy__axis", "newer__strategy__axis")),
    )


def proposed_ties(older: Sequence[Strategy | Action], newer: Sequence[Strategy | Action]) -> list[ContinuationTie]:
    """What the Italian texts suggest, for an editor to confirm or not."""
    found = propose([_part(part) for part in older], [_part(part) for part in newer])
    return [ContinuationTie(p.older, p.newer, p.kind, confirmed=False, likeness=p.likeness) for p in found]


def _part(part: Strategy | Action) -> PlanPart:
    text = part.purpose_it if isinstance(part, Strategy) else f"{part.summary_it} {plain_text(part.description_it)}"
    return PlanPart(part.code, part.title_it, text)


def _compare(
    older: Sequence[Strategy | Action],
    newer: Sequence[Strategy | Action],
    stored: Sequence[StrategyContinuation | ActionContinuation],
) -> Comparison:
    ties = [
        ContinuationTie(row.older.code, row.newer.code, row.kind, row.confirmed, row.reason_it, row.reason_en)
        for row in stored
    ] or proposed_ties(older, newer)
    before, after = {part.code: part for part in older}, {part.code: part for part in newer}
    changes = [
        Change(group[0].kind, [before[c] for c in olds], [after[c] for c in news], group)
        for group, olds, news in _groups(ties)
    ]
    changes += [Change(DROPPED, [part], [], []) for part in older if part.code not in {tie.older for tie in ties}]
    changes += [Change(NEW, [], [part], []) for part in newer if part.code not in {tie.newer for tie in ties}]
    return Comparison(sorted(changes, key=_place))


def _place(change: Change) -> tuple[list[int], bool]:
    part = (change.older or change.newer)[0]
    return [int(number) for number in part.code.split(".")], not change.older


def _groups(ties: Sequence[ContinuationTie]) -> list[tuple[list[ContinuationTie], list[str], list[str]]]:
    """The ties that hang together, with the codes at their two ends in the order they come."""
    by_end: defaultdict[tuple[str, str], list[ContinuationTie]] = defaultdict(list)
    for tie in ties:
        by_end["older", tie.older].append(tie)
        by_end["newer", tie.newer].append(tie)
    groups, seen = [], set()
    for start in ties:
        if start in seen:
            continue
        group, waiting = [], [start]
        while waiting:
            tie = waiting.pop()
            if tie not in seen:
                seen.add(tie)
                group.append(tie)
                waiting += by_end["older", tie.older] + by_end["newer", tie.newer]
        group.sort(key=lambda tie: (_numbers(tie.older), _numbers(tie.newer)))
        olds = list(dict.fromkeys(tie.older for tie in group))
        news = list(dict.fromkeys(tie.newer for tie in group))
        groups.append((group, olds, news))
    return groups


def _numbers(code: str) -> list[int]:
    return [int(number) for number in code.split(".")]
