"""`aumenta extract FILE [--json]`: a published plan, text or PDF, becomes data; nothing is written anywhere."""

import argparse
import io
import sys
from pathlib import Path

from aumenta.analyst.extraction_messages import beginning, extraction_message, problem_name
from aumenta.analyst.language import _
from aumenta.core.extraction import ExtractionError, PlanDocument, read_plan
from aumenta.core.extraction.layout import load_layout

HELP = _("Read a published strategic plan (text or PDF) and print its axes, strategies and actions.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The document and how to print it."""
    parser.add_argument("file", type=Path, help=_("the plan: text, PDF, or what --json printed"))
    parser.add_argument("--json", action="store_true", help=_("print the data in the format aumenta-plan/1"))
    parser.add_argument(
        "--partial", action="store_true", help=_("accept a document that is not whole and list what is missing")
    )
    parser.add_argument("--layout", type=Path, help=_("how the plan is printed (TOML), where it isn't a known layout"))


def run(options: argparse.Namespace) -> int:
    """Print the plan; 2 when the document can't be read as one, with the reason on the error output."""
    try:
        layout = load_layout(options.layout) if options.layout else None
        document = read_plan(options.file, partial=options.partial, layout=layout)
    except ExtractionError as error:
        print(f"aumenta extract: {extraction_message(error, options.file)}", file=sys.stderr)
        return 2
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # JSON is UTF-8 whatever the shell speaks
    print(document.to_json() if options.json else _in_words(document))
    return 0


def _in_words(document: PlanDocument) -> str:
    """A summary to read: how much was found, axis by axis, and every problem."""
    count = _("%(axes)d axes, %(strategies)d strategies, %(actions)d actions, %(alignments)d alignments") % {
        "axes": len(document.axes),
        "strategies": len(document.strategies),
        "actions": len(document.actions),
        "alignments": sum(len(action.alignments) for action in document.actions),
    }
    lines = [document.title or _("(without title)"), count, ""]
    for strategy in document.strategies:
        own = sum(action.strategy == strategy.code for action in document.actions)
        note = _(" (proposed)") if strategy.proposed else ""
        number = _(", %(count)d actions") % {"count": own} if document.actions else ""
        lines.append(f"{strategy.code} {strategy.title}{note}{number}")
    if document.problems:
        lines += ["", _("To check (line, what, text):")]
        lines += [f"{one.line}: {problem_name(one)}: {beginning(one.text)}" for one in document.problems]
    return "\n".join(lines)
