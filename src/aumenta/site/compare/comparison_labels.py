"""What became of a part of the plan, in the page's language."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from aumenta.core.diff import Span
from aumenta.plan.comparison import Change

OUTCOME_WORDS: dict[str, Promise | str] = {
    "kept": _("kept"),
    "reworded": _("reworded"),
    "split": _("split"),
    "merged": _("merged"),
    "dropped": _("dropped"),
    "new": _("new"),
}


@dataclass(frozen=True)
class ComparedRow:
    """A change as a row of the page: `spans` are the titles word by word where one part became one other."""

    change: Change
    outcome: Promise | str
    spans: list[Span]
    language: str
    reasons: list[str]


def compared_rows(changes: Iterable[Change], language: str) -> list[ComparedRow]:
    """The rows of the comparison; titles that lack one of the two translations are compared in Italian."""
    rows = []
    for change in changes:
        parts = [*change.older, *change.newer]
        said_in = language if all(getattr(part, f"title_{language}") for part in parts) else "it"
        reasons = [getattr(tie, f"reason_{language}") or tie.reason_it for tie in change.ties]
        rows.append(
            ComparedRow(
                change,
                OUTCOME_WORDS[change.outcome],
                change.titles(said_in) if change.outcome != "kept" else [],
                said_in,
                [reason for reason in dict.fromkeys(reasons) if reason],
            )
        )
    return rows
