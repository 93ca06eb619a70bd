"""Is the whole plan there? Counted against what the document announces and against its own numbering."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aumenta.core.extraction.document import ActionSheet, PlanDocument
from aumenta.core.extraction.layout import Layout
from aumenta.core.extraction.lines import squeeze


@dataclass(frozen=True, slots=True)
class Missing:
    """What isn't there.

    `codes` are axes, strategies and actions the numbering skips; `unfinished` is the last sheet where it breaks off
    ("" where it doesn't); `announced` are the numbers of strategies and actions the document speaks of, 0 where it
    says nothing or has no fewer.
    """

    codes: tuple[str, ...] = ()
    unfinished: str = ""
    announced_strategies: int = 0
    announced_actions: int = 0

    def __bool__(self) -> bool:
        return bool(self.codes or self.unfinished or self.announced_strategies or self.announced_actions)


def find_missing(document: PlanDocument, text: str, layout: Layout, unfinished: Sequence[str]) -> Missing:
    """Compare a document with its announcement, its numbering and its last sheet."""
    strategies, actions = _announced(text, layout)
    last = document.actions[-1] if document.actions else None
    return Missing(
        codes=tuple(_skipped(document)),
        unfinished=last.code if last and (last.code in unfinished or _is_bare(last)) else "",
        announced_strategies=strategies if strategies > len(document.strategies) else 0,
        announced_actions=actions if document.actions and actions > len(document.actions) else 0,
    )


def _is_bare(sheet: ActionSheet) -> bool:
    return not (sheet.description and sheet.actors)


def _announced(text: str, layout: Layout) -> tuple[int, int]:
    """The largest numbers of strategies and actions that the document says it has."""
    flat = squeeze(text.replace("**", "")) if layout.announced else ""
    strategies = actions = 0
    for pattern in layout.announced:
        for match in pattern.finditer(flat):
            numbers = match.groupdict()
            strategies = max(strategies, int(numbers.get("strategies") or 0))
            actions = max(actions, int(numbers.get("actions") or 0))
    return strategies, actions


def _skipped(document: PlanDocument) -> Iterable[str]:
    """Axes, strategies and actions missing from 1, 2, 3 …"""
    axes = [axis.number for axis in document.axes]
    yield from (str(number) for number in _gaps(axes))
    for axis in document.axes:
        own = [int(s.code.split(".")[1]) for s in document.strategies if s.axis == axis.number]
        yield from (f"{axis.number}.{number}" for number in _gaps(own))
    if document.actions:
        for strategy in document.strategies:
            own = [int(a.code.split(".")[2]) for a in document.actions if a.strategy == strategy.code]
            if own:
                yield from (f"{strategy.code}.{number}" for number in _gaps(own))
            else:
                yield f"{strategy.code}.1"


def _gaps(numbers: Sequence[int]) -> list[int]:
    present = set(numbers)
    return [number for number in range(1, max(present, default=0)) if number not in present]
