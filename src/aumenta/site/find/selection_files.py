"""A selection of actions as a file that programs and spreadsheets read, with source and licence in it."""

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, gettext

from aumenta.core.tables import MEDIA_TYPES, SheetToWrite, write_table
from aumenta.plan.models import Edition
from aumenta.plan.places import Tie
from aumenta.site.find.catalogue import Catalogue, Entry
from aumenta.site.find.finding import Question, answer
from aumenta.site.territory.place_actions import way
from aumenta.ui.files import LICENCE, LICENCE_ADDRESS

FORMATS = {
    "csv": MEDIA_TYPES["csv"],
    "xlsx": MEDIA_TYPES["xlsx"],
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
    """A value as one cell of text."""
    if isinstance(value, list):
        value = SEPARATOR.join(_words_of(one) if isinstance(one, dict) else one for one in value)
    return str(value)


def _words_of(tie: dict[str, str]) -> str:
    if "reach" in tie:
        return f"{tie['name']} ({gettext('proposal')})" if tie["state"] == "proposed" else tie["name"]
    words = tie["code"] or tie["name_it"]
    return f"{words} ({gettext('possible integration')})" if tie["role"] == "possible_integration" else words


def _headings(rows: list[dict[str, Any]]) -> list[str]:
    return list(rows[0]) if rows else ["code"]


def _csv(rows: list[dict[str, Any]], origin: dict[str, str]) -> bytes:
    """Comma-separated, UTF-8 with its mark (or spreadsheets break the accents); source and licence in every row."""
    body = [[*map(_cell, row.values()), origin["source"], origin["licence"]] for row in rows]
    return write_table([SheetToWrite("", [*_headings(rows), "source", "licence"], body)], "csv")


def _xlsx(rows: list[dict[str, Any]], origin: dict[str, str]) -> bytes:
    """A workbook of text cells (a code such as 2.2 stays a code), with a sheet on source and licence."""
    headings = _headings(rows)
    actions = SheetToWrite(
        gettext("Actions"),
        headings,
        [[*map(_cell, row.values())] for row in rows],
        frozen=2,
        widths=(8, *[32] * (len(headings) - 1)),
    )
    first, *others = origin.items()
    about = SheetToWrite(gettext("Source and licence"), first, others, widths=(28, 28))
    return write_table([actions, about], "xlsx", cut=gettext(" […] (whole in the CSV and JSON files)"))


def _json(rows: list[dict[str, Any]], origin: dict[str, str]) -> bytes:
    """An object with source, licence, count and the actions, lists as lists."""
    return json.dumps(origin | {"count": len(rows), "actions": rows}, ensure_ascii=False, indent=1).encode()
