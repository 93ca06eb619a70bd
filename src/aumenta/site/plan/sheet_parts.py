"""The parts of a sheet that many sheets have none of: one query says which there are, and only those are asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, prefetch_related_objects

from aumenta.governance.models import Tie
from aumenta.monitoring.actions.standing import ActionStanding, standing_of
from aumenta.monitoring.models import Implementation, Milestone, Objective, Progress, ProjectTie
from aumenta.people.models import Organisation
from aumenta.plan.models import (
    Action,
    ActionPlace,
    Edition,
    Example,
    Link,
    Responsibility,
    SheetRow,
)
from aumenta.plan.queries import ties_of_sheets
from aumenta.site.plan.two_way_links import PlaceLink, places_of
from aumenta.themes.models import Issue, IssueAction
from aumenta.voices.models import Answer, Claim
from aumenta.voices.queries import asked_of

_HERE: Final = OuterRef("pk")
_PARTS: Final[Mapping[str, QuerySet[Any]]] = {
    "examples": Example.objects.filter(action=_HERE),
    "links": Link.objects.filter(action=_HERE),
    "rows": SheetRow.objects.filter(action=_HERE),
    "places": ActionPlace.objects.filter(action=_HERE),
    "offices": Responsibility.objects.filter(action=_HERE),
    "progress": Progress.objects.filter(action=_HERE, review="approved"),
    "milestones": Milestone.objects.filter(action=_HERE),
    "implementation": Implementation.objects.filter(action=_HERE),
    "objectives": Objective.actions.through.objects.filter(action_id=_HERE),
    "projects": ProjectTie.objects.filter(action=_HERE, state="confirmed"),
    "ties": Tie.objects.filter(action=_HERE).exclude(kind=Tie.Kind.NOT_PERTINENT),
    "answers": Answer.objects.filter(version__action=_HERE),
    "issues": IssueAction.objects.filter(action=_HERE, issue__active=True),
}


@dataclass(frozen=True)
class SheetParts:
    """An action with the body of its sheet read, and which of `_PARTS` it has: the others are empty without asking."""

    action: Action
    has: frozenset[str]

    @cached_property
    def standing(self) -> ActionStanding:
        """How far it has come."""
        if self.has & {"progress", "milestones", "implementation"}:
            return standing_of([self.action])[0]
        return ActionStanding(self.action, None, None, (), None)

    @property
    def places(self) -> list[PlaceLink]:
        """Where it applies."""
        return places_of(self.action) if "places" in self.has else []

    @property
    def offices(self) -> list[Organisation]:
        """Who answers for it: the bodies the office named on the sheet, and the office that carries it out."""
        named = [self.standing.implementation.office] if self.standing.implementation else []
        if "offices" in self.has:
            rows = self.action.responsibilities.select_related("organisation")
            named = [*(one.organisation for one in rows), *named]
        return list(dict.fromkeys(one for one in named if one))

    @property
    def projects(self) -> list[ProjectTie]:
        """The projects that somebody confirmed to carry it out."""
        if "projects" not in self.has:
            return []
        return list(ProjectTie.objects.filter(action=self.action, state="confirmed").select_related("project"))

    @property
    def objectives(self) -> list[Objective]:
        """The objectives of DUP and PIAO that it is tied to."""
        return list(Objective.objects.filter(actions=self.action)) if "objectives" in self.has else []

    @property
    def ties(self) -> list[Tie]:
        """How it stands to the items of other instruments, where somebody judged that it has to do with them."""
        if "ties" not in self.has:
            return []
        rows = Tie.objects.filter(action=self.action).exclude(kind=Tie.Kind.NOT_PERTINENT)
        return list(rows.select_related("item__version__instrument").order_by("item__version", "item__position"))

    @property
    def asked(self) -> list[Claim]:
        """Who asked for it."""
        return asked_of(self.action) if "answers" in self.has else []

    @property
    def issues(self) -> list[Issue]:
        """The issues it answers."""
        if "issues" not in self.has:
            return []
        rows = Issue.objects.in_use().issues().filter(answers__action=self.action, parent__active=True)
        return list(rows.select_related("parent").order_by("parent__position", "position"))


def sheet_with_parts(edition: Edition, code: str) -> SheetParts | None:
    """The sheet with this code; None where there is none. Three queries, and one for each of examples, links and rows
    that there are."""
    flags = {f"has_{name}": Exists(rows) for name, rows in _PARTS.items()}
    found = Action.objects.of(edition).with_code(code).annotate(**flags).first()
    if found is None:
        return None
    has = frozenset(name for name in _PARTS if getattr(found, f"has_{name}"))
    prefetch_related_objects(
        [found],
        Prefetch("examples", Example.objects.all() if "examples" in has else Example.objects.none()),
        Prefetch("links", Link.objects.all() if "links" in has else Link.objects.none()),
        Prefetch("rows", SheetRow.objects.all() if "rows" in has else SheetRow.objects.none()),
        *ties_of_sheets(),
    )
    return SheetParts(found, has)
