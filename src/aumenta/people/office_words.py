"""What every mail of the office has in common: who signs it, and whether its links can lead anywhere."""

from email.utils import parseaddr
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

_THIS_MACHINE: Final = {"localhost", "127.0.0.1", "::1", None}


def signed(body: str) -> str:
    """The text with the office's name below it: that of the sender's address, never the address of a machine."""
    name = parseaddr(settings.DEFAULT_FROM_EMAIL)[0] or _("The planning office")
    return f"{body.strip()}\n\n-- \n{name}\n"


def links_lead_here() -> bool:
    """Whether who reads a mail elsewhere reaches the site by a link in it; always where it is only tried out."""
    return settings.DEBUG or urlsplit(settings.PUBLIC_ADDRESS).hostname not in _THIS_MACHINE
