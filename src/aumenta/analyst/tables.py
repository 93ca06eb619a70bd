"""Tables handed to the analysts' commands: opened, and what is wrong with them said in the language of the shell."""

from collections.abc import Collection
from pathlib import Path

from aumenta.analyst.frame import about, content_of, tell
from aumenta.analyst.language import _
from aumenta.core.tables import Finding, Limits, Table, read_table, without_sentences_below, without_totals
from aumenta.core.tables.sentences import say_where

LIMITS = Limits()
TABLE_FILE = _("a table with a row of headings: CSV, TSV, .xlsx or .ods")


def open_table(path: Path, headings: Collection[str], command: str, *, totals: bool = True) -> Table:
    """The table in a file; how it was read goes to stderr where it should be known. InputError where it can't be.

    Where each row is a thing that is counted, rows of `totals` are left out, and sentences under the table.
    """
    with about(path):
        table = read_table(content_of(path, LIMITS.bytes), headings, limits=LIMITS)
    if not totals:
        table = without_totals(without_sentences_below(table))
    for note in table.notes:
        tell_how(command, path, note)
    return table


def tell_how(command: str, path: Path, note: Finding) -> None:
    """Say on stderr how something was read."""
    tell(command, f"{path}: {say_where(note, _)}")
