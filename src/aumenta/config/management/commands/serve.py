"""`aumenta serve`: the production server, and beside it the worker that sends mails and keeps dates."""

import os
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Starts granian and one worker, and stops both together."""

    help = "Serve Aumenta with granian, and run its worker."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to listen and how many processes serve."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", default="8000")
        parser.add_argument("--workers", default="2" if not settings.DEBUG else "1")

    def handle(self, *, host: str, port: str, workers: str, **options: Any) -> None:
        """Runs until it is interrupted."""
        if not settings.DEBUG:
            call_command("collectstatic", interactive=False, verbosity=0)
        programs = Path(sys.executable).parent
        # Only our own programs and the operator's own options are run here.
        worker = subprocess.Popen([sys.executable, "-m", "django", "db_worker"], env=os.environ)
        self.stdout.write(f"http://{host}:{port}/")
        server = [str(programs / "granian"), "--interface", "asginl", "--host", host, "--port", port]
        server += ["--workers", workers, "--no-ws", "aumenta.config.asgi:application"]
        try:
            sys.exit(subprocess.run(server, check=False).returncode)  # noqa: S603 - see above
        except KeyboardInterrupt:
            self.stdout.write("")
        finally:
            worker.terminate()
            worker.wait()
