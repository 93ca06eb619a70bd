"""The commands in the reader's language: their help, and refusals that are a sentence with no English name before it.

Django's own options (--settings, --pythonpath, …) go on working; help leaves them out, as they are of no use here.
"""

import argparse
import sys
from typing import Any, Final

from django.core.management import ManagementUtility, get_commands
from django.core.management.base import BaseCommand, CommandError, SystemCheckError, handle_default_options
from django.utils.translation import gettext as _

OURS: Final = "aumenta."
DJANGOS: Final = frozenset(
    (
        "--version",
        "--verbosity",
        "--settings",
        "--pythonpath",
        "--traceback",
        "--no-color",
        "--force-color",
        "--skip-checks",
    )
)


class Commands(ManagementUtility):
    """Finds and runs a command; those of Aumenta in the reader's words, Django's own as they are."""

    def fetch_command(self, subcommand: str) -> BaseCommand:
        """The command of this name."""
        command = super().fetch_command(subcommand)
        if type(command).__module__.startswith(OURS):
            command.create_parser = _in_words(command)  # type: ignore[method-assign]
            command.run_from_argv = _running(command)  # type: ignore[method-assign]
        return command

    def main_help_text(self, commands_only: bool = False) -> str:
        """What Aumenta's own commands are for, a line each."""
        if commands_only:
            return super().main_help_text(commands_only)
        ours = sorted(name for name, app in get_commands().items() if str(getattr(app, "name", app)).startswith(OURS))
        heading = _("for whoever runs an installation")
        lines = [_("aumenta COMMAND --help says all about one."), "", f"[{heading}]"]
        for name in ours:
            lines.append(line_of(name.replace("_", "-"), _(self.fetch_command(name).help)))
        return "\n".join(lines)


def line_of(name: str, what: str) -> str:
    """A command and what it is for."""
    return f"    {name:<20}{what}"


def _in_words(command: BaseCommand) -> Any:
    """As the command's own `create_parser`, with descriptions in the reader's language."""
    make = command.create_parser

    def create_parser(prog_name: str, subcommand: str, **options: Any) -> Any:
        parser = make("aumenta", subcommand.replace("_", "-"), **options)
        parser.description = _(command.help)
        for action in parser._actions:
            if action.option_strings and set(action.option_strings) & DJANGOS:
                action.help = argparse.SUPPRESS
        return parser

    return create_parser


def _running(command: BaseCommand) -> Any:
    """As the command's own `run_from_argv`, but a refusal is its sentence and nothing before it."""

    def run_from_argv(argv: list[str]) -> None:
        from django.db import connections

        command._called_from_command_line = True  # type: ignore[attr-defined]
        options = command.create_parser(argv[0], argv[1]).parse_args(argv[2:])
        words = vars(options)
        arguments = words.pop("args", ())
        handle_default_options(options)
        try:
            command.execute(*arguments, **words)
        except CommandError as refusal:
            if options.traceback:
                raise
            command.stderr.write(str(refusal))
            # What a check finds is mended in the environment, as bad input is.
            sys.exit(2 if isinstance(refusal, SystemCheckError) else refusal.returncode)
        finally:
            connections.close_all()

    return run_from_argv
