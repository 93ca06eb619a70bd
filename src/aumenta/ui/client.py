"""Who is asking: the address that lock-outs and limits count by."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest, credentials: object = None) -> str:
    """The reader's address, also behind AUMENTA_PROXIES reverse proxies.

    Each proxy adds the address it was asked from to the end of X-Forwarded-For, and readers can write what they like
    before that: so with n proxies the nth address from the end counts. `credentials` is what django-axes adds.
    """
    asked_from = str(request.META.get("REMOTE_ADDR") or "")
    if not settings.PROXIES:
        return asked_from
    told = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    return told[-settings.PROXIES] if len(told) >= settings.PROXIES else asked_from
