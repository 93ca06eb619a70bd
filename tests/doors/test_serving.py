"""What stands between the server and Django: kept pages leave at once, threads and their connections stay."""

import asyncio
import threading
from typing import Any

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from aumenta.config.threads import THREADS, with_lasting_threads
from aumenta.ui.page_cache import answer_from_cache, with_page_cache
from tests.cast import a_person, a_plan

ADDRESS = "/it/2021-2023/azioni/1.1.1/"


def asking(address: str = ADDRESS, method: str = "GET", **headers: str) -> dict[str, Any]:
    """The scope the server makes of a request, as Django's test client would ask it."""
    words = {"host": "testserver", "cookie": ""} | {name.replace("_", "-"): value for name, value in headers.items()}
    return {
        "type": "http",
        "method": method,
        "path": address,
        "query_string": b"",
        "scheme": "http",
        "server": ("testserver", 80),
        "client": ("127.0.0.1", 1),
        "headers": [(name.encode(), value.encode()) for name, value in words.items()],
    }


@pytest.mark.django_db
def test_a_kept_page_leaves_the_short_way_as_it_leaves_the_ordinary_one(client: Client) -> None:
    a_plan(actions=6)
    assert answer_from_cache(asking()) is None
    client.get(ADDRESS)
    ordinary = client.get(ADDRESS)
    with CaptureQueriesContext(connection) as queries:
        short = answer_from_cache(asking())
    assert short is not None
    assert short.content == ordinary.content
    assert dict(short.items()) == dict(ordinary.items())
    assert len(queries) == 1  # the one number of what is public


@pytest.mark.django_db
def test_whoever_has_the_page_already_is_told_so_the_short_way_too(client: Client) -> None:
    a_plan(actions=6)
    short = answer_from_cache(asking(if_none_match=client.get(ADDRESS)["ETag"]))
    assert short is not None
    assert (short.status_code, short.content) == (304, b"")


@pytest.mark.django_db
def test_who_is_signed_in_or_asks_under_another_name_takes_the_ordinary_way(client: Client) -> None:
    a_plan(actions=6)
    client.get(ADDRESS)
    mine = Client()
    mine.force_login(a_person())
    cookie = f"{settings.SESSION_COOKIE_NAME}={mine.cookies[settings.SESSION_COOKIE_NAME].value}"
    assert answer_from_cache(asking(cookie=cookie)) is None
    assert answer_from_cache(asking(host="somebody.else")) is None
    assert answer_from_cache(asking()) is not None


@pytest.mark.django_db
def test_a_plain_request_is_sent_to_the_safe_address_where_one_is_asked_for(client: Client, settings: Any) -> None:
    a_plan(actions=6)
    client.get(ADDRESS)
    settings.SECURE_SSL_REDIRECT = True
    short = answer_from_cache(asking())
    assert short is not None
    assert (short.status_code, short["Location"]) == (301, f"https://testserver{ADDRESS}")


def served(application: Any, scope: dict[str, Any]) -> list[dict[str, Any]]:
    """What the application sends for one request."""
    sent: list[dict[str, Any]] = []

    async def ask() -> None:
        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b""}

        async def send(message: Any) -> None:
            sent.append(dict(message))

        await application(scope, receive, send)

    async_to_sync(ask)()
    return sent


@pytest.mark.django_db(transaction=True)
def test_what_is_not_on_the_shelf_reaches_the_application(client: Client) -> None:
    a_plan(actions=6)
    client.get(ADDRESS)
    reached = []

    async def ordinary(scope: Any, receive: Any, send: Any) -> None:
        reached.append((scope["method"], scope["path"]))

    served(with_page_cache(ordinary), asking("/it/2021-2023/azioni/9.9.9/"))
    served(with_page_cache(ordinary), asking(method="POST"))
    served(with_page_cache(ordinary), asking("/api/tavolo/stato"))
    assert reached == [("GET", "/it/2021-2023/azioni/9.9.9/"), ("POST", ADDRESS), ("GET", "/api/tavolo/stato")]


async def _thread_of_the_views(scope: Any, receive: Any, send: Any) -> None:
    await asyncio.sleep(0.01)
    await send(await sync_to_async(threading.current_thread)())


def threads_used(scopes: list[dict[str, Any]], *, together: bool) -> list[threading.Thread]:
    """The thread each request's views ran in."""
    application, used = with_lasting_threads(_thread_of_the_views), []

    async def send(thread: Any) -> None:
        used.append(thread)

    async def ask() -> None:
        if together:
            await asyncio.gather(*(application(scope, None, send) for scope in scopes))  # type: ignore[arg-type]
        else:
            for scope in scopes:
                await application(scope, None, send)  # type: ignore[arg-type]

    asyncio.run(ask())
    return used


def test_one_request_after_the_other_finds_the_same_thread_and_so_its_open_connection() -> None:
    assert len(set(threads_used([asking()] * 5, together=False))) == 1


def test_requests_at_the_same_time_never_share_a_thread_and_more_than_the_lent_ones_are_served_too() -> None:
    used = threads_used([asking()] * (THREADS + 3), together=True)
    assert len(used) == THREADS + 3
    assert len(set(used)) >= THREADS


def test_streams_of_events_share_one_thread_and_hold_none_of_the_lasting_ones() -> None:
    address = reverse("regia-stream", args=["giornata"])
    streams = threads_used([asking(address, accept="text/event-stream")] * (THREADS + 3), together=True)
    [page, sly] = threads_used([asking(accept="text/html"), asking(accept="text/event-stream")], together=True)
    assert len(set(streams)) == 1
    assert not streams[0].name.startswith("request")
    assert page.name.startswith("request")
    assert sly.name.startswith("request")
