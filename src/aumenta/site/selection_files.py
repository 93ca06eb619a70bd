"""A selection of actions as a file that programs and spreadsheets read, with source and licence in it."""

import csv
import io
import json
from typing import Any

import xlsxwriter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, gettext

from aumenta.plan.models import Edition
from aumenta.plan.places import Tie
from aumenta.site.catalogue import Catalogue, Entry
from aumenta.site.finding import Question, answer
from aumenta.site.place_actions import way
from aumenta.ui.files import LICENCE, LICENCE_ADDRESS, harmless

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
SEPARATOR = " | "


def selection(
    request: HttpRequest, edition: Edition, plan: Catalogue, question: Question, file_format: str
) -> HttpResponse:
    """The actions that answer `question`, as csv, xlsx or json, to be saved as a file."""
    rows = [_row(entry, plan, edition) for entry in answer(question, plan).entries]
    origin = _origin(request, edition, question)
    write = {"csv": _csv, "xlsx": _xlsx, "json": _json}[file_format]
    response = HttpResponse(write(rows, origin), content_type=FORMATS[file_format])
    name = f"{edition.plan.slug}-{edition.label}-azioni.{file_format}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _origin(request: HttpRequest, edition: Edition, question: Question) -> dict[str, str]:
    address = reverse("site:actions", args=[edition.label])
    return {
        "source": edition.source or edition.title_it,
        "publisher": edition.plan.authority_it,
        "licence": LICENCE,
        "licence_address": LICENCE_ADDRESS,
        "edition": edition.label,
        "selection": f"{settings.PUBLIC_ADDRESS}{address}{question.query().removesuffix('?')}",
        "language": (get_language() or "it")[:2],
    }


def _row(entry: Entry, plan: Catalogue, edition: Edition) -> dict[str, Any]:
    """One action: codes and names, lists as lists. The keys are those of the JSON and the headings of the tables."""
    axis, strategy = plan.groups["asse"].choices[str(entry.axis)], plan.groups["strategia"].choices[entry.strategy]
    row: dict[str, Any] = {
        "code": entry.code,
        "title_it": entry.title_it,
        "title_en": entry.title_en,
        "summary_it": entry.summary_it,
        "summary_en": entry.summary_en,
        "description_it": entry.text_it,
        "description_en": entry.text_en,
        "axis": axis.code,
        "axis_title_it": axis.name_it,
        "strategy": strategy.code,
        "strategy_title_it": strategy.name_it,
        "actors": [plan.groups["attore"].choices[actor].name_it for actor in entry.actors],
    }
    for group in plan.frameworks:
        own = [serving for serving in entry.servings if serving.word == group.word]
        row[group.framework] = [
            {
                "code": group.choices[serving.value].code,
                "name_it": group.choices[serving.value].name_it,
                "printed": serving.printed,
                "role": "possible_integration" if serving.possible else "primary",
            }
            for serving in own
        ]
    if plan.reach is not None:
        row["places"] = [_place(tie) for tie in plan.reach.ties.get(entry.pk, ())]
    address = reverse("site:action", args=[edition.label, entry.code])
    return row | {"address": f"{settings.PUBLIC_ADDRESS}{address}"}


def _place(tie: Tie) -> dict[str, str]:
    return {
        "reach": tie.reach,
        "name": way(tie),
        "state": "proposed" if tie.proposed else "confirmed",
        "found_words": tie.found_words,
    }


def _cell(value: Any) -> str:
    """A value as one cell of text; what a spreadsheet would take for a formula gets an apostrophe before it."""
    if isinstance(value, list):
        value = SEPARATOR.join(_words_of(one) if isinstance(one, dict) else one for one in value)
    return harmless(str(value))


def _words_of(tie: dict[str, str]) -> str:
    if "reach" in tie:
        return f"{tie['name']} ({gettext('proposal')})" if tie["state"] == "proposed" else tie["name"]
    words = tie["code"] or tie["name_it"]
    return f"{words} ({gettext('possible integration')})" if tie["role"] == "possible_integration" else words


def _headings(rows: list[dict[str, Any]]) -> list[str]:
    return list(rows[0]) if rows else ["code"]


def _csv(rows: list[dict[str, Any]], origin: dict[str, str]) -> bytes:
    """Comma-separated, UTF-8 with its mark (or spreadsheets break the accents); source and licence in every row."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow([*_headings(rows), "source", "licence"])
    for row in rows:
        writer.writerow([*(_cell(value) for value in row.values()), _cell(origin["source"]), origin["licence"]])
    return out.getvalue().encode("utf-8-sig")


def _xlsx(rows: list[dict[str, Any]], origin: dict[str, str]) -> bytes:
    """A workbook of text cells (a code such as 2.2 stays a code), with a sheet on source and licence."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@", "valign": "top"})
    actions = book.add_worksheet(gettext("Actions"))
    for column, heading in enumerate(_headings(rows)):
        actions.write_string(0, column, heading, bold)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row.values()):
            actions.write_string(number, column, _cell(value)[:32_767], text)
    actions.freeze_panes(1, 2)
    actions.set_column(0, 0, 8)
    actions.set_column(1, len(_headings(rows)), 32)
    about = book.add_worksheet(gettext("Source and licence"))
    for number, (name, value) in enumerate(origin.items()):
        about.write_string(number, 0, name, bold)
        about.write_string(number, 1, value)
    about.set_column(0, 1, 28)
    book.close()
    return out.getvalue()


def _json(rows: list[dict[str, Any]], origin: dict[str, str]) -> bytes:
    """An object with source, licence, count and the actions, lists as lists."""
    return json.dumps(origin | {"count": len(rows), "actions": rows}, ensure_ascii=False, indent=1).encode()
