"""What is written to the log of the process, and what is taken out of it first."""

import logging
import re
from typing import Any, Final

_SECRET: Final = re.compile(r"(?<=/)[^/\s?]{24,}(?=/|\s|\?|$)")
"""A part of an address this long is a signed link or the digest of a file; titles in addresses have hyphens in them."""


class WithoutSecrets(logging.Filter):
    """Shortens signed links: whoever reads a log must not be able to open somebody's registration with it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record; it is always kept."""
        record.msg, record.args = shortened(record.getMessage()), ()
        return True


def shortened(message: str) -> str:
    """The message with every part of an address that may be a secret cut to its first four letters."""
    return _SECRET.sub(lambda found: found[0] if _is_title(found[0]) else f"{found[0][:4]}…", message)


def _is_title(part: str) -> bool:
    """Whether this is words with hyphens between them, as in the address of a page."""
    return all(len(word) < 24 and (word.islower() or word.isdigit()) for word in part.split("-"))


LOGGING: Final[dict[str, Any]] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_secrets": {"()": WithoutSecrets}},
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["without_secrets"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        # Django's own way is a mail to people nobody has named, so outside of DEBUG nothing would be read anywhere.
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        # An address that is not there says nothing about the site; robots ask for thousands.
        "django.request": {"level": "ERROR"},
    },
}
