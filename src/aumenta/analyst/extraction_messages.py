"""Why a document can't be taken as a plan: the sentences of `core`, in the language of the shell."""

from pathlib import Path

from aumenta.analyst.language import _, ngettext
from aumenta.core.extraction import ExtractionError, PlanDocument, Problem
from aumenta.core.extraction.sentences import ABOUT_LAYOUTS, say_error, say_problem


def extraction_message(error: ExtractionError, path: Path | str) -> str:
    """The error as sentences in the language of the shell, with the guide to layouts where one would help."""
    said = say_error(error, path, _)
    guide = _("How layouts are made: docs/how-to/load-another-citys-plan.md.")
    return f"{said} {guide}" if error.code in ABOUT_LAYOUTS else said


def how_many(document: PlanDocument) -> str:
    """How many axes, strategies and actions a plan has, in words."""
    axes, strategies, actions = len(document.axes), len(document.strategies), len(document.actions)
    return ", ".join(
        (
            ngettext("%(n)d axis", "%(n)d axes", axes) % {"n": axes},
            ngettext("%(n)d strategy", "%(n)d strategies", strategies) % {"n": strategies},
            ngettext("%(n)d action", "%(n)d actions", actions) % {"n": actions},
        )
    )


def problem_name(problem: Problem) -> str:
    """What is the matter with a text that found no place, in a few words."""
    return say_problem(problem, _)


def beginning(text: str) -> str:
    """Enough of a text to find it by: its first hundred characters, cut at a word. The JSON holds it whole."""
    return text if len(text) <= 100 else f"{text[:100].rsplit(' ', 1)[0]}…"
