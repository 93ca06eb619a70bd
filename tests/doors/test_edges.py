"""Numbers at their edge: the last that is taken, the first that is not, and the moment at which a count begins anew."""

import asyncio
import importlib
import pkgutil
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

import aumenta
from aumenta.config.bodies import ALLOWANCES, USUAL, Allowance, with_limited_bodies
from aumenta.core.tablelog.operation import (
    HIGHEST_CLOCK,
    LONGEST_REASON,
    LONGEST_TEXT,
    MOST_REPLACED,
    MOST_STICKERS,
    BadOperationError,
    read_operation,
)
from aumenta.events.models import Badge, Event, TableDevice
from aumenta.events.participants.phone_votes import badge_behind, phone_codes
from aumenta.events.tables import device_bounds
from aumenta.events.tables.device_bounds import MOST_ENTRIES_A_MINUTE, MOST_SIZE_A_MINUTE, Sent, must_wait
from aumenta.events.tables.open_table import open_table
from aumenta.people.models import Attempt
from aumenta.people.rate_limit import KEPT_FOR, Limit, forget_old_attempts, is_reached, note_attempt
from aumenta.people.refusals import RefusedError
from tests.events_cast import an_event, table

NOW = timezone.now()
MOMENT = timedelta(microseconds=1)


def every_limit() -> dict[str, Limit]:
    """The limits of the whole house, by what they count."""
    found: dict[str, Limit] = {}
    # The addresses are not what they are for the public while tests are collected: DEBUG is still on.
    left_out = (".migrations", ".management", ".urls", "_urls", "aumenta.config.")
    for module in pkgutil.walk_packages(aumenta.__path__, "aumenta."):
        if not any(part in module.name for part in left_out):
            for one in vars(importlib.import_module(module.name)).values():
                if isinstance(one, Limit):
                    assert found.setdefault(one.what, one) == one, f"two limits count «{one.what}»"
    return found


LIMITS = every_limit()


def test_no_limit_counts_further_back_than_attempts_are_kept() -> None:
    assert len(LIMITS) > 15
    assert [limit.what for limit in LIMITS.values() if limit.within > KEPT_FOR or limit.most < 1] == []


@pytest.mark.django_db
@pytest.mark.parametrize("limit", LIMITS.values(), ids=LIMITS)
def test_the_last_attempt_is_taken_the_next_is_not_and_time_begins_it_anew(limit: Limit) -> None:
    for n in range(limit.most):
        assert not is_reached(limit=limit, subject="ada", now=NOW), n
        assert note_attempt(limit=limit, subject="ada", now=NOW) is not None, n
    assert is_reached(limit=limit, subject="ada", now=NOW)
    just_before, just_after = NOW + limit.within - MOMENT, NOW + limit.within
    assert note_attempt(limit=limit, subject="ada", now=just_before) is None
    assert note_attempt(limit=limit, subject="bruno", now=NOW) is not None, "another is not held up"
    assert note_attempt(limit=limit, subject="ada", now=just_after) is not None


@pytest.mark.django_db
def test_an_attempt_that_still_counts_is_not_forgotten() -> None:
    limit = Limit("a day", 1, KEPT_FOR)
    note_attempt(limit=limit, subject="ada", now=NOW)
    assert forget_old_attempts(NOW + KEPT_FOR) == 0
    assert forget_old_attempts(NOW + KEPT_FOR + MOMENT) == 1
    assert not Attempt.objects.exists()


def record(**changes: Any) -> dict[str, Any]:
    good = {name: str(uuid4()) for name in ("id", "table", "device", "key")}
    return {**good, "clock": 1, "verb": "set", "what": "text", "value": "x", **changes}


def stickers(count: object, **changes: Any) -> dict[str, Any]:
    return record(**{"what": "stickers", "key": "s1/1.1", "value": count, **changes})


def choice(strategies: int, reason: int = 0) -> dict[str, Any]:
    value = {"strategies": [f"1.{n}" for n in range(strategies)], "reason": "x" * reason}
    return record(what="choice", key="s1", value=value)


EDGES = {
    "text": (record(value="x" * LONGEST_TEXT), record(value="x" * (LONGEST_TEXT + 1)), "too-long"),
    "shortest text": (record(value="x"), record(value=" "), "empty"),
    "reason": (record(reason="x" * LONGEST_REASON), record(reason="x" * (LONGEST_REASON + 1)), "too-long"),
    "clock": (record(clock=HIGHEST_CLOCK), record(clock=HIGHEST_CLOCK + 1), "out-of-range"),
    "first clock": (record(clock=1), record(clock=0), "out-of-range"),
    "time": (record(at=2**53), record(at=2**53 + 1), "out-of-range"),
    "first time": (record(at=0), record(at=-1), "out-of-range"),
    "stickers": (stickers(MOST_STICKERS), stickers(MOST_STICKERS + 1), "out-of-range"),
    "no stickers": (stickers(0), stickers(-1), "out-of-range"),
    "added stickers": (stickers(1, verb="add"), stickers(0, verb="add"), "out-of-range"),
    "many added": (stickers(MOST_STICKERS, verb="add"), stickers(MOST_STICKERS + 1, verb="add"), "out-of-range"),
    "heads": (
        record(what="headcount", key="", value=999),
        record(what="headcount", key="", value=1_000),
        "out-of-range",
    ),
    "strategies": (choice(99), choice(100), "not-a-list"),
    "reason of a choice": (choice(1, LONGEST_REASON), choice(1, LONGEST_REASON + 1), "too-long"),
    "replaced": (
        record(over=[str(uuid4())] * MOST_REPLACED),
        record(over=[str(uuid4())] * (MOST_REPLACED + 1)),
        "not-a-list",
    ),
    "code": (stickers(1, key=f"s1/{'1' * 40}"), stickers(1, key=f"s1/{'1' * 41}"), "not-a-code"),
}


@pytest.mark.parametrize(("last", "first", "code"), EDGES.values(), ids=EDGES)
def test_what_a_table_may_send_ends_just_there(last: dict[str, Any], first: dict[str, Any], code: str) -> None:
    assert read_operation(last).value == last["value"]
    with pytest.raises(BadOperationError, match=code):
        read_operation(first)


async def in_parts(size: int) -> AsyncIterator[bytes]:
    for begin in range(0, size, 300_000):
        yield b"x" * min(300_000, size - begin)


def status_of(allowed: Allowance, size: int, *, announced: bool) -> int:
    """The answer to a body of this size."""
    parts, statuses = in_parts(size), list[int]()

    async def application(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"status": 200})

    async def receive() -> dict[str, Any]:
        part = await anext(parts, b"")
        return {"type": "http.request", "body": part, "more_body": bool(part)}

    async def send(message: Any) -> None:
        statuses.append(message.get("status", 0))

    headers = [(b"content-length", str(size).encode())] if announced else [(b"transfer-encoding", b"chunked")]
    scope = {"type": "http", "method": "POST", "path": "/it/", "client": ("192.0.2.1", 1), "headers": headers}

    async def ask() -> None:
        await with_limited_bodies(application, lambda _path: allowed)(scope, receive, send)

    asyncio.run(ask())
    return statuses[0]


@pytest.mark.parametrize("announced", [True, False])
@pytest.mark.parametrize(
    "allowed", {one.most: one for _, one in (*ALLOWANCES, ("", USUAL))}.values(), ids=lambda one: str(one.most)
)
def test_a_body_may_have_just_so_many_bytes(allowed: Allowance, announced: bool) -> None:
    known = replace(allowed, knows=_is_known if allowed.knows else None)
    assert status_of(known, allowed.most, announced=announced) == 200
    assert status_of(known, allowed.most + 1, announced=announced) == 413


async def _is_known(_scope: Any) -> bool:
    """Who is let in: what strangers send together has less room."""
    return True


def entries(how_many: int, size: int = 100) -> Sent:
    return Sent([read_operation(record())] * how_many, size)


@pytest.mark.django_db
def test_a_device_may_send_just_so_much_a_minute_and_begins_anew_with_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device_bounds, "_LOOK_EVERY", 10**6)
    device = TableDevice.objects.create(table=table(an_event(strategies=2)), public_id=uuid4(), secret_digest="x")
    assert must_wait(device, entries(MOST_ENTRIES_A_MINUTE - 1), NOW) == ""
    assert must_wait(device, entries(1), NOW) == "", "the last that is taken"
    assert must_wait(device, entries(1), NOW) == "too-fast"
    assert must_wait(device, entries(1), NOW + timedelta(minutes=1) - MOMENT) == "too-fast"
    assert must_wait(device, entries(1, MOST_SIZE_A_MINUTE), NOW + timedelta(minutes=1)) == ""
    assert must_wait(device, entries(1, 1), NOW + timedelta(minutes=1)) == "too-fast", "bytes count as entries do"


@pytest.mark.django_db
def test_a_table_opens_until_the_moment_it_shuts() -> None:
    event = an_event(strategies=2)
    at = table(event)

    def opened(now: Any) -> object:
        return open_table(code=at.code, pin=at.pin, device=uuid4(), now=now)

    event.refresh_from_db()
    assert opened(event.tables_shut_at - MOMENT)
    with pytest.raises(RefusedError, match="over"):
        opened(event.tables_shut_at)


@pytest.mark.django_db
def test_phones_vote_from_the_first_to_the_last_moment_of_the_event() -> None:
    event = an_event(strategies=2)
    Event.objects.filter(pk=event.pk).update(votes_by_phone=True, published_at=NOW)
    event.refresh_from_db()
    badge = Badge.objects.filter(event=event).first() or Badge.objects.create(
        event=event, table=table(event), code="A1"
    )
    code = phone_codes(badge.table)[badge.code]
    for moment in (event.starts_at, event.ends_at):
        assert badge_behind(event, code, moment) == badge
    for moment, why in ((event.starts_at - MOMENT, "vote_not_begun"), (event.ends_at + MOMENT, "vote_over")):
        with pytest.raises(RefusedError, match=why):
            badge_behind(event, code, moment)
