"""The private key that opens backups, read from its file."""

from pathlib import Path

import pyrage
from django.utils.translation import gettext as _

from aumenta.config.backups.archive import BackupError


def read_identity(file: Path) -> str:
    """The private key in a file as `aumenta backup-key` or age-keygen writes it; raises BackupError."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
        found = next(line.strip() for line in lines if line.strip() and not line.startswith("#"))
        pyrage.x25519.Identity.from_str(found)
    except (OSError, UnicodeDecodeError, StopIteration, pyrage.IdentityError) as fault:
        raise BackupError(_("%(file)s holds no private key of backups.") % {"file": file}) from fault
    return found
