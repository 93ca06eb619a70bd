"""Attackers and honest readers at the same time: `python -m benchmarks.bench_attack [--seconds 30] [--held 1000]`.

First a table's device exchanges while four anonymous attackers send what they can: large batches with a secret that
opens nothing, PINs, passwords, searches nobody asked before. Then public pages are read behind the shipped Caddy
configuration while connections are held with bodies that never end; without Caddy that part says so. Bars: an exchange
within 100 ms and a page within 1 s, at the 95th percentile. Beside other work the figures are upper bounds.
"""

import argparse
import json
import multiprocessing
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from statistics import quantiles
from uuid import uuid4

from benchmarks.bench_event import prepare, start

DEPLOY = Path(__file__).resolve().parent.parent / "deploy"
PAGES = ("/it/", "/it/eventi/", "/it/notizie/", "/en/")
EVERY = 0.2


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--held", type=int, default=1_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "AUMENTA_DATA": folder,
            "AUMENTA_DEBUG": "0",
            "AUMENTA_PROXIES": "1",
            "DJANGO_SETTINGS_MODULE": "aumenta.config.settings",
        }
        os.environ.setdefault("AUMENTA_DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        _event, devices, _cookie = prepare()
        make_static_files()
        port = free_port()
        server = start(port, 2)[0]
        try:
            figures = {
                "load of the machine": os.getloadavg()[0],
                "exchange, quiet": exchanges(port, devices[0], 5),
                "exchange, four attackers": attacked(port, devices[1], options.seconds),
                "pages, held connections, Caddy": behind_caddy(port, options.held, folder),
            }
        finally:
            server.terminate()
            server.wait()
    print(json.dumps(figures, indent=1))
    refused = [name for name, told in figures.items() if isinstance(told, dict) and set(told["status"]) != {200}]
    if refused:
        print(f"These figures say nothing, for the honest were not answered: {', '.join(refused)}")
    return 1 if refused else 0


def make_static_files() -> None:
    """Without DEBUG no page is made without them."""
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ask(port: int, method: str, path: str, body: bytes = b"", **headers: str) -> int:
    """The status of an answer; 0 where the server hung up."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    except (OSError, HTTPException):
        return 0
    finally:
        connection.close()


def exchanges(port: int, device: dict, seconds: float) -> dict:
    """An honest table: one entry five times a second."""
    waits, statuses = [], {}
    headers = {"Authorization": f"Bearer {device['secret']}", "Content-Type": "application/json"}
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        device["clock"] += 1
        entry = {"id": str(uuid4()), "table": device["table"], "device": device["device"], "clock": device["clock"]}
        entry |= {"verb": "set", "what": "headcount", "key": "", "value": device["clock"] % 9}
        body = json.dumps({"cursor": 2**40, "operations": [entry]}).encode()
        began = time.perf_counter()
        status = ask(port, "POST", "/api/tavolo/scambio", body, **headers)
        waits.append(time.perf_counter() - began)
        statuses[status] = statuses.get(status, 0) + 1
        time.sleep(EVERY)
    return told(waits, statuses)


def told(waits: list[float], statuses: dict[int, int]) -> dict:
    cuts = quantiles(waits, n=20)
    return {
        "n": len(waits),
        "p50_ms": round(cuts[9] * 1000, 1),
        "p95_ms": round(cuts[18] * 1000, 1),
        "status": statuses,
    }


def attacked(port: int, device: dict, seconds: float) -> dict:
    kinds = ("batches", "pins", "passwords", "searches")
    counts = multiprocessing.Array("q", len(kinds))
    attackers = [
        multiprocessing.Process(target=attack, args=(port, kind, n, counts, seconds)) for n, kind in enumerate(kinds)
    ]
    for one in attackers:
        one.start()
    time.sleep(1)
    figures = exchanges(port, device, max(2.0, seconds - 2))
    for one in attackers:
        one.join()
    return figures | {"attacks": dict(zip(kinds, counts, strict=True))}


def attack(port: int, kind: str, place: int, counts: object, seconds: float) -> None:
    """Send what one can of one kind until the time is over, each from another network as a forwarded address says."""
    until = time.monotonic() + seconds
    junk = json.dumps({"operations": [{"id": "x" * 1000}] * 900}).encode()
    n = 0
    while time.monotonic() < until:
        n += 1
        where = {"X-Forwarded-For": f"2001:db8:{n % 65536:x}::1"}
        if kind == "batches":
            ask(port, "POST", "/api/tavolo/scambio", junk, Authorization=f"Bearer {'x' * 43}", **where)
        elif kind == "pins":
            body = json.dumps({"code": "unknown", "pin": f"{n:06d}", "device": str(uuid4())}).encode()
            ask(port, "POST", "/api/tavolo/apri", body, **{"Content-Type": "application/json"}, **where)
        elif kind == "passwords":
            ask(port, "POST", "/it/accesso/login/", b"login=a%40b.it&password=x", **where)
        else:
            ask(port, "GET", f"/it/2024-2026/azioni/?q=parola{n}", **where)
        counts[place] = n  # type: ignore[index]


def behind_caddy(port: int, held: int, folder: str) -> dict | str:
    if not shutil.which("caddy"):
        return "not measured: Caddy is not installed"
    front = free_port()
    environment = os.environ | {
        "AUMENTA_SITE": f"http://127.0.0.1:{front}",
        "AUMENTA_UPSTREAM": f"127.0.0.1:{port}",
        "HOME": folder,
        "XDG_DATA_HOME": folder,
        "XDG_CONFIG_HOME": folder,
    }
    command = ["caddy", "run", "--config", str(DEPLOY / "Caddyfile"), "--adapter", "caddyfile"]
    with ExitStack() as stack:
        program = stack.enter_context(subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL))
        stack.callback(program.kill)
        for _ in range(200):
            with suppress(OSError):
                socket.create_connection(("127.0.0.1", front), timeout=1).close()
                break
            time.sleep(0.1)
        for _ in range(held):
            connection = stack.enter_context(socket.create_connection(("127.0.0.1", front), timeout=10))
            connection.sendall(b"POST /it/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9000\r\n\r\nx")
        waits, statuses = [], {}
        for n in range(200):
            began = time.perf_counter()
            status = ask(front, "GET", PAGES[n % len(PAGES)])
            waits.append(time.perf_counter() - began)
            statuses[status] = statuses.get(status, 0) + 1
        return told(waits, statuses) | {"held": held}


if __name__ == "__main__":
    sys.exit(main())
