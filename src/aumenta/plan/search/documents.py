"""What the actions of an edition are found by: their texts, and the names of the things they are tied to."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from aumenta.core.search import Passage
from aumenta.core.text import plain_text
from aumenta.plan.models import (
    Action,
    ActorAlias,
    Alignment,
    Edition,
    Example,
    Framework,
    FrameworkItem,
    Involvement,
    ItemAlias,
    StrategyAlignment,
)

_BRACKETS = re.compile(r"\(([^()]*)\)")
POSSIBLE = 0.6
"""What a possible integration counts against a primary alignment."""


@dataclass
class Document:
    """An action as it is searched: its code, its own texts by language, and the names it is tied to."""

    pk: int
    code: str
    titles: dict[str, str]
    summaries: dict[str, str]
    texts: dict[str, str]
    strategies: dict[str, str]
    names: dict[str, list[str]] = field(default_factory=lambda: {"it": [], "en": []})

    def passages(self) -> Iterator[Passage]:
        """What its words are looked for in."""
        yield Passage(self.code, "it", 8)
        for language in ("it", "en"):
            yield Passage(self.titles[language], language, 3)
            yield Passage(self.summaries[language], language, 1.5)
            yield Passage(self.texts[language], language)
            yield Passage(self.strategies[language], language, 0.6)
            for name in self.names[language]:
                yield Passage(name, language, 0.6)

    def meanings(self) -> tuple[str, str]:
        """The two texts whose meaning is compared with a question's: all of it in Italian, the gist in English."""
        italian = (self.strategies["it"], self.titles["it"], self.summaries["it"], self.texts["it"])
        english = (self.titles["en"], self.summaries["en"])
        return ". ".join(filter(None, italian)), ". ".join(filter(None, english)) or self.titles["it"]


@dataclass
class Thing:
    """A framework, one of its items, or an actor: the names it goes by, and how much each action is tied to it."""

    name_it: str
    name_en: str
    names: list[str]
    documents: dict[int, float] = field(default_factory=dict)


def read_documents(edition: Edition) -> list[Document]:
    """The actions of an edition in the order of their codes, in four queries."""
    documents = [_document(action) for action in Action.objects.of(edition)]
    by_pk = {document.pk: document for document in documents}
    examples = Example.objects.filter(action__strategy__axis__edition=edition).order_by("action_id", "position")
    for example in examples:
        texts = by_pk[example.action_id].texts
        texts["it"] = f"{texts['it']} {example.text_it}".strip()
        texts["en"] = f"{texts['en']} {example.text_en}".strip()
    for row in _involvements(edition):
        names = by_pk[row.action_id].names
        names["it"] += _distinct(row.actor.name_it, row.printed)
        names["en"].append(row.actor.name_en)
    for alignment in _alignments(edition):
        item, names = alignment.item, by_pk[alignment.action_id].names
        # The long official names of what goes by a code are not in the sheets.
        names["it"].append(item.code or item.name_it)
        names["en"].append(item.code or item.name_en)
    return documents


def read_things(edition: Edition, documents: Iterable[Document]) -> dict[str, Thing]:
    """What has a name and actions tied to it, by key: «pnrr», «pnrr/m4c1», «actor/uncem»."""
    place = {document.pk: number for number, document in enumerate(documents)}
    of_strategy = defaultdict(list)
    for number, document in enumerate(documents):
        of_strategy[document.code.rsplit(".", 1)[0]].append(number)
    things = _framework_things()
    ties: list[tuple[int, FrameworkItem, float]] = [
        (place[a.action_id], a.item, POSSIBLE if a.role == Alignment.Role.POSSIBLE_INTEGRATION else 1.0)
        for a in _alignments(edition)
    ]
    through = StrategyAlignment.objects.filter(strategy__axis__edition=edition)
    for tie in through.select_related("strategy__axis", "item__framework"):
        ties += [(number, tie.item, 1.0) for number in of_strategy[tie.strategy.code]]
    parents = dict(FrameworkItem.objects.values_list("pk", "parent_id"))
    keys = {item.pk: f"{item.framework.code}/{item.slug}" for item in _items()}
    for number, item, weight in ties:
        at: int | None = item.pk
        while at is not None:
            _tie(things[keys[at]], number, weight)
            at = parents[at]
        _tie(things[item.framework.code], number, weight)
    _add_actors(things, edition, place)
    return {key: thing for key, thing in things.items() if thing.documents}


def _document(action: Action) -> Document:
    return Document(
        pk=action.pk,
        code=action.code,
        titles={"it": action.title_it, "en": action.title_en},
        summaries={"it": action.summary_it, "en": action.summary_en},
        texts={
            "it": _said(action.description_it, action.for_whom_it),
            "en": _said(action.description_en, action.for_whom_en),
        },
        strategies={"it": action.strategy.title_it, "en": action.strategy.title_en},
    )


def _said(*texts: str) -> str:
    return " ".join(filter(None, map(plain_text, texts)))


def _involvements(edition: Edition) -> list[Involvement]:
    rows = Involvement.objects.filter(action__strategy__axis__edition=edition)
    return list(rows.select_related("actor").order_by("action_id", "position"))


def _alignments(edition: Edition) -> list[Alignment]:
    rows = Alignment.objects.filter(action__strategy__axis__edition=edition)
    return list(rows.select_related("item__framework").order_by("action_id", "position"))


def _items() -> list[FrameworkItem]:
    return list(FrameworkItem.objects.select_related("framework"))


def _framework_things() -> dict[str, Thing]:
    things = {
        f.code: Thing(f.name_it, f.name_en, [*names_in(f.name_it), *names_in(f.name_en)])
        for f in Framework.objects.all()
    }
    for item in _items():
        names = [item.code, *names_in(item.name_it), *names_in(item.name_en)]
        shown_it, shown_en = (f"{item.code} {name}".strip() for name in (item.name_it, item.name_en or item.name_it))
        # A bare number is no name: «3» is not an objective of the Carta di Bologna.
        things[f"{item.framework.code}/{item.slug}"] = Thing(shown_it, shown_en, [n for n in names if not n.isdigit()])
    for alias in ItemAlias.objects.select_related("item__framework"):
        if any(letter.isalpha() for letter in alias.printed):
            things[f"{alias.item.framework.code}/{alias.item.slug}"].names.append(alias.printed)
    return things


def _add_actors(things: dict[str, Thing], edition: Edition, place: dict[int, int]) -> None:
    for row in _involvements(edition):
        key = f"actor/{row.actor.slug}"
        actor = row.actor
        thing = things.setdefault(
            key, Thing(actor.name_it, actor.name_en, [*names_in(actor.name_it), *names_in(actor.name_en)])
        )
        _tie(thing, place[row.action_id], 1.0)
    for alias in ActorAlias.objects.select_related("actor"):
        if thing_of := things.get(f"actor/{alias.actor.slug}"):
            thing_of.names += names_in(alias.printed)


def _tie(thing: Thing, number: int, weight: float) -> None:
    thing.documents[number] = max(thing.documents.get(number, 0.0), weight)


def names_in(name: str) -> list[str]:
    """A name, the name without what stands in brackets, and the acronym in them: «Rete ferroviaria italiana (RFI)»."""
    inside = [text for text in _BRACKETS.findall(name) if text.isupper() or (len(text) <= 8 and " " not in text)]
    return list(dict.fromkeys(filter(None, [name, _BRACKETS.sub("", name).strip(), *inside])))


def _distinct(*names: str) -> list[str]:
    return list(dict.fromkeys(filter(None, names)))
