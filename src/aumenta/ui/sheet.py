"""What the body of a sheet shows: the public page and the desk's preview are drawn from the same, by one template."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aumenta.core.text import name_key
from aumenta.plan.find.catalogue import ADDRESS_WORDS
from aumenta.plan.models import Action, Actor, Alignment, Framework, FrameworkItem


@dataclass(frozen=True)
class AlignmentTie:
    """One alignment. `item` is a FrameworkItem, or a name nobody has approved yet as {"name_it": …}. `printed` is empty
    where the sheet says what is said today."""

    item: FrameworkItem | Mapping[str, str]
    printed: str
    possible: bool


@dataclass(frozen=True)
class FrameworkTies:
    """What an action serves in one framework, and the framework's word in addresses."""

    framework: Framework
    word: str
    ties: list[AlignmentTie]


@dataclass(frozen=True)
class SheetBody:
    """A sheet without its title: `texts` has for_whom and description, each as _it and _en; actors are Actor, or a new
    name; `rows` are what the document says under labels of its own."""

    texts: Any
    examples: Sequence[Any]
    links: Sequence[Any]
    actors: Sequence[Actor | Mapping[str, str]]
    frameworks: Sequence[FrameworkTies]
    rows: Sequence[Any] = ()


def body_of_action(action: Action) -> SheetBody:
    """The body of an action read with `plan.queries.sheets`, without another query."""
    found: dict[int, FrameworkTies] = {}
    for alignment in action.alignments.all():
        item = alignment.item
        group = found.setdefault(item.framework.pk, _group(item.framework))
        possible = alignment.role == Alignment.Role.POSSIBLE_INTEGRATION
        group.ties.append(AlignmentTie(item, _printed(alignment.printed, item), possible))
    return SheetBody(
        texts=action,
        examples=list(action.examples.all()),
        links=list(action.links.all()),
        actors=[one.actor for one in action.involvements.all()],
        frameworks=list(found.values()),
        rows=list(action.rows.all()),
    )


def body_of_content(content: Mapping[str, Any]) -> SheetBody:
    """The body that a content (plan.sheet_content) makes if it is approved, new names included; three queries."""
    actors = {actor.slug: actor for actor in Actor.objects.filter(slug__in=[row["actor"] for row in content["actors"]])}
    frameworks = {framework.code: framework for framework in Framework.objects.all()}
    items = {
        (item.framework.code, item.slug): item
        for item in FrameworkItem.objects.filter(
            slug__in=[row["item"] for row in content["alignments"]]
        ).select_related("framework")
    }
    found: dict[str, FrameworkTies] = {}
    for row in content["alignments"]:
        if row["framework"] not in frameworks:
            continue  # the form says so beside the row; a draft may be anything
        group = found.setdefault(row["framework"], _group(frameworks[row["framework"]]))
        item = items.get((row["framework"], row["item"]))
        possible = row["role"] == Alignment.Role.POSSIBLE_INTEGRATION
        if item is None:
            group.ties.append(AlignmentTie({"name_it": row["printed"] or row["item"]}, "", possible))
        else:
            group.ties.append(AlignmentTie(item, _printed(row["printed"], item), possible))
    return SheetBody(
        texts=content,
        examples=content["examples"],
        links=content["links"],
        actors=[actors.get(row["actor"]) or {"name_it": row["printed"] or row["actor"]} for row in content["actors"]],
        frameworks=sorted(found.values(), key=lambda group: group.framework.position),
        rows=content["rows"],
    )


def _group(framework: Framework) -> FrameworkTies:
    return FrameworkTies(framework, ADDRESS_WORDS.get(framework.code, framework.code), [])


def _printed(printed: str, item: FrameworkItem) -> str:
    return "" if name_key(printed) in {"", name_key(item.code), name_key(item.name_it)} else printed
