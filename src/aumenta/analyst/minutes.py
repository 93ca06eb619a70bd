"""`aumenta minutes FILE [--json]`: read a minute (text, PDF with text, DOCX, ODT, RTF).

The JSON has `attendance` (`name`, `as`, `state`), `votes` (`subject`, `present`, `voters` and the names by option), the
`acts` the minute is or names, `unmatched` names with the nearest of the attendance, and `problems`. A name that could
not be matched stays in its vote as it is printed.
"""

import argparse
from pathlib import Path
from typing import Any

from aumenta.analyst.frame import about, answer, json_option
from aumenta.analyst.language import _
from aumenta.core.documents import document_text
from aumenta.core.minutes import Minute, read_minute
from aumenta.core.minutes.words import OPTIONS, PROBLEMS, STATES

HELP = _("Read a minute: who was there, what was voted and how, which acts it names.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, and how to answer."""
    parser.add_argument("file", type=Path, help=_("the minute: text, PDF with text, DOCX, ODT or RTF"))
    json_option(parser)


def run(options: argparse.Namespace) -> None:
    """Read and print."""
    with about(options.file):
        minute = read_minute(document_text(options.file.read_bytes()))
    answer(as_json(minute), options, _in_words)


def as_json(minute: Minute) -> dict[str, Any]:
    """The minute with plain values; a number nobody printed is null."""
    return {
        "attendance": [{"name": one.name, "as": one.role, "state": one.state.value} for one in minute.attendance],
        "votes": [
            {"subject": one.subject, "present": one.present, "voters": one.voters, **one.names} for one in minute.votes
        ],
        "acts": [
            {
                "number": act.number,
                "year": act.year,
                "date": act.date.isoformat() if act.date else None,
                "body": act.body,
            }
            for act in minute.acts
        ],
        "unmatched": [one._asdict() for one in minute.unmatched],
        "problems": [one._asdict() for one in minute.problems],
    }


def _in_words(shown: dict[str, Any]) -> str:
    states = {state.value: _(words) for state, words in STATES.items()}
    lines = [f"{states[one['state']]}: {one['name']} ({one['as']})" for one in shown["attendance"]]
    for vote in shown["votes"]:
        lines.append(f"{vote['subject']}: {vote['present']} / {vote['voters']}")
        lines += [f"  {_(words)}: {', '.join(vote[option])}" for option, words in OPTIONS.items()]
    lines += [f"{act['number']}/{act['year']} {act['date'] or ''} {act['body'] or ''}" for act in shown["acts"]]
    lines += [f"? {one['line']}: {one['text']} → {one['nearest']}" for one in shown["unmatched"]]
    lines += [f"! {one['line']}: {_(PROBLEMS[one['kind']]) % {'text': one['text']}}" for one in shown["problems"]]
    return "\n".join(lines)
