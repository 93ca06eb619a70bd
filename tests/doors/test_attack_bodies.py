"""Attacks with bodies: too large, too slow, too many, and from whom nothing is known; each from two sides."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

import aumenta
from aumenta.config import bodies
from aumenta.config.bodies import MEGABYTE, MOST_AT_ONCE, Allowance, allowance_for, with_limited_bodies
from aumenta.events.tables.open_table import open_table
from tests.cast import somebody
from tests.events_cast import an_event, table

EXCHANGE = "/api/tavolo/scambio"

ADDRESSES_OF_FILES = {
    "desk/editions/load.html": "/it/scrivania/edizioni/carica/",
    "desk/monitoring/objectives.html": "/it/scrivania/obiettivi/",
    "desk/monitoring/projects.html": "/it/scrivania/progetti/",
    "desk/voices/talk.html": "/it/scrivania/voci/3/",
    "desk/monitoring/files.html": "/it/scrivania/rilevazioni/",
    "desk/governance/act.html": "/it/scrivania/atti/un-atto/allegati/",
    "desk/governance/instrument.html": "/it/scrivania/coerenza/7/",
    "desk/governance/minutes.html": "/it/scrivania/verbali/",
    "desk/voices/contributions_add.html": "/it/scrivania/contributi/tabella/",
    "desk/sheets/spreadsheet.html": "/it/scrivania/foglio/",
    "desk/pages/documents.html": "/it/scrivania/documenti/",
    "desk/pages/images.html": "/it/scrivania/immagini/",
    "live/tables.html": "/it/regia/incontro/importa",
    "site/voices/consultation.html": "/it/partecipa/consultazione/",
}
"""Every page with a form that takes a file, and where that form is sent."""


class Server:
    """An application behind the limits, which notes what reaches it and how much of the bodies was asked for."""

    def __init__(self, **allowed: Any) -> None:
        self.reached: list[bytes] = []
        self.asked = 0
        allowance = (lambda _path: Allowance(**allowed)) if allowed else allowance_for
        self.application = with_limited_bodies(self._keep, allowance)

    async def _keep(self, scope: Any, receive: Any, send: Any) -> None:
        self.reached.append((await receive())["body"])
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def ask(
        self, parts: AsyncIterator[bytes], path: str = "/it/", client: str = "192.0.2.1", **headers: str
    ) -> int:
        """The status of the answer to a body that arrives in `parts`."""
        statuses: list[int] = []

        async def receive() -> dict[str, Any]:
            self.asked += 1
            async for part in parts:
                return {"type": "http.request", "body": part, "more_body": True}
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            statuses.append(message.get("status", 0))

        named = {"transfer-encoding": "chunked", **{key.replace("_", "-"): text for key, text in headers.items()}}
        scope = {
            "type": "http",
            "method": "POST",
            "path": path,
            "client": (client, 5000),
            "headers": [(name.encode(), text.encode()) for name, text in named.items()],
        }
        await self.application(scope, receive, send)
        return statuses[0]


async def once(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


async def endless(seconds: float) -> AsyncIterator[bytes]:
    while True:
        await asyncio.sleep(seconds)
        yield b"x"


def test_a_body_within_its_allowance_arrives_whole() -> None:
    server = Server()
    assert asyncio.run(server.ask(once(b"una ", b"frase"))) == 200
    assert server.reached == [b"una frase"]


def test_a_body_that_says_it_is_too_large_is_refused_before_a_byte_is_read() -> None:
    server = Server()
    assert asyncio.run(server.ask(once(b"x"), content_length=str(400 * MEGABYTE))) == 413
    assert asyncio.run(server.ask(once(b"x"), content_length="-1")) == 413
    assert (server.asked, server.reached) == (0, [])


def test_a_body_that_does_not_say_how_large_it_is_is_read_no_further_than_allowed() -> None:
    server = Server()
    assert asyncio.run(server.ask(once(*[b"x" * MEGABYTE] * 50))) == 413
    assert server.asked <= 3
    assert server.reached == []


def test_a_slow_body_ends_at_the_deadline() -> None:
    server = Server(most=MEGABYTE, seconds=0.05)
    assert asyncio.run(server.ask(endless(0.01))) == 408
    assert server.reached == []


def test_many_slow_bodies_of_one_network_are_refused_and_another_network_is_served() -> None:
    server = Server(most=MEGABYTE, seconds=0.5)

    async def attack() -> tuple[list[int], int]:
        held = [asyncio.create_task(server.ask(endless(0.05), client=f"2001:db8::{n:x}")) for n in range(200)]
        await asyncio.sleep(0.1)
        honest = await server.ask(once(b"onesta"), client="2001:db8:0:1::1")
        return await asyncio.gather(*held), honest

    statuses, honest = asyncio.run(attack())
    assert honest == 200
    assert sorted(set(statuses)) == [408, 429]
    assert statuses.count(408) == MOST_AT_ONCE


def test_what_strangers_make_a_process_hold_is_bounded_and_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "MOST_BUFFERED", 3 * MEGABYTE)
    server = Server(most=2 * MEGABYTE, seconds=0.3)

    async def heavy() -> AsyncIterator[bytes]:
        yield b"x" * MEGABYTE
        await asyncio.sleep(1)
        yield b""

    async def attack() -> list[int]:
        statuses = await asyncio.gather(*(server.ask(heavy(), client=f"192.0.2.{n}") for n in range(5)))
        return [*statuses, await server.ask(once(b"dopo"))]

    *statuses, after = asyncio.run(attack())
    assert sorted(statuses) == [408, 408, 408, 503, 503]
    assert after == 200


def test_one_network_that_holds_all_it_may_keeps_nobody_else_from_sending_a_form(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Slow contributions with large files held the whole room: nobody signed in or saved meanwhile."""
    server, address = Server(), "/it/partecipa/consultazione/"

    async def slow() -> AsyncIterator[bytes]:
        yield b"x" * 11 * MEGABYTE
        await asyncio.sleep(2)

    async def form() -> AsyncIterator[bytes]:
        yield b"y" * 60_000

    async def attack(networks: int) -> tuple[list[int], list[int]]:
        held = [asyncio.create_task(server.ask(slow(), address, f"192.0.2.{n % networks}")) for n in range(12)]
        await asyncio.sleep(0.5)
        paths = ["/it/accesso/login/", "/it/scrivania/schede/salva/", "/it/eventi/incontro/iscrizione/"]
        honest = [await server.ask(form(), path, "198.51.100.7") for path in paths]
        honest.append(await server.ask(once(b"z" * 9 * MEGABYTE), address, "198.51.100.8") if networks == 1 else 200)
        return await asyncio.gather(*held), honest

    statuses, honest = asyncio.run(attack(networks=1))
    assert honest == [200] * 4
    assert statuses.count(429) == 11
    statuses, honest = asyncio.run(attack(networks=12))
    assert honest == [200] * 4
    assert statuses.count(503) == 7


@pytest.mark.parametrize("limit", ["MOST_BUFFERED", "MOST_OF_NETWORK"])
def test_where_all_that_may_be_held_is_held_small_forms_still_arrive_and_nothing_larger(
    monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    """Filled to the last byte: by many networks together, and by the one that sends the form too."""
    monkeypatch.setattr(bodies, limit, 4 * MEGABYTE)
    server = Server(most=2 * MEGABYTE, seconds=5)
    enough = asyncio.Event()

    async def held() -> AsyncIterator[bytes]:
        yield b"x" * (MEGABYTE + bodies.SMALL)
        await enough.wait()

    async def attack() -> tuple[list[int], list[int]]:
        one = limit == "MOST_OF_NETWORK"
        slow = [asyncio.create_task(server.ask(held(), client=f"192.0.{0 if one else n}.1")) for n in range(4)]
        await asyncio.sleep(0.1)
        sizes = (1, bodies.SMALL, bodies.SMALL + 1)
        answers = [await server.ask(once(b"y" * n), client=f"192.0.{0 if one else 9}.1") for n in sizes]
        enough.set()
        return await asyncio.gather(*slow), answers

    statuses, (smallest, small, larger) = asyncio.run(attack())
    assert statuses == [200] * 4
    assert (smallest, small, larger) == (200, 200, 429 if limit == "MOST_OF_NETWORK" else 503)


def test_every_form_that_takes_a_file_may_send_it() -> None:
    package = Path(aumenta.__file__).parent
    pages = {
        path.as_posix().partition("/templates/")[2]
        for path in package.rglob("*.html")
        if "multipart/form-data" in path.read_text(encoding="utf-8")
    }
    assert pages == set(ADDRESSES_OF_FILES)
    for address in ADDRESSES_OF_FILES.values():
        allowed = allowance_for(address)
        assert allowed.most >= 8 * MEGABYTE
        # Nobody sends so much before it is known who she is, but to a consultation.
        assert allowed.knows is not None or "/partecipa/" in address


@pytest.mark.django_db(transaction=True)
def test_at_the_tables_nothing_is_read_of_whoever_has_no_secret() -> None:
    server = Server()
    body = json.dumps({"operations": [{"x": "y"}] * 1000}).encode()
    for path in (EXCHANGE, "/api/tavolo/scheda", f"/api/tavolo/foto/{uuid4()}"):
        assert asyncio.run(server.ask(once(body), path)) == 401
        assert asyncio.run(server.ask(once(body), path, authorization=f"Bearer {'a' * 43}")) == 401
    assert (server.asked, server.reached) == (0, [])
    one = table(an_event(strategies=6))
    opened = open_table(code=one.code, pin=one.pin, device=uuid4(), now=timezone.now())
    assert asyncio.run(server.ask(once(b"{}"), EXCHANGE, authorization=f"Bearer {opened.secret}")) == 200


@pytest.mark.django_db(transaction=True)
def test_where_files_are_sent_nothing_is_read_of_whoever_is_not_signed_in(client: Client) -> None:
    server, path = Server(), "/it/scrivania/immagini/"
    large = str(5 * MEGABYTE)
    assert asyncio.run(server.ask(once(b"x"), path, content_length=large)) == 401
    assert asyncio.run(server.ask(once(b"x"), path, content_length=large, cookie="sessionid=inventata")) == 401
    assert server.asked == 0
    client.force_login(somebody("editor"))
    cookie = f"sessionid={client.cookies['sessionid'].value}"
    assert asyncio.run(server.ask(once(b"file"), path, content_length=large, cookie=cookie)) == 200


def test_a_refusal_at_a_page_is_a_sentence_in_its_language() -> None:
    said: list[bytes] = []

    async def ask(path: str) -> None:
        async def send(message: Any) -> None:
            said.append(message.get("body", b""))

        headers = [(b"content-length", b"99999999")]
        scope = {"type": "http", "method": "POST", "path": path, "client": ("192.0.2.1", 1), "headers": headers}
        await with_limited_bodies(None)(scope, None, send)  # type: ignore[arg-type]

    asyncio.run(ask("/it/"))
    asyncio.run(ask("/en/"))
    assert "troppo grande" in said[1].decode()
    assert "too large" in said[3].decode()
