"""Numbers as people write them: which of «.» and «,» is the decimal sign is known from the whole column, or asked.

«847.398» is 847398 in an Italian table and 847.398 in an English one. A column says which where one of its numbers
can be read in one way only («1.234,5», «0.5», «12,75», «1.234.567»), or where whole numbers below a thousand stand
beside «1.200»: whoever writes 1.2 with three decimals writes 950 with them too. Where none does, the file's own
separator says it: whoever parts cells with semicolons writes decimals with a comma. Else nobody can know, and it is
asked.
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from aumenta.core.tables.findings import Finding, TableError
from aumenta.core.tables.table import Cell, Kind

POINT: Final = "."
COMMA: Final = ","
_OTHER: Final = {POINT: COMMA, COMMA: POINT}
MISSING: Final = frozenset(
    {"", "-", "–", "—", "..", "...", "…", "n.d.", "nd", "n/d", "n.a.", "na", "n/a", "//", "null"}
)
"""What stands in a cell in place of a number that is not there, as statistical offices write it."""
_FIGURES: Final = re.compile(r"[0-9]+(?:[.,'’ ][0-9]+)*|[.,][0-9]+")
_POWER: Final = re.compile(r"([0-9.,]+)[eE]([+-]?[0-9]{1,3})")
_GROUPS: Final = re.compile(r"[1-9][0-9]{0,2}(?:S[0-9]{3})+".replace("S", "[.,'’ ]"))
_SIGNS: Final = re.compile("[.,]")
_EIGHTHS: Final = frozenset({"125", "375", "625", "875"})


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of a column, None for those that are missing; `notes` say what was taken for granted."""

    values: tuple[float | None, ...]
    notes: tuple[Finding, ...] = ()


class _Written(NamedTuple):
    """A number as written: its sign, its figures with at most points and commas, its power of ten."""

    row: int
    shown: str
    minus: bool
    figures: str
    power: str


def read_numbers(cells: Iterable[tuple[int, Cell]], column: str, *, decimal: str = "", separator: str = "") -> Numbers:
    """The numbers in the cells of one column, each with its row.

    `decimal` is what the reader says the decimal sign is, if she was asked; `separator` that of a CSV. Raises
    TableError: cell_error, cell_formula, not_a_number, number_mixed (two conventions in one column),
    number_ambiguous (nobody can know).
    """
    cells = list(cells)
    written = [_written(row, cell, column) for row, cell in cells]
    texts = [one for one in written if isinstance(one, _Written)]
    stored = [one for one in written if isinstance(one, float)]
    sign, notes = (decimal, ()) if decimal else _decimal_sign(texts, stored, column, separator)
    values = [_value(one, sign, column) if isinstance(one, _Written) else one for one in written]
    return Numbers(tuple(values), notes)


def _written(row: int, cell: Cell, column: str) -> _Written | float | None:
    if (fault := cell.fault) is not None:
        raise TableError.of(fault, row=row, column=column)
    if cell.kind is Kind.NUMBER and isinstance(cell.value, float):
        return cell.value
    shown = " ".join(cell.text.split())
    if shown.casefold() in MISSING:
        return None
    text = re.sub(r"^(?:€|EUR) ?| ?(?:€|EUR|euro)$", "", shown).replace("\u2212", "-")
    minus, text = text.startswith("-"), text.lstrip("+-")
    power = _POWER.fullmatch(text)
    figures = power[1] if power else text
    # A space or an apostrophe parts thousands and nothing else.
    if re.search("['’ ]", figures):
        whole = re.split("[.,](?=[0-9]*$)", figures)[0]
        figures = re.sub("['’ ]", "", figures) if _GROUPS.fullmatch(whole) else ""
    signs = len(shown) - len(shown.lstrip("+-\u2212"))
    if cell.kind is not Kind.TEXT or signs > 1 or not _FIGURES.fullmatch(figures):
        raise TableError("not_a_number", row=row, column=column, shown=shown[:60])
    return _Written(row, shown, minus, figures, power[2] if power else "")


def _evidence(one: _Written) -> str | None:
    """The decimal sign that this number has without doubt; None where it says nothing; "" where it may be either."""
    signs: list[str] = _SIGNS.findall(one.figures)
    if not signs:
        return None
    if len(set(signs)) == 2:
        return signs[-1]
    if len(signs) > 1:
        return _OTHER[signs[0]]
    whole, _sign, rest = one.figures.partition(signs[0])
    if len(rest) != 3 or len(whole) > 3 or not whole or whole.startswith("0") or one.power:
        return signs[0]
    return ""


def _part_thousands(doubtful: Sequence[_Written], texts: Sequence[_Written], stored: Sequence[float]) -> bool:
    """Whether the whole numbers beside them say that the signs of doubtful numbers part thousands.

    Where decimals are written to the third, zeros at the end too («1.200»), 950 would be «950.000»; where zeros are
    left out, two numbers without any decimal beside those with three are no chance, but for eighths (1.125, 2, 3). A
    whole number of four figures without a sign says that thousands are not parted; a stored one says nothing of that.
    """
    plain = [one.figures for one in texts if not _SIGNS.search(one.figures)]
    if any(len(figures) > 3 for figures in plain) or any(value != int(value) for value in stored):
        return False
    # Nothing is nothing with and without decimals.
    whole = sum(int(figures) != 0 for figures in plain) + sum(value != 0 for value in stored)
    rests = {_SIGNS.split(one.figures)[1] for one in doubtful}
    return (whole >= 2 and not rests <= _EIGHTHS) or (whole == 1 and any(rest.endswith("0") for rest in rests))


def _decimal_sign(
    texts: Sequence[_Written], stored: Sequence[float], column: str, separator: str
) -> tuple[str, tuple[Finding, ...]]:
    sure: dict[str, _Written] = {}
    doubtful: list[_Written] = []
    for one in texts:
        evidence = _evidence(one)
        if evidence:
            sure.setdefault(evidence, one)
        elif evidence == "":
            doubtful.append(one)
    if len(sure) == 2:
        first, second = sorted(sure.values())
        raise TableError(
            "number_mixed", row=second.row, column=column, shown=second.shown, other=first.shown, at=first.row
        )
    if sure:
        return next(iter(sure)), ()
    if not doubtful:
        return POINT, ()
    signs = {_SIGNS.findall(one.figures)[0] for one in doubtful}
    # Comma-separated files write decimals with a point; a comma in them can only part thousands.
    known = COMMA if separator == ";" else POINT if separator == COMMA and signs == {COMMA} else ""
    if len(signs) == 1 and _part_thousands(doubtful, texts, stored):
        # Where file and column say otherwise, neither is believed.
        known = _OTHER[next(iter(signs))] if known not in signs else ""
    one = doubtful[0]
    if not known or len(signs) == 2:
        raise TableError.of(Finding("number_ambiguous", one.row, column, _readings(one)))
    read = "read_as_decimal" if known in signs else "read_as_thousands"
    return known, (Finding(read, one.row, column, _readings(one)),)


def _readings(one: _Written) -> dict[str, str | int]:
    sign = _SIGNS.findall(one.figures)[0]
    whole, rest = one.figures.split(sign)
    return {"shown": one.shown, "sign": sign, "thousand": whole + rest}


def _value(one: _Written, decimal: str, column: str) -> float:
    whole, _sign, rest = one.figures.partition(decimal)
    thousands = _OTHER[decimal]
    if thousands in whole and not _GROUPS.fullmatch(whole):
        raise TableError("not_a_number", row=one.row, column=column, shown=one.shown[:60])
    if _SIGNS.search(rest):
        raise TableError("not_a_number", row=one.row, column=column, shown=one.shown[:60])
    number = float(f"{whole.replace(thousands, '') or '0'}.{rest or '0'}{'e' + one.power if one.power else ''}")
    if not math.isfinite(number):
        raise TableError("not_a_number", row=one.row, column=column, shown=one.shown[:60])
    return -number if one.minus else number
