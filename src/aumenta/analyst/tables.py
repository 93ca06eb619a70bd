"""Tables handed to the analysts' commands: opened, and what is wrong with them said in the language of the shell."""

import sys
from collections.abc import Collection
from pathlib import Path

from aumenta.analyst.language import _
from aumenta.core.tables import Finding, Limits, Table, TableError, read_table
from aumenta.core.tables.sentences import say_where

LIMITS = Limits()
TABLE_FILE = _("a table with a row of headings: CSV, TSV, .xlsx or .ods")


class InputError(ValueError):
    """What was handed in will not do; the message says what, where and what to do."""


def open_table(path: Path, headings: Collection[str], command: str) -> Table:
    """The table in a file; how it was read goes to stderr where it should be known. InputError where it can't be."""
    try:
        table = read_table(content_of(path, LIMITS.bytes), headings, limits=LIMITS)
    except TableError as problem:
        raise refused(path, problem) from None
    for note in table.notes:
        tell(command, path, note)
    return table


def content_of(path: Path, most: int) -> bytes:
    """The bytes of a file, one more than `most` at most; InputError where it can't be opened."""
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as problem:
        raise InputError(
            _("%(path)s: the file cannot be read (%(reason)s)") % {"path": path, "reason": problem.strerror}
        ) from None


def refused(path: Path, problem: TableError) -> InputError:
    """The error that names the file, the place and the reason."""
    return InputError(f"{path}: {say_where(problem.finding, _)}")


def tell(command: str, path: Path, note: Finding) -> None:
    """Say on stderr how something was read."""
    print(f"aumenta {command}: {path}: {say_where(note, _)}", file=sys.stderr)
