"""Tables as offices make them: one reader for CSV, XLSX and ODS with every guard, one writer with a formula guard."""

from aumenta.core.tables.apart import table_read_apart
from aumenta.core.tables.around import without_sentences_below
from aumenta.core.tables.dates import ReadDate, read_date
from aumenta.core.tables.findings import Finding, TableError, column_letters
from aumenta.core.tables.numbers import Numbers, read_numbers
from aumenta.core.tables.reading import read_pasted, read_table
from aumenta.core.tables.table import EMPTY, Cell, Kind, Limits, Row, Table, heading_key
from aumenta.core.tables.totals import without_totals
from aumenta.core.tables.writing import FORMATS, MEDIA_TYPES, Format, SheetToWrite, Value, csv_lines, write_table

__all__ = [
    "EMPTY",
    "FORMATS",
    "MEDIA_TYPES",
    "Cell",
    "Finding",
    "Format",
    "Kind",
    "Limits",
    "Numbers",
    "ReadDate",
    "Row",
    "SheetToWrite",
    "Table",
    "TableError",
    "Value",
    "column_letters",
    "csv_lines",
    "heading_key",
    "read_date",
    "read_numbers",
    "read_pasted",
    "read_table",
    "table_read_apart",
    "without_sentences_below",
    "without_totals",
    "write_table",
]
