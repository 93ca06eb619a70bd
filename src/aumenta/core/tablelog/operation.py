"""One operation: a single thing done at a table, as it travels and as it is kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from aumenta.core.text import can_be_kept

SET = "set"
ADD = "add"

STICKERS = "stickers"
# Stickers from participants' phones: a register of its own, so that no count typed from the paper replaces them.
PHONES = "phones"
HEADCOUNT = "headcount"
CHECK_IN = "check-in"
CHOICE = "choice"
TEXT = "text"
PLACE = "place"
PRIVATE = "private"
WITHDRAWN = "withdrawn"
PHOTO = "photo"
OF_A_VOICE = frozenset({TEXT, PLACE, PRIVATE, WITHDRAWN})

LONGEST_TEXT = 2_000
LONGEST_REASON = 500
MOST_STICKERS = 9_999
MOST_REPLACED = 5_000
# A clock only grows by one for each operation: a figure this high is a damaged record, and one such record would
# push every device's clock past what a browser can count.
HIGHEST_CLOCK = 2**40

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}\Z")


def thing_of(what: object, key: object, identifier: str) -> str:
    """What people would count one operation as: all those of a voice are one thing, any other is one by itself."""
    return f"voice {key}" if what in OF_A_VOICE else identifier


class BadOperationError(ValueError):
    """A record that is not an operation. `code` names what is wrong, `field` where; the doors word it for people."""

    def __init__(self, code: str, field: str) -> None:
        super().__init__(f"{field}: {code}")
        self.code = code
        self.field = field


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing done at a table.

    `id` is made on the device (a UUID in lower case) and is the operation's identity for ever. `clock` is a Lamport
    clock: one more than the highest the device had seen on this table; the time of day never decides anything.
    `(what, key)` names the register it writes to. `over` lists the operations on the same register that it replaces,
    which are those its author had in front of them. `at` is the device's own time, in milliseconds since 1970, kept
    for people to read.
    """

    id: str
    table: str
    device: str
    clock: int
    verb: str
    what: str
    key: str
    value: Any
    over: tuple[str, ...] = ()
    at: int = 0
    reason: str = ""

    @property
    def order(self) -> tuple[int, str, str]:
        """The order all devices agree on; an operation always comes after those it replaces."""
        return (self.clock, self.device, self.id)

    @property
    def register(self) -> tuple[str, str]:
        return (self.what, self.key)

    def as_json(self) -> dict[str, Any]:
        """The record as it travels and as exports hold it."""
        return {
            "id": self.id,
            "table": self.table,
            "device": self.device,
            "clock": self.clock,
            "verb": self.verb,
            "what": self.what,
            "key": self.key,
            "value": self.value,
            "over": list(self.over),
            "at": self.at,
            "reason": self.reason,
        }


def read_operation(record: object) -> Operation:
    """Check one record from outside and return it as an operation; raises BadOperationError naming the first fault."""
    if not isinstance(record, Mapping):
        raise BadOperationError("not-an-object", "operation")
    verb = record.get("verb")
    if verb not in (SET, ADD):
        raise BadOperationError("unknown", "verb")
    what = record.get("what")
    if not isinstance(what, str) or what not in _VALUES:
        raise BadOperationError("unknown", "what")
    if verb == ADD and what not in (STICKERS, PHONES):
        raise BadOperationError("cannot-be-added", "what")
    if verb == SET and what == PHONES:
        raise BadOperationError("cannot-be-set", "what")
    value = record.get("value")
    if verb == ADD:
        _whole(value, "value", 1, MOST_STICKERS)
    else:
        _VALUES[what](value)
    over = record.get("over", [])
    if not isinstance(over, list | tuple) or len(over) > MOST_REPLACED:
        raise BadOperationError("not-a-list", "over")
    if verb == ADD and over:
        raise BadOperationError("cannot-replace", "over")
    identifier = _uuid(record.get("id"), "id")
    return Operation(
        id=identifier,
        table=_uuid(record.get("table"), "table"),
        device=_uuid(record.get("device"), "device"),
        clock=_whole(record.get("clock"), "clock", 1, HIGHEST_CLOCK),
        verb=verb,
        what=what,
        key=_key(record.get("key"), what),
        value=value,
        over=tuple(_uuid(other, "over") for other in over),
        at=_whole(record.get("at", 0), "at", 0, 2**53),
        reason=_text(record.get("reason", ""), "reason", 0, LONGEST_REASON),
    )


def _whole(value: object, field: str, least: int, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadOperationError("not-a-whole-number", field)
    if not least <= value <= most:
        raise BadOperationError("out-of-range", field)
    return value


def _text(value: object, field: str, least: int, most: int) -> str:
    if not isinstance(value, str):
        raise BadOperationError("not-text", field)
    if not can_be_kept(value):
        raise BadOperationError("not-text", field)
    if len(value.strip()) < least:
        raise BadOperationError("empty", field)
    if len(value) > most:
        raise BadOperationError("too-long", field)
    return value


def _uuid(value: object, field: str) -> str:
    if isinstance(value, str) and len(value) == 36:
        try:
            if str(UUID(value)) == value:
                return value
        except ValueError:
            pass
    raise BadOperationError("not-an-identifier", field)


def _code(value: object, field: str) -> str:
    if not isinstance(value, str) or not _CODE.match(value):
        raise BadOperationError("not-a-code", field)
    return value


def _key(value: object, what: str) -> str:
    if what == HEADCOUNT:
        if value != "":
            raise BadOperationError("not-a-code", "key")
        return ""
    if what in (TEXT, PLACE, PRIVATE, WITHDRAWN, PHOTO):
        return _uuid(value, "key")
    if what in (STICKERS, PHONES):
        session, _, strategy = value.partition("/") if isinstance(value, str) else ("", "", "")
        return f"{_code(session, 'key')}/{_code(strategy, 'key')}"
    return _code(value, "key")


def _read_count(value: object) -> None:
    _whole(value, "value", 0, MOST_STICKERS)


def _read_headcount(value: object) -> None:
    if value is not None:
        _whole(value, "value", 0, 999)


def _read_truth(value: object) -> None:
    if not isinstance(value, bool):
        raise BadOperationError("not-yes-or-no", "value")


def _read_text(value: object) -> None:
    _text(value, "value", 1, LONGEST_TEXT)


def _read_choice(value: object) -> None:
    entry = _fields(value, {"strategies", "reason"})
    strategies = entry["strategies"]
    if not isinstance(strategies, list) or len(strategies) > 99:
        raise BadOperationError("not-a-list", "value.strategies")
    codes = [_code(code, "value.strategies") for code in strategies]
    if len(set(codes)) != len(codes):
        raise BadOperationError("twice", "value.strategies")
    _text(entry["reason"], "value.reason", 0, LONGEST_REASON)


def _read_place(value: object) -> None:
    entry = _fields(value, {"strategy", "question"})
    _code(entry["strategy"], "value.strategy")
    _code(entry["question"], "value.question")


def _read_photo(value: object) -> None:
    entry = _fields(value, {"sha256", "caption", "removed"})
    if not isinstance(entry["sha256"], str) or not re.fullmatch(r"[0-9a-f]{64}", entry["sha256"]):
        raise BadOperationError("not-a-digest", "value.sha256")
    _text(entry["caption"], "value.caption", 0, LONGEST_REASON)
    _read_truth(entry["removed"])


def _fields(value: object, names: set[str]) -> Mapping[str, Any]:
    if not isinstance(value, Mapping) or set(value) != names:
        raise BadOperationError("wrong-fields", "value")
    return value


_VALUES: dict[str, Callable[[object], None]] = {
    STICKERS: _read_count,
    PHONES: _read_count,
    HEADCOUNT: _read_headcount,
    CHECK_IN: _read_truth,
    CHOICE: _read_choice,
    TEXT: _read_text,
    PLACE: _read_place,
    PRIVATE: _read_truth,
    WITHDRAWN: _read_truth,
    PHOTO: _read_photo,
}
