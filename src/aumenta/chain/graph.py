"""The chain as a graph: what was said, what it led to, and what is left without the one or the other."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Final

VOICES: Final = ("point", "passage", "observation")
"""Kinds of what people said: a point of a contribution, a passage that a reader marked, something said at a table."""
ASKING: Final = (*VOICES, "answer", "issue", "theme")
"""Kinds that are evidence that somebody asked for an action."""


@dataclass(frozen=True)
class Node:
    """Something in the chain. `key` is its kind and what tells it apart within; `words` are what was said or answered;
    `title_*` what it is called; `state` how it stands, where it has a state; `about` what an address needs."""

    key: str
    kind: str
    title_it: str = ""
    title_en: str = ""
    words: str = ""
    state: str = ""
    day: date | None = None
    due: date | None = None
    invented: bool = False
    about: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Tie:
    """One thing led to another: `how` it did, `before` and `after` are keys of nodes."""

    before: str
    how: str
    after: str


@dataclass(frozen=True)
class Chain:
    """All that is public about an edition, from what was said to what is measured."""

    edition: str
    nodes: Mapping[str, Node]
    ties: tuple[Tie, ...]

    @cached_property
    def _after(self) -> Mapping[str, list[str]]:
        found = defaultdict(list)
        for tie in self.ties:
            found[tie.before].append(tie.after)
        return found

    @cached_property
    def _before(self) -> Mapping[str, list[str]]:
        found = defaultdict(list)
        for tie in self.ties:
            found[tie.after].append(tie.before)
        return found

    def of_kind(self, *kinds: str) -> Iterator[Node]:
        """The nodes of some kinds, in their order."""
        return (node for node in self.nodes.values() if node.kind in kinds)

    def led_to(self, key: str) -> list[Node]:
        """What follows from a node at once."""
        return [self.nodes[one] for one in self._after.get(key, ())]

    def came_from(self, key: str) -> list[Node]:
        """What a node follows from at once."""
        return [self.nodes[one] for one in self._before.get(key, ())]

    def evidence(self, action: str) -> list[Node]:
        """Who asked for an action: all before it that somebody said, wrote, gave to an issue or grouped, nearest
        first; and the action of an earlier edition it goes on from."""
        seen, waiting, found = {action}, [action], []
        while waiting:
            for node in self.came_from(waiting.pop(0)):
                if node.key in seen:
                    continue
                seen.add(node.key)
                if node.kind in ASKING or node.kind == "earlier":
                    found.append(node)
                waiting.append(node.key)
        return found

    def outcome(self, voice: str) -> str:
        """What became of a voice: the outcome of its answer, else the state of its first issue, else that it was
        grouped; `waiting` until an answer is due; empty where nothing did."""
        node, after = self.nodes[voice], self.led_to(voice)
        for kind in ("answer", "issue"):
            states = [one.state for one in after if one.kind == kind]
            if states:
                return states[0]
        if any(one.kind in {"theme", "strategy"} for one in after):
            return "grouped"
        return "waiting" if node.due else ""

    def orphans(self, today: date) -> list[Node]:
        """Actions that nobody asked for as far as is public, and voices of which nothing became: no answer by the day
        it was due, no issue, no theme, no strategy."""
        return [
            node
            for node in self.of_kind("action", *VOICES)
            if (
                not self.evidence(node.key)
                if node.kind == "action"
                else not self.led_to(node.key) and (node.due is None or node.due < today)
            )
        ]
