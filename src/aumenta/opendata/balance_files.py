"""The measures of inequality of every rate as a table: CSV and XLSX, with source and licence inside."""

import csv
import io
from typing import Any

import xlsxwriter

from aumenta.territory.balance import balance
from aumenta.territory.figures import FIGURES
from aumenta.territory.models import Territory
from aumenta.territory.queries import table_of
from aumenta.ui.files import LICENCE, LICENCE_ADDRESS

MEASURES = ("gini", "cv", "theil", "between_zones", "between_belts", "top_bottom", "top_mean", "bottom_mean")
"""As in `territory.balance`; the parts between zones and belts are shares of Theil's total."""


def rows(territory: Territory) -> list[dict[str, Any]]:
    """One row a rate; None where a measure is not defined. Municipalities count for their residents."""
    table = table_of(territory)
    found = []
    for key, figure in FIGURES.items():
        if figure.adds_up:
            continue
        measured = balance(table, key, territory.code)
        row: dict[str, Any] = {"figure": key, "label": str(figure.label), "unit": str(figure.unit)}
        for name in MEASURES:
            value = getattr(measured, name)
            row[name] = None if value is None else round(value, 6)
        found.append(row | {"residents_on": f"{table.year}-01-01"})
    return found


def balance_as_csv(territory: Territory) -> bytes:
    """UTF-8 with the mark spreadsheets want; source and licence end every row."""
    table = [row | {"source": territory.source, "licence": LICENCE} for row in rows(territory)]
    text = io.StringIO()
    writer = csv.DictWriter(text, list(table[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(table)
    return text.getvalue().encode("utf-8-sig")


def balance_as_xlsx(territory: Territory) -> bytes:
    """A sheet of measures and one of the source."""
    file, table = io.BytesIO(), rows(territory)
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet("balance")
        sheet.write_row(0, 0, list(table[0]), bold)
        for number, row in enumerate(table, start=1):
            for column, value in enumerate(row.values()):
                if value is not None:
                    sheet.write(number, column, value)
        sheet.freeze_panes(1, 2)
        about = book.add_worksheet("source")
        origin = {"territory": territory.full_name, "source": territory.source, "licence": LICENCE}
        for number, (name, value) in enumerate((origin | {"licence_address": LICENCE_ADDRESS}).items()):
            about.write_row(number, 0, [name, value])
    return file.getvalue()
