"""How long `make run` takes to the first page, the first time and the next: `python -m benchmarks.bench_start`.

The first run loads the plan into an empty folder of its own (set-up of the packages apart); the second finds it there.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 180


def main() -> int:
    subprocess.run(["make", "-s", "setup"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    with tempfile.TemporaryDirectory() as folder:
        figures = {name: round(seconds_to_first_page(folder), 1) for name in ("first_run_s", "second_run_s")}
    print(json.dumps(figures, indent=1))
    return 0


def seconds_to_first_page(folder: str) -> float:
    """From the command to the home page's last byte; the server is stopped again."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    begin = time.monotonic()
    run = subprocess.Popen(
        ["make", "-s", "run", f"PORT={port}"],
        cwd=ROOT,
        env={**os.environ, "AUMENTA_DATA": folder},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while time.monotonic() - begin < PATIENCE:
            with suppress(URLError, ConnectionError), urlopen(f"http://127.0.0.1:{port}/it/") as answer:
                answer.read()
                return time.monotonic() - begin
            time.sleep(0.02)
        raise SystemExit(f"no page within {PATIENCE} s")
    finally:
        os.killpg(run.pid, signal.SIGTERM)
        run.wait()


if __name__ == "__main__":
    sys.exit(main())
