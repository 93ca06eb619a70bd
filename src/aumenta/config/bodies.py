"""No work before the right is known: what a request may send, how long it may take, and what it must show first.

Django reads a body to its end before any view can refuse it, and holds a thread meanwhile. Here it is read on the event
loop, as far as its address allows and until a deadline, and only then handed on. Where files are sent, and at the
tables, the secret in the header is looked at before the first byte of the body.
"""

import asyncio
import re
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import close_old_connections
from django.utils import translation
from django.utils.translation import gettext as _

from aumenta.console.gate import device_is_known
from aumenta.people.rate_limit import network_of
from aumenta.ui.asgi import Application, Receive, Scope, Send
from aumenta.ui.client import address_behind_proxies

KILOBYTE: Final = 1024
MEGABYTE: Final = 1024 * KILOBYTE
MOST_AT_ONCE: Final = 64
"""Bodies of strangers on their way from one network: a quick one is on its way for a moment only."""
MOST_BUFFERED: Final = 64 * MEGABYTE
"""Bytes of strangers' large bodies that a process holds; beyond them it asks to come back."""
MOST_OF_NETWORK: Final = 16 * MEGABYTE
"""Of these, bytes of one network: a contribution with all its files and some forms."""
SMALL: Final = 64 * KILOBYTE
"""So much of each body is not counted: whoever holds all that may be held keeps nobody from signing in or saving."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What an address takes: bytes at most, seconds until the last of them, and who is let in before the first."""

    most: int
    seconds: float = 20
    knows: Callable[[Scope], Awaitable[bool]] | None = None


async def has_session(scope: Scope) -> bool:
    """Whether the cookie belongs to somebody who is signed in. What she may do is asked by the view."""
    return await asyncio.get_running_loop().run_in_executor(_sessions, _signed_in, headers_of(scope).get(b"cookie"))


async def has_device(scope: Scope) -> bool:
    """Whether the secret is that of a device which is open."""
    return await device_is_known(headers_of(scope).get(b"authorization", b"").decode("latin-1"))


ALLOWANCES: Final[tuple[tuple[re.Pattern[str], Allowance], ...]] = (
    (re.compile(r"/api/tavolo/foto/"), Allowance(5 * MEGABYTE, 90, has_device)),
    (re.compile(r"/api/tavolo/scambio$"), Allowance(4 * MEGABYTE, 60, has_device)),
    (re.compile(r"/api/tavolo/scheda$"), Allowance(16 * KILOBYTE, 20, has_device)),
    (re.compile(r"/api/tavolo/lascia$"), Allowance(4 * KILOBYTE, 20, has_device)),
    (re.compile(r"/api/tavolo/apri$"), Allowance(4 * KILOBYTE)),
    (
        re.compile(
            r"/(it|en)/scrivania/(immagini|documenti|foglio|contributi/tabella|edizioni/carica|verbali|obiettivi|progetti)/"
        ),
        Allowance(22 * MEGABYTE, 120, has_session),
    ),
    (re.compile(r"/(it|en)/scrivania/(coerenza|voci)/\d+/$"), Allowance(22 * MEGABYTE, 120, has_session)),
    (re.compile(r"/(it|en)/scrivania/atti/[^/]+/allegati/$"), Allowance(31 * MEGABYTE, 180, has_session)),
    # Twenty years of a hundred indicators, as a statistical office publishes them.
    (re.compile(r"/(it|en)/scrivania/rilevazioni/$"), Allowance(31 * MEGABYTE, 300, has_session)),
    (re.compile(r"/(it|en)/regia/[^/]+/importa$"), Allowance(22 * MEGABYTE, 120, has_session)),
    # A contribution with its three files; whoever writes has no account.
    (re.compile(r"/(it|en)/partecipa/"), Allowance(13 * MEGABYTE, 90)),
)
USUAL: Final = Allowance(MEGABYTE)
_sessions = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sessions")


def allowance_for(path: str) -> Allowance:
    """What this address takes."""
    return next((allowance for pattern, allowance in ALLOWANCES if pattern.match(path)), USUAL)


class RefusedBodyError(Exception):
    """The body is not read further. `status` is the answer's."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class _Bodies:
    """The strangers' bodies that are on their way in this process."""

    def __init__(self) -> None:
        self.on_their_way: Counter[str] = Counter()
        self.buffered: Counter[str] = Counter()

    def begin(self, network: str) -> None:
        """A body begins to arrive. Raises RefusedBodyError where too many of its network do."""
        if self.on_their_way[network] >= MOST_AT_ONCE:
            raise RefusedBodyError(429)
        self.on_their_way[network] += 1

    def grow(self, network: str, size: int) -> None:
        """So many bytes more are held. Raises RefusedBodyError beyond what may be."""
        self.buffered[network] += size
        if size and self.buffered[network] > MOST_OF_NETWORK:
            raise RefusedBodyError(429)
        if size and self.buffered.total() > MOST_BUFFERED:
            raise RefusedBodyError(503)

    def end(self, network: str, held: int) -> None:
        """A body has arrived, or is not read further."""
        self.on_their_way[network] -= 1
        self.buffered[network] -= held
        for counted in (self.on_their_way, self.buffered):
            if not counted[network]:
                del counted[network]


def with_limited_bodies(application: Application, allowance: Callable[[str], Allowance] = allowance_for) -> Application:
    """`application`, which gets every body whole, or not at all."""
    bodies = _Bodies()

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not announces_body(scope):
            await application(scope, receive, send)
            return
        allowed = allowance(scope["path"])
        try:
            if allowed.knows is not None:
                if not await allowed.knows(scope):
                    raise RefusedBodyError(401)
                body = await _read(scope, receive, allowed)
            else:
                body = await _read_from_stranger(scope, receive, allowed, bodies)
        except RefusedBodyError as refusal:
            await _refuse(scope, send, refusal.status, allowed)
            return
        if body is not None:
            await application(scope, _replay(body, receive), send)

    return answer


def headers_of(scope: Scope) -> dict[bytes, bytes]:
    """The headers by their names in lower case."""
    return dict(scope["headers"])


def announces_body(scope: Scope) -> bool:
    """Whether the request says that something follows its headers."""
    headers = headers_of(scope)
    return headers.get(b"content-length", b"0") != b"0" or b"transfer-encoding" in headers or _streams(scope)


def _streams(scope: Scope) -> bool:
    """HTTP/2 may send a body without announcing its length."""
    return str(scope.get("http_version", "")).startswith("2") and scope["method"] not in {"GET", "HEAD"}


async def _read_from_stranger(scope: Scope, receive: Receive, allowed: Allowance, bodies: _Bodies) -> bytes | None:
    network = network_of(_address(scope))
    bodies.begin(network)
    held = 0

    def grew(size: int) -> None:
        nonlocal held
        more = max(0, size - SMALL) - held
        held += more
        bodies.grow(network, more)

    try:
        return await _read(scope, receive, allowed, grew)
    finally:
        bodies.end(network, held)


async def _read(
    scope: Scope, receive: Receive, allowed: Allowance, grew: Callable[[int], None] = lambda _size: None
) -> bytes | None:
    """The whole body; None where the other side hung up. Raises RefusedBodyError for one too large or too slow."""
    announced = headers_of(scope).get(b"content-length", b"0")
    if not announced.isdigit() or int(announced) > allowed.most:
        raise RefusedBodyError(413)
    until = time.monotonic() + allowed.seconds
    parts, size = [], 0
    while True:
        try:
            message = await asyncio.wait_for(receive(), max(0.001, until - time.monotonic()))
        except TimeoutError:
            raise RefusedBodyError(408) from None
        if message["type"] == "http.disconnect":
            return None
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > allowed.most:
            raise RefusedBodyError(413)
        grew(size)
        if not message.get("more_body"):
            return b"".join(parts)


def _replay(body: bytes, receive: Receive) -> Receive:
    """The body as one message; after it whatever still comes, such as that the other side hung up."""
    sent = False

    async def again() -> Mapping[str, Any]:
        nonlocal sent
        if sent:
            return await receive()
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


async def _refuse(scope: Scope, send: Send, status: int, allowed: Allowance) -> None:
    codes = {401: "unknown-device", 408: "too-slow", 413: "too-large", 429: "too-many", 503: "busy"}
    if scope["path"].startswith("/api/"):
        kind, text = b"application/json", f'{{"code":"{codes[status]}"}}'
    else:
        language = "en" if scope["path"].startswith("/en/") else "it"
        with translation.override(language):
            kind, text = b"text/plain; charset=utf-8", _sentence(status, allowed)
    headers = [
        (b"content-type", kind),
        (b"content-length", str(len(text.encode())).encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        # The rest of the body is not read: the connection can't be used again.
        (b"connection", b"close"),
        *([(b"retry-after", b"10")] if status in {429, 503} else []),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text.encode()})


def _sentence(status: int, allowed: Allowance) -> str:
    sentences = {
        401: _("Sign in before you send a file: nothing was saved."),
        408: _("What you sent took too long to arrive: nothing was saved. Try again on a better connection."),
        413: _("What you sent is too large: at most %(size)d KB. Nothing was saved."),
        429: _("Too much is arriving from your network at once: nothing was saved. Try again in a moment."),
        503: _("The site is busy: nothing was saved. Try again in a moment."),
    }
    return sentences[status] % ({"size": allowed.most // KILOBYTE} if status == 413 else {})


def _address(scope: Scope) -> str:
    asked_from = str((scope.get("client") or ("",))[0])
    return address_behind_proxies(asked_from, headers_of(scope).get(b"x-forwarded-for", b"").decode("latin-1"))


def _signed_in(cookies: bytes | None) -> bool:
    try:
        jar = SimpleCookie((cookies or b"").decode("latin-1"))
    except CookieError:
        return False
    if settings.SESSION_COOKIE_NAME not in jar or "\x00" in jar[settings.SESSION_COOKIE_NAME].value:
        return False
    # No request begins or ends in this thread: nobody else looks after its connection.
    close_old_connections()
    store = import_module(settings.SESSION_ENGINE).SessionStore
    return SESSION_KEY in store(jar[settings.SESSION_COOKIE_NAME].value)
