"""What is to be told of a table: why it can't be read, or what was done to read it. Codes, never sentences."""

from dataclasses import dataclass, field
from typing import Final

FIRST_LETTERS: Final = 26


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to tell: its code (the keys of `sentences.SENTENCES`), the row as spreadsheets number it, the column.

    `column` is the heading where there is one, else the letters of the column; `details` fill the sentence.
    """

    code: str
    row: int | None = None
    column: str = ""
    details: dict[str, str | int] = field(default_factory=dict)


class TableError(Exception):
    """A table, or a cell of it, can't be read (or written); nothing was taken. `finding` says what, where and why."""

    def __init__(self, code: str, *, row: int | None = None, column: str = "", **details: str | int) -> None:
        self.finding = Finding(code, row, column, details)
        super().__init__(f"{code} row={row} column={column!r} {details}")

    @classmethod
    def of(cls, finding: Finding, *, row: int | None = None, column: str = "") -> "TableError":
        """The error for a finding, at a place where the finding has none of its own."""
        error = cls(finding.code, row=finding.row or row, column=finding.column or column)
        error.finding.details.update(finding.details)
        return error

    @property
    def code(self) -> str:
        """What is wrong, as one word."""
        return self.finding.code


def column_letters(place: int) -> str:
    """The letters over a column as spreadsheets write them, its place counted from 0.

    >>> column_letters(0), column_letters(25), column_letters(26), column_letters(701)
    ('A', 'Z', 'AA', 'ZZ')
    """
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, FIRST_LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters
