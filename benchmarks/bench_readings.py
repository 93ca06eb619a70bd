"""Readings: 624,000 of them (312 places, 20 years, 100 indicators) from one file, every flag kept.

.venv/bin/python -m benchmarks.bench_readings
"""

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.machine import machine

ROOT = Path(__file__).resolve().parent.parent
AUMENTA = [str(Path(sys.executable).with_name("aumenta"))]
PLACES, YEARS, INDICATORS = 312, 20, 100
FLAGS = ("", "p", "e", "bp", "c", "z", "m", "u")

MEASURE = f"""
import resource, time
from datetime import date
from django.db.models import Count
from aumenta.monitoring.models import Indicator, MeasuredPlace, Reading
from aumenta.monitoring.take_readings import send_readings, take_readings
from aumenta.territory.models import Municipality, Territory
from aumenta.monitoring.places import prepare_places
territory = Territory.objects.create(code="999", slug="x", name="X", region="X", kind="province", centre_longitude=7,
    centre_latitude=45, tolerance_m=100, boundary_year=2023, source="x")
Municipality.objects.bulk_create(
    Municipality(istat_code=f"999{{n:03}}", name=f"Comune {{n}}", territory=territory) for n in range({PLACES}))
prepare_places(person=None, territory=territory, code="X", compared=[])
cards = (Indicator(code=f"I{{n}}", name_it=f"Nome {{n}}", unit_it="per 1.000", source="x") for n in range({INDICATORS}))
Indicator.objects.bulk_create(cards)
flags = {FLAGS!r}
lines = ["indicatore,luogo,periodo,valore,segnalazione,numeratore,denominatore,nota"]
for i in range({INDICATORS}):
    for p in range({PLACES}):
        for y in range({YEARS}):
            flag = flags[(i + p + y) % 8]
            value = "" if flag in {{"c", "z", "m"}} else f"{{(i * 7 + p * 3 + y) % 1000 + 0.25}}"
            lines.append(f"I{{i}},999{{p:03}},{{2005 + y}},{{value}},{{flag}},,,")
data = "\\n".join(lines).encode()
del lines
for attempt in ("first time", "same file again"):
    clock, start = time.monotonic(), time.process_time()
    file = send_readings(person=None, name="r.csv", data=data, retrieved_on=date(2026, 1, 1))
    preview = take_readings(person=None, file=file)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{{attempt}}: {{len(preview.new)}} new, {{len(preview.changed)}} changed, {{preview.same}} the same, "
          f"{{preview.n_refused}} refused; {{time.process_time() - start:.1f}} s of CPU, "
          f"{{time.monotonic() - clock:.1f}} s on the clock, {{most:.0f}} MB at the most so far")
    del preview
print(dict(Reading.objects.order_by().values_list("absence").annotate(Count("pk"))),
      dict(Reading.objects.order_by().values_list("marks").annotate(Count("pk"))))
"""


def main() -> None:
    """A fresh database, filled and asked in one process."""
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "AUMENTA_DATA": folder,
            "AUMENTA_DEBUG": "0",
            "AUMENTA_SECRET_KEY": os.urandom(32).hex(),
        }
        subprocess.run([*AUMENTA, "migrate", "-v0"], env=environment, cwd=ROOT, check=True)
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"before: {before:.0f} MB")
        subprocess.run([*AUMENTA, "shell", "-v0"], env=environment, cwd=ROOT, check=True, input=MEASURE, text=True)


if __name__ == "__main__":
    main()
