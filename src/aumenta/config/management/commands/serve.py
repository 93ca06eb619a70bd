"""`aumenta serve`: the production server, and beside it the worker that sends mails and keeps dates."""

import os
import signal
import socket
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from subprocess import Popen
from types import FrameType
from typing import Any, Final, NoReturn

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, SystemCheckError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from aumenta.config.children import end, start
from aumenta.review.make_demo_accounts import close_demo_accounts

WORKER: Final = (sys.executable, "-m", "django", "work")
# In seconds. A worker that lived well begins with the short pause again.
LOOK_EVERY: Final = 1.0
FIRST_PAUSE: Final = 1
LONGEST_PAUSE: Final = 60
LIVED_WELL: Final = 120
WAIT_FOR_STREAMS: Final = "10s"


class Command(BaseCommand):
    """Starts granian and one worker, and stops both together."""

    help = gettext_noop("Serve Aumenta with granian, and run its worker.")
    # Checked by `handle`, in its own time.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to listen and how many processes serve."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", default="8000")
        parser.add_argument("--workers", default="1" if settings.DEBUG else "2")
        parser.add_argument(
            "--prepare", action="store_true", help=_("run `aumenta prepare` first, in the same process")
        )

    def handle(self, *, host: str, port: str, workers: str, prepare: bool, **options: Any) -> None:
        """Runs until it is interrupted or terminated."""
        refuse_busy_port(host, int(port))
        # Where only this machine is served and the tables are as they must be, the server starts while the rest is
        # looked through: four seconds less.
        while_it_starts = prepare and settings.DEBUG and is_migrated()
        if not while_it_starts:
            self._check()
        if prepare and not while_it_starts:
            call_command("prepare", stdout=self.stdout)
        elif not while_it_starts:
            refuse_old_tables()
        if not settings.DEBUG:
            close_demo_accounts()
            call_command("collectstatic", interactive=False, verbosity=0)
        granian = str(Path(sys.executable).parent / "granian")
        server = [granian, "--interface", "asginl", "--host", host, "--port", port, "--workers", workers, "--no-ws"]
        # A process that keeps a stream open is not waited for: nothing is left behind, however `serve` ends.
        server += ["--workers-kill-timeout", WAIT_FOR_STREAMS]
        signal.signal(signal.SIGTERM, _stop)
        if settings.DEBUG:
            # Who only tries out need not say it: QR codes and links lead to where the site is.
            os.environ.setdefault("AUMENTA_PUBLIC_ADDRESS", served_at(host, port))
        self.stdout.write(f"Aumenta: http://{host}:{port}/")
        programs = [start([*server, "aumenta.config.asgi:application"])]
        try:
            if while_it_starts:
                self._check()
                call_command("prepare", stdout=self.stdout)
            status = self._keep_worker(programs)
        except KeyboardInterrupt:
            status = 0
        finally:
            end(programs)
        sys.exit(status)

    def _check(self) -> None:
        """Refuse what `config/checks.py` finds, with the status of bad input."""
        try:
            self.check()
        except SystemCheckError as trouble:
            trouble.returncode = 2
            raise

    def _keep_worker(self, programs: list[Popen[bytes]]) -> int:
        """Run the worker beside the server, and start it again where it ends, until the server does."""
        server, pause = programs[0], FIRST_PAUSE
        worker, began = start(WORKER), time.monotonic()
        programs.append(worker)
        while (status := server.poll()) is None:
            time.sleep(LOOK_EVERY)
            if worker.poll() is None:
                continue
            if time.monotonic() - began > LIVED_WELL:
                pause = FIRST_PAUSE
            self.stderr.write(f"The worker has ended ({worker.returncode}): it starts again in {pause} s.")
            time.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
            worker, began = start(WORKER), time.monotonic()
            programs[1] = worker
        return status


def served_at(host: str, port: str) -> str:
    """The address under which a browser of this machine finds what listens on `host` and `port`."""
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104 - read
    return f"http://{name}:{port}"


def is_migrated() -> bool:
    """Whether the database has every table and column this version knows."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def refuse_old_tables() -> None:
    """Raise CommandError where the database is not that of this version: every page would answer 500."""
    if not is_migrated():
        message = _("The database lacks tables or columns of this version: run aumenta prepare, then serve again.")
        raise CommandError(message, returncode=2)


def refuse_busy_port(host: str, port: int) -> None:
    """Raise CommandError where another program listens already: the server would say so in forty lines."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as trouble:
            words = {"host": host, "port": port, "other": port + 1}
            message = _(
                "Another program listens on %(host)s:%(port)d: stop it, or choose another port (PORT=%(other)d)."
            )
            raise CommandError(message % words, returncode=2) from trouble


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    """A termination leaves through `finally`, as an interruption does: no program outlives this one."""
    raise KeyboardInterrupt
