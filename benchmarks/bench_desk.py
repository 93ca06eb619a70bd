"""The desk's figures: comparing two editions of 300 sheets and of 1,110, saving a draft, the list of all sheets.

    .venv/bin/python benchmarks/bench_desk.py

CPU time of this process (user and system), on a database of its own in memory; no server, no network.
"""

import os
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aumenta.config.settings")
os.environ["AUMENTA_DEBUG"] = "1"
os.environ["AUMENTA_DATABASE_URL"] = "sqlite://:memory:"

import sys

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import django

django.setup()
from django.conf import settings

settings.DEBUG = False
settings.ALLOWED_HOSTS = ["testserver"]
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

# Whatever touches models is imported once Django is set up.
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from tests.cast import a_plan, somebody

from aumenta.core.diff import diff_words
from aumenta.desk.proposals.comparing import compare_contents
from aumenta.plan.comparison import compare_actions
from aumenta.plan.models import Action, Edition
from aumenta.plan.sheet_content import read_content, read_contents
from aumenta.review.editions.open_edition import open_edition
from aumenta.review.record import record_import
from aumenta.review.sentences import RowNames


def cpu(what: Callable[[], object], times: int = 1) -> list[float]:
    """Seconds of CPU of each run."""
    runs = []
    for _ in range(times):
        start = time.process_time()
        what()
        runs.append(time.process_time() - start)
    return runs


def said(name: str, runs: list[float], unit: float = 1000) -> None:
    """Print the median and the worst, in milliseconds."""
    print(
        f"{name:64} median {statistics.median(runs) * unit:8.1f} ms   worst {max(runs) * unit:8.1f} ms   ({len(runs)})"
    )


def main() -> None:
    """Measure and print."""
    invent = random.Random(1)
    words = ["".join(invent.choice("aeioulrstn") for _ in range(invent.randint(2, 10))) for _ in range(3000)]
    pairs = []
    for _ in range(300):
        old = [invent.choice(words) for _ in range(600)]
        pairs.append((" ".join(old), " ".join(w if invent.random() > 0.15 else invent.choice(words) for w in old)))
    said("words of 300 pairs of texts of 600 words, 15 % changed", cpu(lambda: [diff_words(*p) for p in pairs], 3))

    call_command("migrate", verbosity=0)
    older = a_plan(label="2021-2023", actions=300)
    newer = a_plan(label="2024-2026", actions=300)
    record_import(edition=older)

    renewed = open_edition(person=somebody("administrator"), source=older, label="2027-2029", title_it="Rinnovata")
    for n, action in enumerate(Action.objects.of(renewed)):
        if n % 3 == 0:
            half = len(action.description_it) // 2
            Action.objects.filter(pk=action.pk).update(
                description_it=f"<p>{action.description_it[3:half]} parole nuove.</p>"
            )

    def compare(newest: Edition) -> None:
        before, after = (
            [c for _pk, c in sorted(read_contents(Action.objects.filter(strategy__axis__edition=e)).items())]
            for e in (older, newest)
        )
        names = RowNames([*before, *after], "it")
        for old, new in zip(before, after, strict=True):
            compare_contents(old, new, names)

    said("an edition of 300 sheets and its renewal, a third reworded", cpu(lambda: compare(renewed), 5))
    said("two editions of 300 sheets that share nothing (worst case)", cpu(lambda: compare(newer), 5))

    said("what became of 300 actions, from their texts alone", cpu(lambda: compare_actions(older, newer), 5))
    many = [a_plan(label=label, strategies=240, actions=1110) for label in ("2031-2033", "2034-2036")]
    said("what became of 1,110 actions, from their texts alone", cpu(lambda: compare_actions(*many), 3))

    client = Client()
    client.force_login(somebody("approver"))
    said("list of all sheets (300), one page", cpu(lambda: client.get(reverse("desk:sheets")), 5))
    action = Action.objects.of(older).first()
    assert action is not None
    content = read_content(action)
    address = reverse("desk:autosave", args=[older.label, action.code])
    posted = {name: value for name, value in content.items() if isinstance(value, str)}
    for n, row in enumerate(content["actors"]):
        posted |= {f"actors-{n}-actor": row["actor"], f"actors-{n}-name": "x", f"actors-{n}-was": "x"}
    for n, row in enumerate(content["alignments"]):
        posted |= {f"alignments-{n}-{key}": row[key] for key in row}
        posted |= {f"alignments-{n}-name": "x", f"alignments-{n}-was": "x"}
        posted[f"alignments-{n}-framework_was"] = row["framework"]
    posted |= {"base": "1", **client.post(address, {**posted, "base": "1"}).json()}
    posted.pop("others")
    count = iter(range(1000))

    def save() -> None:
        body = urlencode({**posted, "summary_it": f"Frase {next(count)}"})  # as the browser sends it
        answer = client.post(address, body, content_type="application/x-www-form-urlencoded")
        posted["revision"] = answer.json()["revision"]

    cpu(save, 5)
    said("one autosave, through the whole stack", cpu(save, 50))

    news = {
        "kind": "news",
        "title_it": "Notizia",
        "body_it": f"<p>{' '.join(words[:600])}</p>",
        "page": "",
        "revision": "0",
    }

    def save_page() -> None:
        body = urlencode({**news, "summary_it": f"Frase {next(count)}"})
        address = reverse("desk:autosave_page")
        answer = client.post(address, body, content_type="application/x-www-form-urlencoded").json()
        news.update(page=answer["page"], revision=answer["revision"])

    cpu(save_page, 5)
    said("one autosave of a page of 600 words, through the whole stack", cpu(save_page, 50))


if __name__ == "__main__":
    main()
