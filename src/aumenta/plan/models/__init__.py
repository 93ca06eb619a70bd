"""The plan: editions, axes, strategies, actions, and what each action ties to."""

from aumenta.plan.models.care import AxisEditor, Responsibility
from aumenta.plan.models.chapter import Chapter, SheetRow
from aumenta.plan.models.continuation import ActionContinuation, ContinuationKind, StrategyContinuation
from aumenta.plan.models.edition import Action, ActionQuerySet, Axis, Edition, Plan, Strategy
from aumenta.plan.models.former import FormerCode
from aumenta.plan.models.framework import (
    Alignment,
    AlignmentProposal,
    Framework,
    FrameworkItem,
    ItemAlias,
    StrategyAlignment,
)
from aumenta.plan.models.place import ActionPlace
from aumenta.plan.models.search import SearchSynonym, SearchVector
from aumenta.plan.models.sheet import Actor, ActorAlias, Example, Involvement, Link

__all__ = [
    "Action",
    "ActionContinuation",
    "ActionPlace",
    "ActionQuerySet",
    "Actor",
    "ActorAlias",
    "Alignment",
    "AlignmentProposal",
    "Axis",
    "AxisEditor",
    "Chapter",
    "ContinuationKind",
    "Edition",
    "Example",
    "FormerCode",
    "Framework",
    "FrameworkItem",
    "Involvement",
    "ItemAlias",
    "Link",
    "Plan",
    "Responsibility",
    "SearchSynonym",
    "SearchVector",
    "SheetRow",
    "Strategy",
    "StrategyAlignment",
    "StrategyContinuation",
]
