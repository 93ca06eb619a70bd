"""`aumenta composite FILE --unit COL --time COL --negative COL,COL [--reference COL=VALUE] [--decimal comma|point]
[--json]`: the AMPI.

Every column but unit and time is an indicator. The reference (100) is the mean of the rows named by --reference, else
of all rows. The JSON is one object for each row, in order: `unit`, `time`, `value`.
"""

import argparse
from pathlib import Path
from typing import Any, Final

import numpy as np

from aumenta.analyst.frame import (
    InputError,
    answer,
    asking_for_the_decimal_sign,
    decimal_of,
    decimal_option,
    json_option,
)
from aumenta.analyst.language import _
from aumenta.analyst.tables import open_table, tell_how
from aumenta.core.indices.composite import CompositeError, CompositeFault, ampi, goalposts, normalised
from aumenta.core.tables import Table, heading_key, read_numbers
from aumenta.people.reader import in_quotes

HELP = _("Put several indicators into one index (AMPI), which unbalance among them lowers.")
FAULTS: Final = {
    CompositeFault.NO_INDICATORS: _("there is no column of an indicator"),
    CompositeFault.NO_ROWS: _("there are no rows under the header"),
    CompositeFault.NOT_FINITE: _("a value is missing: an index of different indicators in each row says nothing"),
    CompositeFault.ALWAYS_THE_SAME: _("the indicator is the same everywhere: leave the column out"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The table and what its columns are."""
    parser.add_argument("file", type=Path, help=_("table with a header: CSV, XLSX or ODS"))
    parser.add_argument("--unit", required=True, metavar="COL", help=_("column of the territories"))
    parser.add_argument("--time", required=True, metavar="COL", help=_("column of the years"))
    parser.add_argument("--negative", default="", metavar="COL,COL", help=_("indicators where less is better"))
    parser.add_argument("--reference", metavar="COL=VALUE", help=_("the rows whose mean is 100, such as YEAR=2014"))
    decimal_option(parser)
    json_option(parser)


def run(options: argparse.Namespace) -> None:
    """Measure and print."""
    with asking_for_the_decimal_sign(options.file):
        rows = measure(open_table(options.file, (options.unit, options.time), "composite", totals=False), options)
    answer(rows, options, _in_words)


def _in_words(rows: list[dict[str, Any]]) -> str:
    return "\n".join(f"{row['unit']} {row['time']}: {row['value']:.3f}" for row in rows)


def measure(table: Table, options: argparse.Namespace) -> list[dict[str, Any]]:
    """The index of every row. Raises TableError or InputError."""
    unit, time = table.needed([options.unit]), table.needed([options.time])
    places = [place for place, name in enumerate(table.header) if name.strip() and place not in (unit, time)]
    negative = {table.needed([name.strip()]) for name in options.negative.split(",") if name.strip()}
    columns = [_column(table, place, options) for place in places]
    values = np.array(columns, dtype=float).reshape(len(places), len(table.rows)).T
    chosen = _reference_rows(table, options.reference)
    try:
        if not places:
            raise CompositeError(CompositeFault.NO_INDICATORS)
        posts = goalposts(values, values[chosen].mean(axis=0) if chosen else np.full(len(places), np.nan))
    except CompositeError as problem:
        name = table.header[places[problem.indicator]].strip() if places else "-"
        raise InputError(f"{in_quotes(name)}: {FAULTS[problem.fault]}") from None
    index = ampi(normalised(values, posts, [place in negative for place in places]))
    return [
        {"unit": row.cell(unit).text.strip(), "time": row.cell(time).text.strip(), "value": float(value)}
        for row, value in zip(table.rows, index, strict=True)
    ]


def _column(table: Table, place: int, options: argparse.Namespace) -> list[float]:
    name = table.header[place].strip()
    cells = [(row.number, row.cell(place)) for row in table.rows]
    numbers = read_numbers(cells, name, decimal=decimal_of(options), separator=table.separator)
    for note in numbers.notes:
        tell_how("composite", options.file, note)
    for row, value in zip(table.rows, numbers.values, strict=True):
        if value is None:
            where = _("row {row}, column “{column}”").format(row=row.number, column=name)
            raise InputError(f"{where}: {FAULTS[CompositeFault.NOT_FINITE]}")
    return [value for value in numbers.values if value is not None]


def _reference_rows(table: Table, reference: str | None) -> list[int]:
    if reference is None:
        return list(range(len(table.rows)))
    name, equals, wanted = reference.partition("=")
    if not equals:
        raise InputError(_("--reference is written COL=VALUE, such as YEAR=2014"))
    place = table.needed([name.strip()])
    rows = [number for number, row in enumerate(table.rows) if heading_key(row.cell(place).text) == heading_key(wanted)]
    if not rows:
        raise InputError(_("no row has “{value}” under “{column}”").format(value=wanted.strip(), column=name.strip()))
    return rows
