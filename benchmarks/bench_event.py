"""An event under load: `python -m benchmarks.bench_event [--morning 180] [--seconds 30] [--posts 500] [--kill]`.

Starts a server of its own on a free port of this machine with a database of its own, opens 66 tables and some screens,
plays a morning of 4,000 people in a few minutes, then posts stickers at a steady pace, and prints latencies, errors,
what was lost or doubled, and how long a sticker takes to a screen. With `--kill` the server is killed (SIGKILL) in the
middle of the stickers, and what it had confirmed is looked for. `AUMENTA_DATABASE_URL` chooses another database, which
must be empty. Beside other work the figures are upper bounds.
"""

import argparse
import asyncio
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
from statistics import quantiles
from uuid import uuid4

PACE = 0.05
STICKERS, OBSERVATIONS = 24_000, 13_000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--posts", type=int, default=500, help="sticker posts a second")
    parser.add_argument("--screens", type=int, default=300)
    parser.add_argument("--regia", type=int, default=4, help="how many of the screens are an operator's")
    parser.add_argument("--morning", type=float, default=180, help="seconds that a morning is scaled down to; 0: none")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--kill", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "AUMENTA_DATA": folder,
            "AUMENTA_DEBUG": "0",
            "DJANGO_SETTINGS_MODULE": "aumenta.config.settings",
        }
        os.environ.setdefault("AUMENTA_DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        event, devices, cookie = prepare()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server = start(port, options.workers)
        before = cpu_seconds(server[0].pid)
        try:
            figures = asyncio.run(
                load(port, event.slug, devices, cookie, options, lambda: restart(server, port, options))
            )
        finally:
            work = cpu_seconds(server[0].pid)
            server[0].terminate()
            server[0].wait()
        figures |= {"cpu_s": {name: round(work[name] - before[name], 1) for name in work}} | verify(
            figures.pop("confirmed")
        )
    print(json.dumps(figures, indent=1))
    return 0


def prepare():
    """A rehearsal's event with nothing said yet, a device at each of its 66 tables, and an operator's session."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client
    from django.utils import timezone
    from tests.events_cast import an_edition, zones

    from aumenta.events.tables.open_table import open_table
    from aumenta.rehearsal.operators import rehearsal_operator
    from aumenta.rehearsal.scenario import Size, invent_event

    call_command("migrate", verbosity=0)
    by = rehearsal_operator()
    event = invent_event(
        person=by, seed=1, edition=an_edition(), zones=zones(11), size=Size(people=4_000), starts=timezone.now()
    )
    devices = []
    for table in event.tables.all():
        device = uuid4()
        opened = open_table(code=table.code, pin=table.pin, device=device, now=timezone.now())
        devices.append(
            {"table": str(table.public_id), "device": str(device), "secret": opened.secret, "clock": 0, "cursor": 0}
        )
    client = Client()
    client.force_login(by)
    return event, devices, f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def start(port: int, workers: int) -> list[subprocess.Popen]:
    """The server, in a list so that it can be replaced after a kill."""
    command = [str(Path(sys.executable).parent / "granian"), "--interface", "asginl", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--workers", str(workers), "--no-ws", "aumenta.config.asgi:application"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    for _ in range(300):
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return [process]
        time.sleep(0.1)
    raise SystemExit("the server did not start")


def restart(server: list[subprocess.Popen], port: int, options: argparse.Namespace) -> None:
    """Kill the server and all its workers without warning, and start another."""
    os.killpg(server[0].pid, signal.SIGKILL)
    server[0].wait()
    server[:] = start(port, options.workers)


def cpu_seconds(group: int) -> dict[str, float]:
    """CPU time used so far by the processes of the server, all together, and by the load's own program."""
    tick = os.sysconf("SC_CLK_TCK")
    server = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[2]) == group:
                server += (int(fields[11]) + int(fields[12])) / tick
    return {"server": server, "load": time.process_time()}


async def load(port, slug, devices, cookie, options, kill) -> dict:
    """Post at the pace asked for while the screens listen."""
    errors, confirmed = [], []
    seen: dict[str, dict[int, float]] = {"wall": {}, **({"regia": {}} if options.regia else {})}
    shown: set[int] = set()
    sent_at: dict[int, float] = {}
    stop = asyncio.Event()
    for _ in range(4 * options.workers):
        await warm_up(port, slug, cookie)
    opened = time.monotonic()
    kinds = ["regia"] * options.regia + ["wall"] * (options.screens - options.regia)
    screens = [
        asyncio.create_task(screen(port, slug, cookie, n, kind, shown, None if kind in kinds[:n] else seen[kind], stop))
        for n, kind in enumerate(kinds)
    ]
    while len(shown) < options.screens:
        await asyncio.sleep(PACE)
    opened = time.monotonic() - opened
    queue: asyncio.Queue = asyncio.Queue()
    workers = [asyncio.create_task(poster(port, queue, errors, confirmed, sent_at)) for _ in range(len(devices))]
    phases = {}
    for name, entries, duration in (
        ("morning", morning(devices), options.morning),
        ("burst", burst(devices, round(options.posts * options.seconds)), options.seconds),
    ):
        if not duration:
            continue
        seconds: list[float] = []
        first = len(sent_at)
        begin = time.monotonic()
        killed = name == "morning" or not options.kill
        for number, entry in enumerate(entries):
            while (now := time.monotonic() - begin) < number * duration / len(entries):
                await asyncio.sleep(PACE)
            if not killed and now > duration / 2:
                killed = True
                await asyncio.to_thread(kill)
            queue.put_nowait((*entry, time.monotonic(), seconds))
        await queue.join()
        took = time.monotonic() - begin
        await asyncio.sleep(3)
        delays = {who: [seen[who][n] - at for n, at in sent_at.items() if n > first and n in seen[who]] for who in seen}
        phases[name] = {
            "posts": len(entries),
            "seconds": round(took, 1),
            "posts_a_second": round(len(entries) / took),
            "latency_ms": spread(seconds),
            "to_a_screen_ms": {who: spread(sorted(found)) for who, found in delays.items()},
        }
    stop.set()
    for task in [*screens, *workers]:
        task.cancel()
    return {
        "screens_open_s": round(opened, 1),
        **phases,
        "errors": len(errors),
        "first_errors": errors[:3],
        "confirmed": confirmed,
    }


async def warm_up(port, slug, cookie) -> None:
    """One page asked of whichever process takes the connection: the first request of each loads what all use."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET /it/regia/{slug}/schermo/ HTTP/1.0\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n".encode())
    await reader.read()
    writer.close()


def spread(seconds: list[float]) -> dict[str, int]:
    if len(seconds) < 20:
        return {}
    cuts = quantiles(seconds, n=100)
    return {"p50": round(cuts[49] * 1000), "p95": round(cuts[94] * 1000), "p99": round(cuts[98] * 1000)}


def burst(devices, how_many: int) -> list[tuple[dict, list]]:
    """Stickers, one after the other at the next table."""
    return [(devices[n % len(devices)], [sticker(n)]) for n in range(how_many)]


def morning(devices) -> list[tuple[dict, list]]:
    """What 4,000 people do in a morning: 24,000 stickers and 13,000 observations, each a text in its place."""
    from aumenta.rehearsal.phrases import PHRASES, TOPICS

    things = [thing for topic in TOPICS for thing in topic.things]
    said = [phrase.format(thing=thing) for thing in things for phrases in PHRASES.values() for phrase in phrases]
    entries = []
    for n in range(STICKERS + OBSERVATIONS):
        changes = [sticker(n)]
        if n * OBSERVATIONS // (STICKERS + OBSERVATIONS) != (n + 1) * OBSERVATIONS // (STICKERS + OBSERVATIONS):
            key, place = str(uuid4()), {"strategy": sticker(n)[2].partition("/")[2], "question": f"q{n % 4 + 1}"}
            changes = [("set", "place", key, place), ("set", "text", key, said[n % len(said)])]
        entries.append((devices[n % len(devices)], changes))
    return entries


def sticker(n: int) -> tuple[str, str, str, int]:
    return ("add", "stickers", f"s1/{n % 6 + 1}.{n // 6 % 4 + 1}", 1)


async def poster(port, queue, errors, confirmed, sent_at) -> None:
    """One device after the other, each over one kept connection; an entry that got no answer is sent again."""
    reader = writer = None
    while True:
        device, changes, due, seconds = await queue.get()
        operations = []
        for verb, what, key, value in changes:
            device["clock"] += 1
            operations.append(
                {
                    "id": str(uuid4()),
                    "table": device["table"],
                    "device": device["device"],
                    "clock": device["clock"],
                    "verb": verb,
                    "what": what,
                    "key": key,
                    "value": value,
                    "over": [],
                    "at": 0,
                    "reason": "",
                }
            )
        body = json.dumps({"cursor": device["cursor"], "waiting": 0, "operations": operations}).encode()
        for _ in range(60):
            try:
                if writer is None:
                    reader, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.write(
                    b"POST /api/tavolo/scambio HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                    + f"Authorization: Bearer {device['secret']}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
                    + body
                )
                status, answer = await read_answer(reader)
                if status != 200 or {one["id"] for one in operations} != set(json.loads(answer)["kept"]):
                    raise OSError(f"{status} {answer[:80]!r}")
            except (OSError, asyncio.IncompleteReadError, ValueError) as fault:
                errors.append(str(fault))
                if writer is not None:
                    writer.close()
                reader = writer = None
                await asyncio.sleep(0.25)
            else:
                device["cursor"] = max(device["cursor"], json.loads(answer)["cursor"])
                seconds.append(time.monotonic() - due)
                confirmed.extend(one["id"] for one in operations)
                if changes[0][0] == "add":
                    sent_at[len(sent_at) + 1] = time.monotonic()
                break
        queue.task_done()


async def read_answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(
        int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")
    )
    return int(head.split(b" ", 2)[1]), await reader.readexactly(length)


async def screen(port, slug, cookie, number, kind, shown, seen, stop) -> None:
    """A wall or a regia that listens; where `seen` is given it notes when it was shown how many stickers."""
    while not stop.is_set():
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**20)
            writer.write(
                f"GET /it/regia/{slug}/flusso{'?schermo=1' if kind == 'wall' else ''} HTTP/1.1\r\n"
                f"Host: 127.0.0.1\r\nAccept: text/event-stream\r\nCookie: {cookie}\r\n\r\n".encode()
            )
            while line := await reader.readline():
                if line.startswith(b"retry"):
                    shown.add(number)
                if seen is not None and line.startswith(b"data: {") and b'"votes"' in line:
                    total = sum(json.loads(line[6:])["votes"].get("s1", {}).get("whole", {}).values())
                    now = time.monotonic()
                    for sticker in range(max(seen, default=0) + 1, total + 1):
                        seen[sticker] = now
            writer.close()
        await asyncio.sleep(0.5)


def verify(confirmed: list[str]) -> dict[str, int]:
    """Look in the database for every confirmed entry."""
    from aumenta.events.models import Event, StickerCount, TableOperation
    from aumenta.events.tables.project_log import project_log

    kept = [str(one) for one in TableOperation.objects.values_list("public_id", flat=True)]
    begin = time.process_time()
    project_log(Event.objects.get())
    return {
        "confirmed": len(confirmed),
        "lost": len(set(confirmed) - set(kept)),
        "doubled": len(kept) - len(set(kept)),
        "counted": sum(StickerCount.objects.values_list("count", flat=True)),
        "last_derivation_cpu_ms": round((time.process_time() - begin) * 1000),
    }


if __name__ == "__main__":
    sys.exit(main())
