"""The answer of the whole site to a question, in groups: places, frameworks, actions, and what else there is."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from aumenta.core.search import Findings
from aumenta.plan.find.catalogue import Catalogue
from aumenta.plan.find.place_filters import MUNICIPALITY_WORD, ZONE_WORD, reached_of
from aumenta.plan.find.search_query import SearchQuery
from aumenta.plan.search.understood import understood
from aumenta.site.find.search_results import Result, results
from aumenta.site.search.directory import Directory, DirectoryEntry, Kind
from aumenta.ui.reached import reached_words

MOST_ACTIONS = 10
MOST_OF_A_KIND = 5
MOST_PLACES = 12
WORTH_SHOWING = 0.35
"""Of the best one's worth: what among strategies, events, news and pages has less is left out."""


@dataclass(frozen=True)
class SearchAnswer:
    """What the site has for a question. `weak`: the actions are only the nearest ones."""

    understood: list[str]
    places: list[tuple[DirectoryEntry, str]]
    frameworks: list[tuple[DirectoryEntry, int]]
    actions: list[Result]
    total: int
    findings: Findings
    others: dict[Kind, list[DirectoryEntry]] = field(default_factory=dict)

    @property
    def weak(self) -> bool:
        """Whether the actions are shown only as the nearest ones."""
        return bool(self.actions) and self.findings.weak

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.places or self.frameworks or self.actions or any(self.others.values()))

    def group(self, kind: Kind) -> Sequence[DirectoryEntry]:
        """What was found of a kind."""
        return self.others.get(kind, [])


def answer_everything(question: SearchQuery, known: Directory, plan: Catalogue) -> SearchAnswer:
    """Search everything that is public; asks the database nothing that `known` and `plan` have."""
    findings = known.plan.engine.find(question.q)
    numbers = findings.ranked()
    shown = [plan.entries[number] for number in numbers[:MOST_ACTIONS]]
    return SearchAnswer(
        understood=understood(findings, known.plan.things),
        places=[
            (entry, _counted(entry, plan))
            for entry in _named([place.key for place in findings.reading.places], known)[:MOST_PLACES]
        ],
        frameworks=[
            (entry, len(known.plan.things[key].documents))
            for key in dict.fromkeys(key for one in findings.reading.concepts for key in one.named)
            if (entry := known.by_key.get(key))
        ][:MOST_OF_A_KIND],
        actions=results(shown, plan, findings, question, passages=True),
        total=len(numbers),
        findings=findings,
        others=_others(question.q, known),
    )


def _counted(place: DirectoryEntry, plan: Catalogue) -> str:
    """How many actions reach a place, as its own page says it; nothing where actions are tied to no places yet."""
    word = {"zone": ZONE_WORD, "municipality": MUNICIPALITY_WORD}.get(place.target.route)
    if word is None or plan.reach is None or (word, place.target.arguments[0]) not in plan.reach.codes:
        return ""
    return reached_words(reached_of(plan, {word: (place.target.arguments[0],)}))


def _named(keys: Sequence[str], known: Directory) -> list[DirectoryEntry]:
    return [known.by_key[key] for key in dict.fromkeys(keys) if key in known.by_key]


def _others(asked: str, known: Directory) -> dict[Kind, list[DirectoryEntry]]:
    """Axes, strategies, events, news and pages that have the words; nothing that has only some of several."""
    findings = known.texts.find(asked, by_meaning=False)
    found: dict[Kind, list[DirectoryEntry]] = {}
    if findings.weak:
        return found
    least = WORTH_SHOWING * max(findings.scores.values(), default=0.0)
    for number in findings.ranked():
        entry = known.described[number]
        group = found.setdefault(entry.kind, [])
        if findings.scores[number] >= least and len(group) < MOST_OF_A_KIND:
            group.append(entry)
    return found
