"""Rows of totals, which offices put under a table or between its parts: counted as one more row, they double it."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Final

from aumenta.core.tables.findings import Finding, TableError
from aumenta.core.tables.numbers import COMMA, POINT, read_numbers
from aumenta.core.tables.table import Cell, Kind, Row, Table

LONGEST_LABEL: Final = 60
FEWEST: Final = 2
"""Of so many rows at least something is the sum."""
FEWEST_WITH_A_NAME: Final = 3
"""Of so many rows at least a row with a name of its own is no sum by chance."""
_TOTAL: Final = re.compile(r"(?i)^(?:sub[- ]?|grand )?tot(?:\.|\b|al(?:[ei]|s)?\b)")
_MEAN: Final = re.compile(
    r"(?i)(?:(?:valore )?medi[ao]|mediana|minimo|massimo|(?:scarto|deviazione|dev\.?) (?:standard|quadratico medio)|"
    r"average|mean|median|minimum|maximum|standard deviation)"
    r"(?: (?:aritmetica|ponderata|semplice|generale|complessiva|comunale|provinciale|regionale|nazionale|"
    r"metropolitana|(?:dei|degli|delle) .+|overall|value))?\.?:?"
)
_MEAN_OF: Final = re.compile(r"(?i)^(?:(?:valore )?medi[ao]|average|mean)\b")
_WHOLE: Final = re.compile(
    r"(?i)(?:citt[àa] metropolitana|provincia|regione|comunit[àa] montana|unione montana|zona omogenea|ambito)\b.*|"
    r"(?:abruzzo|basilicata|calabria|campania|emilia[- ]romagna|friuli[- ]venezia giulia|lazio|liguria|lombardia|"
    r"marche|molise|piemonte|puglia|sardegna|sicilia|toscana|trentino[- ]alto adige(?:/südtirol)?|umbria|"
    r"valle d[’']aosta(?:/vallée d[’']aoste)?|veneto|nord[- ](?:ovest|est)|mezzogiorno|italia|italy|tutt[ei]|"
    r"in complesso|insieme|complessivo|all)"
)
"""Names of what is made of other places: the last row with one may be their sum."""
_CLASS: Final = re.compile(r"(?i)(?:molto )?(?:alt[ao]|bass[ao]|grande|piccol[ao]|high|low|large|small)\b")
MOST_TOLD: Final = 20
_FIGURES: Final = re.compile(r"\d")


def without_totals(table: Table) -> Table:
    """The table without the rows that call themselves totals or means, in whatever cell, without those that have no
    name where all others have one and are the sum of others, and without a last row of a region that is the sum of
    those above; a note tells each. Alone, such a row is a row.

    A row that may be a total for all that can be known is counted, and a note tells it.
    """
    table = _without(table, [Finding("total_left_out", row=row.number) for row in table.rows if _is_total(row)])
    table = _without(table, [Finding("mean_left_out", row=table.rows[n].number) for n in _means(table.rows)])
    table = _without_totals_in_later_cells(table)
    if not table.rows:
        return table
    names = _place_of_names(table.rows)
    nameless = [n for n, row in enumerate(table.rows) if names is not None and not row.cell(names).filled]
    sums = list(_sums(table.rows, nameless if names is not None else [len(table.rows) - 1]))
    if names is None:
        return _noted(table, "perhaps_total", sums)
    if nameless and nameless[-1] == len(table.rows) - 1 and nameless[-1] not in sums:
        table = _noted(table, "row_without_name", nameless[-1:])
    table = _without(table, [Finding("sum_left_out", row=table.rows[n].number) for n in sums])
    return _without_region(table, names)


def _without_totals_in_later_cells(table: Table) -> Table:
    """Without rows that have the word in a cell that is not their first: where they are the sum of others, or where
    nothing else in them is a name of its own and the word stands among different names."""
    rows = table.rows
    said = {n: place for n, row in enumerate(rows) if (place := _place_of_total(row)) is not None}
    if not said:
        return table
    names = _Names(rows)
    sums = set(_sums(rows, list(said), fewest=1))
    nameless = {n: place for n, place in said.items() if not names.own(n, place)}
    left_out = [n for n, place in said.items() if n in sums or (n in nameless and names.among(place, said))]
    told = [Finding("total_left_out", row=rows[n].number) for n in left_out]
    # A kind ("total", "partial") that many have is none.
    doubtful = [n for n in nameless if n not in left_out] if len(nameless) <= MOST_TOLD else []
    return _without(_noted(table, "perhaps_total_by_name", doubtful), told)


class _Names:
    """How often each text stands in each column."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows
        self._columns: dict[int, Counter[str]] = {}

    def column(self, place: int) -> Counter[str]:
        """The texts of a column, each with how often it is there."""
        if place not in self._columns:
            self._columns[place] = Counter(
                row.cell(place).text.strip() for row in self._rows if _is_name(row.cell(place))
            )
        return self._columns[place]

    def own(self, n: int, label: int) -> bool:
        """Whether a cell beside the label is a name that no other row has: the row is a thing, the label its kind."""
        return any(
            place != label and _is_name(cell) and self.column(place)[cell.text.strip()] == 1
            for place, cell in enumerate(self._rows[n].cells)
        )

    def among(self, label: int, labelled: Mapping[int, int]) -> bool:
        """Whether the other texts in the label's column are names, more of them than there are rows with a label."""
        said = {self._rows[n].cell(place).text.strip() for n, place in labelled.items() if place == label}
        count = sum(place == label for place in labelled.values())
        return len(self.column(label).keys() - said) > max(count, FEWEST)


def _without_region(table: Table, names: int) -> Table:
    """Without a last row that is the sum of all those above, where its name is that of what is made of them."""
    last = len(table.rows) - 1
    if last < FEWEST or not _is_name(table.rows[last].cell(names)) or last not in set(_sums(table.rows, [last])):
        return table
    whole = [bool(_WHOLE.fullmatch(row.cell(names).text.strip())) for row in table.rows]
    if whole[last] and sum(whole) == 1:
        return _without(table, [Finding("region_left_out", row=table.rows[last].number)])
    return _noted(table, "perhaps_total", [last]) if last >= FEWEST_WITH_A_NAME else table


def _means(rows: Sequence[Row]) -> list[int]:
    """The rows that call themselves a mean or another measure of the others: in so many words, or with more of them
    where a figure is the mean. "Media" between "Alta" and "Bassa", or beside a name of its own, is a kind."""
    said = {n: place for n, row in enumerate(rows) if (place := _place_of_mean(row)) is not None}
    if not said:
        return []
    names, columns = _Names(rows), list(_figures(rows, said))
    kinds = {place for place in set(said.values()) if any(map(_CLASS.match, names.column(place)))}
    found = []
    for n, place in said.items():
        if place in kinds or names.own(n, place):
            continue
        alone = not any(_is_name(cell) for at, cell in enumerate(rows[n].cells) if at != place)
        in_so_many_words = _MEAN.fullmatch(rows[n].cell(place).text.strip()) is not None
        if (in_so_many_words and (alone or names.among(place, said))) or any(_is_mean(one, n) for one in columns):
            found.append(n)
    return found


def _place_of_mean(row: Row) -> int | None:
    if not any(map(_holds_figure, row.cells)):
        return None
    for place, cell in enumerate(row.cells):
        said = cell.text.strip()
        if cell.kind is Kind.TEXT and len(said) <= LONGEST_LABEL and (_MEAN.fullmatch(said) or _MEAN_OF.match(said)):
            return place
    return None


def _figures(rows: Sequence[Row], asked: Iterable[int]) -> Iterator[list[float | None]]:
    """The columns of numbers in which one of the rows has a figure."""
    places = {place for n in asked for place, cell in enumerate(rows[n].cells) if _holds_figure(cell)}
    for place in sorted(places):
        for sign in (COMMA, POINT):
            if (column := _column(rows, place, sign)) is not None:
                yield column


def _is_mean(column: Sequence[float | None], n: int) -> bool:
    shown = column[n]
    others = [value for at, value in enumerate(column) if at != n and value is not None]
    return shown is not None and len(others) >= FEWEST and math.isclose(shown, sum(others) / len(others), rel_tol=1e-3)


def _noted(table: Table, code: str, places: Sequence[int]) -> Table:
    notes = (Finding(code, row=table.rows[n].number) for n in places)
    return replace(table, notes=(*table.notes, *notes)) if places else table


def _without(table: Table, told: Sequence[Finding]) -> Table:
    left_out = {finding.row for finding in told}
    rows = tuple(row for row in table.rows if row.number not in left_out)
    return replace(table, rows=rows, notes=(*table.notes, *told)) if told and rows else table


def _place_of_names(rows: Sequence[Row]) -> int | None:
    """The first column with a name in most of the rows; None where the table is of figures alone."""
    width = max((len(row.cells) for row in rows), default=0)
    for place in range(width):
        named = sum(_is_name(row.cell(place)) for row in rows)
        if named > FEWEST - 1 and named * 2 > len(rows):
            return place
    return None


def _is_name(cell: Cell) -> bool:
    return cell.kind is Kind.TEXT and any(map(str.isalpha, cell.text))


def _sums(rows: Sequence[Row], asked: Sequence[int], *, fewest: int = FEWEST) -> Iterator[int]:
    """Which of the rows at the places `asked` are, in some column, the sum of all the others that were not asked for,
    or of those since the one before: of `fewest` rows or more."""
    if not asked:
        return
    places = sorted({place for n in asked for place, cell in enumerate(rows[n].cells) if _holds_figure(cell)})
    columns = [column for place in places for sign in (COMMA, POINT) if (column := _column(rows, place, sign))]
    running = [
        list(accumulate((0.0 if n in set(asked) else value or 0.0 for n, value in enumerate(column)), initial=0.0))
        for column in columns
    ]
    before = 0
    for n in asked:
        spans = [(before, n), (0, n), (0, len(rows))]
        for column, upto in zip(columns, running, strict=True):
            shown = column[n]
            if shown and any(
                end - start >= fewest and math.isclose(shown, upto[end] - upto[start], rel_tol=1e-9)
                for start, end in spans
            ):
                yield n
                before = n + 1
                break


def _column(rows: Sequence[Row], place: int, sign: str) -> list[float | None] | None:
    """The numbers of a column with this decimal sign; None where it holds something else."""
    try:
        return list(read_numbers([(row.number, row.cell(place)) for row in rows], "", decimal=sign).values)
    except TableError:
        return None


def _is_total(row: Row) -> bool:
    """Whether the first cell with anything in it says so: "Totale", "TOTALE COMPLESSIVO", "Subtotale", "Tot."."""
    first = next((cell for cell in row.cells if cell.filled), None)
    return first is not None and _says_total(first) and any(map(_holds_figure, row.cells))


def _place_of_total(row: Row) -> int | None:
    """The first cell that says so, in a row with figures."""
    if not any(map(_holds_figure, row.cells)):
        return None
    return next((place for place, cell in enumerate(row.cells) if _says_total(cell)), None)


def _says_total(cell: Cell) -> bool:
    label = cell.text.strip()
    return cell.kind is Kind.TEXT and len(label) <= LONGEST_LABEL and _TOTAL.match(label) is not None


def _holds_figure(cell: Cell) -> bool:
    return bool(_FIGURES.search(cell.text)) or cell.kind is Kind.FORMULA
