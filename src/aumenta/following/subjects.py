"""What can be followed. A new kind is a class with these three members and a line in SUBJECTS."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Protocol
from urllib.parse import quote

from django.http import QueryDict
from django.utils.translation import gettext as _

from aumenta.core.text import whole_number
from aumenta.following import news_of_place, news_of_plan
from aumenta.following.models import LONGEST_KEY
from aumenta.following.news import News
from aumenta.people.reader import in_language
from aumenta.plan.find.catalogue import Catalogue
from aumenta.plan.find.place_filters import catalogue_with_places
from aumenta.plan.find.search_query import SearchQuery, answer, read
from aumenta.plan.models import Action, Actor, Edition, Strategy
from aumenta.territory.models import Municipality, Territory, Zone


class Subject(Protocol):
    """Something that can be followed."""

    @property
    def name(self) -> str:
        """What it is called, in the reader's language."""

    @property
    def path(self) -> str:
        """Its page, without the language: `territorio/comuni/001272/`."""

    def news(self) -> Iterator[News]:
        """Everything public about it today, the same marks as long as nothing of it changes."""


@dataclass(frozen=True)
class FollowedMunicipality:
    """A municipality: its events and those of its zone's tables, the actions confirmed for it."""

    territory: Territory
    place: Municipality

    @property
    def name(self) -> str:
        """Its name."""
        return self.place.name

    @property
    def path(self) -> str:
        """Its page."""
        return f"territorio/comuni/{self.place.istat_code}/"

    def news(self) -> Iterator[News]:
        """Events, results, confirmed actions."""
        return news_of_place.of_municipality(self.territory, self.place)


@dataclass(frozen=True)
class FollowedZone:
    """A zone: the events of its tables, the actions confirmed for its municipalities."""

    territory: Territory
    zone: Zone

    @property
    def name(self) -> str:
        """Number and name."""
        return _("Zone %(zone)s") % {"zone": f"{self.zone.number} {self.zone.name}"}

    @property
    def path(self) -> str:
        """Its page."""
        return f"territorio/zone/{self.zone.number}/"

    def news(self) -> Iterator[News]:
        """Events, results, confirmed actions."""
        return news_of_place.of_zone(self.territory, self.zone)


@dataclass(frozen=True)
class FollowedSheet:
    """An action of an edition."""

    edition: Edition
    action: Action

    @property
    def name(self) -> str:
        """Code and title."""
        return f"{self.action.code} {in_language(self.action.title_it, self.action.title_en)}"

    @property
    def path(self) -> str:
        """Its page."""
        return f"{self.edition.label}/azioni/{self.action.code}/"

    def news(self) -> Iterator[News]:
        """Its approved versions."""
        return news_of_plan.of_codes(self.edition, [self.action.code])


@dataclass(frozen=True)
class FollowedStrategy:
    """A strategy of an edition, with its actions."""

    edition: Edition
    strategy: Strategy

    @property
    def name(self) -> str:
        """Code and title."""
        return f"{self.strategy.code} {in_language(self.strategy.title_it, self.strategy.title_en)}"

    @property
    def path(self) -> str:
        """Its page."""
        return f"{self.edition.label}/strategie/{self.strategy.code}/"

    def news(self) -> Iterator[News]:
        """The approved versions of its actions."""
        return news_of_plan.of_codes(self.edition, [one.code for one in self.strategy.actions.all()])


@dataclass(frozen=True)
class FollowedActor:
    """An actor in an edition: the actions it takes part in."""

    edition: Edition
    actor: Actor

    @property
    def name(self) -> str:
        """The actor and the edition."""
        named = {"actor": in_language(self.actor.name_it, self.actor.name_en), "label": self.edition.label}
        return _("%(actor)s in the plan %(label)s") % named

    @property
    def path(self) -> str:
        """The list of its actions."""
        return f"{self.edition.label}/azioni/?attore={self.actor.slug}"

    def news(self) -> Iterator[News]:
        """The approved versions of its actions; an action that names it from now on is news too."""
        named = Action.objects.of(self.edition).filter(involvements__actor=self.actor)
        return news_of_plan.of_codes(self.edition, [one.code for one in named.select_related("strategy__axis")])


@dataclass(frozen=True)
class FollowedSearch:
    """Words looked for in an edition: the actions that clearly answer."""

    edition: Edition
    words: str

    @property
    def name(self) -> str:
        """The words and the edition."""
        return _("the search “%(words)s” in the plan %(label)s") % {"words": self.words, "label": self.edition.label}

    @property
    def path(self) -> str:
        """The list of the actions it finds."""
        return f"{self.edition.label}/azioni/?q={quote(self.words)}"

    def news(self) -> Iterator[News]:
        """The approved versions of what it finds; an action that it finds from now on is news too."""
        return news_of_plan.of_codes(self.edition, news_of_plan.found_by(self.edition, self.words))


@dataclass(frozen=True)
class FollowedQuestion:
    """A question to the actions of an edition with its filters: those that answer it."""

    edition: Edition
    plan: Catalogue
    question: SearchQuery

    @property
    def name(self) -> str:
        """The edition and the conditions."""
        named = {"label": self.edition.label, "conditions": self.question.in_words(self.plan)}
        return _("the actions of the plan %(label)s with %(conditions)s") % named

    @property
    def path(self) -> str:
        """The list of the actions that answer."""
        return f"{self.edition.label}/azioni/?{self.question.to_follow}"

    def news(self) -> Iterator[News]:
        """The approved versions of what answers; an action that answers from now on is news too."""
        found = answer(self.question, self.plan)
        # Where the words have only the nearest actions, the list says so; nobody is written to about a guess.
        codes = [] if found.findings.weak else [entry.code for entry in found.entries]
        return news_of_plan.of_codes(self.edition, codes)


def _municipality(key: str) -> Subject | None:
    territory = Territory.objects.home()
    place = Municipality.objects.current().filter(territory=territory, istat_code=key).select_related("zone").first()
    return FollowedMunicipality(territory, place) if territory and place else None


def _zone(key: str) -> Subject | None:
    territory = Territory.objects.home()
    number = whole_number(key)
    zone = Zone.objects.filter(territory=territory, number=number).first() if number is not None else None
    return FollowedZone(territory, zone) if territory and zone else None


def _edition_and_code(key: str) -> tuple[Edition | None, str]:
    label, _slash, code = key.partition("/")
    return Edition.objects.public().filter(label=label).first(), code


def _sheet(key: str) -> Subject | None:
    edition, code = _edition_and_code(key)
    action = Action.objects.of(edition).with_code(code).first() if edition else None
    return FollowedSheet(edition, action) if edition and action and action.code == code else None


def _strategy(key: str) -> Subject | None:
    edition, code = _edition_and_code(key)
    found = [one for one in Strategy.objects.of(edition) if one.code == code] if edition else []
    return FollowedStrategy(edition, found[0]) if edition and found else None


def _actor(key: str) -> Subject | None:
    edition, slug = _edition_and_code(key)
    there = Actor.objects.filter(slug=slug, involvements__action__strategy__axis__edition=edition)
    actor = there.first() if edition else None
    return FollowedActor(edition, actor) if edition and actor else None


_SHORTEST_SEARCH: Final = 2


def _search(key: str) -> Subject | None:
    edition, words = _edition_and_code(key)
    # One search has one key, however it was typed.
    if edition is None or len(words) < _SHORTEST_SEARCH or words != " ".join(words.split()):
        return None
    return FollowedSearch(edition, words)


def _question(key: str) -> Subject | None:
    label, _slash, asked = key.partition("/")
    edition = Edition.objects.public().filter(label=label).first()
    if edition is None:
        return None
    plan = catalogue_with_places(edition)
    question = read(QueryDict(asked), plan)
    # A value that is no more would be left out, and the question become wider than what was asked for.
    if question.problems or not question.chosen or question.to_follow != asked:
        return None
    return FollowedQuestion(edition, plan, question)


SUBJECTS = {
    "comune": _municipality,
    "zona": _zone,
    "azione": _sheet,
    "strategia": _strategy,
    "attore": _actor,
    "ricerca": _search,
    "filtri": _question,
}
"""Kinds, by their word in addresses: a key becomes its subject, or None where nothing public has it."""


def subject_of(kind: str, key: str) -> Subject | None:
    """What is followed; None where there is no such kind, or nothing public of this key (any more)."""
    find = SUBJECTS.get(kind)
    return find(key) if find and len(key) <= LONGEST_KEY and key.isprintable() else None
