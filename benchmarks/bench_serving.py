"""Requests a second of a kept page, from the production server as it is started in production.

A server of its own is started on a database of its own with the bundled plan; 16 connections ask for the action list
for ten seconds, first the kept page, then with a cookie that makes every page anew.
"""

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from benchmarks.machine import machine

CONNECTIONS, SECONDS = 16, 10
ADDRESS = "/it/2021-2023/azioni/"
PROGRAMS = Path(sys.executable).parent


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def ask(port: int, cookie: str, until: float, done: list[float]) -> None:
    """Ask again and again on one connection, noting how long each answer took."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    question = f"GET {ADDRESS} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n{cookie}\r\n".encode()
    while time.perf_counter() < until:
        start = time.perf_counter()
        writer.write(question)
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(head.decode())
        length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        await reader.readexactly(int(length.split(b":")[1]))
        done.append(time.perf_counter() - start)
    writer.close()


async def load(port: int, cookie: str) -> list[float]:
    """The times of all answers."""
    done: list[float] = []
    until = time.perf_counter() + SECONDS
    await asyncio.gather(*(ask(port, cookie, until, done) for _ in range(CONNECTIONS)))
    return sorted(done)


def wait_for(port: int) -> None:
    """Return when the server answers; raise after a minute."""
    for _attempt in range(240):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}{ADDRESS}", timeout=10).read()
            return
        except OSError:
            time.sleep(0.25)
    raise RuntimeError("The server does not answer.")


def main() -> None:
    """Print requests a second and the answers' times."""
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        environment = {**os.environ, "AUMENTA_DATA": folder, "AUMENTA_DEBUG": "0"}
        subprocess.run([PROGRAMS / "aumenta", "prepare"], env=environment, check=True, stdout=subprocess.DEVNULL)
        command = [PROGRAMS / "aumenta", "serve", "--port", str(port), "--workers", "2"]
        server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait_for(port)
            for name, cookie in (("kept page", ""), ("made anew", "Cookie: sessionid=nobody\r\n")):
                times = asyncio.run(load(port, cookie))
                rate, middle, late = len(times) / SECONDS, times[len(times) // 2], times[int(len(times) * 0.95)]
                print(f"{name}: {rate:.0f} requests/s, median {middle * 1000:.1f} ms, p95 {late * 1000:.1f} ms")
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
