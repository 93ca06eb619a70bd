"""The actions of an edition as the public searches them, kept in each process until the edition changes.

Making it costs ten queries and, for 111 actions, a tenth of a second; using it costs none. It holds no objects of the
database, so that nothing in it can ask for more.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from aumenta.core.process_cache import ProcessCache
from aumenta.core.search import Facets
from aumenta.core.text import plain_text
from aumenta.people.reader import in_language, reader_language
from aumenta.plan.models import (
    Action,
    Alignment,
    Axis,
    Edition,
    Example,
    FrameworkItem,
    Involvement,
    Strategy,
    StrategyAlignment,
)
from aumenta.plan.places import PlaceTie
from aumenta.plan.search.engines import PlanSearch, search_of

ADDRESS_WORDS: Final = {
    "pnrr": "pnrr",
    "eu_cohesion": "coesione",
    "eu_programme": "programma",
    "own_instrument": "strumento",
    "higher_instrument": "strumento-superiore",
    "carta_bologna": "carta-bologna",
    "sdg": "obiettivo-sostenibile",
}
"""What a framework is called in addresses; one that is not here goes by its code."""

FUNDED, POSSIBLY_FUNDED, UNFUNDED = "si", "possibile", "no"


@dataclass(frozen=True, slots=True)
class FilterChoice:
    """A value of a filter: its short name in the address, its code where it has one, and its name."""

    value: str
    code: str
    name_it: str
    name_en: str
    parent: str = ""
    since: date | None = None

    @property
    def wording(self) -> str:
        """Code and name in the page's language: the same words for one thing on every page."""
        return self.wording_in(reader_language())

    def wording_in(self, language: str) -> str:
        """Code and name in a language, the Italian name where there is no other."""
        name = in_language(self.name_it, self.name_en, language)
        return f"{self.code} · {name}" if self.code else name


@dataclass(frozen=True)
class Group:
    """A filter: its word in the address, and its values in the order they are shown."""

    word: str
    name_it: str = ""
    name_en: str = ""
    said: Promise | str = ""
    framework: str = ""
    closed: bool = False
    choices: dict[str, FilterChoice] = field(default_factory=dict)

    @property
    def has_codes(self) -> bool:
        """Whether its values are known by codes, every one of them."""
        return all(choice.code for choice in self.choices.values())

    def in_tree_order(self) -> list[FilterChoice]:
        """Its values with every part right after what it is part of."""
        parts: dict[str, list[FilterChoice]] = {}
        for choice in self.choices.values():
            # A value whose whole is in another filter (a strategy's axis) stands by itself.
            parts.setdefault(choice.parent if choice.parent in self.choices else "", []).append(choice)
        ordered: list[FilterChoice] = []
        waiting = list(reversed(parts.get("", [])))
        while waiting:
            choice = waiting.pop()
            ordered.append(choice)
            waiting += reversed(parts.get(choice.value, []))
        return ordered

    @property
    def name(self) -> str:
        """Its name in the page's language."""
        return str(self.said) if self.said else in_language(self.name_it, self.name_en)


@dataclass(frozen=True, slots=True)
class SheetAlignment:
    """An action's alignment: filter, value, the wording of the sheet, and whether it is only a possible integration."""

    word: str
    value: str
    printed: str
    possible: bool


@dataclass(slots=True)
class Entry:
    """An action, with what a search shows of it; texts are plain: `text` is the description with the examples and with
    what the action means for whom."""

    pk: int
    code: str
    axis: int
    strategy: str
    title_it: str
    title_en: str
    summary_it: str
    summary_en: str
    for_whom_it: str
    for_whom_en: str
    description_it: str
    description_en: str
    examples_it: list[str] = field(default_factory=list)
    examples_en: list[str] = field(default_factory=list)
    actors: list[str] = field(default_factory=list)
    alignments: list[SheetAlignment] = field(default_factory=list)

    @property
    def text_it(self) -> str:
        """Description, what it means for whom, and examples in Italian."""
        return " ".join(filter(None, [self.description_it, self.for_whom_it, *self.examples_it]))

    @property
    def text_en(self) -> str:
        """The same in English, as far as there is any."""
        return " ".join(filter(None, [self.description_en, self.for_whom_en, *self.examples_en]))

    @property
    def numbers(self) -> tuple[int, ...]:
        """Its code as numbers, for putting codes in order."""
        return tuple(int(number) for number in self.code.split("."))


@dataclass(frozen=True)
class Reach:
    """Where the actions reach: the ties of each, by its key, and the municipalities that each value of the filters by
    place is made of."""

    ties: Mapping[int, Sequence[PlaceTie]]
    codes: Mapping[tuple[str, str], frozenset[str]]


class Catalogue:
    """All that find, the matrices and the gaps need to know of an edition."""

    written_on: date
    """When the edition came into force, else its first day: gaps are judged by what there was then."""

    reach: Reach | None = None
    """Only find knows it (`place_filters`), where a territory is loaded."""

    def __init__(self, edition: Edition) -> None:
        self.revision = edition.revision
        self.written_on = edition.in_force_since or date(edition.first_year, 1, 1)
        self._edition = edition
        self.entries = [_entry(action) for action in Action.objects.of(edition)]
        strategies = list(Strategy.objects.of(edition))
        examples = Example.objects.filter(action__strategy__axis__edition=edition).order_by("action_id", "position")
        by_pk = {entry.pk: entry for entry in self.entries}
        for example in examples:
            entry = by_pk[example.action_id]
            entry.examples_it.append(example.text_it)
            entry.examples_en += [example.text_en] if example.text_en else []
        self.groups = {
            "asse": Group("asse", said=_("Axis"), choices=_axes(edition)),
            "strategia": Group("strategia", said=_("Strategy"), choices=_strategies(strategies)),
            "attore": Group("attore", said=_("Actor")),
        }
        self._read_actors(edition, by_pk)
        brings_funds = self._read_frameworks()
        self._read_alignments(edition, by_pk, strategies)
        self.groups["fondi"] = Group("fondi", said=_("Possible funds"), choices=_FUNDS)
        self.facets = Facets(self._values(brings_funds), len(self.entries))

    def _read_actors(self, edition: Edition, by_pk: dict[int, Entry]) -> None:
        named = Involvement.objects.filter(action__strategy__axis__edition=edition).order_by("action_id", "position")
        found: dict[str, FilterChoice] = {}
        for pk, slug, it, en in named.values_list("action_id", "actor__slug", "actor__name_it", "actor__name_en"):
            by_pk[pk].actors.append(slug)
            found.setdefault(slug, FilterChoice(slug, "", it, en))
        self.groups["attore"].choices.update(sorted(found.items(), key=lambda pair: pair[1].name_it.casefold()))

    def _read_frameworks(self) -> set[str]:
        """Add a filter for each framework, with all its items; returns the words of those that bring funds."""
        brings_funds = set()
        self._by_item: dict[int, tuple[str, str]] = {}
        ordered = FrameworkItem.objects.select_related("framework").order_by("framework__position", "position", "pk")
        items = list(ordered)
        values = {item.pk: item.slug for item in items}
        for item in items:
            framework = item.framework
            word = ADDRESS_WORDS.get(framework.code, framework.code)
            group = self.groups.setdefault(
                word,
                Group(
                    word,
                    framework.name_it,
                    framework.name_en,
                    framework=framework.code,
                    closed=framework.closed,
                ),
            )
            parent = values.get(item.parent_id, "") if item.parent_id else ""
            group.choices[item.slug] = FilterChoice(
                item.slug, item.code, item.name_it, item.name_en, parent, item.since
            )
            self._by_item[item.pk] = (word, item.slug)
            if framework.brings_funds:
                brings_funds.add(word)
        return brings_funds

    def _read_alignments(self, edition: Edition, by_pk: dict[int, Entry], strategies: list[Strategy]) -> None:
        aligned = Alignment.objects.filter(action__strategy__axis__edition=edition).order_by("action_id", "position")
        for pk, item, printed, role in aligned.values_list("action_id", "item_id", "printed", "role"):
            word, value = self._by_item[item]
            possible = role == Alignment.Role.POSSIBLE_INTEGRATION
            by_pk[pk].alignments.append(SheetAlignment(word, value, printed, possible))
        codes = {strategy.pk: strategy.code for strategy in strategies}
        self.by_strategy: dict[str, list[tuple[str, str]]] = {code: [] for code in codes.values()}
        through = StrategyAlignment.objects.filter(strategy__axis__edition=edition)
        for pk, item in through.values_list("strategy_id", "item_id"):
            self.by_strategy[codes[pk]].append(self._by_item[item])

    def _values(self, brings_funds: set[str]) -> dict[str, list[Iterable[str]]]:
        """For each filter, the values that each action has: those named, and what they are part of."""
        values: dict[str, list[Iterable[str]]] = {
            "asse": [[str(entry.axis)] for entry in self.entries],
            "strategia": [[entry.strategy] for entry in self.entries],
            "attore": [entry.actors for entry in self.entries],
            "fondi": [[_funds(entry, brings_funds)] for entry in self.entries],
        }
        for word, group in self.groups.items():
            if group.framework:
                values[word] = [self._with_wholes(group, self.served(entry, word)) for entry in self.entries]
        return values

    def served(self, entry: Entry, word: str) -> list[str]:
        """The items of a framework that an action serves, by itself or through its strategy."""
        own = [alignment.value for alignment in entry.alignments if alignment.word == word]
        return own + [value for framework, value in self.by_strategy[entry.strategy] if framework == word]

    @staticmethod
    def _with_wholes(group: Group, values: Iterable[str]) -> set[str]:
        wholes: set[str] = set()
        for value in values:
            while value and value not in wholes:
                wholes.add(value)
                value = group.choices[value].parent
        return wholes

    @property
    def frameworks(self) -> list[Group]:
        """The filters that are frameworks, in their order."""
        return [group for group in self.groups.values() if group.framework]

    def is_aligned(self, group: Group) -> bool:
        """Whether any action serves anything of a framework."""
        return any(self.facets.counts({})[group.word].values())

    @property
    def search(self) -> PlanSearch:
        """The search of the edition: made when somebody first searches."""
        return search_of(self._edition)

    def names_in(self, entry: Entry, language: str) -> Iterable[str]:
        """The names an action is found by besides its own text: its strategy, its actors, the items it serves.

        Of a framework that goes by codes only the code: the long official names are not in the sheets.
        """
        yield getattr(self.groups["strategia"].choices[entry.strategy], f"name_{language}")
        for actor in entry.actors:
            yield getattr(self.groups["attore"].choices[actor], f"name_{language}")
        for alignment in entry.alignments:
            group = self.groups[alignment.word]
            choice = group.choices[alignment.value]
            name = "" if group.has_codes else getattr(choice, f"name_{language}")
            yield f"{choice.code} {name}".strip()


_FUNDS = {
    FUNDED: FilterChoice(FUNDED, "", "Con almeno un fondo indicato", "With at least one fund named"),
    POSSIBLY_FUNDED: FilterChoice(
        POSSIBLY_FUNDED, "", "Solo come possibile integrazione", "As a possible integration only"
    ),
    UNFUNDED: FilterChoice(UNFUNDED, "", "Senza fondi indicati", "With no fund named"),
}


def _funds(entry: Entry, brings_funds: set[str]) -> str:
    ties = [alignment.possible for alignment in entry.alignments if alignment.word in brings_funds]
    if not ties:
        return UNFUNDED
    return POSSIBLY_FUNDED if all(ties) else FUNDED


def _entry(action: Action) -> Entry:
    return Entry(
        pk=action.pk,
        code=action.code,
        axis=action.strategy.axis.number,
        strategy=action.strategy.code,
        title_it=action.title_it,
        title_en=action.title_en,
        summary_it=action.summary_it,
        summary_en=action.summary_en,
        for_whom_it=plain_text(action.for_whom_it),
        for_whom_en=plain_text(action.for_whom_en),
        description_it=plain_text(action.description_it),
        description_en=plain_text(action.description_en),
    )


def _axes(edition: Edition) -> dict[str, FilterChoice]:
    axes = Axis.objects.filter(edition=edition).order_by("number")
    return {axis.code: FilterChoice(axis.code, axis.code, axis.title_it, axis.title_en) for axis in axes}


def _strategies(strategies: list[Strategy]) -> dict[str, FilterChoice]:
    return {
        strategy.code: FilterChoice(
            strategy.code, strategy.code, strategy.title_it, strategy.title_en, str(strategy.axis.number)
        )
        for strategy in strategies
    }


CATALOGUES: Final[ProcessCache[int, Catalogue]] = ProcessCache.of_the_process(8)


def catalogue(edition: Edition) -> Catalogue:
    """The catalogue of an edition as it is now."""
    return CATALOGUES.get(edition.pk, lambda: Catalogue(edition), edition.revision)
