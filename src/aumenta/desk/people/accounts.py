"""How people sign in: nobody makes an account for herself, a gateway opens only accounts that exist."""

import json
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from aumenta.people.account_mail import send_sealed_mail
from aumenta.people.models import User
from aumenta.people.office_words import links_lead_here, signed
from aumenta.people.secrets import encrypt
from aumenta.ui.client import client_address


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an administrator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """No: see people/accounts.py."""
        return False

    def pre_login(self, request: HttpRequest, user: Any, **named: Any) -> HttpResponse | None:
        """Stop demo accounts, whose passwords were printed, where DEBUG is off; whatever the way they sign in."""
        if not settings.DEBUG and user.is_demo:
            return render(request, "desk/people/demo_refused.html", status=403)
        answer: HttpResponse | None = super().pre_login(request, user, **named)
        return answer

    def post_login(self, request: HttpRequest, user: Any, **named: Any) -> HttpResponse:
        """Remember the browser: what others try against her account leaves it open (known_devices.py)."""
        answer: HttpResponse = super().post_login(request, user, **named)
        request.proved_itself_for = user  # type: ignore[attr-defined]
        return answer

    def set_password(self, user: User, password: str) -> None:
        """Whoever chooses a password by a link from her mailbox, or with the one before, has proved herself."""
        super().set_password(user, password)
        context.request.proved_itself_for = user

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Nothing: sign_in_limits.py has counted already, in the database."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """With the office's signature; a link only where its reader gets to the site by it. By the worker, so that
        neither the time of the answer nor a mail server that fails tells whose address has an account."""
        named = {"request": self.request, "email": email, **context}
        message = self.render_mail(
            template_prefix, email, {**named, "signature": signed(""), "has_links": links_lead_here()}
        )
        send_sealed_mail.enqueue(encrypt(json.dumps([message.subject, message.body, email])))

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address behind the trusted proxies, for notices."""
        return client_address(request)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Under the public address, whatever host the request named."""
        uid, _, rest = key.partition("-")
        return settings.PUBLIC_ADDRESS + reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": rest})


class GatewayAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Identities of an OpenID Connect gateway."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """No: an identity is not yet somebody of the office."""
        return False

    def is_email_verified(self, provider: Any, email: str) -> bool:
        """Only where the settings trust this gateway's addresses; else its own `email_verified` decides."""
        return bool(provider.app.settings.get("addresses_are_verified", False))
