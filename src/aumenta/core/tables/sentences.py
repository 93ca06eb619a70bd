"""What a person reads of a finding: what, where, what to do. English here; `core/locale` holds the Italian.

Core knows no reader and no language: whoever shows a sentence hands in the function that translates.
"""

from collections.abc import Callable
from typing import Final

from aumenta.core.catalog import gettext_noop
from aumenta.core.tables.findings import Finding
from aumenta.core.words_of_libraries import in_the_readers_words

SENTENCES: Final[dict[str, str]] = {
    # The file as a whole.
    "empty": gettext_noop("The file is empty."),
    "empty_sheet": gettext_noop("The spreadsheet is empty: nothing is written in any of its sheets."),
    "no_sheet": gettext_noop("The spreadsheet has no sheet with cells."),
    "too_large": gettext_noop("The file is larger than %(most)s MB: divide it."),
    "unpacked": gettext_noop(
        "The spreadsheet is too large once unpacked (%(most)s MB at most): divide it, or save only the sheet with the "
        "table."
    ),
    "too_many_rows": gettext_noop("There are more than %(most)s rows: divide the table."),
    "too_many_columns": gettext_noop("There are more than %(most)s columns: keep only those that are needed."),
    "too_many_cells": gettext_noop("There are more than %(most)s cells: divide the table."),
    "too_slow": gettext_noop("The file takes too long to read: divide it, or save it again as CSV UTF-8."),
    "busy_reading": gettext_noop("Several files are being read at this moment: send it again in a minute."),
    "cell_too_long": gettext_noop("The text is longer than the %(most)s characters of a cell."),
    "damaged": gettext_noop("The file is damaged or not a spreadsheet: save it again as .xlsx."),
    "password": gettext_noop("The spreadsheet is locked with a password: save a copy without it."),
    "old_excel": gettext_noop("This is an old Excel file (.xls): open it and save it again as .xlsx."),
    "web_page": gettext_noop(
        "This is a web page, whatever its name ends with: open it in a spreadsheet and save it as .xlsx."
    ),
    "not_a_table": gettext_noop("This is not a table (%(kind)s): save it as .xlsx, .ods or CSV."),
    "binary": gettext_noop("This is neither a text nor a spreadsheet: save it as .xlsx, .ods or CSV."),
    "not_delimited": gettext_noop("This is not well-formed CSV (%(reason)s)."),
    "quote_not_closed": gettext_noop(
        "A quotation mark opens here and is never closed: close it, or write it twice where it is part of the text."
    ),
    # Headings and rows.
    "no_column": gettext_noop("There is no column “%(name)s”; the columns are: %(there)s."),
    "column_twice": gettext_noop("This column is there %(count)s times: leave one."),
    "no_rows": gettext_noop("There are no rows under the headings."),
    "row_too_long": gettext_noop(
        "The row has %(cells)s cells and the headings are %(width)s: put a text that contains “%(separator)s” between "
        "quotation marks."
    ),
    "row_too_short": gettext_noop("The row has %(cells)s cells and the headings are %(width)s."),
    # A cell.
    "value_missing": gettext_noop("The value is missing."),
    "value_negative": gettext_noop("%(shown)s is negative: values must be zero or more."),
    "group_missing": gettext_noop("The group is missing."),
    "cell_error": gettext_noop(
        "The cell holds a spreadsheet error (%(shown)s): mend the formula, or write the value in its place."
    ),
    "cell_formula": gettext_noop(
        "The cell holds a formula without a stored result: open the file in a spreadsheet and save it, or paste the "
        "values alone."
    ),
    "not_a_number": gettext_noop("“%(shown)s” is not a number."),
    "number_mixed": gettext_noop(
        "“%(shown)s” and, in row %(at)s, “%(other)s” write decimals in two ways: use one sign in the whole column."
    ),
    "number_ambiguous": gettext_noop(
        "“%(shown)s” may be %(thousand)s or a number with three decimals: nothing in the column says what “%(sign)s” "
        "means."
    ),
    "date_missing": gettext_noop("The date is missing."),
    "date_unreadable": gettext_noop("The date “%(shown)s” cannot be read: write 2026-05-03 or 3/5/2026."),
    "date_impossible": gettext_noop("There is no such day as “%(shown)s”: write day, month and year, as 3/5/2026."),
    "date_too_early": gettext_noop("The date “%(shown)s” is too long ago."),
    "date_too_late": gettext_noop("The date “%(shown)s” is in the future."),
    # What was done to read it.
    "encoding": gettext_noop("The text was not UTF-8: it was read as %(encoding)s."),
    "damaged_letters": gettext_noop("%(count)s letters could not be read: look for “�”."),
    "separator_line": gettext_noop("The line “%(line)s” was taken for what it says and left out."),
    "other_sheets": gettext_noop("The sheet “%(read)s” was read; these were not: %(others)s."),
    "rows_above": gettext_noop("The headings are in row %(row)s; what stands above was left out."),
    "heading_over_columns": gettext_noop(
        "“%(heading)s” stands over several columns (%(columns)s): “%(read)s” was read. For another one write both, as "
        "“%(other)s”."
    ),
    "hidden_sheet": gettext_noop("The sheet “%(sheet)s” is hidden in the spreadsheet: it was read all the same."),
    "hidden_rows": gettext_noop(
        "Rows that the spreadsheet hides or filters out were read like the others (%(count)s of them: %(rows)s): "
        "delete those that should not count."
    ),
    "hidden_columns": gettext_noop("These columns are hidden in the spreadsheet and were read: %(columns)s."),
    "note_left_out": gettext_noop("The row is a note under the table and was left out: “%(shown)s”."),
    "table_twice": gettext_noop(
        "From here on the same table stands a second time: leave it once, or its rows count twice."
    ),
    "total_left_out": gettext_noop("The row is a total and was left out: it would count the others twice."),
    "mean_left_out": gettext_noop("The row is a mean or another measure of the others and was left out."),
    "region_left_out": gettext_noop(
        "The row is a whole territory and the sum of all those above: it was left out, as it would count them twice."
    ),
    "perhaps_total_by_name": gettext_noop(
        "The row says “total” and is not the sum of others: it was counted. If it is a total, take it out."
    ),
    "sum_left_out": gettext_noop(
        "The row has no name and is the sum of others, a total: it was left out, as it would count them twice."
    ),
    "row_without_name": gettext_noop(
        "The row has no name, as the others have: it was counted. If it is a total, take it out."
    ),
    "perhaps_total": gettext_noop(
        "The row is the sum of all those above: it was counted. If it is a total, take it out."
    ),
    "other_columns": gettext_noop("These columns are not known and were left out: %(columns)s."),
    "read_as_thousands": gettext_noop("“%(shown)s” was read as %(thousand)s: “%(sign)s” parts thousands here."),
    "read_as_decimal": gettext_noop(
        "“%(shown)s” was read as a number with three decimals: if it is %(thousand)s, write it so."
    ),
    "date_two_figures": gettext_noop("The date “%(shown)s” was read as %(day)s."),
    "date_from_number": gettext_noop("The number %(shown)s was read as the date %(day)s."),
}
_ROW: Final = gettext_noop("Row %(row)s: %(sentence)s")
_CELL: Final = gettext_noop("Row %(row)s, column “%(column)s”: %(sentence)s")
_COLUMN: Final = gettext_noop("Column “%(column)s”: %(sentence)s")


def say(finding: Finding, translate: Callable[[str], str]) -> str:
    """The finding as a sentence, without its place: for whoever shows row and column beside it."""
    details = dict(finding.details)
    if "reason" in details:
        details["reason"] = in_the_readers_words(str(details["reason"]), translate)
    return translate(SENTENCES[finding.code]) % details


def say_where(finding: Finding, translate: Callable[[str], str]) -> str:
    """The finding as a sentence that begins with its row and column, where it has any."""
    return placed(finding, say(finding, translate), translate)


def placed(finding: Finding, sentence: str, translate: Callable[[str], str]) -> str:
    """A sentence with the row and column of a finding before it, where it has any."""
    words = {"row": finding.row, "column": finding.column, "sentence": sentence}
    if finding.row is None:
        return translate(_COLUMN) % words if finding.column else sentence
    return translate(_CELL if finding.column else _ROW) % words
