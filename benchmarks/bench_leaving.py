"""What leaving with everything costs: 1,110 actions and 250,000 answers out, and in again.

    .venv/bin/python -m benchmarks.bench_leaving

CPU time (user and system) and wall time of this process, on a database of its own in a file; the memory is the peak of
the process at that moment, the invented replies made before it left in.
"""

import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aumenta.config.settings")
os.environ["AUMENTA_DEBUG"] = "1"

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["AUMENTA_DATA"] = tempfile.mkdtemp()
import django

django.setup()
from django.conf import settings

settings.DEBUG = False

# Whatever touches models is imported once Django is set up.
from django.core.management import call_command
from django.db import connection
from tests.cast import a_plan
from tests.surveys_cast import a_questionnaire

from aumenta.config.leaving.reading import import_from
from aumenta.config.leaving.rows import all_models
from aumenta.config.leaving.writing import export_to
from aumenta.review.record import record_import
from benchmarks.bench_surveys import replied
from benchmarks.machine import machine

FOLDER = Path(tempfile.mkdtemp())


def measured(what: str, begun: tuple[float, float], size: int) -> None:
    """One line of figures."""
    cpu, wall = time.process_time() - begun[0], time.monotonic() - begun[1]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what}: {cpu:.1f} s of CPU, {wall:.1f} s, {size / 1e6:.0f} MB of files, peak of the process {peak:.0f} MB")


def hashes(folder: Path) -> list[str]:
    """The hash of every table."""
    return [one["hash"] for one in json.loads((folder / "datapackage.json").read_bytes())["resources"]]


def main() -> None:
    """Print the figures."""
    print(machine())
    call_command("migrate", verbosity=0)
    edition = a_plan(actions=1110, strategies=240)
    record_import(edition=edition)
    replied(a_questionnaire(edition), 250_000)
    begun = time.process_time(), time.monotonic()
    out = export_to(FOLDER / "out", people=True)
    measured(f"export of {out.rows:,} rows", begun, out.size)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys=OFF")
        for model in all_models():
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")
        cursor.execute("PRAGMA foreign_keys=ON")
    begun = time.process_time(), time.monotonic()
    back = import_from(FOLDER / "out")
    measured(f"import of {back.rows:,} rows", begun, back.size)
    export_to(FOLDER / "again", people=True)
    print("equal:", hashes(FOLDER / "out") == hashes(FOLDER / "again"))


if __name__ == "__main__":
    main()
