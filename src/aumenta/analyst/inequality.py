"""`aumenta inequality FILE.csv --value COL [--weight COL] [--group COL] [--json]`: inequality in a table.

The JSON has `gini`, `cv`, `theil` (`total`, `within`, `between`) and `mld`. Theil and the mean logarithmic deviation do
not exist where a value is zero: their numbers are then null, and `not_defined` says why, measure by measure.
Without --group all of Theil lies within (the one group), and `between` is 0.
"""

import argparse
import csv
import json
import math
import sys
from pathlib import Path
from typing import Any

from aumenta.core.indices import inequality

HELP = "Gini, coefficient of variation, Theil (total, within, between) and mean log deviation of a CSV column."


class TableError(ValueError):
    """The file cannot be measured; the message says what, where and what to do."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file and the names of its columns."""
    parser.add_argument("file", type=Path, help="CSV with a header (comma, semicolon or tab; UTF-8)")
    parser.add_argument("--value", required=True, metavar="COL", help="column of the values, zero or more")
    parser.add_argument("--weight", metavar="COL", help="column of the weights, such as population; else all equal")
    parser.add_argument("--group", metavar="COL", help="column of the groups, such as zones, for Theil's two parts")
    parser.add_argument("--json", action="store_true", help="print JSON instead of sentences")


def run(options: argparse.Namespace) -> int:
    """Measure and print; 2 when the file or a column will not do."""
    try:
        values, weights, groups = read_columns(options.file, options.value, options.weight, options.group)
        result = measure(values, weights, groups)
    except (TableError, inequality.InequalityError) as problem:
        print(f"aumenta inequality: {options.file}: {problem}", file=sys.stderr)
        return 2
    for name, reason in result.get("not_defined", {}).items():
        print(f"aumenta inequality: {name} is not defined here: {reason}.", file=sys.stderr)
    print(json.dumps(result, ensure_ascii=False, allow_nan=False) if options.json else _in_words(result, len(values)))
    return 0


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


def read_columns(
    path: Path, value: str, weight: str | None, group: str | None
) -> tuple[list[float], list[float] | None, list[str] | None]:
    """The columns asked for, every cell checked; TableError names line and column of the first bad one."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as problem:
        raise TableError(f"the file cannot be read ({problem.strerror})") from None
    except UnicodeDecodeError:
        raise TableError("the file is not UTF-8 text: save it again as CSV UTF-8") from None
    header_line = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=header_line.count)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True)
    try:
        return _columns(reader, value, weight, group, decimal_comma=delimiter != ",")
    except csv.Error as problem:
        raise TableError(f"line {reader.line_num}: this is not well-formed CSV ({problem})") from None


def _columns(
    reader: Any, value: str, weight: str | None, group: str | None, *, decimal_comma: bool
) -> tuple[list[float], list[float] | None, list[str] | None]:
    header = [name.strip() for name in next(reader, [])]
    places = {name: _place(header, name) for name in (value, weight, group) if name is not None}
    values: list[float] = []
    weights: list[float] = []
    groups: list[str] = []
    for row in reader:
        if not any(cell.strip() for cell in row):
            continue
        line = reader.line_num
        if len(row) != len(header):
            raise TableError(f"line {line}: it has {len(row)} cells and the header {len(header)}")
        values.append(_number(row[places[value]], value, line, decimal_comma=decimal_comma))
        if weight is not None:
            weights.append(_number(row[places[weight]], weight, line, decimal_comma=decimal_comma))
        if group is not None:
            groups.append(row[places[group]].strip())
            if not groups[-1]:
                raise TableError(f"line {line}, column «{group}»: the group is missing")
    if not values:
        raise TableError("there are no rows under the header")
    return values, weights if weight is not None else None, groups if group is not None else None


def _place(header: list[str], name: str) -> int:
    found = header.count(name)
    if found == 0:
        raise TableError(
            f"there is no column «{name}»; the columns are: {', '.join(header) or 'none, the file is empty'}"
        )
    if found > 1:
        raise TableError(f"the column «{name}» is there {found} times: leave one")
    return header.index(name)


def _number(cell: str, name: str, line: int, *, decimal_comma: bool) -> float:
    text = cell.strip()
    where = f"line {line}, column «{name}»"
    if not text:
        raise TableError(f"{where}: the value is missing")
    try:
        # A comma is a decimal sign only in files parted by semicolons or tabs, as Italian spreadsheets write them.
        number = float(text.replace(",", ".") if decimal_comma and "." not in text else text)
    except ValueError:
        raise TableError(f"{where}: «{text}» is not a number") from None
    if not math.isfinite(number) or "_" in text:
        raise TableError(f"{where}: «{text}» is not a number")
    if number < 0:
        raise TableError(f"{where}: {text} is negative, and these measures need values of zero or more")
    return number


def _in_words(result: dict[str, Any], count: int) -> str:
    def show(value: float | None) -> str:
        return "not defined" if value is None else f"{value:.6f}"

    theil = result["theil"]
    return "\n".join(
        [
            f"{count} values",
            f"Gini                      {show(result['gini'])}   (0 all equal, 1 all in one place)",
            f"Coefficient of variation  {show(result['cv'])}",
            f"Theil                     {show(theil['total'])}"
            f"   ({show(theil['within'])} within the groups, {show(theil['between'])} between them)",
            f"Mean log deviation        {show(result['mld'])}",
        ]
    )
