"""Ties in words: with whom, how strong, and why."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aumenta.core.connections import Family, Tie
from aumenta.plan.connections import Connections, Name
from aumenta.plan.models import Axis

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
class ReasonText:
    """A family of reasons with what is in common: names, or words as the Italian sheets write them."""

    family: Promise | str
    common: list[Name]


@dataclass(frozen=True)
class ConnectionText:
    """A tie as a page shows it."""

    first: str
    first_title: Name
    second: str
    second_title: Name
    strength: float
    degree: Promise | str
    reasons: list[ReasonText]


def choose(plan: Connections, axes: Iterable[Axis], action: str, axis: str) -> tuple[list[Tie], str, str]:
    """The ties of an action, or of an axis, or of all; and which action or axis that is: empty where there is no such.

    Ties within one strategy are left out unless an action is asked for: that its actions belong together is no news.
    """
    if action in plan.titles:
        return plan.of(action), action, axis
    ties = [tie for tie in plan.ties if tie.first.rsplit(".", 1)[0] != tie.second.rsplit(".", 1)[0]]
    if not any(str(one.number) == axis for one in axes):
        return ties, "", ""
    return [tie for tie in ties if axis in (tie.first.split(".")[0], tie.second.split(".")[0])], "", axis


def connection_texts(ties: Iterable[Tie], plan: Connections) -> list[ConnectionText]:
    """The ties as a page shows them."""
    found = []
    for tie in ties:
        reasons = [
            ReasonText(
                FAMILIES[reason.family],
                [(plan.names.get(label) or Name(label)).brief for label in reason.common[:3]],
            )
            for reason in tie.reasons
            if reason.share >= SMALLEST_SHARE
        ]
        degree = next(word for least, word in DEGREES if tie.strength >= least)
        first, second = plan.titles[tie.first], plan.titles[tie.second]
        found.append(ConnectionText(tie.first, first, tie.second, second, tie.strength, degree, reasons))
    return found


def connected(plan: Connections, code: str) -> list[tuple[ConnectionText, str, Name]]:
    """The ties of an action, each with the code and title of its other end, strongest first."""
    return [
        (tie, tie.second, tie.second_title) if tie.first == code else (tie, tie.first, tie.first_title)
        for tie in connection_texts(plan.of(code), plan)
    ]
