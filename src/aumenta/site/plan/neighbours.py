"""What comes before and after something that has a code, for leafing through the plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse


@dataclass(frozen=True)
class Neighbour:
    """The thing next to the one shown, and where it is."""

    thing: Any
    address: str


@dataclass(frozen=True)
class Neighbours:
    """Before and after; None at the ends."""

    before: Neighbour | None
    after: Neighbour | None


def neighbours(things: Sequence[Any], here: Any, route: str, label: str) -> Neighbours:
    """The things beside `here` in their order; each has a `code`, which with the edition's label makes its address."""
    place = things.index(here)

    def at(number: int) -> Neighbour | None:
        if not 0 <= number < len(things):
            return None
        return Neighbour(things[number], reverse(route, args=[label, things[number].code]))

    return Neighbours(at(place - 1), at(place + 1))
