"""Which files make the console work offline, and the version they make together."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage

_FILES = (
    "built/console.js",
    "console/console.css",
    "console/icon.svg",
    "console/icon-192.png",
    "console/icon-512.png",
    "built/fonts/titillium-web-regular.woff2",
    "built/fonts/titillium-web-600.woff2",
    "built/fonts/titillium-web-700.woff2",
)


def shell_files() -> list[str]:
    """Addresses of the files, with the names the server gives them (hashed where it does)."""
    return [staticfiles_storage.url(name) for name in _FILES]


def version() -> str:
    """Eight characters that change whenever a file of the console does; shown on its screen."""
    return _version() if not settings.DEBUG else _version.__wrapped__()


@cache
def _version() -> str:
    content = hashlib.sha256()
    for name in _FILES:
        found = finders.find(name)
        if found:
            content.update(Path(str(found)).read_bytes())
    content.update((Path(__file__).parent / "templates/console/shell.html").read_bytes())
    return content.hexdigest()[:8]
