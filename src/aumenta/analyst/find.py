"""`aumenta find QUERIES.csv --edition LABEL [--json]`: what each question finds in an edition of the plan.

The JSON is one object for each row of QUERIES, in order: `id`, `results` (codes of actions, best first), `weak`
(nothing answers clearly: the results are the nearest, three at most), `places` (to be offered first) and `understood`
(what was made of the question, in the language of the row).
"""

import argparse
from pathlib import Path
from typing import Any

from aumenta.analyst.frame import answer, json_option
from aumenta.analyst.language import _
from aumenta.analyst.texts_table import edition_error, rows_of
from aumenta.core.text.years import edition_label

HELP = _("Answer the questions of a CSV (columns query and, if there are any, id and lang) with actions of an edition.")
LONGEST = 500


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The questions, the edition, and how to answer."""
    parser.add_argument("file", type=Path, help=_("CSV with a column query; id names the rows, lang is it or en"))
    said = _("an edition of the plan in this installation: 2021-2023")
    parser.add_argument("--edition", metavar="LABEL", required=True, help=said)
    json_option(parser)


def run(options: argparse.Namespace) -> None:
    """Search and print."""
    rows = rows_of(options.file, ("query",), ("id", "lang"), command="find")
    answer(answers_to(rows, options.edition), options, _in_words)


def _in_words(answers: list[dict[str, Any]]) -> str:
    lines = []
    for one in answers:
        mark = _("nearest only: ") if one["weak"] else ""
        lines.append(f"{one['id']}: {mark}{', '.join([*one['places'], *one['results'][:10]]) or _('nothing')}")
    return "\n".join(lines)


def answers_to(rows: list[dict[str, str]], label: str) -> list[dict[str, Any]]:
    """One answer for each row. Raises InputError where there is no such edition or no database."""
    import django
    from django.db import DatabaseError

    django.setup()
    from django.utils import translation

    from aumenta.plan.models import Edition
    from aumenta.plan.search.engines import make_search
    from aumenta.plan.search.understood import understood

    try:
        search = make_search(Edition.objects.get(label=edition_label(label)), compute=True)
    except (Edition.DoesNotExist, DatabaseError) as problem:
        raise edition_error(label, problem) from None
    answers = []
    for number, row in enumerate(rows, 1):
        findings = search.engine.find(row["query"][:LONGEST])
        with translation.override("en" if row.get("lang", "").strip().lower() == "en" else "it"):
            said = " ".join(understood(findings, search.things))
        answers.append(
            {
                "id": row.get("id", "").strip() or str(number),
                "results": [search.documents[place].code for place in findings.ranked()],
                "weak": findings.weak,
                "places": [place.name for place in findings.reading.places],
                "understood": said,
            }
        )
    return answers
