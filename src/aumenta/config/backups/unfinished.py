"""Whether a restore was begun here and never ended: nothing starts on half of an installation."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from aumenta.config.backups.database import MARK

FOLDER: Final = "restoring"
"""Stands in the data folder from the first file of a restore to the last."""


def folder_of_restore() -> Path:
    """Where a restore unpacks what it found."""
    return Path(settings.DATA_FOLDER) / FOLDER


def is_unfinished() -> bool:
    """Whether a restore was begun and did not end; a database that is away is asked another time."""
    if folder_of_restore().exists():
        return True
    if connection.vendor != "postgresql":
        return False
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass(%s)", [MARK])
            return cursor.fetchone()[0] is not None
    except DatabaseError:
        return False


def refuse_unfinished() -> None:
    """Raise ImproperlyConfigured where a restore did not end: for a server that is started without our command."""
    for found in check_restore():
        raise ImproperlyConfigured(f"{found.msg} {found.hint}")


def check_restore(app_configs: Sequence[AppConfig] | None = None, **options: Any) -> list[CheckMessage]:
    """Every command that checks refuses to run on half of an installation."""
    if not is_unfinished():
        return []
    message = _("A backup was being restored here, and that did not end: what is here is not whole.")
    return [Error(message, hint=_("Run the same aumenta restore again."), id="aumenta.E004")]
