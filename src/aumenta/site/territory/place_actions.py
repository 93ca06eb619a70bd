"""The actions that reach a place, from those that name it to those for everybody, each with how it reaches."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aumenta.plan.find.catalogue import Entry, catalogue
from aumenta.plan.find.place_filters import WORDS
from aumenta.plan.models import Edition
from aumenta.plan.places import PlaceTie, Reached, codes_in, counted, reaching, ties_of
from aumenta.plan.propose_places import source_of_words
from aumenta.site.territory.shown import BELT_GENERA, Shown
from aumenta.territory.models import Territory
from aumenta.territory.queries import Place
from aumenta.ui.reached import reached_words

NARROW = {"municipality": 0, "zone": 1, "belt": 2, "small": 2, "whole": 3}
HEADINGS = (
    gettext_lazy("They name this place"),
    gettext_lazy("They name its zone"),
    gettext_lazy("They name places like this one"),
    gettext_lazy("They are for the whole territory"),
)
HEADINGS_OF_ZONE = (
    gettext_lazy("They name municipalities of this zone"),
    gettext_lazy("They name this zone"),
    gettext_lazy("They name belts or small municipalities that lie in it"),
    gettext_lazy("They are for the whole territory"),
)
HEADINGS_OF_BELT = (
    gettext_lazy("They name municipalities of this belt"),
    gettext_lazy("They name zones that lie in it"),
    gettext_lazy("They name this belt, or small municipalities"),
    gettext_lazy("They are for the whole territory"),
)


@dataclass(frozen=True)
class Reaching:
    """An action, how it reaches the place, whether every tie is still a proposal, and then from which words of the
    sheet and who says that they mean the place (empty where they are its own name)."""

    entry: Entry
    address: str
    ways: list[str]
    proposed: bool
    words: str
    source: str


@dataclass(frozen=True)
class ActionsOfPlace:
    """The actions by how narrowly they reach: those the office confirmed, and apart those that were only proposed from
    the words of their sheets, which are never counted."""

    edition: Edition
    count: Reached
    confirmed: list[tuple[str, list[Reaching]]]
    proposed: list[tuple[str, list[Reaching]]]
    find: str

    @property
    def counted_words(self) -> str:
        """How many reach the place, in words."""
        return reached_words(self.count)

    @property
    def find_on_the_plan(self) -> str:
        """Where find shows all of them on the picture of the plan."""
        return f"{self.find}{'&' if '?' in self.find else '?'}vista=insieme"


def actions_of(shown: Shown, place: Place) -> ActionsOfPlace | None:
    """The actions of the current edition that reach a place; None where no edition is public."""
    edition = Edition.objects.select_related("plan").current()
    if edition is None:
        return None
    found = reaching(ties_of(edition, shown.territory), codes_in(shown.table, place))
    entries = {entry.pk: entry for entry in catalogue(edition).entries}
    headings = {"zone": HEADINGS_OF_ZONE, "belt": HEADINGS_OF_BELT}.get(place.kind, HEADINGS)
    groups: dict[bool, list[list[Reaching]]] = {state: [[] for _heading in headings] for state in (False, True)}
    for pk, ties in found.items():
        # A confirmed tie is a fact, however wide; beside it no guess is worth telling.
        sure = [tie for tie in ties if not tie.proposed] or ties
        reach = _reaching(entries[pk], shown.territory, edition, sure)
        groups[reach.proposed][min(NARROW[tie.reach] for tie in sure)].append(reach)

    def named(state: bool) -> list[tuple[str, list[Reaching]]]:
        return [(str(heading), group) for heading, group in zip(headings, groups[state], strict=True) if group]

    return ActionsOfPlace(edition, counted(found.values()), named(False), named(True), find_address(edition, place))


def find_address(edition: Edition, place: Place) -> str:
    """Where find shows the actions that reach a place; all of the plan's for the whole territory."""
    word = WORDS.get(place.kind)
    query = f"?{urlencode({word: place.key})}" if word else ""
    return f"{reverse('site:actions', args=[edition.label])}{query}"


def _reaching(entry: Entry, territory: Territory, edition: Edition, ties: Sequence[PlaceTie]) -> Reaching:
    narrowest = min(NARROW[tie.reach] for tie in ties)
    shown = [tie for tie in ties if NARROW[tie.reach] == narrowest]
    words = next((tie.found_words for tie in shown if tie.proposed), "")
    return Reaching(
        entry=entry,
        address=reverse("site:action", args=[edition.label, entry.code]),
        ways=[way(tie) for tie in shown][:6],
        proposed=all(tie.proposed for tie in shown),
        words=words,
        source=source_of_words(territory, words),
    )


def way(tie: PlaceTie) -> str:
    """By what a tie reaches, in words."""
    match tie.reach:
        case "whole":
            return _("the whole territory")
        case "small":
            return _("small municipalities")
        case "belt":
            return str(BELT_GENERA.get(tie.target, tie.target))
        case "zone":
            return _("zone %(name)s") % {"name": tie.target}
        case _:
            return tie.target
