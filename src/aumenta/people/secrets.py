"""Secrets that must be read again are encrypted with a key that is not in the database; the others are hashed.

The key comes from SECRET_KEY, which stands in the environment or in a file of its own: whoever has a copy of the
database alone reads none. After the key was changed, those in SECRET_KEY_FALLBACKS still open what they closed.
"""

import base64
import hashlib
from typing import Any, Final

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models

PREFIX: Final = "enc1:"


class SecretUnreadableError(Exception):
    """The key that closed this secret is not among those of the settings."""


def encrypt(text: str) -> str:
    """`text`, encrypted; an empty one stays empty."""
    return f"{PREFIX}{_keys().encrypt(text.encode()).decode()}" if text else ""


def decrypt(kept: str) -> str:
    """What `encrypt` was given; a text from before secrets were encrypted is returned as it is.

    Raises SecretUnreadableError where no key of the settings opens it.
    """
    if not kept.startswith(PREFIX):
        return kept
    try:
        return _keys().decrypt(kept.removeprefix(PREFIX).encode()).decode()
    except InvalidToken as fault:
        raise SecretUnreadableError("Set AUMENTA_SECRET_KEY to the key this database was written with.") from fault


class EncryptedTextField(models.TextField[Any, Any]):
    """A text that the database holds encrypted. It can't be searched for: two equal texts look different there."""

    def from_db_value(self, value: str | None, *_rest: Any) -> str | None:
        """Decrypt what was read."""
        return None if value is None else decrypt(value)

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt what is written."""
        prepared = super().get_prep_value(value)
        # Also what somebody wrote with our own sign before it: unencrypted, it would be taken for a secret and opened.
        return None if prepared is None else encrypt(prepared)


class EncryptedBinaryField(models.BinaryField[Any, Any]):
    """Bytes that the database holds encrypted."""

    def from_db_value(self, value: Any, *_rest: Any) -> bytes | None:
        """Decrypt what was read; bytes from before secrets were encrypted are returned as they are."""
        if value is None:
            return None
        kept = bytes(value)
        if not kept.startswith(PREFIX.encode()):
            return kept
        return base64.b64decode(decrypt(kept.decode("ascii")))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Encrypt what is written."""
        if value is not None:
            value = encrypt(base64.b64encode(bytes(value)).decode()).encode("ascii")
        return super().get_db_prep_value(value, connection, prepared)


def _keys() -> MultiFernet:
    return MultiFernet([_key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str) -> Fernet:
    digest = hashlib.blake2b(secret.encode(), digest_size=32, person=b"aumenta secrets").digest()
    return Fernet(base64.urlsafe_b64encode(digest))
