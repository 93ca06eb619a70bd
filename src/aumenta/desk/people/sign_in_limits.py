"""How often passwords, one-time codes and links may be tried: before the form is looked at, and whatever the process.

Each address of the sign-in that takes something secret, or sends a mail, has its limits here; a test fails for one
without. A success takes its attempt back, so that only failures count.
"""

import unicodedata
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, Final, NamedTuple

from allauth.account.internal.stagekit import clear_login, get_pending_stage
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from aumenta.desk.people.known_devices import known_device, remember_device
from aumenta.people.account_mail import tell_of_wrong_codes
from aumenta.people.models import User
from aumenta.people.rate_limit import Limit, forget_attempts, note_attempt, take_back
from aumenta.people.rules import is_signed_in
from aumenta.ui.client import client_network

QUARTER, HOUR = timedelta(minutes=15), timedelta(hours=1)
PASSWORD: Final = Limit("password", 5, QUARTER)
"""Of one account from one network, or from one browser that it knows."""
PASSWORD_ANYWHERE: Final = Limit("password-anywhere", 30, HOUR)
"""Of one account, from all networks together."""
PASSWORD_NETWORK: Final = Limit("password-network", 60, QUARTER)
"""Of all accounts, from one network."""
CODE: Final = Limit("code", 5, QUARTER)
CODE_ANYWHERE: Final = Limit("code-anywhere", 10, HOUR)
RESET: Final = Limit("reset", 3, HOUR)
"""Mails for one account."""
RESET_NETWORK: Final = Limit("reset-network", 20, HOUR)
OWN_ACCOUNT: Final = Limit("own-account", 10, HOUR)
"""What somebody who is signed in does to her own account: her password is asked for, and could be guessed."""
OTHER_NETWORK: Final = Limit("sign-in-network", 60, QUARTER)


class Use(NamedTuple):
    """One limit and who counts against it."""

    limit: Limit
    subject: str
    cleared: bool = False
    """Whether a success wipes the count, and not only its own attempt."""


def _password(request: HttpRequest) -> Sequence[Use]:
    account, network = attempted_account(request), client_network(request)
    if device := known_device(request, account):
        return [Use(PASSWORD, f"browser {device} {account}", cleared=True)]
    return [
        Use(PASSWORD, f"network {network} {account}", cleared=True),
        Use(PASSWORD_ANYWHERE, account),
        Use(PASSWORD_NETWORK, network),
    ]


def _code(request: HttpRequest) -> Sequence[Use]:
    stage = get_pending_stage(request)
    if stage is None:
        return [Use(OTHER_NETWORK, client_network(request))]
    person = stage.login.user
    if device := known_device(request, person.email):
        return [Use(CODE, f"browser {device} {person.pk}", cleared=True)]
    return [
        Use(CODE, f"network {client_network(request)} {person.pk}", cleared=True),
        Use(CODE_ANYWHERE, str(person.pk)),
    ]


def _reset(request: HttpRequest) -> Sequence[Use]:
    return [Use(RESET_NETWORK, client_network(request)), Use(RESET, one_spelling(request.POST.get("email", "")))]


def _own(request: HttpRequest) -> Sequence[Use]:
    if not is_signed_in(request.user):
        return [Use(OTHER_NETWORK, client_network(request))]
    return [Use(OWN_ACCOUNT, f"{request.user.pk} {client_network(request)}", cleared=True)]


def _network(request: HttpRequest) -> Sequence[Use]:
    return [Use(OTHER_NETWORK, client_network(request))]


LIMITS: Final[dict[str, Callable[[HttpRequest], Sequence[Use]]]] = {
    "account_login": _password,
    "mfa_authenticate": _code,
    "mfa_login_webauthn": _network,
    "account_reauthenticate": _own,
    "mfa_reauthenticate": _own,
    "mfa_reauthenticate_webauthn": _own,
    "account_change_password": _own,
    "account_set_password": _own,
    "mfa_activate_totp": _own,
    "desk:change_address": _own,
    "account_reset_password": _reset,
    "account_reset_password_from_key": _network,
    "account_signup": _network,
    "socialaccount_signup": _network,
}
MAILS_IN_SILENCE: Final = {RESET.what: "account_reset_password_done"}
"""Reaching these says nothing about an account: the page is the one that a mail sent would give."""


class SignInLimitsMiddleware:
    """Refuses before the view looks at what was sent; after it, takes back what was right."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer; what was right does not count, and a browser that has proved itself is remembered."""
        response = self.get_response(request)
        if _went_well(response):
            _clear(getattr(request, "limited_uses", ()))
        if proved := getattr(request, "proved_itself_for", None):
            remember_device(request, response, proved)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Sequence[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """The page of refusal; None lets the view go on."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        if request.method != "POST" or name not in LIMITS:
            return None
        noted: list[tuple[Use, int]] = []
        for use in LIMITS[name](request):
            attempt = note_attempt(limit=use.limit, subject=use.subject)
            if attempt is None:
                take_back([key for _use, key in noted])
                return _refuse(request, use.limit)
            noted.append((use, attempt))
        # A mail that was sent stays counted.
        request.limited_uses = () if name == "account_reset_password" else noted  # type: ignore[attr-defined]
        return None


def _clear(noted: Sequence[tuple[Use, int]]) -> None:
    take_back([key for _use, key in noted])
    for use, _key in noted:
        if use.cleared:
            forget_attempts(limit=use.limit, subject=use.subject)


def _went_well(response: HttpResponse) -> bool:
    return response.status_code in {301, 302}


def _refuse(request: HttpRequest, limit: Limit) -> HttpResponse:
    if limit.what in MAILS_IN_SILENCE:
        return HttpResponseRedirect(reverse(MAILS_IN_SILENCE[limit.what]))
    if limit.what in {CODE.what, CODE_ANYWHERE.what} and (stage := get_pending_stage(request)):
        # Whoever sends codes knows the password: the account's owner must hear of it, and the sign-in begins anew.
        person: User = stage.login.user
        clear_login(request)
        tell_of_wrong_codes(person)
    context = {"minutes": limit.minutes, "code": limit.what.startswith("code")}
    return render(request, "desk/people/locked_out.html", context, status=429)


def attempted_account(request: HttpRequest) -> str:
    """The e-mail somebody tries to sign in with, in one spelling so that changing it does not begin a new count."""
    return one_spelling(request.POST.get("login", ""))


def one_spelling(email: str) -> str:
    """An address as a database compares it at its most generous: «K», «k» and the sign of kelvin are one letter."""
    return unicodedata.normalize("NFKC", email).strip().upper().casefold()
