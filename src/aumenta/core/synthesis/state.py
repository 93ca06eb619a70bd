"""Themes that keep their identity while statements keep arriving.

Between arrivals the grouping is a state: which theme each statement is in, what people pinned, and which ids were ever
used. A refresh starts from it (warm start) and moves only what clearly gains; what people confirmed never moves by
itself. An id is never given to another theme: a theme that joins another leaves its id as an alias. The state is plain
data, saved beside the statements, so that a restart changes nothing. A full regrouping is only ever a list of
differences for a person to accept.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, NamedTuple

import numpy as np
from scipy.sparse import csr_array

from aumenta.core.synthesis.embedding import EmbeddedStatements
from aumenta.core.synthesis.graph import Labels, absorbed, local_moves, louvain
from aumenta.core.synthesis.rules_of_themes import MOST_THEMES, least_voices
from aumenta.core.synthesis.splitting import Divisible, split_themes
from aumenta.core.synthesis.themes import MIN_STATEMENTS

FORMAT: Final = 1
INERTIA: Final = 0.2
"""How strongly a shown statement is tied to its theme, as a part of all its other ties."""


class StateError(ValueError):
    """A saved state that cannot be read, or a step that makes no sense; the message says what."""


@dataclass(frozen=True)
class GroupingState:
    """The grouping as it stands. Statements are known by keys of the caller's (strings), themes by whole numbers."""

    theme_of: Mapping[str, int] = field(default_factory=dict)
    """Statements that are in a theme; the others are in the inbox."""
    pins: Mapping[str, int | None] = field(default_factory=dict)
    """What people decided: a statement and its theme, or None for "in no theme"."""
    alias: Mapping[int, int] = field(default_factory=dict)
    """Ids of themes that joined another → that other."""
    next_id: int = 1

    def current(self, theme: int) -> int:
        """The theme that `theme` is now, after all joinings."""
        while theme in self.alias:
            theme = self.alias[theme]
        return theme

    def themes(self) -> dict[int, list[str]]:
        """Themes in use with their statements, in order of id."""
        result: dict[int, list[str]] = {}
        for key, theme in self.theme_of.items():
            result.setdefault(theme, []).append(key)
        return dict(sorted(result.items()))

    def as_json(self) -> dict[str, Any]:
        """Plain data for a JSON column or file."""
        return {
            "format": FORMAT,
            "theme_of": dict(self.theme_of),
            "pins": dict(self.pins),
            "alias": {str(old): new for old, new in self.alias.items()},
            "next_id": self.next_id,
        }

    @classmethod
    def from_json(cls, data: Any) -> "GroupingState":
        """The state that `as_json` gave; StateError where the data cannot be one."""
        try:
            if data["format"] != FORMAT:
                raise StateError(f"the themes were saved in format {data['format']}, this program reads {FORMAT}")
            state = cls(
                {str(key): int(theme) for key, theme in data["theme_of"].items()},
                {str(key): None if theme is None else int(theme) for key, theme in data["pins"].items()},
                {int(old): int(new) for old, new in data["alias"].items()},
                int(data["next_id"]),
            )
        except (KeyError, TypeError, AttributeError, ValueError) as problem:
            raise StateError(f"the saved themes cannot be read: {problem}") from problem
        used = {*state.theme_of.values(), *(pin for pin in state.pins.values() if pin is not None)}
        if any(theme in state.alias for theme in used):
            raise StateError("the saved themes cannot be read: a statement is in a theme that joined another")
        if max([*used, *state.alias, *state.alias.values(), 0]) >= state.next_id:
            raise StateError("the saved themes cannot be read: an id beyond the last one given")
        return state


def pin(state: GroupingState, key: str, theme: int | None) -> GroupingState:
    """A person puts a statement into a theme, or into none; from then on it stays there."""
    place = None if theme is None else state.current(theme)
    if place is not None and not 0 < place < state.next_id:
        raise StateError(f"there is no theme {theme}")
    theme_of = {known: own for known, own in state.theme_of.items() if known != key}
    if place is not None:
        theme_of[key] = place
    return replace(state, theme_of=theme_of, pins={**state.pins, key: place})


def release(state: GroupingState, key: str) -> GroupingState:
    """Let a pinned statement move again."""
    return replace(state, pins={known: theme for known, theme in state.pins.items() if known != key})


def found(state: GroupingState) -> tuple[GroupingState, int]:
    """A new empty theme by a person's wish, and its id."""
    return replace(state, next_id=state.next_id + 1), state.next_id


def join(state: GroupingState, one: int, other: int) -> tuple[GroupingState, int]:
    """A person joins two themes: the larger keeps its id (among equals the older), the other id becomes an alias.

    Everything in the two is then confirmed to be together.
    """
    one, other = state.current(one), state.current(other)
    if one == other:
        raise StateError("a theme cannot be joined with itself")
    sizes = Counter(state.theme_of.values())
    kept, gone = sorted((one, other), key=lambda theme: (-sizes[theme], theme))
    theme_of = {key: kept if theme == gone else theme for key, theme in state.theme_of.items()}
    pins = {key: kept if theme == gone else theme for key, theme in state.pins.items()}
    pins |= {key: kept for key, theme in theme_of.items() if theme == kept}
    return GroupingState(theme_of, pins, {**state.alias, gone: kept}, state.next_id), kept


def refresh(state: GroupingState, keys: Sequence[str], embedded: EmbeddedStatements, *, seed: int = 0) -> GroupingState:
    """Take in what arrived: new statements find a theme, make a new one together, or stay in the inbox.

    `keys` are those of all of `embedded`'s statements, in order. Shown statements move only where the ties to another
    theme outweigh those to their own and some inertia, or with a part of their theme that leaves it (`splitting`);
    pinned ones never. Equal texts move together unless pinned
    apart. Below 20 different statements nothing is grouped: what is already in a theme stays.
    """
    here = set(keys)
    if len(keys) != len(embedded.statements) or len(here) != len(keys):
        raise StateError("every statement needs a key of its own")
    known = {key: state.current(theme) for key, theme in state.theme_of.items() if key in here}
    pins = {key: None if theme is None else state.current(theme) for key, theme in state.pins.items()}
    known |= {key: theme for key, theme in pins.items() if theme is not None and key in here}
    known = {key: theme for key, theme in known.items() if pins.get(key, theme) == theme}
    if len(embedded.places) < MIN_STATEMENTS:
        return replace(state, theme_of=known, pins=pins)
    texts: list[list[str]] = [[] for _ in embedded.places]
    for place, text in embedded.same.items():
        texts[text].append(keys[place])
    before = [_agreed(own, known, pins) for own in texts]
    fixed = np.array([any(pins.get(key) is not None for key in own) for own in texts])
    labels, next_id = _moved(embedded, before, fixed, state.next_id, seed)
    theme_of = {
        key: int(label)
        for own, label in zip(texts, labels, strict=True)
        for key in own
        if label > 0 and key not in pins
    }
    theme_of |= {key: theme for key, theme in pins.items() if theme is not None and key in here}
    return GroupingState(theme_of, pins, state.alias, next_id)


def _agreed(own: Iterable[str], known: Mapping[str, int], pins: Mapping[str, int | None]) -> int:
    """The theme of equal texts before: what people pinned counts first, then what most are in; 0 for none."""
    pinned = Counter(theme for key in own if (theme := pins.get(key)) is not None)
    shown = Counter(known[key] for key in own if key in known)
    for votes in (pinned, shown):
        if votes:
            return min(votes, key=lambda theme: (-votes[theme], theme))
    return 0


def _moved(
    embedded: EmbeddedStatements, before: Sequence[int], fixed: "np.typing.NDArray[np.bool_]", next_id: int, seed: int
) -> tuple[Labels, int]:
    """Theme of every different text after the refresh (0: inbox), and the next free id."""
    random = np.random.default_rng(seed)
    least = least_voices(len(embedded.same))
    old = np.array(before, dtype=np.int64)
    if not old.any():
        labels = absorbed(embedded.graph, louvain(embedded.graph, 1.0, random), least, embedded.times)
        order = np.argsort(-np.bincount(labels, weights=embedded.times), kind="stable")
        rank = np.empty_like(order)
        rank[order] = np.arange(len(order))
        return next_id + rank[labels], next_id + len(order)
    used = sorted(set(old[old > 0].tolist()))
    place = {theme: number for number, theme in enumerate(used)}
    size = len(old)
    # Each theme has a node of its own that stays, tied to what is shown in it: that tie is the inertia, and the label
    # of the node keeps the theme's identity. What is new starts alone and may gather into a theme of its own.
    start = np.empty(size + len(used), dtype=np.int64)
    start[:size] = np.where(old > 0, [place.get(theme, 0) for theme in old.tolist()], len(used) + np.arange(size))
    start[size:] = np.arange(len(used))
    still = np.concatenate([fixed, np.ones(len(used), dtype=bool)])
    graph = _with_anchors(embedded.graph, old, place)
    labels = local_moves(graph, start, 1.0, random, fixed=still, sweeps=10)[:size]
    result = np.zeros(size, dtype=np.int64)
    room = MOST_THEMES - len(used)
    for label in sorted(set(labels.tolist()), key=lambda one: -int(embedded.times[labels == one].sum())):
        inside = labels == label
        if label < len(used):
            result[inside] = used[label]
        elif int(embedded.times[inside].sum()) >= least and room > 0:
            result[inside] = next_id
            next_id += 1
            room -= 1
    given = Divisible(embedded.graph, embedded.times, fixed, old > 0)
    return split_themes(given, result, next_id, least, MOST_THEMES, random)


def _with_anchors(graph: csr_array, old: Labels, place: Mapping[int, int]) -> csr_array:
    size = len(old)
    shown = np.flatnonzero(old > 0)
    themes = size + np.array([place[int(theme)] for theme in old[shown]], dtype=np.int64)
    strength = INERTIA * np.asarray(graph.sum(axis=1)).ravel()[shown]
    entries = graph.tocoo()
    rows = np.concatenate([entries.row, shown, themes])
    columns = np.concatenate([entries.col, themes, shown])
    values = np.concatenate([entries.data, strength, strength])
    whole = size + len(place)
    return csr_array((values, (rows, columns)), (whole, whole))


class Difference(NamedTuple):
    """One thing a regrouping would change: statements that go `before` → `after` (None: the inbox or a new theme)."""

    statements: tuple[str, ...]
    before: int | None
    after: int | None


@dataclass(frozen=True)
class Regrouping:
    """A full regrouping as proposed: what it would change, largest first, and the state if all of it is accepted."""

    differences: tuple[Difference, ...]
    proposed: GroupingState


def regroup(
    state: GroupingState, keys: Sequence[str], labels: Sequence[int | None], *, known: Mapping[int, int] | None = None
) -> Regrouping:
    """Compare a fresh grouping (`labels`, one per key; None: in no theme) with the state.

    Groups take the id of the theme they share most statements with (the assignment that keeps most, by the Hungarian
    method), the others get new ids; where people gave headings, `known` says which label is which theme already, and
    all other labels are new. Pinned statements stay where people put them.
    """
    groups = sorted({label for label in labels if label is not None})
    old = sorted(set(state.theme_of.values())) if known is None else []
    overlap = np.zeros((len(groups), len(old)))
    for key, label in zip(keys, labels, strict=True):
        theme = state.theme_of.get(key)
        if label is not None and theme is not None and known is None:
            overlap[groups.index(label), old.index(theme)] += 1
    ids: dict[int, int] = dict(known or {})
    # Loaded where it is used: it takes 0.4 s, which every start would pay.
    from scipy.optimize import linear_sum_assignment

    for row, column in zip(*linear_sum_assignment(-overlap), strict=True):
        if overlap[row, column] > 0:
            ids[groups[int(row)]] = old[int(column)]
    next_id = state.next_id
    for group in groups:
        if group not in ids:
            ids[group] = next_id
            next_id += 1
    theme_of = {
        key: ids[label] for key, label in zip(keys, labels, strict=True) if label is not None and key not in state.pins
    }
    theme_of |= {key: theme for key, theme in state.pins.items() if theme is not None}
    moves: dict[tuple[int | None, int | None], list[str]] = {}
    for key in keys:
        before, after = state.theme_of.get(key), theme_of.get(key)
        if before != after:
            moves.setdefault((before, after), []).append(key)
    differences = [Difference(tuple(own), before, after) for (before, after), own in moves.items()]
    differences.sort(key=lambda one: (-len(one.statements), one.before or 0, one.after or 0))
    return Regrouping(tuple(differences), GroupingState(theme_of, dict(state.pins), dict(state.alias), next_id))


def accept(state: GroupingState, regrouping: Regrouping, chosen: Iterable[Difference]) -> GroupingState:
    """Carry out the differences that a person chose; what was pinned since stays where it is."""
    theme_of = dict(state.theme_of)
    for difference in chosen:
        for key in difference.statements:
            if key in state.pins or theme_of.get(key) != difference.before:
                continue
            if difference.after is None:
                theme_of.pop(key, None)
            else:
                theme_of[key] = state.current(difference.after)
    return replace(state, theme_of=theme_of, next_id=max(state.next_id, regrouping.proposed.next_id))
