"""Monitoring: queries of the dashboard, how far 500 actions have come, the yearly report, small counts left out.

.venv/bin/python -m benchmarks.bench_monitoring
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.machine import machine

ROOT = Path(__file__).resolve().parent.parent
AUMENTA = [str(Path(sys.executable).with_name("aumenta"))]

MEASURE = """
import hashlib, resource, time
from datetime import date
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from aumenta.monitoring.actions.standing import standing_of
from aumenta.monitoring.models import *
from aumenta.monitoring.reports.freeze_report import freeze_report, publish_report
from aumenta.monitoring.reports.write_report import begin_report
from aumenta.monitoring.refresh_statuses import refresh_statuses
from aumenta.people.models import Grant, User
from aumenta.plan.models import Action, Edition, Strategy
from aumenta.printing.yearly import bound, file_of
from aumenta.ui.caching import forget_pages

def most():
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at the most so far"

boss = User.objects.create(email="a@b.example", full_name="A")
Grant.objects.create(person=boss, role="administrator")
edition = Edition.objects.get(label="2021-2023")
strategies = list(Strategy.objects.filter(axis__edition=edition))
place = MeasuredPlace.objects.get(kind="territory")
for wanted in (24, 240):
    there = Indicator.objects.filter(public=True).count()
    for n in range(there, wanted):
        card = Indicator.objects.create(code=f"B{n}", name_it=f"Nome {n}", unit_it="%", source="x", public=True)
        card.strategies.set([strategies[n % len(strategies)]])
        Reading.objects.bulk_create(
            Reading(indicator=card, place=place, period=str(y), year=y, value=n + y - 2005.0) for y in range(2015, 2024)
        )
    refresh_statuses(Indicator.objects.values_list("pk", flat=True))
    for address in ("/it/2021-2023/indicatori/", "/it/2021-2023/monitoraggio/"):
        forget_pages()
        start = time.process_time()
        with CaptureQueriesContext(connection) as queries:
            assert Client(HTTP_HOST="127.0.0.1").get(address).status_code == 200
        print(f"{address} with {wanted} indicators: {len(queries)} queries, {time.process_time() - start:.2f} s of CPU")

first = Action.objects.filter(strategy__axis__edition=edition).first()
state = ActionState.objects.first()
extra = [Action(strategy=strategies[0], number=100 + n, title_it=f"Azione {n}") for n in range(500 - 111)]
Action.objects.bulk_create(extra)
actions = list(Action.objects.filter(strategy__axis__edition=edition).select_related("strategy__axis__edition"))
milestones = Milestone.objects.bulk_create(
    Milestone(action=a, title_it="Tappa", base=0, target=10, begins_on=date(2021, 1, 1), due_on=date(2023, 12, 31))
    for a in actions
)
updates = Progress.objects.bulk_create(
    Progress(action=a, state=state, phase="design", as_of=date(2022, month, 1), reason_it="Fatto", review="approved",
             decided_at=timezone.now())
    for a in actions for month in (3, 9)
)
by_action = {m.action_id: m for m in milestones}
MilestoneValue.objects.bulk_create(
    MilestoneValue(progress=one, milestone=by_action[one.action_id], value=4.0) for one in updates
)
start = time.process_time()
with CaptureQueriesContext(connection) as queries:
    found = standing_of(actions)
print(f"status of {len(found)} actions: {len(queries)} queries, {time.process_time() - start:.2f} s of CPU")

for year in (2021, 2022):
    report = begin_report(person=boss, edition=edition, year=year)
    start = time.process_time()
    with CaptureQueriesContext(connection) as queries:
        freeze_report(person=boss, report=report)
    spent = time.process_time() - start
    publish_report(person=boss, report=report)
    report.refresh_from_db()
    start = time.process_time()
    content = file_of(bound(report), "pdf", "it")
    drawn = time.process_time() - start
    same = content == file_of(bound(report), "pdf", "it")
    print(f"yearly report {year}, 500 actions, 240 indicators, 2,012 projects: frozen in {spent:.2f} s of CPU "
          f"({len(queries)} queries), PDF/UA-1 and PDF/A-3a in {drawn:.2f} s, {len(content) / 1e6:.1f} MB, "
          f"the same bytes twice: {same}; {most()}")
"""


def suppression() -> None:
    """A thousand random tables of counts: whether a cell that was left out can be worked out from the rest."""
    import random
    import time

    from tests.recovering import possible

    from aumenta.core.indices.suppression import suppressed

    chance, found, hidden_cells, start = random.Random(17), 0, 0, time.process_time()
    for _ in range(1_000):
        rows, columns = chance.randint(1, 5), chance.randint(1, 5)
        counts = [[chance.choice([0, 1, 2, 3, 5, 8, 13, 40]) for _ in range(columns)] for _ in range(rows)]
        hidden = suppressed(counts)
        hidden_cells += len(hidden)
        for cell in hidden:
            least, greatest = possible(counts, hidden, cell)
            found += least == greatest
    spent = time.process_time() - start
    print(
        f"1,000 random tables: {hidden_cells} cells left out, {found} of them can be worked out; {spent:.0f} s of CPU"
    )


def main() -> None:
    """The bundled plan in a fresh database, then made larger."""
    print(machine())
    suppression()
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"AUMENTA_DATA": folder, "AUMENTA_DEBUG": "0"}
        environment["AUMENTA_SECRET_KEY"] = os.urandom(32).hex()
        subprocess.run([*AUMENTA, "prepare"], env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        # Pages are made as while trying out: their static files need not be collected for that.
        environment["AUMENTA_DEBUG"] = "1"
        subprocess.run([*AUMENTA, "shell", "-v0"], env=environment, cwd=ROOT, check=True, input=MEASURE, text=True)


if __name__ == "__main__":
    main()
