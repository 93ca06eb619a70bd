"""Ties in words: with whom, how strong, and why."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from aumenta.core.connections import Family, Tie
from aumenta.plan.connections import Connections

# A family that gives less than this share of a tie is not a reason for it.
SMALLEST_SHARE = 0.08
FAMILIES = {
    Family.ACTORS: _("the same actors"),
    Family.INSTRUMENTS: _("the same instruments"),
    Family.OBJECTIVES: _("the same objectives and programmes"),
    Family.TEXT: _("the same words"),
}
# Of the ties of the 111 actions of 2021-2023, about a sixth are above the first and half above the second.
DEGREES = (
    (0.45, pgettext_lazy("connection", "very strong")),
    (0.28, pgettext_lazy("connection", "strong")),
    (0.0, pgettext_lazy("connection", "fair")),
)


@dataclass(frozen=True)
class SaidReason:
    """A family of reasons with what is in common, in the page's language."""

    family: Promise | str
    common: list[str]


@dataclass(frozen=True)
class SaidTie:
    """A tie as a page shows it."""

    first: str
    first_title: str
    second: str
    second_title: str
    strength: float
    degree: Promise | str
    reasons: list[SaidReason]


def said(ties: Iterable[Tie], plan: Connections) -> list[SaidTie]:
    """The ties in the page's language."""
    language = get_language() or "it"
    found = []
    for tie in ties:
        reasons = [
            SaidReason(
                FAMILIES[reason.family],
                [plan.names[label].said(language) if label in plan.names else label for label in reason.common[:3]],
            )
            for reason in tie.reasons
            if reason.share >= SMALLEST_SHARE
        ]
        degree = next(word for least, word in DEGREES if tie.strength >= least)
        first, second = plan.titles[tie.first].said(language), plan.titles[tie.second].said(language)
        found.append(SaidTie(tie.first, first, tie.second, second, tie.strength, degree, reasons))
    return found


def connected(plan: Connections, code: str) -> list[tuple[SaidTie, str, str]]:
    """The ties of an action, each with the code and title of its other end, strongest first."""
    return [
        (tie, tie.second, tie.second_title) if tie.first == code else (tie, tie.first, tie.first_title)
        for tie in said(plan.of(code), plan)
    ]
