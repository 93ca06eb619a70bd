"""The filters by place: which actions reach each zone, belt and municipality, added to what find knows of an edition.

An action answers a municipality when it is tied to it, to its zone or belt, to the small municipalities it is one of,
or to the whole territory; a zone or belt when it answers any municipality in it. Ties still proposed count, declined
ones don't.
"""

from collections.abc import Iterable, Mapping
from copy import copy
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from aumenta.core.process_cache import ProcessCache
from aumenta.plan.find.catalogue import Catalogue, Entry, FilterChoice, Group, Reach, catalogue
from aumenta.plan.models import Edition
from aumenta.plan.places import PlaceTie, Reached, codes_in, counted, ties_of
from aumenta.territory.models import Territory
from aumenta.territory.queries import BELT, MUNICIPALITY, ZONE, FigureTable, table_of

WORDS: Final = {ZONE: "zona", BELT: "fascia", MUNICIPALITY: "comune"}
"""What the filters by place are called in addresses."""
ZONE_WORD, BELT_WORD, MUNICIPALITY_WORD = WORDS[ZONE], WORDS[BELT], WORDS[MUNICIPALITY]
PLACE_WORDS = (ZONE_WORD, BELT_WORD, MUNICIPALITY_WORD)
BELT_NAMES: Final = {
    "pianura": _("Plain"),
    "collina": _("Hill"),
    "montagna": _("Mountain"),
}


WITH_PLACES: Final[ProcessCache[int, Catalogue]] = ProcessCache.of_the_process(8)


def catalogue_with_places(edition: Edition) -> Catalogue:
    """The catalogue of an edition, with the filters by place where a territory is loaded; one query once made."""
    plan = catalogue(edition)
    territory = Territory.objects.home()
    if territory is None:
        return plan
    mark = (plan, territory.pk, territory.loaded_at)
    return WITH_PLACES.get(edition.pk, lambda: _with_places(plan, edition, territory), mark)


def _with_places(plan: Catalogue, edition: Edition, territory: Territory) -> Catalogue:
    table = table_of(territory)
    ties: dict[int, list[PlaceTie]] = {}
    for tie in ties_of(edition, territory):
        ties.setdefault(tie.action_pk, []).append(tie)
    codes = {
        (WORDS[place.kind], place.key): codes_in(table, place)
        for place in table.places
        if place.kind in WORDS and place.territory == territory.code
    }
    reached = [frozenset[str]().union(*(tie.codes for tie in ties.get(entry.pk, ()))) for entry in plan.entries]
    wide = [(place, inside) for place, inside in codes.items() if place[0] != MUNICIPALITY_WORD]
    values: dict[str, list[Iterable[str]]] = {MUNICIPALITY_WORD: list(reached)}
    for word in (ZONE_WORD, BELT_WORD):
        values[word] = [[key for (of, key), inside in wide if of == word and inside & here] for here in reached]
    extended = copy(plan)
    extended.groups = {**plan.groups, **_groups(table, territory.code)}
    extended.facets = plan.facets.with_groups(values)
    extended.reach = Reach(ties, codes)
    return extended


def _groups(table: FigureTable, territory: str) -> dict[str, Group]:
    zone, belt = Group(ZONE_WORD, said=_("Zone")), Group(BELT_WORD, said=_("Altimetric belt"))
    municipality = Group(MUNICIPALITY_WORD, said=_("Municipality"))
    for place in table.places:
        if place.territory != territory:
            continue
        if place.kind == ZONE:
            zone.choices[place.key] = FilterChoice(place.key, place.key, place.name, "")
        elif place.kind == BELT:
            names = {}
            for language in ("it", "en"):
                with override(language):
                    names[language] = str(BELT_NAMES.get(place.key, place.key))
            belt.choices[place.key] = FilterChoice(place.key, "", names["it"], names["en"])
        elif place.kind == MUNICIPALITY:
            municipality.choices[place.key] = FilterChoice(place.key, "", place.name, "")
    return {group.word: group for group in (zone, belt, municipality)}


def reasons(plan: Catalogue, entry: Entry, chosen: Mapping[str, tuple[str, ...]]) -> list[PlaceTie]:
    """The ties by which an action answers the places chosen, the narrowest first; none where no place is chosen.

    Of a municipality chosen together with a zone, those by which it answers the municipality.
    """
    if plan.reach is None:
        return []
    narrowest = next((word for word in (MUNICIPALITY_WORD, ZONE_WORD, BELT_WORD) if chosen.get(word)), "")
    codes = frozenset[str]().union(*(plan.reach.codes[narrowest, value] for value in chosen.get(narrowest, ())))
    ties = [tie for tie in plan.reach.ties.get(entry.pk, ()) if tie.codes & codes]
    return sorted(ties, key=lambda tie: len(tie.codes))


def reached_of(
    plan: Catalogue, chosen: Mapping[str, tuple[str, ...]], entries: Iterable[Entry] | None = None
) -> Reached:
    """How many of these actions (of all) reach the places chosen, by the ties that answer them."""
    found = [reasons(plan, entry, chosen) for entry in (plan.entries if entries is None else entries)]
    return counted(ties for ties in found if ties)


def without_places(plan: Catalogue) -> int:
    """How many actions are tied to no place."""
    return sum(1 for entry in plan.entries if plan.reach is None or not plan.reach.ties.get(entry.pk))
