"""What every mail of the office has in common: who signs it, and whether its links can lead anywhere."""

from email.utils import parseaddr
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

_SIGNATURE: Final = "\n\n-- \n"
_THIS_MACHINE: Final = {"localhost", "127.0.0.1", "::1", None}


def office_mail(
    subject: str, body: str, to: str, *, reply_to: str | None = None, headers: dict[str, str] | None = None
) -> EmailMessage:
    """Every mail that goes out: from the office, its subject one line, the office's name below its text.

    To be called in the language of who reads it.
    """
    return EmailMessage(
        " ".join(subject.split()),
        signed(body),
        settings.DEFAULT_FROM_EMAIL,
        [to],
        reply_to=[reply_to] if reply_to else None,
        headers=headers,
    )


def signed(body: str) -> str:
    """The text with the office's name below it, once: that of the sender's address, never the address of a machine."""
    if _SIGNATURE in body:
        return body
    name = parseaddr(settings.DEFAULT_FROM_EMAIL)[0] or _("The planning office")
    return f"{body.strip()}{_SIGNATURE}{name}\n"


def links_lead_here() -> bool:
    """Whether who reads a mail elsewhere reaches the site by a link in it; always where it is only tried out."""
    return settings.DEBUG or urlsplit(settings.PUBLIC_ADDRESS).hostname not in _THIS_MACHINE
