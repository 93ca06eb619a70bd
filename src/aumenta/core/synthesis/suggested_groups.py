"""What is suggested of a grouping, worked out from its state and nothing else: groups, repetitions, differences.

Pure functions between the state of the core (`state`) and what a caller keeps and shows. Statements are known by the
caller's keys (whole numbers written as text), groups by the ids of the state, people's themes by the caller's numbers.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from aumenta.core.synthesis.confidential_words import ConfidentialWords
from aumenta.core.synthesis.describe import described
from aumenta.core.synthesis.embedding import EmbeddedStatements
from aumenta.core.synthesis.encoders import Encoder
from aumenta.core.synthesis.graph import Labels
from aumenta.core.synthesis.neighbours import Voices
from aumenta.core.synthesis.state import GroupingState, Regrouping, found
from aumenta.core.synthesis.suggest import OUTSIDE
from aumenta.core.synthesis.suggestions import SuggestedGroup, Suggestions, WaitingRegrouping
from aumenta.core.synthesis.themes import MIN_STATEMENTS, Grouping, Method
from aumenta.core.synthesis.vectors import Cache

MOST_REPEATED: Final = 60
"""Pairs of near duplicates that are offered at a time."""


@dataclass(frozen=True, slots=True)
class GroupedText:
    """What stands at this moment: keys and texts of the statements, in order of arrival, and what may not be quoted."""

    keys: tuple[str, ...]
    texts: tuple[str, ...]
    private: frozenset[str]


class PeoplesTheme(NamedTuple):
    """A theme that people made: whether it is in use, and which one it joined where it is not."""

    active: bool
    merged_into: int | None


class Tied(NamedTuple):
    """A state together with what people did since, and which group of the state is which theme of theirs."""

    state: GroupingState
    themes: dict[int, int]


def tied_to_themes(
    state: GroupingState,
    ties: Mapping[int, int],
    themes: Mapping[int, PeoplesTheme],
    placed: Mapping[str, int],
    aside: Iterable[str],
    keys: Iterable[str],
) -> Tied:
    """`state` with what people have placed since, for the statements with these `keys`.

    `ties` are group → theme as kept; `placed` says which theme in use people put a statement into, and `aside` are
    those that they took out of one. Each theme in use has a group of its own, a new one where it had none; a group
    whose theme joined another becomes an alias.
    """
    known = {core: theme for core, theme in ties.items() if theme in themes}
    group_of = {theme: core for core, theme in known.items() if themes[theme].active}
    for theme, own in themes.items():
        if own.active and theme not in group_of:
            state, group_of[theme] = found(state)
    alias = {}
    for core, theme in known.items():
        now = _in_use(themes, theme)
        if now is not None and group_of[now] != core:
            alias[core] = group_of[now]
    every = {**known, **{core: theme for theme, core in group_of.items()}}
    pins: dict[str, int | None] = dict.fromkeys(aside)
    pins |= {key: group_of[theme] for key, theme in placed.items()}
    here = set(keys)
    pins = {key: group for key, group in pins.items() if key in here}
    theme_of = {key: alias.get(group, group) for key, group in state.theme_of.items() if key in here}
    theme_of = {key: group for key, group in theme_of.items() if pins.get(key, group) == group}
    theme_of |= {key: group for key, group in pins.items() if group is not None}
    kept = {core: theme for core, theme in every.items() if themes[theme].active or core in alias}
    return Tied(GroupingState(theme_of, pins, alias, state.next_id), kept)


def _in_use(themes: Mapping[int, PeoplesTheme], theme: int) -> int | None:
    """The theme that `theme` is now, after all joinings; None for one that was emptied."""
    seen: set[int] = set()
    at: int | None = theme
    while at is not None and at in themes and not themes[at].active and at not in seen:
        seen.add(at)
        at = themes[at].merged_into
    return at if at is not None and at in themes and themes[at].active else None


def suggested_groups(
    state: GroupingState,
    said: GroupedText,
    embedded: EmbeddedStatements,
    names: dict[int, str],
    themes: Mapping[int, int],
) -> Suggestions:
    """What a screen reads: groups without what people placed already, what is outside the plan, what can't be read.

    `names` are those of the groups so far; new ones are added to it. `themes`: group → theme of people.
    """
    outside = tuple(
        int(said.keys[place])
        for place, text in embedded.same.items()
        if embedded.plan is not None and embedded.scores.nearness[text] < OUTSIDE
    )
    unreadable = tuple(int(key) for place, key in enumerate(said.keys) if place not in embedded.same)
    if len(embedded.places) < MIN_STATEMENTS and not set(state.theme_of) - set(state.pins):
        method = Method.STRATEGY if embedded.plan else Method.NONE
        return Suggestions(method, _by_strategy(state, said, embedded), outside, unreadable)
    groups = []
    for group in described(state.theme_of, said.keys, embedded, never_quoted=said.private):
        waiting = tuple(int(key) for key in group.members if key not in state.pins)
        if waiting:
            groups.append(
                SuggestedGroup(
                    group.id,
                    themes.get(group.id),
                    waiting,
                    name=names.setdefault(group.id, group.name),
                    keywords=", ".join(group.keywords),
                    quotation=int(group.quotation) if group.quotation else None,
                )
            )
    return Suggestions(Method.MEANING, tuple(groups), outside, unreadable)


def _by_strategy(state: GroupingState, said: GroupedText, embedded: EmbeddedStatements) -> tuple[SuggestedGroup, ...]:
    """Too few to group: those that nobody placed, listed by the strategy each concerns most."""
    if embedded.plan is None or not embedded.places:
        return ()
    best: Labels = embedded.scores.total.argmax(axis=1)
    lists: dict[str, list[int]] = {}
    for place, text in embedded.same.items():
        if said.keys[place] not in state.pins:
            lists.setdefault(embedded.plan.groups[int(best[text])], []).append(int(said.keys[place]))
    order = sorted(lists.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(SuggestedGroup(None, None, tuple(own), strategy=code) for code, own in order)


def repeated(
    said: GroupedText, embedded: EmbeddedStatements, encoder: Encoder, cache: Cache
) -> tuple[tuple[int, int], ...]:
    """Pairs that may be the same thought, surest first; of equal texts each with the first of them."""
    first = [said.keys[place] for place in embedded.places]
    equal = [
        (int(first[text]), int(said.keys[place]))
        for place, text in embedded.same.items()
        if said.keys[place] != first[text]
    ]
    if len(equal) >= MOST_REPEATED:
        return tuple(equal[:MOST_REPEATED])
    voices = Voices([embedded.statements[place].source for place in embedded.places], encoder, cache)
    near = [(int(first[one]), int(first[other])) for one, other, _cosine in voices.duplicates()]
    return tuple((equal + near)[:MOST_REPEATED])


def confidential_words(said: GroupedText, embedded: EmbeddedStatements) -> ConfidentialWords | None:
    """The words that only private statements say; None where none is private."""
    if not said.private:
        return None
    private = [key in said.private for key in said.keys]
    return ConfidentialWords(
        (one for one, own in zip(embedded.statements, private, strict=True) if own),
        (one for one, own in zip(embedded.statements, private, strict=True) if not own),
    )


def headings_known(
    state: GroupingState, names: Mapping[int, str], themes: Mapping[int, str], headings: Mapping[int, str]
) -> dict[int, int]:
    """Which of the `headings` (label → text) are groups already, by their names; `themes`: group → its theme's name."""
    by_name = {name.casefold(): core for core, name in names.items() if core not in state.alias}
    by_name |= {name.casefold(): core for core, name in themes.items()}
    return {label: by_name[text.casefold()] for label, text in headings.items() if text.casefold() in by_name}


def waiting_regrouping(
    compared: Regrouping, fresh: Grouping, labels: Mapping[str, int | None], headings: Mapping[int, str]
) -> WaitingRegrouping:
    """The differences with the names of the groups they lead to, ready to be kept and read."""
    names = {}
    of_label = headings or {theme.id: theme.name for theme in fresh.themes}
    for key, theme in compared.proposed.theme_of.items():
        label = labels.get(key)
        if key not in compared.proposed.pins and label is not None:
            names[theme] = of_label[label]
    return WaitingRegrouping(compared.differences, names, compared.proposed.next_id, bool(headings), fresh.caveats)
