"""`aumenta serve`, started where it is expected to refuse, and the settings as an installation reads them."""

import os
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from aumenta.config.environment import PACKAGE, PREFIX

AUMENTA = Path(sys.executable).parent / "aumenta"


def start(folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """`aumenta serve` with these environment variables, on a port nobody should ever listen on."""
    environment = {**os.environ, "AUMENTA_DATA": str(folder), "AUMENTA_DEBUG": "0", "LANG": "en_GB.UTF-8", **variables}
    command: list[str | Path] = [AUMENTA, "serve", "--port", "0"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)


def settings_with(monkeypatch: pytest.MonkeyPatch, folder: Path, given: dict[str, str]) -> dict[str, Any]:
    """The settings as an installation with these variables alone reads them."""
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)
    for name, value in {"DATA": str(folder), **given}.items():
        monkeypatch.setenv(PREFIX + name, value)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    return runpy.run_path(str(PACKAGE / "config" / "settings.py"))
