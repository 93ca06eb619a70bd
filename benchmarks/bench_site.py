"""The public site: an uncached list of 111 actions, and a search over 1,110, in CPU time.

Run by `make bench`, or alone: `.venv/bin/python -m benchmarks.bench_site`. The plan is the invented one of the tests,
in a database of its own that is thrown away. The median and the least of the rounds are printed: the least is
nearest to what the work costs when nothing else is running on the machine.
"""

import itertools
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aumenta.core.search import Engine

ROUNDS = 40
QUESTIONS = ("mobilità sostenibile", "biciclete", "energia", "scuola aperta montagna", "rifiuti", "agric", "2.2.2")

_WORDS = ("scuola", "bosco", "fiume", "lavoro", "energia", "acqua", "piazza", "salute", "suolo")
FIRST_ASKED = [f"{first}+{second}" for first, second in itertools.permutations(_WORDS, 2)]
"""More questions than there are rounds: each is asked once."""


def cpu(work: Callable[[], object]) -> str:
    """Median and least CPU time of `work`, in milliseconds, after one run to warm up."""
    work()
    times = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        work()
        times.append((time.process_time() - begun) * 1000)
    return f"{statistics.median(times):7.2f} ms of CPU (least {min(times):.2f})"


def say(what: str, figure: str) -> None:
    """One figure a line."""
    print(f"{what:64}{figure}", flush=True)


def asked_anew(engine: "Engine", question: str) -> object:
    """The answer to a question that nobody has asked this process before."""
    if engine.meaning:
        engine.meaning.forget_questions()
    return engine.find(question)


def main() -> None:
    """Make the two plans, measure, print."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"AUMENTA_DATA": folder, "AUMENTA_DEBUG": "0", "AUMENTA_SECRET_KEY": os.urandom(32).hex()}
        os.environ |= {"AUMENTA_HOSTS": "testserver", "DJANGO_SETTINGS_MODULE": "aumenta.config.settings"}
        import django

        django.setup()
        measure()


def measure() -> None:
    """What `main` prints, in the database that the environment names."""
    from django.core.management import call_command
    from django.test import Client
    from tests.cast import a_plan

    from aumenta.plan.find.catalogue import CATALOGUES, catalogue
    from aumenta.site.search.directory import directory
    from aumenta.site.search.suggesting import suggest
    from aumenta.ui.caching import forget_pages

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    small, large = a_plan(label="2021-2023"), a_plan(label="2031-2033", strategies=240, actions=1110)
    client = Client()

    def page(address: str) -> Callable[[], object]:
        def get() -> object:
            forget_pages()
            response = client.get(address)
            assert response.status_code == 200, address
            return response

        return get

    at = f"/it/{small.label}/"
    say("uncached table of 111 actions with all filters (bar 25)", cpu(page(f"{at}azioni/?vista=tabella")))
    say("uncached list, 30 of 111 actions, with all filters", cpu(page(f"{at}azioni/")))
    say("uncached list, words marked (bar 25)", cpu(page(f"{at}azioni/?q=scuola")))
    anew = (page(f"{at}azioni/?q={words}") for words in FIRST_ASKED)
    say("the same, words that nobody asked for before", cpu(lambda: next(anew)()))
    say("uncached sheet of an action", cpu(page(f"{at}azioni/2.2.2/")))
    say("uncached matrix of the recovery plan", cpu(page(f"{at}quadri/pnrr/")))
    at = f"/it/{large.label}/"
    say("uncached table, 120 of 1,110 actions, with all filters", cpu(page(f"{at}azioni/?vista=tabella")))
    say("uncached list, 30 of 1,110 actions, words marked", cpu(page(f"{at}azioni/?q=scuola")))
    known = directory(large)
    for typed in ("s", "scuo", "mobilità", "comune di iv", "biciclete"):
        say(f"suggestions for «{typed}» in 1,110 (bar 30)", cpu(lambda q=typed: suggest(q, known)))
    plan = catalogue(large)
    for question in QUESTIONS:
        found = len(plan.search.engine.find(question).scores)
        by_words = cpu(lambda q=question: plan.search.engine.find(q, by_meaning=False))
        say(f"search «{question}» by words in 1,110, {found} found (bar 10)", by_words)
        say(
            f"search «{question}» by words and meaning (bar 60)",
            cpu(lambda q=question: asked_anew(plan.search.engine, q)),
        )
    CATALOGUES.clear()
    begun = time.process_time()
    _ = catalogue(large).search
    say("catalogue and index of 1,110 actions, once a change", f"{(time.process_time() - begun) * 1000:7.0f} ms of CPU")


if __name__ == "__main__":
    main()
