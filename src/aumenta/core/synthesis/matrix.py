"""Counts of voices by theme and by zone (or kind of organisation), with the statements behind every count."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Placed(NamedTuple):
    """A statement, its theme and where it comes from: zones may be several (a table of two zones) or none."""

    statement: int
    theme: int
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Matrix:
    """Rows are themes, columns zones in the order given, cells the statements behind a count.

    A statement from two zones counts in both, so rows need not sum to their `voices`. `nowhere` has, per theme, the
    statements without any column: they are counted apart, never dropped.
    """

    themes: tuple[int, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[tuple[int, ...], ...], ...]
    nowhere: tuple[tuple[int, ...], ...]
    voices: tuple[int, ...]

    def counts(self) -> list[list[int]]:
        """The numbers of the cells."""
        return [[len(cell) for cell in row] for row in self.cells]


def matrix(placed: Sequence[Placed], themes: Sequence[int], columns: Sequence[str]) -> Matrix:
    """Count `placed` by theme and column; ValueError names a theme or a column that is not among those given."""
    rows = {theme: number for number, theme in enumerate(themes)}
    places = {column: number for number, column in enumerate(columns)}
    cells: list[list[list[int]]] = [[[] for _ in columns] for _ in themes]
    nowhere: list[list[int]] = [[] for _ in themes]
    voices = [0] * len(themes)
    for item in placed:
        if item.theme not in rows:
            raise ValueError(f"theme {item.theme} is not a row of the matrix")
        row = rows[item.theme]
        voices[row] += 1
        if not item.columns:
            nowhere[row].append(item.statement)
        for column in dict.fromkeys(item.columns):
            if column not in places:
                raise ValueError(f"«{column}» is not a column of the matrix")
            cells[row][places[column]].append(item.statement)
    return Matrix(
        tuple(themes),
        tuple(columns),
        tuple(tuple(tuple(cell) for cell in row) for row in cells),
        tuple(tuple(row) for row in nowhere),
        tuple(voices),
    )
