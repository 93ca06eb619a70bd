"""Asks a web address whether it is there, without ever being led to a machine of our own network.

The name is looked up once, every address it has must be public, and the connection goes to the one that was looked at:
a name can't mean one machine when it is examined and another when it is asked. Each hop of a redirect is examined anew.
"""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Final
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from django.conf import settings

from aumenta.pages.models import CheckedLink

PATIENCE: Final = 8.0
"""Seconds that one connection or answer may take."""
LONGEST: Final = 25.0
"""Seconds that one address may take with all its redirects."""
MOST_HOPS: Final = 5
PORTS: Final = frozenset({80, 443, 8080, 8443})
# They mean «not for robots» or «not for you», of a page that is there.
_THERE: Final = frozenset({401, 403, 405, 406, 429, 451})
_GONE: Final = frozenset({404, 410})
MayAsk = Callable[[str, int], bool]


class NotPublicError(Exception):
    """The address is none of the public web: nothing was sent to it."""


@dataclass(frozen=True)
class Answer:
    """What became of a question; `status` is None where no answer came."""

    outcome: CheckedLink.Outcome
    status: int | None = None


def is_public(ip: str, port: int) -> bool:
    """Whether a machine on the public internet has this address, and the port is one of the web."""
    address = ipaddress.ip_address(ip.partition("%")[0])
    inside = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    addresses = [address, *([inside] if inside else [])]
    return port in PORTS and all(one.is_global and not one.is_multicast for one in addresses)


def ask(address: str, *, may_ask: MayAsk = is_public) -> Answer:
    """Ask with HEAD, and with GET where that is refused, following redirects. Never raises."""
    until = monotonic() + LONGEST
    try:
        answer = _asked("HEAD", address, until, may_ask)
        if answer.outcome == CheckedLink.Outcome.ALIVE and answer.status not in _THERE:
            return answer
    except NotPublicError:
        return Answer(CheckedLink.Outcome.REFUSED)
    except (OSError, http.client.HTTPException, ValueError):
        pass  # some servers break at a HEAD: the GET says how it is
    try:
        return _asked("GET", address, until, may_ask)
    except NotPublicError:
        return Answer(CheckedLink.Outcome.REFUSED)
    except (OSError, http.client.HTTPException, ValueError):
        return Answer(CheckedLink.Outcome.UNREACHABLE)


def _asked(method: str, address: str, until: float, may_ask: MayAsk) -> Answer:
    for _hop in range(MOST_HOPS + 1):
        left = until - monotonic()
        if left <= 0:
            raise TimeoutError
        status, moved_to = _one_hop(method, urlsplit(address), min(PATIENCE, left), may_ask)
        if status not in {301, 302, 303, 307, 308} or not moved_to:
            return Answer(_outcome(status), status)
        address = urljoin(address, moved_to)
    return Answer(CheckedLink.Outcome.BROKEN, status)


def _outcome(status: int) -> CheckedLink.Outcome:
    if status < 400 or status in _THERE:
        return CheckedLink.Outcome.ALIVE
    return CheckedLink.Outcome.GONE if status in _GONE else CheckedLink.Outcome.BROKEN


def _one_hop(method: str, parts: SplitResult, seconds: float, may_ask: MayAsk) -> tuple[int, str]:
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.password:
        raise NotPublicError
    port = parts.port or (443 if parts.scheme == "https" else 80)
    host = parts.hostname.encode("idna").decode("ascii") if not parts.hostname.isascii() else parts.hostname
    connection = _connection(parts.scheme, host, port, seconds, may_ask)
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (
        f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else ""
    )
    try:
        connection.request(method, path, headers=_headers())
        response = connection.getresponse()
        return response.status, response.headers.get("Location", "")
    finally:
        connection.close()


def _headers() -> dict[str, str]:
    return {"User-Agent": f"Aumenta link check (+{settings.PUBLIC_ADDRESS})", "Accept": "*/*", "Connection": "close"}


def _connection(scheme: str, host: str, port: int, seconds: float, may_ask: MayAsk) -> http.client.HTTPConnection:
    found = {str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    if not found or not all(may_ask(ip, port) for ip in found):
        raise NotPublicError
    plain = socket.create_connection((min(found, key=lambda ip: ":" in ip), port), timeout=seconds)
    connection = http.client.HTTPConnection(host, port, timeout=seconds)
    try:
        secure = ssl.create_default_context().wrap_socket(plain, server_hostname=host) if scheme == "https" else plain
    except BaseException:
        plain.close()
        raise
    connection.sock = secure
    return connection
