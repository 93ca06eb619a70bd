"""Browsers somebody has signed in from before: what others try against her account leaves these open.

A signed cookie says for which accounts a browser has proved itself, by signing in or by a link from her mailbox. A
guesser has none, so he reaches the account's limit and she does not (the pattern OWASP calls device cookies).
"""

import secrets
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import salted_hmac

from aumenta.people.models import User

COOKIE: Final = "aumenta_browser"
LASTS: Final = timedelta(days=90)
MOST_ACCOUNTS: Final = 5
_SALT: Final = "desk.known-browser"


def known_device(request: HttpRequest, email: str) -> str:
    """The name this browser got when it proved itself for the account; empty where it did not."""
    return _read(request).get(_account(email), "")


def remember_device(request: HttpRequest, response: HttpResponseBase, person: User) -> None:
    """Mark this browser as one that proved itself for her account."""
    known = {account: name for account, name in _read(request).items() if account != _account(person.email)}
    kept = dict(list(known.items())[-(MOST_ACCOUNTS - 1) :])
    kept[_account(person.email)] = secrets.token_urlsafe(12)
    response.set_cookie(
        COOKIE,
        signing.dumps(kept, salt=_SALT),
        max_age=LASTS,
        httponly=True,
        secure=bool(settings.SESSION_COOKIE_SECURE),
        samesite="Lax",
    )


def _read(request: HttpRequest) -> dict[str, str]:
    try:
        held = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=LASTS)
    except signing.BadSignature:
        return {}
    return held if isinstance(held, dict) else {}


def _account(email: str) -> str:
    """Whoever looks at the cookie reads no address in it."""
    return salted_hmac(_SALT, email.strip().lower()).hexdigest()[:24]
