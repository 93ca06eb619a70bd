"""How far the actions of an edition have come, and which objectives of DUP and PIAO stand behind them."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from aumenta.monitoring.actions.objectives import coverage, years
from aumenta.monitoring.actions.standing import ActionStanding, counts, edition_standing
from aumenta.plan.models import Axis
from aumenta.site.files.writing import check_format, file_of, origin_of
from aumenta.site.plan.editions import editions
from aumenta.ui.caching import public_page
from aumenta.ui.files import data_file


@public_page
def implementation(request: HttpRequest, label: str) -> HttpResponse:
    """How far every action has come: counts by status first, then action by action."""
    shown = editions(label)
    rows = edition_standing(shown.shown)
    context = {
        **shown.context,
        "counts": counts(rows),
        "total": len(rows),
        "reported": sum(one.latest is not None for one in rows),
        "invented": any(one.latest and one.latest.invented for one in rows),
        "axes": by_axis(rows),
    }
    return render(request, "site/monitoring/implementation.html", context)


def by_axis(rows: Sequence[ActionStanding]) -> list[tuple[Axis, list[ActionStanding]]]:
    """The rows of each axis, in their order."""
    found: dict[int, tuple[Axis, list[ActionStanding]]] = {}
    for one in rows:
        axis = one.action.strategy.axis
        found.setdefault(axis.pk, (axis, []))[1].append(one)
    return list(found.values())


@data_file
def implementation_file(request: HttpRequest, label: str, file_format: str) -> HttpResponse:
    """How far every action has come, as a file."""
    check_format(file_format)
    shown = editions(label)
    rows = [row_of(one) for one in edition_standing(shown.shown)]
    origin = origin_of(shown.shown)
    return file_of(request, rows, origin, name=f"attuazione-{label}", what="actions", file_format=file_format)


def row_of(one: ActionStanding) -> dict[str, Any]:
    """An action's line of the file; what nobody reported is empty, never zero."""
    latest, said = one.latest, one.implementation
    return {
        "action": one.action.code,
        "title": one.action.title_it,
        "status": latest.state.name_it if latest else None,
        "counts_as": latest.state.meaning if latest else None,
        "phase": latest.phase if latest else None,
        "as_of": latest.as_of.isoformat() if latest else None,
        "percent": None if one.percent is None else round(one.percent, 1),
        "milestones": len(one.milestones),
        "milestones_known": one.known,
        "reason": latest.reason_it if latest else None,
        "office": said.office.name_it if said and said.office else None,
        "others": said.others if said else None,
        "power": said.power if said else None,
        "invented": latest.invented if latest else None,
    }


@public_page
def objectives(request: HttpRequest, label: str) -> HttpResponse:
    """Objectives of DUP and PIAO with the actions behind them, and what is covered by nothing in both directions."""
    shown = editions(label)
    known = years()
    asked = request.GET.get("anno", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and int(asked) in known else (known[0] if known else None)
    found = coverage(shown.shown, year) if year else None
    context = {**shown.context, "years": known, "year": year, "found": found}
    return render(request, "site/monitoring/objectives.html", context)
