"""The connections of an edition's actions, computed from their sheets and kept until the edition changes."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from aumenta.core.connections import Family, Member, Tie, find_ties
from aumenta.core.process_cache import ProcessCache
from aumenta.core.text import plain_text
from aumenta.plan.models import Action, Edition
from aumenta.plan.queries import sheets

# Frameworks whose items are instruments; the others are objectives. The Carta di Bologna belongs to whole strategies.
INSTRUMENTS = frozenset({"own_instrument", "higher_instrument"})
LONGEST_NAME = 66


@dataclass(frozen=True, slots=True)
class Name:
    """A name as ties quote it: Italian, and English where there is such a name."""

    name_it: str
    name_en: str = ""

    @property
    def brief(self) -> "Name":
        """The name for a line of a page, cut at a word where it is a whole sentence. Files have it whole."""
        return Name(_brief(self.name_it), _brief(self.name_en))


def _brief(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME].rsplit(' ', 1)[0]}…"


@dataclass(frozen=True)
class Connections:
    """The ties of an edition, strongest first, and what their labels are called."""

    ties: tuple[Tie, ...]
    names: dict[str, Name]
    titles: dict[str, Name]

    def of(self, code: str) -> list[Tie]:
        """The ties of one action, strongest first."""
        return self._by_action.get(code, [])

    @cached_property
    def _by_action(self) -> dict[str, list[Tie]]:
        found: dict[str, list[Tie]] = defaultdict(list)
        for tie in self.ties:
            found[tie.first].append(tie)
            found[tie.second].append(tie)
        return dict(found)


_kept: Final[ProcessCache[int, Connections]] = ProcessCache.of_the_process(8)


def connections(edition: Edition) -> Connections:
    """The connections of an edition; a fixed number of queries the first time after a change, none afterwards."""
    return _kept.get(edition.pk, lambda: _connections(edition.pk), edition.revision)


def _connections(edition_id: int) -> Connections:
    names: dict[str, Name] = {}
    members, titles = [], {}
    for action in sheets(Edition.objects.get(pk=edition_id)):
        members.append(_member(action, names))
        titles[action.code] = Name(action.title_it, action.title_en)
    return Connections(tuple(find_ties(members)), names, titles)


def _coded(code: str, name: str) -> str:
    return f"{code} {name}".strip()


def _member(action: Action, names: dict[str, Name]) -> Member:
    labels: dict[Family, set[str]] = defaultdict(set)
    for involvement in action.involvements.all():
        label = f"actor-{involvement.actor_id}"
        names[label] = Name(involvement.actor.name_it, involvement.actor.name_en)
        labels[Family.ACTORS].add(label)
    for alignment in action.alignments.all():
        item = alignment.item
        family = Family.INSTRUMENTS if item.framework.code in INSTRUMENTS else Family.OBJECTIVES
        label = f"item-{item.pk}"
        names[label] = Name(_coded(item.code, item.name_it), _coded(item.code, item.name_en) if item.name_en else "")
        labels[family].add(label)
    texts = [action.title_it, action.summary_it, action.description_it]
    texts += [example.text_it for example in action.examples.all()]
    return Member(
        code=action.code,
        text=" ".join(plain_text(text) for text in texts if text),
        actors=frozenset(labels[Family.ACTORS]),
        instruments=frozenset(labels[Family.INSTRUMENTS]),
        objectives=frozenset(labels[Family.OBJECTIVES]),
    )
