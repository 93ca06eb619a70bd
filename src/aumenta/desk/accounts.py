"""How people sign in: nobody makes an account for herself, failures lock, a gateway opens only accounts that exist."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from aumenta.review.make_demo_accounts import DOMAIN


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an administrator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """No: see people/accounts.py."""
        return False

    def pre_login(self, request: HttpRequest, user: Any, **named: Any) -> HttpResponse | None:
        """Stop demo accounts, whose passwords were printed, where DEBUG is off; whatever the way they sign in."""
        if not settings.DEBUG and user.email.endswith(f"@{DOMAIN}"):
            return render(request, "desk/demo_refused.html", status=403)
        answer: HttpResponse | None = super().pre_login(request, user, **named)
        return answer


class GatewayAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Identities of an OpenID Connect gateway."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """No: an identity is not yet somebody of the office."""
        return False

    def is_email_verified(self, provider: Any, email: str) -> bool:
        """Only where the settings trust this gateway's addresses; else its own `email_verified` decides."""
        return bool(provider.app.settings.get("addresses_are_verified", False))


def attempted_name(request: HttpRequest | None, credentials: dict[str, Any] | None) -> str:
    """The e-mail somebody tried to sign in with, in one case so that changing it does not reset the count."""
    posted = request.POST.get("login", "") if request is not None else ""
    name = (credentials or {}).get("email") or (credentials or {}).get("username") or posted
    return str(name).strip().lower()


def locked_out(request: HttpRequest, *_rest: Any, **_named: Any) -> HttpResponse:
    """The page after too many failures: what happened and when to come back."""
    return render(request, "desk/locked_out.html", {"minutes": 15}, status=429)
