"""A proposed grouping of statements: from headings that people give, into a number of groups, or from nothing.

It is a proposal: a person accepts it, moves, merges, splits and renames. The rules of `rules_of_themes` hold for every
set that is made from nothing or from a number; headings are people's, so all of them are kept, even empty ones.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple, cast

import numpy as np
from scipy.sparse import csr_array

from aumenta.core.synthesis.describe import keywords_and_quote, name_of
from aumenta.core.synthesis.embedding import EmbeddedStatements, centres_of, embed_statements, projected
from aumenta.core.synthesis.encoders import Encoder
from aumenta.core.synthesis.graph import Labels, communities
from aumenta.core.synthesis.keywords import voices
from aumenta.core.synthesis.rules_of_themes import MOST_ALIKE, MOST_SHARED, MOST_THEMES, alike, least_voices, shared
from aumenta.core.synthesis.scaling import softmax, standard, unit
from aumenta.core.synthesis.statements import read_all
from aumenta.core.synthesis.suggest import OUTSIDE, TEMPERATURE, PlanIndex, Reference
from aumenta.core.synthesis.vectors import Cache, vectors_of

MIN_STATEMENTS: Final = 20
"""Different statements below which no grouping is invented."""
ALSO_TIES: Final = 0.35
"""Part of a statement's ties that another theme must hold to concern it too."""
SPREAD: Final = 0.5
"""How much a statement listens to its neighbours when headings are given."""


class Method(StrEnum):
    """How the grouping came about."""

    MEANING = "meaning"
    HEADINGS = "headings"
    STRATEGY = "strategy"
    NONE = "none"
    """Too few to group and no plan to list them by."""


class CaveatKind(StrEnum):
    """What was not done as asked, for whoever tells people in their language."""

    TOO_MANY_ASKED = "too many asked"
    """`asked` themes of at least `least` voices cannot be made of `found` statements."""
    OTHER_NUMBER = "other number"
    """The statements fall into `found` themes rather than `asked`."""
    TOO_FEW = "too few"
    """`found` different statements are too few to group."""
    NOT_MADE = "not made"
    """The `asked` themes were not made."""


class Caveat(NamedTuple):
    """A remark about a grouping, with the numbers that its sentence needs."""

    what: CaveatKind
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
    unreadable ones; `notes` say what was not done as asked; `no_content` are answers that say nothing, listed apart.
    """

    method: Method
    themes: tuple[Theme, ...]
    theme_of: tuple[int | None, ...]
    also: tuple[tuple[int, ...], ...]
    outside: tuple[int, ...]
    left: tuple[int, ...]
    encoder: str
    caveats: tuple[Caveat, ...] = ()
    no_content: tuple[int, ...] = ()


def propose(
    sources: Sequence[str],
    encoder: Encoder,
    cache: Cache | None = None,
    *,
    plan: PlanIndex | None = None,
    groups: int | None = None,
    headings: Sequence[str] = (),
    seed: int = 0,
    never_quoted: Collection[int] = (),
    taken_back: Collection[int] = (),
) -> Grouping:
    """Group statements by `headings`, into `groups` themes, or into as many as there are; `Method` says how.

    `never_quoted` are places of statements that are grouped and counted, but give no word to names and keywords;
    `taken_back` those that look like answers without content and are grouped all the same. The same texts, plan,
    encoder and seed give the same grouping.
    """
    embedded = embed_statements(sources, encoder, cache, plan, taken_back=taken_back)
    if headings:
        labels = by_headings(embedded, headings, encoder, cache)
        return grouping(
            embedded, labels, encoder, method=Method.HEADINGS, names=list(headings), never_quoted=never_quoted
        )
    if len(embedded.places) < MIN_STATEMENTS:
        return _listed(embedded, encoder, groups, never_quoted)
    least = least_voices(len(embedded.same), asked=groups is not None)
    caveats = []
    if groups is not None and groups * least > len(embedded.same):
        caveats.append(Caveat(CaveatKind.TOO_MANY_ASKED, asked=groups, found=len(embedded.same), least=least))
    labels = communities(
        embedded.graph, np.random.default_rng(seed), groups=groups, least=least, most=MOST_THEMES, times=embedded.times
    )
    labels = unlike(embedded, labels)
    found = int(labels.max()) + 1
    if groups is not None and found != groups and not caveats:
        caveats.append(Caveat(CaveatKind.OTHER_NUMBER, asked=groups, found=found))
    return grouping(embedded, labels, encoder, method=Method.MEANING, caveats=caveats, never_quoted=never_quoted)


def by_headings(embedded: EmbeddedStatements, headings: Sequence[str], encoder: Encoder, cache: Cache | None) -> Labels:
    """The heading of each different text: nearest in itself and on the plan, then as its neighbours."""
    if not len(embedded.places):
        return np.zeros(0, dtype=np.int64)
    titles = PlanIndex([Reference(str(place), str(place), text) for place, text in enumerate(headings)], encoder, cache)
    statements = [embedded.statements[place] for place in embedded.places]
    spoken = vectors_of([statement.text for statement in statements], "contribution", encoder, cache)
    directly = standard(titles.scores(statements).total)
    ours = projected(embedded.scores)
    theirs = projected(embedded.base.scores(read_all(headings), context=spoken))
    shares = softmax(standard(directly + standard(ours @ theirs.T)), TEMPERATURE)
    total = np.maximum(np.asarray(embedded.graph.sum(axis=1)), 1e-9)[:, None]
    spread = shares
    for _ in range(2):
        spread = (1 - SPREAD) * shares + SPREAD * (embedded.graph @ spread) / total
    return cast(Labels, spread.argmax(axis=1))


def unlike(embedded: EmbeddedStatements, labels: Labels) -> Labels:
    """Join themes whose centres are too alike to be told apart."""
    while True:
        centres = centres_of(embedded, labels)
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


def grouping(
    embedded: EmbeddedStatements,
    labels: Labels,
    encoder: Encoder,
    *,
    method: Method,
    names: Sequence[str] = (),
    caveats: Sequence[Caveat] = (),
    never_quoted: Collection[int] = (),
) -> Grouping:
    """Put names, keywords, quotations and second themes to labels of the different texts.

    `names` are for each label; without them they are made of keywords. Ids count from 1, largest first.
    """
    count = max(len(names), int(labels.max(initial=-1)) + 1)
    members: list[list[int]] = [[] for _ in range(count)]
    for place, text in embedded.same.items():
        members[int(labels[text])].append(place)
    order = sorted(range(count), key=lambda label: (-len(members[label]), label))
    given = {label: number for number, label in enumerate(order, 1)}
    every = range(len(embedded.statements))
    second = _second_themes(embedded, labels, given)
    return Grouping(
        method,
        tuple(_themes(embedded, labels, members, given, names, set(never_quoted))),
        tuple(given[int(labels[embedded.same[place]])] if place in embedded.same else None for place in every),
        tuple(second[embedded.same[place]] if place in embedded.same else () for place in every),
        tuple(
            place
            for place, text in embedded.same.items()
            if embedded.plan is not None and float(embedded.scores.nearness[text]) < OUTSIDE
        ),
        tuple(place for place in every if place not in embedded.same and not embedded.says_nothing(place)),
        f"{encoder.name} {encoder.version}",
        tuple(caveats),
        tuple(place for place in every if place not in embedded.same and embedded.says_nothing(place)),
    )


def _themes(
    embedded: EmbeddedStatements,
    labels: Labels,
    members: Sequence[Sequence[int]],
    given: Mapping[int, int],
    names: Sequence[str],
    hidden: set[int],
) -> Iterator[Theme]:
    """The themes in the order of their ids (`given`: label → id), in words; `hidden` places give none."""
    centres = centres_of(embedded, labels) if len(labels) else []
    rows = unit(
        (embedded.features.rows - embedded.features.rows.mean(axis=0)) if len(labels) else embedded.features.rows
    )
    everything = voices(embedded.statements[place] for place in embedded.same if place not in hidden)
    taken: set[str] = set()
    for label, number in given.items():
        public = [place for place in members[label] if place not in hidden]
        own = [embedded.statements[place] for place in public]
        centre = centres[label] if label < len(centres) else np.zeros(rows.shape[1])
        near = rows[[embedded.same[place] for place in public]] @ unit(centre[None].astype(np.float32))[0]
        words, chosen = keywords_and_quote(own, near.tolist(), everything)
        name = names[label] if names else name_of(words, own, taken)
        taken.add(name)
        quoted = public[chosen] if chosen is not None else None
        yield Theme(number, name, tuple(words), quoted, tuple(members[label]))


def _second_themes(embedded: EmbeddedStatements, labels: Labels, given: dict[int, int]) -> list[tuple[int, ...]]:
    """Further themes that hold a good part of a statement's ties, never so many that two have the same voices."""
    size = len(labels)
    if not size:
        return []
    count = int(labels.max()) + 1
    belongs = csr_array((np.ones(size), (np.arange(size), labels)), (size, count))
    ties = (embedded.graph @ belongs).toarray()
    share = ties / np.maximum(ties.sum(axis=1, keepdims=True), 1e-9)
    share[np.arange(size), labels] = 0
    further = [tuple(np.flatnonzero(row >= ALSO_TIES).tolist()) for row in share]
    said: list[set[int]] = [set() for _ in range(size)]
    voices: dict[int, set[int]] = {label: set() for label in range(count)}
    for place, text in embedded.same.items():
        said[text].add(place)
        voices[int(labels[text])].add(place)
    result: list[tuple[int, ...]] = []
    for text, others in enumerate(further):
        kept = []
        for label in others:
            wider = frozenset(voices[label] | said[text])
            if all(shared(wider, frozenset(voices[other])) < MOST_SHARED for other in voices if other != label):
                voices[label] |= said[text]
                kept.append(given[label])
        result.append(tuple(kept))
    return result


def _listed(
    embedded: EmbeddedStatements, encoder: Encoder, groups: int | None, never_quoted: Collection[int]
) -> Grouping:
    """Too few to group: listed by the strategy each concerns most, and those outside the plan apart."""
    caveats = [Caveat(CaveatKind.TOO_FEW, found=len(embedded.places))]
    if groups is not None:
        caveats.append(Caveat(CaveatKind.NOT_MADE, asked=groups))
    if embedded.plan is None:
        size = len(embedded.statements)
        nothing = tuple(place for place in range(size) if place not in embedded.same and embedded.says_nothing(place))
        left = tuple(place for place in range(size) if place not in embedded.same and place not in nothing)
        name = f"{encoder.name} {encoder.version}"
        return Grouping(Method.NONE, (), (None,) * size, ((),) * size, (), left, name, tuple(caveats), nothing)
    best = embedded.scores.total.argmax(axis=1) if len(embedded.places) else np.zeros(0, dtype=np.int64)
    used, labels = np.unique(best, return_inverse=True)
    names = [embedded.plan.groups[int(group)] for group in used]
    return grouping(
        embedded, labels, encoder, method=Method.STRATEGY, names=names, caveats=caveats, never_quoted=never_quoted
    )
