"""`aumenta work`: run what is in the queue, outlive a database that goes away, and leave a pulse to be seen by."""

import logging
import os
import signal
import socket
import threading
import time
from typing import Any, Final, Protocol

from django.core.management.base import BaseCommand
from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_noop
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from aumenta.mailing.pulse import PULSE_EVERY, send_heartbeat

logger = logging.getLogger("aumenta.worker")
FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 60.0


class Command(BaseCommand):
    """One worker. `aumenta serve` runs one beside the server; more may be run by hand."""

    help = gettext_noop("Send the mails and keep the dates that wait in the queue.")

    def handle(self, **options: Any) -> None:
        """Runs until it is interrupted or terminated; a job that is under way is finished first."""
        name = f"{socket.gethostname()[:24]}-{os.getpid()}-{get_random_string(8)}"
        worker = Worker(
            queue_names=["default"],
            interval=1,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=name,
            excluded_queue_names=[],
        )
        worker.configure_signals()
        parent = os.getppid()
        threading.Thread(target=_pulse, args=(name, parent), name="pulse", daemon=True).start()
        outlive(worker, name)


class Runs(Protocol):
    """What is kept alive: it runs until it is told to stop."""

    running: bool

    def run(self) -> None: ...


def outlive(worker: Runs, name: str) -> None:
    """Run `worker` until it is told to stop; where the database is away, again after pauses that grow."""
    pause = FIRST_PAUSE
    while worker.running:
        began = time.monotonic()
        try:
            give_back(name)
            worker.run()
        except (DatabaseError, InterfaceError) as fault:
            if time.monotonic() - began > LONGEST_PAUSE:
                pause = FIRST_PAUSE
            logger.warning("The database does not answer (%s): the next try is in %d s.", one_line(fault), pause)
            connection.close()
            time.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)


def give_back(name: str) -> None:
    """Put back into the queue what this worker had begun when the database went: its end could not be written."""
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).values_list("pk", "worker_ids")
    mine = [key for key, workers in running if name in workers]
    if mine:
        DBTaskResult.objects.filter(pk__in=mine).update(status=TaskResultStatus.READY, started_at=None)


def one_line(fault: Exception) -> str:
    """The name of the fault and the first line of what it says."""
    words = str(fault).strip().splitlines()
    return f"{type(fault).__name__}: {words[0]}" if words else type(fault).__name__


def _pulse(name: str, parent: int) -> None:
    """Beat for as long as the process lives; where the kernel does not see to it, end it when its parent was killed."""
    while True:
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)
        try:
            close_old_connections()
            send_heartbeat(name)
        except (DatabaseError, InterfaceError):
            # The main thread says so, in one line.
            connection.close()
        time.sleep(PULSE_EVERY)
