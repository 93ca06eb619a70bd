"""`aumenta serve`, started as an administrator starts it, where it is expected to refuse."""

import os
import subprocess
import sys
from pathlib import Path

AUMENTA = Path(sys.executable).parent / "aumenta"


def start(folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """`aumenta serve` with these environment variables, on a port nobody should ever listen on."""
    environment = {**os.environ, "AUMENTA_DATA": str(folder), "AUMENTA_DEBUG": "0", "LANG": "en_GB.UTF-8", **variables}
    command: list[str | Path] = [AUMENTA, "serve", "--port", "0"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
