"""How the plan is read: everything a page needs in a fixed number of queries."""

from typing import Any, NamedTuple

from django.db.models import Prefetch

from aumenta.core.text import plain_text
from aumenta.plan.models import Action, ActionQuerySet, Alignment, Axis, Edition, Involvement, Strategy


def tree(edition: Edition) -> list[Axis]:
    """The axes of an edition with their strategies and actions (without descriptions), in three queries."""
    actions = Action.objects.order_by("number").defer("for_whom_it", "for_whom_en", "description_it", "description_en")
    strategies = Strategy.objects.order_by("number").prefetch_related(Prefetch("actions", actions))
    return list(edition.axes.order_by("number").prefetch_related(Prefetch("strategies", strategies)))


def sheets(edition: Edition) -> ActionQuerySet:
    """The actions of an edition with all that a sheet shows: actors, alignments, examples, links and other rows."""
    return Action.objects.of(edition).prefetch_related("examples", "links", "rows", *ties_of_sheets())


def ties_of_sheets() -> tuple[Prefetch[Any], Prefetch[Any]]:
    """Actors and alignments of sheets in the order they are shown, to be read with them: a query each."""
    alignments = Alignment.objects.select_related("item__framework", "item__parent").order_by(
        "item__framework__position", "position"
    )
    return (
        Prefetch("involvements", Involvement.objects.select_related("actor")),
        Prefetch("alignments", alignments),
    )


class PlanText(NamedTuple):
    """One text of the plan: `group` is the code of the strategy it belongs to."""

    code: str
    group: str
    language: str
    text: str


def texts_of_edition(label: str) -> list[PlanText]:
    """Titles, purposes, summaries and descriptions of an edition's strategies and actions, as plain text.

    Raises Edition.DoesNotExist where there is no edition with that label.
    """
    edition = Edition.objects.get(label=label)
    strategies, actions = list(Strategy.objects.of(edition)), list(Action.objects.of(edition))
    rows = []
    for language in ("it", "en"):
        for strategy in strategies:
            if text := _joined(strategy, language, "title", "purpose"):
                rows.append(PlanText(strategy.code, strategy.code, language, text))
        for action in actions:
            if text := _joined(action, language, "title", "summary", "description"):
                rows.append(PlanText(action.code, action.strategy.code, language, text))
    return rows


def _joined(thing: Any, language: str, *fields: str) -> str:
    parts = [getattr(thing, f"{field}_{language}") for field in fields]
    return " ".join(plain_text(part) for part in parts if part)
