"""What an installation that others can reach must have; `aumenta serve` does not start before it is mended."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning
from django.utils.translation import gettext as _

LOCAL = {"localhost", "127.0.0.1", "[::1]", "::1"}


def check_public_address(app_configs: Sequence[AppConfig] | None = None, **options: Any) -> list[CheckMessage]:
    """With DEBUG off and a name of its own, the site needs an https address: cookies and HSTS depend on it."""
    names = [name for name in settings.ALLOWED_HOSTS if name not in LOCAL]
    address = urlsplit(settings.PUBLIC_ADDRESS)
    if settings.DEBUG and address.scheme == "https" and address.hostname not in LOCAL:
        message = _("AUMENTA_DEBUG is on, but the public address is %(address)s: pages of errors would show secrets.")
        hint = _("Set AUMENTA_DEBUG=0; keep it on only where nobody else reaches the site.")
        return [Error(message % {"address": settings.PUBLIC_ADDRESS}, hint=hint, id="aumenta.E003")]
    if settings.DEBUG or not names:
        return []
    found: list[CheckMessage] = []
    words = {"address": settings.PUBLIC_ADDRESS, "names": ", ".join(names)}
    if address.scheme != "https":
        message = _("The site answers to %(names)s, but its public address is %(address)s: cookies could be read.")
        hint = _("Set AUMENTA_PUBLIC_ADDRESS to the address readers type, beginning with https://.")
        found.append(Error(message % words, hint=hint, id="aumenta.E001"))
    elif not _answers_to(address.hostname or ""):
        message = _("The public address %(address)s is not among the names the site answers to: %(names)s.")
        hint = _("Add its name to AUMENTA_HOSTS, or correct AUMENTA_PUBLIC_ADDRESS.")
        found.append(Error(message % words, hint=hint, id="aumenta.E002"))
    if not settings.EMAIL_HOST:
        message = _("No mail server is set: mails are written as files and reach nobody.")
        found.append(Warning(message, hint=_("Set AUMENTA_MAIL_HOST."), id="aumenta.W001"))
    return found


def _answers_to(host: str) -> bool:
    return any(
        name in {"*", host} or (name.startswith(".") and f".{host}".endswith(name)) for name in settings.ALLOWED_HOSTS
    )
