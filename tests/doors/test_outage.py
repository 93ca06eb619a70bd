"""PostgreSQL is away for twenty seconds: the worker lives, the site says so meanwhile, and both go on by themselves."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.browser.wire import Wire
from tests.database import clone, drop

ROOT = Path(__file__).resolve().parents[2]
AWAY = 20
JOB = "from aumenta.plan.search.prepare_meaning import prepare_meaning; prepare_meaning.enqueue()"


def a_free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def within(seconds: float, question: Callable[[], bool]) -> bool:
    """Whether the answer becomes yes in time; asked twice a second."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if question():
            return True
        time.sleep(0.5)
    return False


def status(address: str | urllib.request.Request) -> int:
    """What the site answers; 0 where nothing does."""
    try:
        with urllib.request.urlopen(address, timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code
    except OSError:
        return 0


@pytest.fixture
def database() -> Iterator[str]:
    """A database of its own on the server that is named, as an address."""
    server = os.environ.get("AUMENTA_TEST_POSTGRES")
    if not server:
        pytest.skip("no PostgreSQL named in AUMENTA_TEST_POSTGRES")
    name = f"outage_{os.getpid()}"
    yield clone(server, name)
    drop(server, name)


@pytest.mark.slow
def test_twenty_seconds_without_postgresql_end_neither_the_worker_nor_the_site(database: str, tmp_path: Path) -> None:
    import psycopg

    parts = urlsplit(database)
    wire = Wire(f"http://{parts.hostname}:{parts.port or 5432}")
    through = parts._replace(netloc=parts.netloc.rpartition("@")[0] + "@" + urlsplit(wire.address).netloc).geturl()
    environment = {**os.environ, "AUMENTA_DATABASE_URL": through, "AUMENTA_DATA": str(tmp_path), "AUMENTA_DEBUG": "1"}
    environment["DJANGO_SETTINGS_MODULE"] = "aumenta.config.settings"

    def asked(question: str) -> tuple[object, ...]:
        with psycopg.connect(database, autocommit=True) as direct:
            return direct.execute(question).fetchone() or ()

    def done(jobs: int) -> Callable[[], bool]:
        query = "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status = 'SUCCESSFUL'"
        return lambda: int(str(asked(query)[0])) >= jobs

    def enqueue() -> None:
        code = f"import django; django.setup(); {JOB}"
        subprocess.run([sys.executable, "-c", code], env=environment, cwd=ROOT, check=True)

    port = a_free_port()
    command = [str(Path(sys.executable).parent / "aumenta"), "serve", "--port", str(port), "--workers", "1"]
    with (tmp_path / "log").open("w") as log:
        serving = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)
    page = f"http://127.0.0.1:{port}/it/eventi/"
    try:
        assert within(120, lambda: status(page) == 200), (tmp_path / "log").read_text()[-2000:]
        enqueue()
        assert within(120, done(1)), (tmp_path / "log").read_text()[-2000:]
        worker = asked("SELECT name FROM mailing_workerpulse")
        wire.cut()
        began = time.monotonic()
        assert status(f"{page}?lontana=1") >= 500
        # A table's device hears that the centre is away, never that it is not known any more: it would be shut.
        exchange = urllib.request.Request(
            f"http://127.0.0.1:{port}/api/tavolo/scambio", b"{}", {"Authorization": f"Bearer {'s' * 43}"}
        )
        assert status(exchange) >= 500
        time.sleep(max(0.0, AWAY - (time.monotonic() - began)))
        assert serving.poll() is None
        wire.mend()
        assert within(20, lambda: status(f"{page}?tornata=1") == 200)
        enqueue()
        assert within(90, done(2)), (tmp_path / "log").read_text()[-2000:]
        # The same worker as before: it outlived the time without a database.
        assert asked("SELECT name FROM mailing_workerpulse") == worker
        assert "The worker has ended" not in (tmp_path / "log").read_text()
    finally:
        serving.send_signal(signal.SIGTERM)
        serving.wait(60)
        wire.close()
