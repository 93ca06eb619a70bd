"""Who decides needs a second factor: administrators and approvers come no further than to the page that sets one up.

Until then the desk, the regia and the prints send them there, and every other page takes them for strangers.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from aumenta.people.models import User
from aumenta.people.rules import is_approver, is_signed_in
from aumenta.people.secrets import decrypt, encrypt

STAFF_DOORS: Final = ("aumenta.desk", "aumenta.live", "aumenta.printing", "django.contrib.admin")
SIGN_IN: Final = "allauth"


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """One-time-code secrets stand encrypted in the database."""

    def encrypt(self, text: str) -> str:
        """As it is kept."""
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """As it is used."""
        return decrypt(encrypted_text)


def lacks_second_factor(request: HttpRequest, person: User) -> bool:
    """Whether she must set one up before she goes on. No query for whoever used hers in this session."""
    if not settings.SECOND_FACTOR or not (is_approver(person) or person.is_superuser):
        return False
    if any(_is_strong(record) for record in get_authentication_records(request, person)):
        return False
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return not Authenticator.objects.filter(user=person, type__in=kinds).exists()


def _is_strong(record: dict[str, Any]) -> bool:
    """A second factor, or the gateway where the settings say that it asks for two itself, as SPID and CIE do."""
    return record.get("method") == "mfa" or (settings.OIDC_IS_STRONG and record.get("method") == "socialaccount")


class SecondFactorMiddleware:
    """Holds administrators and approvers without a second factor at the page that sets one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer of what follows."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Sequence[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Let the sign-in's own pages through, send the desk's to it, and show strangers' pages for the rest."""
        module = getattr(view, "__module__", "")
        if not settings.SECOND_FACTOR or module.startswith(SIGN_IN):
            return None
        person = request.user
        if not is_signed_in(person) or not lacks_second_factor(request, person):
            return None
        if not module.startswith(STAFF_DOORS):
            request.user = AnonymousUser()
            return None
        if request.method not in {"GET", "HEAD"}:
            raise PermissionDenied(_("Set up a one-time code or a passkey first: your role needs one."))
        messages.info(request, _("Set up a one-time code or a passkey first: your role needs one."))
        return redirect("mfa_index")
