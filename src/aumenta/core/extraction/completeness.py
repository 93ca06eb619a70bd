"""Is the whole plan there? Counted against what the document announces and against its own numbering."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from aumenta.core.extraction.document import PlanDocument
from aumenta.core.extraction.layout import Layout
from aumenta.core.extraction.lines import squeeze
from aumenta.core.extraction.numbering import GREATEST
from aumenta.core.extraction.sheets import Sheets

# The last sheet is compared with the others where there are so many.
ENOUGH: Final = 3


@dataclass(frozen=True, slots=True)
class Missing:
    """What isn't there.

    `codes` are axes, strategies and actions the numbering skips: a gap is told, it doesn't make a document incomplete.
    The rest does: `begins` is the first code where the beginning is missing, `unfinished` the last sheet (or strategy)
    where it breaks off, `no_rows` the labels of a layout none of which any sheet has, `announced_…` the numbers of
    strategies and actions the document speaks of, 0 where it says nothing or has no fewer.
    """

    codes: tuple[str, ...] = ()
    begins: str = ""
    unfinished: str = ""
    no_rows: tuple[str, ...] = ()
    announced_strategies: int = 0
    announced_actions: int = 0

    @property
    def is_incomplete(self) -> bool:
        """Whether the document is a part of a plan only, or can't be read as it is."""
        announced = self.announced_strategies or self.announced_actions
        return bool(self.begins or self.unfinished or self.no_rows or announced)


def find_missing(document: PlanDocument, text: str, layout: Layout, sheets: Sheets) -> Missing:
    """Compare a document with its announcement, its numbering and its last sheet."""
    strategies, actions = _announced(text, layout)
    labels = tuple(row.label for row in layout.rows if row.label)
    # One label alone is a word that happens to begin a line, where the layout has many.
    found = {field for fields in sheets.rows.values() for field in fields}
    no_rows = bool(document.actions and labels) and len(found) <= (1 if len(labels) >= ENOUGH else 0)
    return Missing(
        codes=sheets.gaps,
        begins=_begins_late(document, layout, sheets),
        unfinished="" if no_rows else _unfinished(document, layout, sheets),
        no_rows=labels if no_rows else (),
        announced_strategies=strategies if strategies > len(document.strategies) else 0,
        announced_actions=actions if document.actions and actions > len(document.actions) else 0,
    )


def _begins_late(document: PlanDocument, layout: Layout, sheets: Sheets) -> str:
    """The first code, where it isn't the first of the plan; a page may well hold one axis alone."""
    if layout.pages or sheets.own_numbers or not document.strategies:
        return ""
    first = document.actions[0].code if document.actions else document.strategies[0].code
    return "" if set(first.split(".")) == {"1"} else first


def _unfinished(document: PlanDocument, layout: Layout, sheets: Sheets) -> str:
    """The last sheet's code where it breaks off: rows that the others have are missing to its end."""
    if not document.actions or layout.pages:
        return ""
    last = document.actions[-1]
    if document.strategies[-1].code > last.strategy and document.strategies[-1].code not in {
        action.strategy for action in document.actions
    }:
        return document.strategies[-1].code
    mine = sheets.rows[last.code]
    others = [sheets.rows[action.code] for action in document.actions[:-1]]
    for row in layout.rows:
        if row.last and row.field not in mine:
            return last.code if not others or 2 * sum(row.field in each for each in others) >= len(others) else ""
    if not mine and any(others) and not last.description:
        return last.code
    usual = [row.field for row in layout.rows if others and all(row.field in each for each in others)]
    return last.code if len(others) >= ENOUGH and usual and usual[-1] not in mine else ""


def _announced(text: str, layout: Layout) -> tuple[int, int]:
    """The largest numbers of strategies and actions that the document says it has."""
    flat = squeeze(text.replace("**", "")) if layout.announced else ""
    strategies = actions = 0
    for pattern in layout.announced:
        for match in pattern.finditer(flat):
            numbers = match.groupdict()
            strategies = max(strategies, _number(numbers.get("strategies")))
            actions = max(actions, _number(numbers.get("actions")))
    return strategies, actions


def _number(printed: str | None) -> int:
    """A number in figures; nothing that long is a number of actions."""
    return int(printed) if printed and printed.isdecimal() and len(printed) <= len(str(GREATEST)) else 0
