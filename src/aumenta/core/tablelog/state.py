"""A whole table, reduced from its operations: people, stickers, choices, observations, photos."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from aumenta.core.tablelog.operation import (
    CHECK_IN,
    CHOICE,
    HEADCOUNT,
    PHONES,
    PHOTO,
    PLACE,
    PRIVATE,
    STICKERS,
    TEXT,
    WITHDRAWN,
    Operation,
)
from aumenta.core.tablelog.register import Register, read_register


@dataclass(frozen=True, slots=True)
class StickerCount:
    """The stickers of one strategy in one session: those of the poster and, of them all, `by_phone` from phones.

    `others`: counts of the poster written at the same time by another device.
    """

    session: str
    strategy: str
    count: int
    others: tuple[int, ...]
    by_phone: int = 0


@dataclass(frozen=True, slots=True)
class StrategyChoice:
    """The strategies the table takes into the next session, and why."""

    session: str
    strategies: tuple[str, ...]
    reason: str
    disputed: bool


@dataclass(frozen=True, slots=True)
class SaidThing:
    """One observation as it stands. `strategy` and `question` are empty while its place has not arrived."""

    id: str
    text: str
    strategy: str
    question: str
    private: bool
    withdrawn: bool
    other_texts: tuple[str, ...]
    versions: int


@dataclass(frozen=True, slots=True)
class Photo:
    id: str
    sha256: str
    caption: str


@dataclass(frozen=True, slots=True)
class TableState:
    """What a table says now. `present` is the head count when somebody typed one, else the people checked in."""

    checked_in: tuple[str, ...] = ()
    headcount: int | None = None
    stickers: tuple[StickerCount, ...] = ()
    choices: tuple[StrategyChoice, ...] = ()
    observations: tuple[SaidThing, ...] = ()
    photos: tuple[Photo, ...] = ()
    operations: int = 0
    registers: dict[tuple[str, str], Register] = field(default_factory=dict, compare=False, repr=False)

    @property
    def present(self) -> int:
        return len(self.checked_in) if self.headcount is None else self.headcount

    def stickers_in(self, session: str) -> dict[str, int]:
        """Strategy code → stickers, for one session."""
        return {s.strategy: s.count for s in self.stickers if s.session == session}

    def as_json(self) -> dict[str, Any]:
        """The state as the vectors shared with the browser hold it."""
        return {
            "checked_in": list(self.checked_in),
            "headcount": self.headcount,
            "present": self.present,
            "stickers": [[s.session, s.strategy, s.count, list(s.others), s.by_phone] for s in self.stickers],
            "choices": [[c.session, list(c.strategies), c.reason, c.disputed] for c in self.choices],
            "observations": [
                {
                    "id": o.id,
                    "text": o.text,
                    "strategy": o.strategy,
                    "question": o.question,
                    "private": o.private,
                    "withdrawn": o.withdrawn,
                    "other_texts": list(o.other_texts),
                    "versions": o.versions,
                }
                for o in self.observations
            ],
            "photos": [[p.id, p.sha256, p.caption] for p in self.photos],
            "operations": self.operations,
        }


def read_table(operations: Iterable[Operation]) -> TableState:
    """Reduce a table's operations, in any order and with any repeats, to its state."""
    held = {operation.id: operation for operation in operations}
    grouped: dict[tuple[str, str], list[Operation]] = defaultdict(list)
    for operation in held.values():
        grouped[operation.register].append(operation)
    registers = {name: read_register(group) for name, group in grouped.items()}
    by_what: dict[str, dict[str, Register]] = defaultdict(dict)
    for (what, key), register in registers.items():
        by_what[what][key] = register
    headcount = registers.get((HEADCOUNT, ""))
    return TableState(
        checked_in=tuple(sorted(key for key, register in by_what[CHECK_IN].items() if register.value is True)),
        headcount=headcount.value if headcount else None,
        stickers=tuple(_stickers(key, by_what) for key in sorted({*by_what[STICKERS], *by_what[PHONES]})),
        choices=tuple(_choice(key, register) for key, register in sorted(by_what[CHOICE].items())),
        observations=_observations(by_what, grouped),
        photos=tuple(
            Photo(key, register.value["sha256"], register.value["caption"])
            for key, register in sorted(by_what[PHOTO].items())
            if not register.value["removed"]
        ),
        operations=len(held),
        registers=registers,
    )


def read_observation(
    identifier: str,
    text: Register,
    place: Register | None,
    private: Register | None,
    withdrawn: Register | None,
    versions: int,
) -> SaidThing:
    """One observation from its four registers. A yes to "private" or "withdrawn" wins over a no said elsewhere."""
    where = place.value if place else {"strategy": "", "question": ""}
    return SaidThing(
        id=identifier,
        text=text.value,
        strategy=where["strategy"],
        question=where["question"],
        private=bool(private and private.any_true),
        withdrawn=bool(withdrawn and withdrawn.any_true),
        other_texts=text.others,
        versions=versions,
    )


def _stickers(key: str, by_what: dict[str, dict[str, Register]]) -> StickerCount:
    """A phone's sticker hangs on no poster: whoever counts the poster has not counted it, so both count."""
    session, strategy = key.split("/")
    poster, phones = by_what[STICKERS].get(key), by_what[PHONES].get(key)
    by_phone = phones.count if phones else 0
    others = tuple(int(other) + poster.added for other in poster.others) if poster else ()
    return StickerCount(session, strategy, (poster.count if poster else 0) + by_phone, others, by_phone)


def _choice(key: str, register: Register) -> StrategyChoice:
    return StrategyChoice(key, tuple(register.value["strategies"]), register.value["reason"], bool(register.others))


def _observations(
    by_what: dict[str, dict[str, Register]], grouped: dict[tuple[str, str], list[Operation]]
) -> tuple[SaidThing, ...]:
    # In the order in which they were first said, which every device can work out from the set alone.
    def first(key: str) -> tuple[int, str, str]:
        return min(operation.order for operation in grouped[TEXT, key])

    return tuple(
        read_observation(
            key,
            by_what[TEXT][key],
            by_what[PLACE].get(key),
            by_what[PRIVATE].get(key),
            by_what[WITHDRAWN].get(key),
            len(grouped[TEXT, key]),
        )
        for key in sorted(by_what[TEXT], key=first)
    )
