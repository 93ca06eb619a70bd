"""How well the search answers labelled questions, and how fast: `python -m benchmarks.bench_search [FILE …]`.

Without files our own set is used (`benchmarks/search/queries.csv`: 66 questions, judged from the sheets by one person
before any result was seen; differences under 0.06 are noise). A file of plain lines holds questions that the plan has
no answer to, one a line: there only the share that is misled says something. Works on a database that `aumenta prepare`
has filled.
"""

import csv
import math
import os
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

OWN = Path(__file__).parent / "search" / "queries.csv"
Found = tuple[list[str], bool]
"""Codes, best first, and whether they are said to be weak."""


class Quality(NamedTuple):
    """nDCG@10 (gains 3 and 1), recall@5 of grade 2, the share of answerable questions without a result, and the share
    of those without an answer that got more than three results not said to be weak."""

    ndcg: float
    recall: float
    nothing: float
    misled: float


def read_queries(path: Path) -> list[dict[str, str]]:
    """A labelled set: query, kind, grade2 and grade1 (codes with | between)."""
    with path.open(encoding="utf-8", newline="") as file:
        if path.suffix == ".csv":
            return list(csv.DictReader(file))
        lines = [line.strip() for line in file]
    return [{"query": line, "kind": "none", "grade1": "", "grade2": ""} for line in lines if line]


def quality(rows: Iterable[dict[str, str]], find: Callable[[str], Found]) -> Quality:
    """Järvelin and Kekäläinen 2002 for nDCG; questions about a place alone are left out."""
    ndcg, recall, nothing, misled = [], [], [], []
    for row in rows:
        grades = {code: 1 for code in row["grade1"].split("|") if code}
        clearly = {code for code in row["grade2"].split("|") if code}
        grades |= dict.fromkeys(clearly, 2)
        codes, weak = find(row["query"])
        if row["kind"] == "none":
            misled.append(len(codes) > 3 and not weak)
        elif grades:
            ideal = _gain(sorted(grades.values(), reverse=True))
            ndcg.append(_gain([grades.get(code, 0) for code in codes]) / ideal)
            nothing.append(not codes)
            if clearly:
                recall.append(len(clearly.intersection(codes[:5])) / min(5, len(clearly)))
    return Quality(*(sum(values) / max(1, len(values)) for values in (ndcg, recall, nothing, misled)))


def _gain(grades: list[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades[:10]))


def main() -> None:
    """Print quality with and without meaning, and the processor time of a question."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aumenta.config.settings")
    import django

    django.setup()
    from aumenta.plan.models import Edition
    from aumenta.plan.search.engines import make_search

    search = make_search(Edition.objects.get(label="2021-2023"), compute=True)
    for path in [Path(name) for name in sys.argv[1:]] or [OWN]:
        rows = read_queries(path)
        for by_meaning in (True, False):

            def find(question: str, by_meaning: bool = by_meaning) -> Found:
                findings = search.engine.find(question, by_meaning=by_meaning)
                return [search.documents[place].code for place in findings.ranked()], findings.weak

            begun = time.process_time()
            measured = quality(rows, find)
            spent = (time.process_time() - begun) * 1000 / len(rows)
            print(
                f"{path.name} {'words and meaning' if by_meaning else 'words alone':18} nDCG@10 {measured.ndcg:.3f}  "
                f"recall@5 {measured.recall:.3f}  nothing {measured.nothing:.1%}  misled {measured.misled:.1%}  "
                f"{spent:.1f} ms of CPU a question"
            )


if __name__ == "__main__":
    main()
