"""`aumenta inequality FILE --value COL [--weight COL] [--group COL] [--decimal comma|point] [--json]`: inequality.

The JSON has `gini`, `cv`, `theil` (`total`, `within`, `between`) and `mld`. Theil and the mean logarithmic deviation do
not exist where a value is zero: their numbers are then null, and `not_defined` says why, measure by measure.
Without --group all of Theil lies within (the one group), and `between` is 0.
"""

import argparse
from pathlib import Path
from typing import Any, Final, NamedTuple

from aumenta.analyst.frame import (
    InputError,
    answer,
    asking_for_the_decimal_sign,
    decimal_of,
    decimal_option,
    json_option,
    tell,
)
from aumenta.analyst.language import _, ngettext
from aumenta.analyst.tables import TABLE_FILE, open_table, tell_how
from aumenta.core.indices import inequality
from aumenta.core.tables import Table, TableError, read_numbers

SHOWN_AS_ZERO: Final = 5e-7
"""Of less than half the last decimal shown no sign is left, so that no "-0.000000" is read."""
HELP = _("Gini, coefficient of variation, Theil (total, within, between) and mean log deviation of a table's column.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file and the names of its columns."""
    parser.add_argument("file", type=Path, help=TABLE_FILE)
    parser.add_argument("--value", required=True, metavar="COL", help=_("column of the values, zero or more"))
    parser.add_argument("--weight", metavar="COL", help=_("column of the weights, such as population; else all equal"))
    parser.add_argument("--group", metavar="COL", help=_("column of the groups, such as zones, for Theil's two parts"))
    decimal_option(parser)
    json_option(parser)


def run(options: argparse.Namespace) -> None:
    """Measure and print."""
    values, weights, groups = read_columns(
        options.file, options.value, options.weight, options.group, decimal=decimal_of(options)
    )
    try:
        result = measure(values, weights, groups)
    except inequality.InequalityError as problem:
        raise InputError(_(problem.reason) % problem.details, options.file) from None
    if "not_defined" in result:
        tell("inequality", _("theil and mld are not defined here: a value is zero, and they take its logarithm."))
    answer(result, options, lambda shown: _in_words(shown, len(values)))


def measure(values: list[float], weights: list[float] | None, groups: list[str] | None) -> dict[str, Any]:
    """The four measures, as the JSON shows them."""
    result: dict[str, Any] = {
        "gini": inequality.gini(values, weights),
        "cv": inequality.coefficient_of_variation(values, weights),
    }
    try:
        parts = inequality.theil(values, weights, groups)
        result["theil"] = {"total": parts.total, "within": parts.within, "between": parts.between}
        result["mld"] = inequality.mean_log_deviation(values, weights)
    except inequality.InequalityError as reason:
        result["theil"] = {"total": None, "within": None, "between": None}
        result["mld"] = None
        result["not_defined"] = {"theil": str(reason), "mld": str(reason).replace("Theil's index", "it")}
    return result


class Columns(NamedTuple):
    """The numbers to measure, with their weights and groups where they were asked for."""

    values: list[float]
    weights: list[float] | None
    groups: list[str] | None


def read_columns(path: Path, value: str, weight: str | None, group: str | None, *, decimal: str = "") -> Columns:
    """The columns asked for, every cell checked; InputError names row and column of the first bad one."""
    table = open_table(path, [name for name in (value, weight, group) if name], "inequality", totals=False)
    with asking_for_the_decimal_sign(path):
        table.check_widths(short=True)
        places = [table.needed([name]) for name in (value, weight, group) if name]
        if not table.rows:
            raise TableError("no_rows")
        values = _numbers(path, table, value, decimal)
        weights = _numbers(path, table, weight, decimal) if weight else None
        return Columns(values, weights, _groups(table, group, places[-1]) if group else None)


def _numbers(path: Path, table: Table, name: str, decimal: str) -> list[float]:
    place = table.needed([name])
    cells = [(row.number, row.cell(place)) for row in table.rows]
    found = read_numbers(cells, name, decimal=decimal, separator=table.separator)
    for note in found.notes:
        tell_how("inequality", path, note)
    numbers = []
    for (row, cell), number in zip(cells, found.values, strict=True):
        if number is None:
            raise TableError("value_missing", row=row, column=name)
        if number < 0:
            raise TableError("value_negative", row=row, column=name, shown=cell.text.strip())
        numbers.append(number)
    return numbers


def _groups(table: Table, name: str, place: int) -> list[str]:
    groups = []
    for row in table.rows:
        cell = row.cell(place)
        if (fault := cell.fault) is not None:
            raise TableError.of(fault, row=row.number, column=name)
        if not cell.text.strip():
            raise TableError("group_missing", row=row.number, column=name)
        groups.append(cell.text.strip())
    return groups


def _in_words(result: dict[str, Any], count: int) -> str:
    def show(value: float | None) -> str:
        return _("not defined") if value is None else f"{value if abs(value) >= SHOWN_AS_ZERO else 0.0:.6f}"

    parts = _("{within} within the groups, {between} between them").format(
        within=show(result["theil"]["within"]), between=show(result["theil"]["between"])
    )
    lines = [
        ("Gini", result["gini"], _("0 all equal, 1 all in one place")),
        (_("Coefficient of variation"), result["cv"], ""),
        ("Theil", result["theil"]["total"], parts),
        (_("Mean log deviation"), result["mld"], ""),
    ]
    return "\n".join(
        [
            ngettext("{n} value", "{n} values", count).format(n=count),
            *(f"{name:<28}{show(value)}{f'   ({note})' if note else ''}" for name, value, note in lines),
        ]
    )
