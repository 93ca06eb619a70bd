"""A selection of actions as rows of a file, with all that their sheets say."""

from collections import defaultdict
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from aumenta.plan.find.catalogue import Catalogue, Entry
from aumenta.plan.find.search_query import SearchQuery, answer
from aumenta.plan.models import Edition, Link, Responsibility, SheetRow
from aumenta.plan.places import PlaceTie
from aumenta.site.files.writing import file_of, origin_of
from aumenta.site.territory.place_actions import way

Row = dict[str, Any]


def export_actions(
    request: HttpRequest, edition: Edition, plan: Catalogue, question: SearchQuery, file_format: str
) -> HttpResponse:
    """The actions that answer `question`, to be saved as a file."""
    beside = _Beside(edition)
    rows = [_row(entry, plan, edition, beside) for entry in answer(question, plan).entries]
    if file_format not in {"json", "jsonl"}:
        rows = [_flat(row) for row in rows]
    address = reverse("site:actions", args=[edition.label])
    asked = f"{settings.PUBLIC_ADDRESS}{address}{question.query().removesuffix('?')}"
    name = f"{edition.plan.slug}-{edition.label}-azioni"
    origin = origin_of(edition) | {"selection": asked}
    return file_of(request, rows, origin, name=name, what="actions", file_format=file_format)


class _Beside:
    """What the sheets have that no search looks at: addresses, who answers for the action, rows of the document's own
    kinds; three queries."""

    def __init__(self, edition: Edition) -> None:
        self.links: dict[int, list[str]] = defaultdict(list)
        self.responsible: dict[int, list[str]] = defaultdict(list)
        self.rows: dict[int, list[dict[str, str]]] = defaultdict(list)
        links = Link.objects.filter(action__strategy__axis__edition=edition).order_by("action_id", "position")
        for action, address in links.values_list("action_id", "address"):
            self.links[action].append(address)
        bodies = Responsibility.objects.filter(action__strategy__axis__edition=edition)
        for action, name in bodies.order_by("organisation__name_it").values_list("action_id", "organisation__name_it"):
            self.responsible[action].append(name)
        rows = SheetRow.objects.filter(action__strategy__axis__edition=edition).order_by("action_id", "position")
        for action, label, text_it, text_en in rows.values_list("action_id", "label", "text_it", "text_en"):
            self.rows[action].append({"label": label, "text_it": text_it, "text_en": text_en})


def _row(entry: Entry, plan: Catalogue, edition: Edition, beside: _Beside) -> Row:
    """One action: codes and names, lists as lists. The keys are those of the JSON and the headings of the tables."""
    axis, strategy = plan.groups["asse"].choices[str(entry.axis)], plan.groups["strategia"].choices[entry.strategy]
    row: Row = {
        "code": entry.code,
        "title_it": entry.title_it,
        "title_en": entry.title_en,
        "summary_it": entry.summary_it,
        "summary_en": entry.summary_en,
        "for_whom_it": entry.for_whom_it,
        "for_whom_en": entry.for_whom_en,
        "description_it": entry.description_it,
        "description_en": entry.description_en,
        "examples_it": entry.examples_it,
        "examples_en": entry.examples_en,
        "links": beside.links[entry.pk],
        "responsible": beside.responsible[entry.pk],
        "other_rows": beside.rows[entry.pk],
        "axis": entry.axis,
        "axis_title_it": axis.name_it,
        "strategy": strategy.code,
        "strategy_title_it": strategy.name_it,
        "actors": [plan.groups["attore"].choices[actor].name_it for actor in entry.actors],
        "actors_count": len(entry.actors),
    }
    for group in plan.frameworks:
        own = [alignment for alignment in entry.alignments if alignment.word == group.word]
        row[group.framework] = [
            {
                "code": group.choices[alignment.value].code,
                "name_it": group.choices[alignment.value].name_it,
                "printed": alignment.printed,
                "role": "possible_integration" if alignment.possible else "primary",
            }
            for alignment in own
        ]
    if plan.reach is not None:
        row["places"] = [_place(tie) for tie in plan.reach.ties.get(entry.pk, ())]
    address = reverse("site:action", args=[edition.label, entry.code])
    return row | {"address": f"{settings.PUBLIC_ADDRESS}{address}"}


def _place(tie: PlaceTie) -> dict[str, str]:
    return {
        "reach": tie.reach,
        "name": way(tie),
        "state": "proposed" if tie.proposed else "confirmed",
        "found_words": tie.found_words,
    }


def _flat(row: Row) -> Row:
    """The row with its ties in words, for a table."""
    return {
        key: [_words_of(one) if isinstance(one, dict) else one for one in value] if isinstance(value, list) else value
        for key, value in row.items()
    }


def _words_of(tie: dict[str, str]) -> str:
    if "label" in tie:
        return f"{tie['label']}: {tie['text_it']}"
    if "reach" in tie:
        return f"{tie['name']} ({gettext('proposal')})" if tie["state"] == "proposed" else tie["name"]
    words = tie["code"] or tie["name_it"]
    return f"{words} ({gettext('possible integration')})" if tie["role"] == "possible_integration" else words
