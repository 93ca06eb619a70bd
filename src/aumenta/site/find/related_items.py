"""What the actions of an axis or a strategy tie to, with how many of them: each line opens them in find."""

from dataclasses import dataclass

from django.utils.http import urlencode

from aumenta.plan.find.catalogue import Catalogue, FilterChoice, Group

MOST_LINES = 6
"""The strongest ties of each kind; the rest is one link away."""


@dataclass(frozen=True)
class RelatedItem:
    """An actor or item, how many actions name it, and the query that finds them."""

    choice: FilterChoice
    count: int
    query: str


@dataclass(frozen=True)
class RelatedItems:
    """The strongest ties of one kind, and how many more there are."""

    group: Group
    lines: list[RelatedItem]
    more: int


def related_items(plan: Catalogue, word: str, code: str) -> list[RelatedItems]:
    """For actors and each framework: what the actions of an axis (`asse`) or strategy (`strategia`) name most."""
    counts = plan.facets.counts({word: [code]})
    found = []
    for group in [plan.groups["attore"], *plan.frameworks]:
        counted = [(value, count) for value, count in counts[group.word].items() if count and _is_part(group, value)]
        counted.sort(key=lambda pair: (-pair[1], pair[0]))
        lines = [
            RelatedItem(group.choices[value], count, f"?{urlencode({word: code, group.word: value})}")
            for value, count in counted[:MOST_LINES]
        ]
        if lines:
            found.append(RelatedItems(group, lines, len(counted) - len(lines)))
    return found


def _is_part(group: Group, value: str) -> bool:
    """Whether a value is the finest there is: a mission says nothing beside its components."""
    return not any(choice.parent == value for choice in group.choices.values())
