"""`aumenta extract FILE… [--json]`: a published plan (text, PDF, web pages) becomes data; nothing is written."""

import argparse
import io
import sys
from pathlib import Path

from aumenta.analyst.extraction_messages import beginning, extraction_message, how_many, problem_name
from aumenta.analyst.frame import InputError
from aumenta.analyst.language import _, ngettext
from aumenta.core.extraction import ExtractionError, PlanDocument, Problem, read_plan
from aumenta.core.extraction.layout import load_layout

HELP = _("Read a published strategic plan (text, PDF or web pages) and print its axes, strategies and actions.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The document and how to print it."""
    parser.add_argument(
        "files",
        metavar="file",
        nargs="+",
        type=Path,
        help=_("the plan: text, PDF, saved web page, or what --json printed; several files are one plan"),
    )
    parser.add_argument("--json", action="store_true", help=_("print the data in the format aumenta-plan/1"))
    parser.add_argument(
        "--partial", action="store_true", help=_("accept a document that is not whole and list what is missing")
    )
    parser.add_argument("--layout", type=Path, help=_("how the plan is printed (TOML), where it isn't a known layout"))


def run(options: argparse.Namespace) -> None:
    """Print the plan."""
    try:
        layout = load_layout(options.layout) if options.layout else None
        document = read_plan(options.files, partial=options.partial, layout=layout)
    except ExtractionError as error:
        raise InputError(extraction_message(error, ", ".join(map(str, options.files)))) from None
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # JSON is UTF-8 whatever the shell speaks
    print(document.to_json() if options.json else _in_words(document))


def _in_words(document: PlanDocument) -> str:
    """A summary to read: how much was found, axis by axis, and every problem."""
    ties = sum(len(action.alignments) for action in document.actions)
    alignments = ngettext("%(n)d alignment", "%(n)d alignments", ties) % {"n": ties}
    lines = [document.title or _("(without title)"), f"{how_many(document)}, {alignments}", ""]
    for strategy in document.strategies:
        own = sum(action.strategy == strategy.code for action in document.actions)
        note = _(" (proposed)") if strategy.proposed else ""
        number = f", {ngettext('%(n)d action', '%(n)d actions', own) % {'n': own}}" if document.actions else ""
        lines.append(f"{strategy.code} {strategy.title}{note}{number}")
    proposed = [action.code for action in document.actions if action.title_proposed]
    if proposed:
        told = _("Short titles made from the text, to be confirmed: %(count)d (%(first)s …)")
        lines += ["", told % {"count": len(proposed), "first": proposed[0]}]
    if document.problems:
        lines += ["", _("To check (line, what, text):")]
        lines += [f"{_place(one)}: {problem_name(one)}: {beginning(one.text)}" for one in document.problems]
    return "\n".join(lines)


def _place(problem: Problem) -> str:
    """The line, with its file where there are several."""
    return f"{problem.file}:{problem.line}" if problem.file else str(problem.line)
