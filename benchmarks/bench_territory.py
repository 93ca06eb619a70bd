"""The territory: loading, drawing, all figures, for Turin and for all Italy. CPU seconds, on a database of its own.

.venv/bin/python benchmarks/bench_territory.py
"""

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
AUMENTA = [str(Path(sys.executable).with_name("aumenta"))]

MEASURE = """
import gzip, time
from django.db import connection, reset_queries
from aumenta.territory import maps
from aumenta.territory.figures import FIGURES
from aumenta.territory.models import Territory
from aumenta.territory.queries import figure_table
reset_queries()
start = time.process_time()
table = figure_table()
print(f"figures of {len(table.places)} places: {time.process_time() - start:.2f} s, {len(connection.queries)} queries")
turin = Territory.objects.get(slug="torino")
own = figure_table([turin])
start = time.process_time()
picture = maps.draw(turin)
drawn = maps.choropleth(own, FIGURES["density"], turin)
seconds = time.process_time() - start
letters = "".join(shape.path for shape in picture.shapes) + "".join(picture.zone_outlines.values())
print(f"choropleth of {len(picture.shapes)} municipalities, cold: {seconds:.2f} s, "
      f"shapes {len(gzip.compress(letters.encode())) / 1000:.0f} KB compressed")
"""


def run(environment: dict[str, str], *words: str, script: str = "") -> tuple[float, float, str]:
    """CPU seconds and MB at the most that one command took, and what it printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [*AUMENTA, *words], env=environment, input=script, capture_output=True, text=True, cwd=ROOT, check=False
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(done.stderr)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, after.ru_maxrss / 1024, done.stdout


def main() -> None:
    """Turin first, then all Italy, each in a fresh database, so that nothing is measured warm."""
    for name, words in (("Turin", ("--city", "torino")), ("Italy", ("--italy",))):
        with tempfile.TemporaryDirectory() as folder:
            environment = os.environ | {"AUMENTA_DATA": folder, "AUMENTA_DEBUG": "1"}
            run(environment, "migrate", "-v0")
            seconds, megabytes, _said = run(environment, "load-territory", *words)
            print(f"{name}: load {seconds:.1f} s of CPU with start-up, {megabytes:.0f} MB at the most so far")
            print(run(environment, "shell", "-v0", script=MEASURE)[2].strip())
            size = (Path(folder) / "aumenta.sqlite3").stat().st_size
            print(f"{name}: database {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
