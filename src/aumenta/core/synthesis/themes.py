"""A proposed grouping of statements: from headings that people give, into a number of groups, or from nothing.

It is a proposal: a person accepts it, moves, merges, splits and renames. The rules of `rules_of_themes` hold for every
set that is made from nothing or from a number; headings are people's, so all of them are kept, even empty ones.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from aumenta.core.synthesis.domains import DOMAINS
from aumenta.core.synthesis.encoders import Encoder, Vectors
from aumenta.core.synthesis.graph import Features, Labels, communities, features, nearest_graph
from aumenta.core.synthesis.keywords import keywords, quotation, voices
from aumenta.core.synthesis.rules_of_themes import MOST_ALIKE, MOST_SHARED, MOST_THEMES, alike, least_voices, shared
from aumenta.core.synthesis.statements import Statement, read_all
from aumenta.core.synthesis.suggest import OUTSIDE, TEMPERATURE, Plan, Reference, Scores, softmax, standard, unit
from aumenta.core.synthesis.vectors import Cache, vectors_of

FEWEST: Final = 20
"""Different statements below which no grouping is invented."""
PROJECTION_TEMPERATURE: Final = 0.8
ALSO_TIES: Final = 0.35
"""Part of a statement's ties that another theme must hold to concern it too."""
SPREAD: Final = 0.5
"""How much a statement listens to its neighbours when headings are given."""


class Way(StrEnum):
    """How the grouping came about."""

    MEANING = "meaning"
    HEADINGS = "headings"
    STRATEGY = "strategy"
    NONE = "none"
    """Too few to group and no plan to list them by."""


class Undone(StrEnum):
    """What was not done as asked, for whoever tells people in their language."""

    TOO_MANY_ASKED = "too many asked"
    """`asked` themes of at least `least` voices cannot be made of `found` statements."""
    OTHER_NUMBER = "other number"
    """The statements fall into `found` themes rather than `asked`."""
    TOO_FEW = "too few"
    """`found` different statements are too few to group."""
    NOT_MADE = "not made"
    """The `asked` themes were not made."""


class Note(NamedTuple):
    """A remark about a grouping, with the numbers that its sentence needs."""

    what: Undone
    asked: int = 0
    found: int = 0
    least: int = 0


@dataclass(frozen=True)
class Theme:
    """A group: its id (never used again for another), name, keywords as said, the best statement to quote, members."""

    id: int
    name: str
    keywords: tuple[str, ...]
    quotation: int | None
    members: tuple[int, ...]


@dataclass(frozen=True)
class Grouping:
    """Themes, largest first, and for each statement its theme (None: nothing to read, or too few to group).

    `also` are further themes a statement concerns; `outside` are statements about nothing in the plan; `left` are the
    unreadable ones; `notes` say what was not done as asked.
    """

    way: Way
    themes: tuple[Theme, ...]
    theme_of: tuple[int | None, ...]
    also: tuple[tuple[int, ...], ...]
    outside: tuple[int, ...]
    left: tuple[int, ...]
    encoder: str
    notes: tuple[Note, ...] = ()


@dataclass
class Heard:
    """Statements made ready for grouping: different readable ones, how often each came, and their graph."""

    statements: list[Statement]
    places: list[int]
    """Where the different readable texts are among `statements`, in order of arrival."""
    same: dict[int, int]
    """Every readable statement → the position, among `places`, of the text it is equal to."""
    vectors: Vectors
    """Own vectors of the different texts, mean taken away."""
    scores: Scores
    features: Features
    graph: csr_array
    plan: Plan | None
    base: Plan
    """What the texts are projected on: the plan, or the fields of public policy where there is none."""
    times: NDArray[np.int64] = field(init=False)

    def __post_init__(self) -> None:
        self.times = np.bincount(list(self.same.values()), minlength=len(self.places))


def hear(sources: Sequence[str], encoder: Encoder, cache: Cache | None = None, plan: Plan | None = None) -> Heard:
    """Read, encode, project on the plan (on the fields of public policy where there is none) and tie together."""
    statements = read_all(sources)
    first: dict[str, int] = {}
    places: list[int] = []
    same: dict[int, int] = {}
    for place, statement in enumerate(statements):
        if statement.readable:
            key = " ".join(statement.text.casefold().split())
            if key not in first:
                first[key] = len(places)
                places.append(place)
            same[place] = first[key]
    different = [statements[place] for place in places]
    vectors = vectors_of([statement.text for statement in different], "contribution", encoder, cache)
    base = plan or Plan([Reference(key, key, text) for key, text in DOMAINS], encoder, cache)
    scores = base.scores(different, vectors=vectors) if len(vectors) else base.scores(different)
    own = unit(vectors - vectors.mean(axis=0)) if len(vectors) else vectors
    shares = softmax(standard(scores.total), PROJECTION_TEMPERATURE) if len(own) else np.zeros((0, 1))
    given = features(own, shares) if len(own) else Features(np.zeros((0, 1), dtype=np.float32), 0.0)
    return Heard(statements, places, same, own, scores, given, nearest_graph(given), plan, base)


def propose(
    sources: Sequence[str],
    encoder: Encoder,
    cache: Cache | None = None,
    *,
    plan: Plan | None = None,
    groups: int | None = None,
    headings: Sequence[str] = (),
    seed: int = 0,
    never_quoted: Collection[int] = (),
) -> Grouping:
    """Group statements by `headings`, into `groups` themes, or into as many as there are; see `Way` for what was done.

    `never_quoted` are places of statements that are grouped and counted, but give no word to names and keywords.
    The same texts, plan, encoder and seed give the same grouping.
    """
    heard = hear(sources, encoder, cache, plan)
    if headings:
        labels = by_headings(heard, headings, encoder, cache)
        return grouping(heard, labels, encoder, way=Way.HEADINGS, names=list(headings), never_quoted=never_quoted)
    if len(heard.places) < FEWEST:
        return _listed(heard, encoder, groups, never_quoted)
    least = least_voices(len(heard.same), asked=groups is not None)
    notes = []
    if groups is not None and groups * least > len(heard.same):
        notes.append(Note(Undone.TOO_MANY_ASKED, asked=groups, found=len(heard.same), least=least))
    labels = communities(
        heard.graph, np.random.default_rng(seed), groups=groups, least=least, most=MOST_THEMES, times=heard.times
    )
    labels = unlike(heard, labels)
    found = int(labels.max()) + 1
    if groups is not None and found != groups and not notes:
        notes.append(Note(Undone.OTHER_NUMBER, asked=groups, found=found))
    return grouping(heard, labels, encoder, way=Way.MEANING, notes=notes, never_quoted=never_quoted)


def by_headings(heard: Heard, headings: Sequence[str], encoder: Encoder, cache: Cache | None) -> Labels:
    """The heading of each different text: nearest in itself and on the plan, then as its neighbours."""
    if not len(heard.places):
        return np.zeros(0, dtype=np.int64)
    titles = Plan([Reference(str(place), str(place), text) for place, text in enumerate(headings)], encoder, cache)
    statements = [heard.statements[place] for place in heard.places]
    spoken = vectors_of([statement.text for statement in statements], "contribution", encoder, cache)
    directly = standard(titles.scores(statements).total)
    ours = _projected(heard.scores)
    theirs = _projected(heard.base.scores(read_all(headings), company=spoken))
    shares = softmax(standard(directly + standard(ours @ theirs.T)), TEMPERATURE)
    total = np.maximum(np.asarray(heard.graph.sum(axis=1)), 1e-9)[:, None]
    spread = shares
    for _ in range(2):
        spread = (1 - SPREAD) * shares + SPREAD * (heard.graph @ spread) / total
    return cast(Labels, spread.argmax(axis=1))


def _projected(scores: Scores) -> NDArray[np.float64]:
    return cast(NDArray[np.float64], np.sqrt(softmax(standard(scores.total), PROJECTION_TEMPERATURE)))


def unlike(heard: Heard, labels: Labels) -> Labels:
    """Join themes whose centres are too alike to be told apart."""
    while True:
        centres = centres_of(heard, labels)
        pairs = [
            (alike(centres[one], centres[other]), one, other)
            for one in range(len(centres))
            for other in range(one + 1, len(centres))
        ]
        worst = max(pairs, default=(0.0, 0, 0))
        if worst[0] >= MOST_ALIKE:
            labels = np.where(labels == worst[2], worst[1], labels)
            _, labels = np.unique(labels, return_inverse=True)
        else:
            return labels


def centres_of(heard: Heard, labels: Labels) -> list[NDArray[np.float64]]:
    """The mean vector of each theme, the mean of all taken away."""
    rows = heard.features.rows.astype(np.float64)
    rows = rows - rows.mean(axis=0)
    return [
        rows[labels == label].mean(axis=0) if (labels == label).any() else np.zeros(rows.shape[1])
        for label in range(int(labels.max(initial=-1)) + 1)
    ]


def grouping(
    heard: Heard,
    labels: Labels,
    encoder: Encoder,
    *,
    way: Way,
    names: Sequence[str] = (),
    ids: Sequence[int] = (),
    notes: Sequence[Note] = (),
    never_quoted: Collection[int] = (),
) -> Grouping:
    """Put names, keywords, quotations and second themes to labels of the different texts.

    `names` and `ids` are for each label; without them names are made of keywords and ids count from 1, largest first.
    """
    count = max(len(names), len(ids), int(labels.max(initial=-1)) + 1)
    members: list[list[int]] = [[] for _ in range(count)]
    for place, text in heard.same.items():
        members[int(labels[text])].append(place)
    order = sorted(range(count), key=lambda label: (-len(members[label]), label))
    given = {label: ids[label] if ids else number for number, label in enumerate(order, 1)}
    centres = centres_of(heard, labels) if len(labels) else []
    rows = unit((heard.features.rows - heard.features.rows.mean(axis=0)) if len(labels) else heard.features.rows)
    hidden = set(never_quoted)
    everything = voices(heard.statements[place] for place in heard.same if place not in hidden)
    themes = []
    taken: set[str] = set()
    for label in order:
        public = [place for place in members[label] if place not in hidden]
        own = [heard.statements[place] for place in public]
        words = keywords(own, everything - voices(own)) if own else []
        centre = centres[label] if label < len(centres) else np.zeros(rows.shape[1])
        near = rows[[heard.same[place] for place in public]] @ unit(centre[None].astype(np.float32))[0]
        chosen = quotation(own, near.tolist(), words)
        name = names[label] if names else name_of(words, own, taken)
        taken.add(name)
        quoted = public[chosen] if chosen is not None else None
        themes.append(Theme(given[label], name, tuple(words), quoted, tuple(members[label])))
    theme_of = [
        given[int(labels[heard.same[place]])] if place in heard.same else None for place in range(len(heard.statements))
    ]
    second = _second_themes(heard, labels, given)
    outside = [
        place
        for place, text in heard.same.items()
        if heard.plan is not None and float(heard.scores.nearness[text]) < OUTSIDE
    ]
    return Grouping(
        way,
        tuple(themes),
        tuple(theme_of),
        tuple(second[heard.same[place]] if place in heard.same else () for place in range(len(heard.statements))),
        tuple(outside),
        tuple(place for place in range(len(heard.statements)) if place not in heard.same),
        f"{encoder.name} {encoder.version}",
        tuple(notes),
    )


def name_of(words: Sequence[str], own: Sequence[Statement], taken: set[str]) -> str:
    """A name for a group with these keywords that is not `taken` yet: its first keywords, as many as it needs."""
    for length in (3, 4, 5):
        name = ", ".join(words[:length])
        name = name[:1].upper() + name[1:]
        if name and name not in taken:
            return name
    base = name or (own[0].text[:60] if own else "…")
    number = 2
    while f"{base} ({number})" in taken:
        number += 1
    return f"{base} ({number})" if base in taken else base


def _second_themes(heard: Heard, labels: Labels, given: dict[int, int]) -> list[tuple[int, ...]]:
    """Further themes that hold a good part of a statement's ties, never so many that two have the same voices."""
    size = len(labels)
    if not size:
        return []
    count = int(labels.max()) + 1
    belongs = csr_array((np.ones(size), (np.arange(size), labels)), (size, count))
    ties = (heard.graph @ belongs).toarray()
    share = ties / np.maximum(ties.sum(axis=1, keepdims=True), 1e-9)
    share[np.arange(size), labels] = 0
    further = [tuple(np.flatnonzero(row >= ALSO_TIES).tolist()) for row in share]
    voices: dict[int, set[int]] = {label: set(np.flatnonzero(labels == label).tolist()) for label in range(count)}
    result: list[tuple[int, ...]] = []
    for text, others in enumerate(further):
        kept = []
        for label in others:
            wider = frozenset(voices[label] | {text})
            if all(shared(wider, frozenset(voices[other])) < MOST_SHARED for other in voices if other != label):
                voices[label].add(text)
                kept.append(given[label])
        result.append(tuple(kept))
    return result


def _listed(heard: Heard, encoder: Encoder, groups: int | None, never_quoted: Collection[int]) -> Grouping:
    """Too few to group: listed by the strategy each concerns most, and those outside the plan apart."""
    notes = [Note(Undone.TOO_FEW, found=len(heard.places))]
    if groups is not None:
        notes.append(Note(Undone.NOT_MADE, asked=groups))
    if heard.plan is None:
        size = len(heard.statements)
        left = tuple(place for place in range(size) if place not in heard.same)
        name = f"{encoder.name} {encoder.version}"
        return Grouping(Way.NONE, (), (None,) * size, ((),) * size, (), left, name, tuple(notes))
    best = heard.scores.total.argmax(axis=1) if len(heard.places) else np.zeros(0, dtype=np.int64)
    used, labels = np.unique(best, return_inverse=True)
    names = [heard.plan.groups[int(group)] for group in used]
    return grouping(heard, labels, encoder, way=Way.STRATEGY, names=names, notes=notes, never_quoted=never_quoted)
