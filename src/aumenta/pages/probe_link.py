"""Asks a web address whether it is there, without ever being led to a machine of our own network.

The name is looked up once, every address it has must be public, and the connection goes to the one that was looked at:
a name can't mean one machine when it is examined and another when it is asked. Each hop of a redirect is examined anew.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from time import monotonic
from typing import Final
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from django.conf import settings

from aumenta.pages.models import CheckedLink

PATIENCE: Final = 8.0
"""Seconds that a connection may take, and an answer be silent."""
LONGEST: Final = 25.0
"""Seconds that one address may take with all its redirects."""
MOST_HOPS: Final = 5
PORTS: Final = frozenset({80, 443, 8080, 8443})
# They mean «not for robots» or «not for you», of a page that is there.
_THERE: Final = frozenset({401, 403, 405, 406, 429, 451})
_GONE: Final = frozenset({404, 410})
_INSIDE: Final = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "::/96", "fec0::/10")))
"""Addresses that carry one of the old kind, or were once for inside use; the library takes them for public ones."""
MayAsk = Callable[[str, int], bool]


class NotPublicError(Exception):
    """The address is none of the public web: nothing was sent to it."""


@dataclass(frozen=True)
class ProbeAnswer:
    """What became of a question; `status` is None where no answer came."""

    outcome: CheckedLink.Outcome
    status: int | None = None


def is_public(ip: str, port: int) -> bool:
    """Whether a machine on the public internet has this address, and the port is one of the web."""
    address = ipaddress.ip_address(ip.partition("%")[0])
    inside = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    addresses = [address, *([inside] if inside else [])]
    if any(address in network for network in _INSIDE):
        return False
    return port in PORTS and all(one.is_global and not one.is_multicast for one in addresses)


def probe_link(address: str, *, may_ask: MayAsk = is_public) -> ProbeAnswer:
    """Ask with HEAD, and with GET where that is refused, following redirects. Never raises."""
    until = monotonic() + LONGEST
    try:
        answer = _asked("HEAD", address, until, may_ask)
        if answer.outcome == CheckedLink.Outcome.ALIVE and answer.status not in _THERE:
            return answer
    except NotPublicError:
        return ProbeAnswer(CheckedLink.Outcome.REFUSED)
    except (OSError, http.client.HTTPException, ValueError):
        pass  # some servers break at a HEAD: the GET says how it is
    try:
        return _asked("GET", address, until, may_ask)
    except NotPublicError:
        return ProbeAnswer(CheckedLink.Outcome.REFUSED)
    except (OSError, http.client.HTTPException, ValueError):
        return ProbeAnswer(CheckedLink.Outcome.UNREACHABLE)


def _asked(method: str, address: str, until: float, may_ask: MayAsk) -> ProbeAnswer:
    for _hop in range(MOST_HOPS + 1):
        status, moved_to = _one_hop(method, urlsplit(address), until, may_ask)
        if status not in {301, 302, 303, 307, 308} or not moved_to:
            return ProbeAnswer(_outcome(status), status)
        address = urljoin(address, moved_to)
    return ProbeAnswer(CheckedLink.Outcome.BROKEN, status)


def _outcome(status: int) -> CheckedLink.Outcome:
    if status < 400 or status in _THERE:
        return CheckedLink.Outcome.ALIVE
    return CheckedLink.Outcome.GONE if status in _GONE else CheckedLink.Outcome.BROKEN


def _one_hop(method: str, parts: SplitResult, until: float, may_ask: MayAsk) -> tuple[int, str]:
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.password:
        raise NotPublicError
    port = parts.port or (443 if parts.scheme == "https" else 80)
    host = parts.hostname.encode("idna").decode("ascii") if not parts.hostname.isascii() else parts.hostname
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (
        f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else ""
    )
    plain = _connected(host, port, until, may_ask)
    with _shut_at(until, plain):
        connection = _spoken(parts.scheme, host, port, plain)
        try:
            connection.request(method, path, headers=_headers())
            response = connection.getresponse()
            return response.status, response.headers.get("Location", "")
        finally:
            connection.close()


def _headers() -> dict[str, str]:
    return {"User-Agent": f"Aumenta link check (+{settings.PUBLIC_ADDRESS})", "Accept": "*/*", "Connection": "close"}


def _left(until: float) -> float:
    left = until - monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _connected(host: str, port: int, until: float, may_ask: MayAsk) -> socket.socket:
    found = _looked_up(host, port, until)
    if not found or not all(may_ask(ip, port) for ip in found):
        raise NotPublicError
    nearest = min(found, key=lambda ip: ":" in ip)
    return socket.create_connection((nearest, port), timeout=min(PATIENCE, _left(until)))


def _looked_up(host: str, port: int, until: float) -> set[str]:
    """The addresses of a name. The system's look-up knows no time limit of ours and can't be stopped: it is left to
    itself when the time is over, and ends when its own does."""
    answers: list[set[str] | OSError | UnicodeError] = []

    def look_up() -> None:
        try:
            answers.append({str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)})
        except (OSError, UnicodeError) as error:
            answers.append(error)

    looking = threading.Thread(target=look_up, daemon=True)
    looking.start()
    looking.join(min(PATIENCE, _left(until)))
    if not answers:
        raise TimeoutError
    if isinstance(answers[0], set):
        return answers[0]
    raise answers[0]


@contextmanager
def _shut_at(until: float, plain: socket.socket) -> Iterator[None]:
    """Shut the connection when the time is over: the socket's own patience begins anew with every byte that comes."""
    # A handle of its own: the socket itself is given away when the connection becomes a secure one.
    handle = plain.dup()

    def shut() -> None:
        with suppress(OSError):
            handle.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(max(0.0, until - monotonic()), shut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        handle.close()


def _spoken(scheme: str, host: str, port: int, plain: socket.socket) -> http.client.HTTPConnection:
    connection = http.client.HTTPConnection(host, port)
    try:
        secure = ssl.create_default_context().wrap_socket(plain, server_hostname=host) if scheme == "https" else plain
    except BaseException:
        plain.close()
        raise
    connection.sock = secure
    return connection
