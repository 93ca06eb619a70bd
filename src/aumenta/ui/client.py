"""Who is asking: the address and the network that limits count by."""

from django.conf import settings
from django.http import HttpRequest

from aumenta.people.rate_limit import network_of


def client_address(request: HttpRequest) -> str:
    """The reader's address, also behind AUMENTA_PROXIES reverse proxies.

    Each proxy adds the address it was asked from to the end of X-Forwarded-For, and readers can write what they like
    before that: so with n proxies the nth address from the end counts.
    """
    return address_behind_proxies(
        str(request.META.get("REMOTE_ADDR") or ""), request.META.get("HTTP_X_FORWARDED_FOR", "")
    )


def address_behind_proxies(asked_from: str, forwarded: str) -> str:
    """The reader's address, where the server was asked from `asked_from` and X-Forwarded-For says `forwarded`."""
    if not settings.PROXIES:
        return asked_from
    told = [part.strip() for part in forwarded.split(",") if part.strip()]
    return told[-settings.PROXIES] if len(told) >= settings.PROXIES else asked_from


def client_network(request: HttpRequest) -> str:
    """The network of the reader's address, which limits count by: an IPv6 subscriber's whole /64."""
    return network_of(client_address(request))
