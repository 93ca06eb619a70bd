"""The secret by which somebody follows her contribution without an account. The database holds its digest alone."""

import hashlib
import hmac
import re
import secrets
from typing import Final

from django.core import signing

from aumenta.people.secrets import SecretUnreadableError, decrypt, encrypt
from aumenta.voices.models import Contribution

ALPHABET: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Letters and digits that nobody takes for each other: 12 of them hold 60 bits."""
_SALT: Final = "voices.receipt"
RECEIPT_SECONDS: Final = 3600
"""How long the page of the receipt can be opened again: its address alone shows the secret."""


def new_secret() -> str:
    """Twelve signs in groups of four, such as «7KQM-2RTV-XW4H»."""
    signs = "".join(secrets.choice(ALPHABET) for _n in range(12))
    return "-".join(signs[n : n + 4] for n in (0, 4, 8))


def digest_of(secret: str) -> str:
    """What is kept of a secret, however it is spaced and in small letters too."""
    plain = re.sub(r"[^0-9A-Z]", "", secret.upper())
    return hashlib.sha256(f"aumenta contribution {plain}".encode()).hexdigest()


def contribution_behind(label: str, secret: str) -> Contribution | None:
    """The contribution «2026/12» for whoever knows its secret; None for a wrong number and a wrong secret alike."""
    match = re.fullmatch(r"\s*(\d{4})\s*[/-]\s*0*(\d{1,9})\s*", label[:40], re.ASCII)
    found = None
    if match:
        found = Contribution.objects.exclude(secret_digest="").filter(year=match[1], number=match[2]).first()
    kept = found.secret_digest if found else digest_of("")
    same = hmac.compare_digest(kept, digest_of(secret[:60]))
    return found if found and same else None


def receipt_token(contribution: Contribution, secret: str) -> str:
    """The address of the receipt: signed, and encrypted so that no log and no history holds the secret."""
    return signing.dumps(encrypt(f"{contribution.pk} {secret}"), salt=_SALT)


def receipt_behind(token: str) -> tuple[Contribution, str] | None:
    """The contribution and its secret behind an address that is not older than an hour."""
    try:
        key, _space, secret = decrypt(signing.loads(token, salt=_SALT, max_age=RECEIPT_SECONDS)).partition(" ")
    except (signing.BadSignature, SecretUnreadableError):
        return None
    found = Contribution.objects.select_related("consultation", "edition").filter(pk=key).first()
    return (found, secret) if found else None
