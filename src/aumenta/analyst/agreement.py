"""`aumenta agreement FILE --level nominal|ordinal|interval [--json]`: Krippendorff's alpha of two readers or more.

FILE is a table with the columns `unit`, `coder`, `value`, a row for each judgement. The JSON has `alpha` (null where it
is not computable, and `why`), `level`, the numbers of `units`, `coders` and `values` it rests on, and `alone`: units
that only one reader judged, which say nothing of agreement.
"""

import argparse
from collections import defaultdict
from collections.abc import Hashable
from pathlib import Path
from typing import Any, Final

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
from aumenta.core.indices.agreement import Agreement, Level, NotComputable, krippendorff_alpha
from aumenta.core.tables import Table, TableError, read_numbers

HELP = _("Say how far readers who judged the same units agree: Krippendorff's alpha.")
WHY: Final = {
    NotComputable.NO_PAIRS: _("no unit was judged by two readers"),
    NotComputable.ALL_EQUAL: _("all the values are equal: where nothing varies, agreement says nothing"),
}
MISSING: Final = frozenset({"", "*", ".", "-", "–", "—"})
"""What stands in a cell where a reader gave no value."""
COLUMNS: Final = ("unit", "coder", "value")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The table and what its values are."""
    parser.add_argument("file", type=Path, help=_("table with the columns unit, coder, value: CSV, XLSX or ODS"))
    parser.add_argument(
        "--level",
        required=True,
        choices=[str(level) for level in Level],
        help=_("what the values are: names (nominal), ranks (ordinal), numbers with equal steps (interval)"),
    )
    decimal_option(parser)
    json_option(parser)


def run(options: argparse.Namespace) -> None:
    """Measure and print."""
    with asking_for_the_decimal_sign(options.file):
        table = open_table(options.file, COLUMNS, "agreement")
        shown = measure(table, Level(options.level), options)
    answer(shown, options, _in_words)


def measure(table: Table, level: Level, options: argparse.Namespace) -> dict[str, Any]:
    """Alpha and what it rests on. Raises TableError or InputError."""
    judged = _judgements(table, _values(table, level, options))
    found = krippendorff_alpha([list(values.values()) for values in judged.values()], level)
    alone = [unit for unit, values in judged.items() if len(values) == 1]
    return {
        "alpha": found.alpha,
        "why": _why(found),
        "level": str(level),
        "units": found.units,
        "coders": len({coder for values in judged.values() for coder in values}),
        "values": found.values,
        "alone": alone,
    }


def _values(table: Table, level: Level, options: argparse.Namespace) -> list[Hashable | None]:
    """The value of each row, None where there is none."""
    place = table.needed(["value"])
    cells = [(row.number, row.cell(place)) for row in table.rows]
    gone = {number for number, cell in cells if cell.text.strip() in MISSING and cell.fault is None}
    if level is not Level.NOMINAL:
        left = [one for one in cells if one[0] not in gone]
        found = read_numbers(left, "value", decimal=decimal_of(options), separator=table.separator)
        for note in found.notes:
            tell_how("agreement", options.file, note)
        numbers = dict(zip((number for number, _cell in left), found.values, strict=True))
        return [numbers.get(number) for number, _cell in cells]
    for number, cell in cells:
        if cell.fault:
            raise TableError.of(cell.fault, row=number, column="value")
    return [None if number in gone else cell.text.strip() for number, cell in cells]


def _judgements(table: Table, values: list[Hashable | None]) -> dict[str, dict[str, Hashable]]:
    """Unit → reader → value; a reader who judged a unit twice in two ways is refused, in the same way counts once."""
    unit_place, coder_place = table.needed(["unit"]), table.needed(["coder"])
    judged: dict[str, dict[str, Hashable]] = defaultdict(dict)
    for row, value in zip(table.rows, values, strict=True):
        if value is None:
            continue
        unit, coder = (row.cell(place).text.strip() for place in (unit_place, coder_place))
        if not unit or not coder:
            raise InputError(_("row {row}: say both which unit and which reader").format(row=row.number))
        if judged[unit].setdefault(coder, value) != value:
            raise InputError(
                _("row {row}: the reader “{coder}” judged “{unit}” before, and in another way").format(
                    row=row.number, coder=coder, unit=unit
                )
            )
    return dict(judged)


def _why(found: Agreement) -> str | None:
    return WHY[found.why] if found.why else None


def _in_words(shown: dict[str, Any]) -> str:
    rests = _("{values} values of {units} units, {coders} readers").format(**shown)
    alone = _("; judged by one reader only, left out: {alone}").format(alone=", ".join(shown["alone"]))
    alpha = _("not computable: {why}").format(**shown) if shown["alpha"] is None else f"alpha {shown['alpha']:.3f}"
    return f"{alpha} ({rests}{alone if shown['alone'] else ''})"
