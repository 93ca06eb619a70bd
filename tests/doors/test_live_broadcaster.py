"""The stream of the regia and of the wall, as the server keeps it open: what is new goes to every screen, once."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator
from typing import Any

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.db import OperationalError, connections

from aumenta.events.tables.append_operations import append_operations
from aumenta.live import broadcaster as broadcaster_module
from aumenta.live.broadcaster import REGIA, WALL, Broadcaster, Position
from tests.events_cast import Device, an_event, table

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 20


@pytest.fixture
def broadcaster(monkeypatch):
    """A broadcaster that polls often; its reader's connection does not outlive the test."""
    monkeypatch.setattr(broadcaster_module, "EVERY", 0.02)
    monkeypatch.setattr(broadcaster_module, "LOOK_AGAIN", 1_000)
    fresh = Broadcaster()
    yield fresh
    fresh.reader.submit(connections.close_all).result()
    fresh.reader.shutdown()


def messages(chunk: bytes) -> list[tuple[str, str, Any]]:
    """Name, identifier and data of each event in a piece of the stream."""
    found = []
    for block in chunk.decode().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
        if "event" in fields:
            found.append((fields["event"], fields["id"], json.loads(fields["data"])))
    return found


async def until(stream: AsyncIterator[bytes], name: str) -> Any:
    """The data of the next event of that name."""
    async with asyncio.timeout(PATIENCE):
        async for chunk in stream:
            for event, _position, data in messages(chunk):
                if event == name:
                    return data
    raise AssertionError("the stream ended")


def put_a_sticker(at: Any) -> None:
    device = Device(at)
    device.add("stickers", "s1/1.1", 1)
    append_operations(table=at, records=[operation.as_json() for operation in device.to_send()])


def test_what_a_table_sends_reaches_every_screen_that_is_open(broadcaster):
    event = an_event(strategies=6)
    at = table(event)

    async def follow() -> tuple[Any, Any]:
        wall, regia = broadcaster.follow(event, WALL, Position()), broadcaster.follow(event, REGIA, Position())
        await until(regia, "overview")
        await anext(wall)
        await sync_to_async(put_a_sticker)(at)
        counts = await asyncio.gather(until(wall, "count"), until(regia, "overview"))
        await wall.aclose()
        await regia.aclose()
        return counts

    count, overview = async_to_sync(follow)()
    assert count["votes"]["s1"]["whole"] == {"1.1": 1}
    assert overview["votes"] == count["votes"]


def test_a_screen_that_comes_back_is_told_only_what_it_has_missed(broadcaster):
    event = an_event(strategies=6)
    put_a_sticker(table(event))

    async def twice() -> tuple[list[tuple[str, str, Any]], list[tuple[str, str, Any]]]:
        first = broadcaster.follow(event, WALL, Position())
        told = messages(await anext(first))
        await first.aclose()
        again = broadcaster.follow(event, WALL, Position.read(told[-1][1]))
        rest = messages(await anext(again))
        await again.aclose()
        return told, rest

    told, rest = async_to_sync(twice)()
    assert [name for name, _position, _data in told] == ["count", "call"]
    # The call of the tables has no number of its own: whoever comes back is told what stands now.
    assert [(name, data) for name, _position, data in rest] == [("call", None)]


@pytest.mark.parametrize("looks_that_fail", [{1}, {2, 3}, {1, 2}])
def test_looks_that_fail_do_not_leave_the_screens_in_the_dark(broadcaster, monkeypatch, looks_that_fail):
    event = an_event(strategies=6)
    at, honest, looks = table(event), broadcaster_module.poll, []
    looked = threading.Event()

    def sometimes(of: Any, last: Position, tables_too: bool, for_regia: bool = True) -> Any:
        if not tables_too:  # what a new screen asks for itself succeeds
            looks.append(1)
            looked.set()
            if len(looks) in looks_that_fail:
                raise OperationalError("the database restarts")
        return honest(of, last, tables_too, for_regia)

    monkeypatch.setattr(broadcaster_module, "poll", sometimes)

    async def follow() -> Any:
        wall = broadcaster.follow(event, WALL, Position())
        await anext(wall)
        # Once the first look is under way: it may miss the sticker, and those that fail come after it.
        assert await sync_to_async(looked.wait)(PATIENCE)
        await sync_to_async(put_a_sticker)(at)
        count = await until(wall, "count")
        await wall.aclose()
        return count

    assert async_to_sync(follow)()["votes"]["s1"]["whole"] == {"1.1": 1}
    assert len(looks) > max(looks_that_fail)


def test_what_arrives_between_a_screens_own_look_and_the_watchers_first_is_told(broadcaster, monkeypatch):
    event = an_event(strategies=6)
    at, honest = table(event), broadcaster_module.poll
    arrived: list[bool] = []

    def a_sticker_before_the_watchers_first_look(
        of: Any, last: Position, tables_too: bool, for_regia: bool = True
    ) -> Any:
        if not tables_too and not arrived:
            put_a_sticker(at)
            arrived.append(True)
        return honest(of, last, tables_too, for_regia)

    monkeypatch.setattr(broadcaster_module, "poll", a_sticker_before_the_watchers_first_look)

    async def follow() -> Any:
        wall = broadcaster.follow(event, WALL, Position())
        await anext(wall)
        count = await until(wall, "count")
        await wall.aclose()
        return count

    assert async_to_sync(follow)()["votes"]["s1"]["whole"] == {"1.1": 1}


def test_nobody_is_looked_out_for_once_the_last_screen_is_closed(broadcaster):
    event = an_event(strategies=6)

    async def come_and_go() -> bool:
        wall = broadcaster.follow(event, WALL, Position())
        await anext(wall)
        task = broadcaster._watches[event.pk].task
        assert task is not None
        await wall.aclose()
        async with asyncio.timeout(PATIENCE):
            await task
        return task.done()

    assert async_to_sync(come_and_go)()


def test_a_screen_too_slow_to_read_is_let_go_so_that_it_comes_back_by_itself(broadcaster):
    event = an_event(strategies=6)

    async def fall_behind() -> bytes:
        wall = broadcaster.follow(event, WALL, Position())
        await anext(wall)
        [queue] = broadcaster._watches[event.pk].screens
        queue.put_nowait(b"event: count\n\n")
        broadcaster._watches[event.pk].screens.pop(queue)
        async with asyncio.timeout(PATIENCE):
            return b"".join([chunk async for chunk in wall])

    assert async_to_sync(fall_behind)() == b"event: count\n\n"


def test_screens_that_open_while_the_reader_is_busy_share_one_look(broadcaster, monkeypatch):
    event = an_event(strategies=6)
    put_a_sticker(table(event))
    honest, asked, free = broadcaster_module.poll, [], threading.Event()

    def counted(of: Any, last: Position, tables_too: bool, for_regia: bool = True) -> Any:
        if tables_too:
            asked.append(last)
        return honest(of, last, tables_too, for_regia)

    monkeypatch.setattr(broadcaster_module, "poll", counted)

    async def open_many() -> list[bytes]:
        broadcaster.reader.submit(free.wait, PATIENCE)
        walls = [broadcaster.follow(event, WALL, Position()) for _ in range(20)]
        opening = [asyncio.ensure_future(anext(wall)) for wall in walls]
        while len(broadcaster._watches[event.pk].screens) < len(walls):
            await asyncio.sleep(0)
        # One that gives up at once leaves the others what they wait for.
        opening[0].cancel()
        free.set()
        told = await asyncio.gather(*opening[1:])
        for wall in walls[1:]:
            await wall.aclose()
        return told

    told = async_to_sync(open_many)()
    assert {name for chunk in told for name, _position, _data in messages(chunk)} == {"count", "call"}
    assert len(set(told)) == 1
    assert asked == [Position()]
