"""Where the system's Chromium is, and how it is started: nothing it does by itself may reach the network."""

import os
import shutil
from pathlib import Path

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    # Letters as wide as with windows, and on paper.
    "--font-render-hinting=none",
    # No page gets off this machine, whatever it asks for.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]

# First the same engine without windows, menus and profiles: a page costs half as much of the processor.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def executable() -> str | None:
    """AUMENTA_CHROMIUM where it is set, else the first of the system's own; None where it has none."""
    named = os.environ.get("AUMENTA_CHROMIUM")
    if named:
        return named if Path(named).exists() else None
    return next(filter(None, map(shutil.which, NAMES)), None)
