"""A part of the book: the sheets of an axis, a strategy, a zone, a municipality or an actor, or of several at once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from aumenta.core.text import whole_number
from aumenta.people.reader import field_in_language, reader_language
from aumenta.plan.models import Action, Actor, Axis, Edition, Strategy
from aumenta.plan.places import codes_in, reaching, ties_of
from aumenta.territory.models import Territory
from aumenta.territory.queries import MUNICIPALITY, ZONE, table_of


class PartError(Exception):
    """What was asked for is none of the book; the sentence says what can be asked."""


@dataclass(frozen=True)
class Part:
    """Some sheets of an edition: their keys, and in words what they have in common; of the whole book neither."""

    keys: frozenset[int] | None = None
    words: str = ""

    def has(self, action: Action) -> bool:
        """Whether a sheet is in this part."""
        return self.keys is None or action.pk in self.keys


WHOLE: Final = Part()
Found = tuple[frozenset[int], str]


def part_of(edition: Edition, asked: QueryDict) -> Part:
    """The part that an address asks for, everything that it names at once. Raises PartError."""
    keys: frozenset[int] | None = None
    words = []
    for name in sorted(asked):
        if name not in READ or len(asked.getlist(name)) > 1:
            told = {"name": name[:40], "names": ", ".join(READ)}
            raise PartError(_("“%(name)s” is no part of the book. What can be asked, once each: %(names)s.") % told)
        found, said = READ[name](edition, str(asked[name])[:120])
        keys = found if keys is None else keys & found
        words.append(said)
    return Part(keys, " · ".join(words))


def _nothing(value: str) -> PartError:
    return PartError(_("The plan has nothing called “%(value)s”.") % {"value": value[:40]})


def _said(thing: Axis | Strategy | Actor, field: str) -> str:
    return field_in_language(thing, field, reader_language())[0]


def _of_axis(edition: Edition, value: str) -> Found:
    number = whole_number(value)
    axis = edition.axes.filter(number=number).first() if number is not None and number < 10_000 else None
    if axis is None:
        raise _nothing(value)
    words = _("Axis %(number)d: %(title)s") % {"number": axis.number, "title": _said(axis, "title")}
    return _keys(edition, strategy__axis=axis), words


def _of_strategy(edition: Edition, value: str) -> Found:
    strategy = next((one for one in Strategy.objects.of(edition) if one.code == value), None)
    if strategy is None:
        raise _nothing(value)
    words = _("Strategy %(code)s: %(title)s") % {"code": strategy.code, "title": _said(strategy, "title")}
    return _keys(edition, strategy=strategy), words


def _of_actor(edition: Edition, value: str) -> Found:
    actor = Actor.objects.filter(slug=value).first()
    found = _keys(edition, involvements__actor=actor) if actor else frozenset()
    if actor is None or not found:
        raise _nothing(value)
    return found, _said(actor, "name")


def _of_place(kind: str) -> Callable[[Edition, str], Found]:
    def found(edition: Edition, value: str) -> Found:
        home = Territory.objects.home()
        table = table_of(home) if home else None
        position = table.find(kind, value, home.code) if home and table else None
        if home is None or table is None or position is None:
            raise _nothing(value)
        place = table.places[position]
        return frozenset(reaching(ties_of(edition, home), codes_in(table, place))), place.name

    return found


def _keys(edition: Edition, **rule: object) -> frozenset[int]:
    return frozenset(Action.objects.of(edition).filter(**rule).values_list("pk", flat=True))


READ: Final[dict[str, Callable[[Edition, str], Found]]] = {
    "asse": _of_axis,
    "strategia": _of_strategy,
    "zona": _of_place(ZONE),
    "comune": _of_place(MUNICIPALITY),
    "attore": _of_actor,
}
"""What an address may ask for, and how it is read."""
