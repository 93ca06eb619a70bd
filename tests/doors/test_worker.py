"""The worker lives: through a database that goes away, seen by its pulse, and never longer than what started it."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from aumenta.config.management.commands.work import give_back, one_line, outlive
from aumenta.mailing.models import WorkerPulse
from aumenta.mailing.pulse import MISSED, send_heartbeat, silent_since
from aumenta.plan.search.prepare_meaning import prepare_meaning
from tests.cast import somebody

pytestmark = pytest.mark.django_db


class Fragile:
    """A worker whose database is away at some of its looks."""

    def __init__(self, away: list[bool]) -> None:
        self.running, self.away, self.looks = True, away, 0

    def run(self) -> None:
        self.looks += 1
        if self.away and self.away.pop(0):
            raise OperationalError("server closed the connection\n\tThis probably means\n  many more lines")
        self.running = False


def test_a_worker_outlives_a_database_that_goes_away_with_pauses_that_grow(monkeypatch, caplog):
    pauses: list[float] = []
    monkeypatch.setattr(time, "sleep", pauses.append)
    # The test's own transaction would not outlive it.
    monkeypatch.setattr(connection, "close", lambda: None)
    worker = Fragile([True] * 8)
    outlive(worker, "one")
    assert worker.looks == 9
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]
    lines = [record.getMessage() for record in caplog.records if record.name == "aumenta.worker"]
    assert len(lines) == 8
    assert not [line for line in lines if "\n" in line]
    assert not [record for record in caplog.records if record.exc_info]


def test_a_job_whose_end_could_not_be_written_goes_back_into_the_queue():
    for name in ("mine", "another"):
        prepare_meaning.enqueue()
        job = DBTaskResult.objects.filter(status=TaskResultStatus.READY).first()
        job.claim(name)
    give_back("mine")
    states = {row.worker_ids[0]: row.status for row in DBTaskResult.objects.all()}
    assert states == {"mine": TaskResultStatus.READY, "another": TaskResultStatus.RUNNING}


def test_a_fault_is_one_line():
    assert one_line(OperationalError("first\nsecond")) == "OperationalError: first"
    assert one_line(OperationalError()) == "OperationalError"


def test_the_desk_says_when_no_worker_has_been_heard(client):
    client.force_login(somebody("administrator"))
    assert "Nessun processo di servizio" in client.get("/it/scrivania/").content.decode()
    send_heartbeat("one")
    assert silent_since() is None
    assert "processo di servizio" not in client.get("/it/scrivania/").content.decode()
    WorkerPulse.objects.update(at=timezone.now() - MISSED - timedelta(seconds=1))
    assert silent_since() is not None
    assert "non dà segni" in client.get("/it/scrivania/").content.decode()


def test_a_worker_that_was_silent_for_a_day_is_forgotten():
    WorkerPulse.objects.create(name="old", at=timezone.now() - timedelta(days=2))
    send_heartbeat("new")
    assert list(WorkerPulse.objects.values_list("name", flat=True)) == ["new"]


PARENT = """
import sys, time
from aumenta.config.children import start
child = start([sys.executable, "-c", "import time; time.sleep(600)"])
print(child.pid, flush=True)
time.sleep(600)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's promise is Linux's")
def test_a_program_that_is_killed_leaves_no_orphan():
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert is_alive(child)
        os.kill(parent.pid, signal.SIGKILL)
        parent.wait()
    for _ in range(600):
        if not is_alive(child):
            return
        time.sleep(0.1)
    os.kill(child, signal.SIGKILL)
    pytest.fail("the child lives on")


def is_alive(process: int) -> bool:
    """Whether it runs; one that has ended and waits for its parent to notice does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
