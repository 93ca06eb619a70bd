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
    # No page gets off this machine, whatever it asks for.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


def executable() -> str | None:
    """AUMENTA_CHROMIUM where it is set, else the system's Chromium; None where there is none."""
    named = os.environ.get("AUMENTA_CHROMIUM")
    if named:
        return named if Path(named).exists() else None
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
