"""The console command `aumenta`: analysts' commands first, then every Django command, with - or _ in its name."""

import argparse
import gettext
import importlib
import os
import sys
from pathlib import Path
from typing import Any, NoReturn

from aumenta.config.environment import console_language
from aumenta.core.words_of_libraries import in_the_readers_words

ARGPARSE = Path(__file__).parent / "locale"
ANALYST = Path(__file__).resolve().parent.parent / "analyst"


def analyst_commands() -> list[str]:
    """Names of the commands that need no database: the analyst modules that define `run`, as typed on the console."""
    return sorted(
        path.stem.replace("_", "-") for path in ANALYST.glob("*.py") if "\ndef run(" in path.read_text(encoding="utf-8")
    )


def main(arguments: list[str] | None = None) -> None:
    """Run one command and exit with its status: 0 done, 2 bad input, 1 anything else.

    Whoever reads its output may stop before the end, as `head` does: that is no fault, and nothing is said of it.
    """
    try:
        _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        # What is still buffered is written when Python ends: where it goes, nobody listens any more.
        for stream in (sys.stdout, sys.stderr):
            os.dup2(nowhere, stream.fileno())
        sys.exit(0)


def _run(arguments: list[str] | None) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aumenta.config.settings")
    _let_argparse_speak()
    words = sys.argv[1:] if arguments is None else arguments
    name = words[0] if words else "help"
    if name in analyst_commands():
        status = run_analyst(name, words[1:])
        sys.stdout.flush()
        sys.exit(status)
    from django.core.exceptions import ImproperlyConfigured
    from django.db import OperationalError

    try:
        start_django()
        from aumenta.config.commands_in_words import Commands, line_of

        Commands(["aumenta", name.replace("-", "_") if name[0] != "-" else name, *words[1:]]).execute()
    except ImproperlyConfigured as trouble:
        _refuse(str(trouble))
    except OperationalError as trouble:
        _refuse(_words_of_the_database(trouble))
    if name in {"help", "--help"} and len(words) < 2:
        from django.utils.translation import gettext as _

        heading = _("for analysts: a file in, an answer out")
        lines = [line_of(one, _module(one).HELP) for one in analyst_commands()]
        sys.stdout.write("\n".join(["", f"[{heading}]", *lines, ""]))


def _let_argparse_speak() -> None:
    """argparse speaks the language of the console too, which gettext finds in the environment as we do."""
    gettext.bindtextdomain("argparse", ARGPARSE)
    gettext.textdomain("argparse")


def _refuse(sentence: str) -> NoReturn:
    """Say what has to be mended in the environment, and end with the status of bad input."""
    sys.stderr.write(f"{sentence}\n")
    sys.exit(2)


def _words_of_the_database(trouble: Exception) -> str:
    """One sentence of what a driver says in twenty lines."""
    from django.db import connection
    from django.utils.translation import gettext as _

    said = in_the_readers_words(" ".join(str(trouble).split()), _)
    told = {"where": connection.settings_dict["HOST"] or connection.settings_dict["NAME"], "said": said[:300]}
    return _("The database (%(where)s) can't be used: %(said)s. Check AUMENTA_DATABASE_URL.") % told


def start_django() -> None:
    """Load settings and apps, and speak the language of the console: Italian where it says so, else English."""
    import django
    from django.utils import translation

    django.setup()
    translation.activate(console_language(os.environ))


def _module(name: str) -> Any:
    return importlib.import_module(f"aumenta.analyst.{name.replace('-', '_')}")


def run_analyst(name: str, words: list[str]) -> int:
    """Run the analyst's command `name`; returns its exit status: 2 where what was handed in will not do."""
    from aumenta.analyst.frame import InputError, tell

    module = _module(name)
    parser = argparse.ArgumentParser(prog=f"aumenta {name}", description=module.HELP)
    module.add_arguments(parser)
    try:
        module.run(parser.parse_args(words))
    except InputError as problem:
        tell(name, str(problem))
        return 2
    return 0
