"""Rows as a file: CSV with commas or semicolons, XLSX, ODS, JSON, JSON Lines or Parquet; where they come from and under
what licence is in it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from aumenta.core.tables import MEDIA_TYPES, Format, SheetToWrite, write_table
from aumenta.core.tables import Value as Cell
from aumenta.core.tables.columnar import write_parquet
from aumenta.people.reader import reader_language
from aumenta.plan.models import Edition
from aumenta.ui.files import csv_asked
from aumenta.ui.not_found import NotHereError

Row = Mapping[str, Any]
FORMATS: Final = {
    "csv": MEDIA_TYPES["csv"],
    "xlsx": MEDIA_TYPES["xlsx"],
    "ods": MEDIA_TYPES["ods"],
    "json": "application/json",
    "jsonl": "application/jsonl",
    "parquet": "application/vnd.apache.parquet",
}
LIST_SEPARATOR: Final = " | "


def check_format(file_format: str) -> None:
    """Http404 where there is no such kind of file."""
    if file_format not in FORMATS:
        raise NotHereError(gettext("This can be had as .csv, .xlsx, .ods, .json, .jsonl and .parquet."))


def licence_of(*editions: Edition | None) -> dict[str, str]:
    """The licence of the texts of these editions as the authority states it, or that it states none: never ours."""
    stated = {(one.licence, one.licence_address) for one in editions if one}
    if len(stated) == 1 and (only := stated.pop())[0]:
        return {"licence": only[0], "licence_address": only[1]}
    return {"licence": gettext("not stated: ask the authority that publishes the plan"), "licence_address": ""}


def origin_of(edition: Edition) -> dict[str, str]:
    """Source, publisher and licence of an edition's texts, and the language of what is written in the file."""
    return {
        "source": edition.source or edition.title_it,
        "publisher": edition.plan.authority_it,
        **licence_of(edition),
        "edition": edition.label,
        "language": reader_language(),
    }


def file_of(
    request: HttpRequest, rows: Sequence[Row], origin: Mapping[str, str], *, name: str, what: str, file_format: str
) -> HttpResponse:
    """The rows as a file called `name`; `what` is their key in the JSON. Rows have the same keys, lists of texts as
    lists; numbers stay numbers. Http404 for another format."""
    check_format(file_format)
    if file_format == "json":
        content = json.dumps({**origin, "count": len(rows), what: rows}, ensure_ascii=False, indent=1).encode()
    elif file_format == "jsonl":
        content = _lines(rows, origin)
    elif file_format == "parquet":
        content = write_parquet(rows, origin)
    elif file_format in {"xlsx", "ods"}:
        content = _spreadsheet(rows, origin, "ods" if file_format == "ods" else "xlsx")
    else:
        content = _csv(rows, origin, csv_asked(request))
    response = HttpResponse(content, content_type=FORMATS[file_format])
    response["Content-Disposition"] = f'attachment; filename="{name}.{file_format}"'
    return response


def _cell(value: Any) -> Cell:
    if isinstance(value, list | tuple):
        return LIST_SEPARATOR.join(str(one) for one in value)
    return value if value is None or isinstance(value, str | int | float) else str(value)


def _headings(rows: Sequence[Row]) -> list[str]:
    return list(rows[0]) if rows else ["code"]


def _csv(rows: Sequence[Row], origin: Mapping[str, str], kind: Format) -> bytes:
    """UTF-8 with its mark (or spreadsheets break the accents); source and licence end every row."""
    body = ([*map(_cell, row.values()), origin["source"], origin["licence"]] for row in rows)
    return write_table([SheetToWrite("", [*_headings(rows), "source", "licence"], body)], kind)


def _lines(rows: Sequence[Row], origin: Mapping[str, str]) -> bytes:
    """One row a line; source and licence end every row, as in the CSV."""
    told = {"source": origin["source"], "licence": origin["licence"]}
    return "".join(f"{json.dumps({**row, **told}, ensure_ascii=False)}\n" for row in rows).encode()


def _spreadsheet(rows: Sequence[Row], origin: Mapping[str, str], kind: Format) -> bytes:
    """A workbook (a code such as 2.2 stays a code, a number is a number), with a sheet on source and licence."""
    headings = _headings(rows)
    table = SheetToWrite(
        gettext("Data"),
        headings,
        [[*map(_cell, row.values())] for row in rows],
        frozen=2,
        widths=(8, *[32] * (len(headings) - 1)),
    )
    first, *others = origin.items()
    about = SheetToWrite(gettext("Source and licence"), first, others, widths=(28, 28))
    return write_table([table, about], kind, cut=gettext(" […] (whole in the CSV and JSON files)"))
