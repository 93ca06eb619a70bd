"""`aumenta suggest FILE.csv (--edition LABEL | --against REFERENCES.csv) [--json]`: strategies of each text.

The JSON is one object for each row of FILE, in order: `id`, `suggestions` (every group of the plan with its score,
likeliest first; scores are positive and sum to 1) and `confident`. A text with nothing to read has no suggestions,
nor has an answer that says nothing («non so»).
"""

import argparse
from pathlib import Path
from typing import Any, Final

from aumenta.analyst.frame import answer, json_option
from aumenta.analyst.language import _
from aumenta.analyst.texts_table import edition_texts, opened_encoder, references_of, rows_of
from aumenta.core.synthesis.statements import Oddity
from aumenta.core.synthesis.suggest import PlanIndex, Suggestion
from aumenta.core.synthesis.vectors import MemoryCache

HELP = _("Rank the strategies of a plan for each text of a CSV (columns text and, if there is one, id and exclude).")

ODDITIES: Final = {
    Oddity.ONE_WORD: _("one word"),
    Oddity.LONG: _("long, judged by its first words"),
    Oddity.OTHER_LANGUAGE: _("in another language"),
    Oddity.OFFENSIVE: _("with an insult"),
}
"""What is said of a text that has suggestions all the same."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The texts and what to compare them with."""
    parser.add_argument(
        "file", type=Path, help=_("CSV with a column text; id names the rows, exclude codes to leave out (|)")
    )
    against = parser.add_mutually_exclusive_group(required=True)
    against.add_argument("--edition", metavar="LABEL", help=_("an edition of the plan in this installation: 2021-2023"))
    against.add_argument("--against", type=Path, metavar="CSV", help=_("references with columns code, group and text"))
    json_option(parser)


def run(options: argparse.Namespace) -> None:
    """Rank and print."""
    rows = rows_of(options.file, ("text",), ("id", "exclude"), command="suggest")
    references = (
        edition_texts(options.edition) if options.edition else references_of(options.against, command="suggest")
    )
    opened = opened_encoder("suggest")
    plan = PlanIndex(references, opened.encoder, MemoryCache())
    excluded = [{code.strip() for code in row.get("exclude", "").split("|") if code.strip()} for row in rows]
    suggestions = plan.suggest([row["text"] for row in rows], excluded=excluded)
    names = [row.get("id", "").strip() or str(number) for number, row in enumerate(rows, 1)]
    named = list(zip(names, suggestions, strict=True))
    answer(
        [_as_json(name, one) for name, one in named],
        options,
        lambda _shown: "\n".join(_in_words(name, one) for name, one in named),
    )


def _as_json(name: str, one: Suggestion) -> dict[str, Any]:
    ranked = [{"code": match.group, "score": round(match.score, 6)} for match in one.ranked]
    return {"id": name, "suggestions": ranked, "confident": one.confident}


def _in_words(name: str, one: Suggestion) -> str:
    if not one.ranked:
        nothing = _("no content") if Oddity.NO_CONTENT in one.statement.oddities else _("nothing to read")
        return f"{name}: {nothing}"
    parts = []
    for match in one.ranked[:3]:
        why = f" ({match.code}: {', '.join(match.words[:4])})" if match.words else f" ({match.code})"
        parts.append(f"{match.group} {match.score:.2f}{why}")
    badge = _("confident") if one.confident else _("outside the plan?") if one.outside else _("to be looked at")
    odd = "".join(f", {said}" for oddity, said in ODDITIES.items() if oddity in one.statement.oddities)
    return f"{name}: {'; '.join(parts)}. {badge}{odd}"
