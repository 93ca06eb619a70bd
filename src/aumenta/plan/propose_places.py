"""The verb that proposes where actions reach, from the words of their sheets.

It finds the names of municipalities, zones and belts and a few turns of phrase. What it finds is a proposal, with the
words it was found by, until the office confirms or declines it; what the office decided is never touched.
"""

import re
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from aumenta.core.process_cache import ProcessCache
from aumenta.core.text import plain_text
from aumenta.plan.changed import changed
from aumenta.plan.models import Action, ActionPlace, Edition
from aumenta.territory.models import Belt, Municipality, Territory, Zone
from aumenta.territory.tables import place_words

SHORTEST_NAME = 5
"""Names of fewer letters (None, Susa, Vaie) are too often something else: they count only in `place_words`."""

PHRASES: tuple[tuple[str, str, str], ...] = (
    (r"montagn[ae]|montan[aeio]|alpin[aeio]|vallate alpine", "belt", "montagna"),
    (r"collin[ae]|collinar[ei]", "belt", "collina"),
    (r"pianura|pianure", "belt", "pianura"),
    (r"(?:piccoli|piccolissimi) comuni|comuni (?:più )?piccoli|comuni minori", "small", ""),
    (r"(?:intero|tutto il) territorio(?: metropolitano)?|intera area metropolitana|tutti i comuni", "whole", ""),
)
"""Turns of phrase of Italian plans, as whole words in any case: pattern, reach, key."""


@dataclass(frozen=True)
class Found:
    """A place found in a text and the words it was found by."""

    reach: str
    key: str
    words: str


@dataclass(frozen=True)
class ProposalReport:
    """How many proposals were added, how many were there already, how many no longer follow from the text."""

    added: int
    kept: int
    withdrawn: int


class Gazetteer:
    """The names of one territory's places, ready to be looked for."""

    def __init__(self, territory: Territory) -> None:
        names = [
            (name, ActionPlace.Reach.MUNICIPALITY.value, code)
            for code, name in Municipality.objects.current().of(territory).values_list("istat_code", "name")
            if len(name) >= SHORTEST_NAME and name != territory.name
        ]
        names += [(name, "zone", str(number)) for number, name in territory.zones.values_list("number", "name")]
        known = [entry for entry in names if entry[0] != territory.name]
        known += [(words, reach, key) for words, reach, key, _source in place_words(territory.slug)]
        self.targets: dict[str, set[tuple[str, str]]] = {}
        for words, reach, key in known:
            self.targets.setdefault(words, set()).add((reach, key))
        for words, targets in self.targets.items():
            if any(reach == "nowhere" for reach, _key in targets):
                self.targets[words] = set()
        # The longest first, so that «Settimo Torinese» is not taken for «Settimo».
        alternatives = "|".join(re.escape(words) for words in sorted(self.targets, key=len, reverse=True))
        self.pattern = re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)") if alternatives else None
        self.phrases = [
            (re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE), reach, key) for pattern, reach, key in PHRASES
        ]

    def find(self, text: str) -> list[Found]:
        """Every place the text names, each once, with the first words that name it."""
        found: dict[tuple[str, str], Found] = {}
        for match in self.pattern.finditer(text) if self.pattern else ():
            for reach, key in sorted(self.targets[match.group()]):
                found.setdefault((reach, key), Found(reach, key, match.group()))
        for pattern, reach, key in self.phrases:
            if phrase := pattern.search(text):
                found.setdefault((reach, key), Found(reach, key, phrase.group()))
        return list(found.values())


@transaction.atomic
def propose_places(*, edition: Edition, territory: Territory) -> ProposalReport:
    """Bring the proposals of an edition up to date with its texts; run by the console, so nobody's rights are asked."""
    gazetteer = Gazetteer(territory)
    belts = {belt.slug: belt for belt in Belt.objects.all()}
    zones = {str(zone.number): zone for zone in Zone.objects.filter(territory=territory)}
    municipalities = Municipality.objects.of(territory).in_bulk(field_name="istat_code")
    added, kept, withdrawn = [], 0, 0
    actions = Action.objects.filter(strategy__axis__edition=edition).prefetch_related("examples", "places")
    for action in actions:
        held = {_identity(tie): tie for tie in action.places.all()}
        wanted = {}
        for found in gazetteer.find(text_of(action)):
            tie = ActionPlace(
                action=action,
                reach=found.reach,
                belt=belts.get(found.key) if found.reach == "belt" else None,
                zone=zones.get(found.key) if found.reach == "zone" else None,
                municipality=municipalities.get(found.key) if found.reach == "municipality" else None,
                found_words=found.words[:120],
            )
            if found.key == "" or tie.belt or tie.zone or tie.municipality:
                wanted[_identity(tie)] = tie
        added += [tie for identity, tie in wanted.items() if identity not in held]
        kept += len(wanted.keys() & held.keys())
        stale = [
            tie.pk
            for identity, tie in held.items()
            if identity not in wanted and tie.state == ActionPlace.State.PROPOSED
        ]
        withdrawn += ActionPlace.objects.filter(pk__in=stale).delete()[0] if stale else 0
    ActionPlace.objects.bulk_create(added)
    if added or withdrawn:
        changed(Edition.objects.filter(pk=edition.pk))
    return ProposalReport(len(added), kept, withdrawn)


def text_of(action: Action) -> str:
    """What of a sheet says where it reaches: title, summary, description and examples, not its actors."""
    examples = " · ".join(example.text_it for example in action.examples.all())
    return " · ".join([action.title_it, action.summary_it, plain_text(action.description_it), examples])


def source_of_words(territory: Territory, words: str) -> str:
    """Says who that these words of a sheet mean a place; empty where they are the place's own name or plain words."""
    return _sources_of.get(territory.slug, lambda: _sources(territory.slug)).get(words, "")


_sources_of: Final[ProcessCache[str, dict[str, str]]] = ProcessCache.of_the_process(8)


def _sources(territory: str) -> dict[str, str]:
    sources: dict[str, dict[str, None]] = {}
    for words, _reach, _key, source in place_words(territory):
        sources.setdefault(words, {})[source] = None
    return {words: "; ".join(said) for words, said in sources.items()}


def _identity(tie: ActionPlace) -> tuple[str, int | None, int | None, int | None]:
    return (tie.reach, tie.belt_id, tie.zone_id, tie.municipality_id)
