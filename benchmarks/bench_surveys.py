"""The figures of questionnaires: results of 10,000 replies, the table of 250,000.

    .venv/bin/python -m benchmarks.bench_surveys

CPU time of this process (user and system), on a database of its own in memory; the memory is the peak above that of the
start, the database's own left in.
"""

import os
import random
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
settings.ALLOWED_HOSTS = ["testserver"]
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

# Whatever touches models is imported once Django is set up.
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.cast import a_small_plan, somebody
from tests.surveys_cast import a_questionnaire

from aumenta.surveys.models import Questionnaire, Reply
from benchmarks.machine import machine


def replied(questionnaire: Questionnaire, how_many: int) -> None:
    """So many invented replies to every question."""
    chance, version, day = random.Random(1), questionnaire.in_use, timezone.localdate()
    for start in range(0, how_many, 5_000):
        Reply.objects.bulk_create(
            Reply(
                version=version,
                way="open",
                received_on=day,
                answers={
                    "mezzo": chance.choice(["bus", "auto", "bici"]),
                    "perche": "Una frase inventata di lunghezza media, come se ne scrivono.",
                    "temi": chance.sample(["bus", "auto", "bici"], 2),
                    "voto": chance.randrange(1, 6),
                    "tabella": {"giovani": chance.choice(["si", "no"]), "anziani": "si"},
                    "anni": chance.randrange(14, 90),
                    "giorno": f"20{chance.randrange(10, 26)}-05-03",
                },
            )
            for _n in range(start, min(start + 5_000, how_many))
        )


def main() -> None:
    """Print the figures."""
    print(machine())
    call_command("migrate", verbosity=0)
    edition, person = a_small_plan(), somebody("administrator")
    asked = a_questionnaire(edition)
    client = Client()
    replied(asked, 10_000)
    Questionnaire.objects.update(closed_at=timezone.now(), results_published_at=timezone.now())
    page = f"/it/questionari/{asked.slug}/risultati/"
    client.get(page)
    client.force_login(person)
    with CaptureQueriesContext(
        connection,
    ) as asked_for:
        start = time.process_time()
        assert client.get(page).status_code == 200
        print(f"results of 10,000 replies: {time.process_time() - start:.2f} s of CPU, {len(asked_for)} queries")
    replied(asked, 240_000)
    for kind in ("csv", "xlsx"):
        before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
        answer = client.get(reverse("desk:questionnaire_replies", args=[asked.pk, kind]))
        assert answer.status_code == 200
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        size = len(answer.content) / 1e6
        print(
            f"250,000 replies as {kind}: {time.process_time() - start:.1f} s of CPU, {size:.0f} MB, "
            f"peak {peak / 1024:.0f} MB ({(peak - before) / 1024:.0f} above)"
        )


if __name__ == "__main__":
    main()
