"""The list of sheets: find one, see where its proposal stands."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import render

from aumenta.core.text import whole_number
from aumenta.desk.access import DeskRequest, desk_page
from aumenta.people.rules import enters_desk, writes_plan
from aumenta.plan.models import Axis, Edition
from aumenta.plan.rules import sheets_proposable_by, sheets_seen_by
from aumenta.plan.search.engines import search_of
from aumenta.review.models import Proposal, Version

PER_PAGE = 50
LONGEST_QUESTION = 200
"""Letters of a question that are looked at."""
STATES = ("draft", "submitted", "sent_back", "none")


@desk_page(enters_desk)
def show(request: DeskRequest) -> HttpResponse:
    """The sheets she sees, narrowed by edition, axis, words and state of the proposal."""
    seen = sheets_seen_by(request.user)
    editions = list(Edition.objects.filter(pk__in=seen.values("strategy__axis__edition")).order_by("-first_year"))
    edition = next((e for e in editions if e.label == request.GET.get("edizione")), editions[0] if editions else None)
    if edition is None:
        return render(request, "desk/sheets/sheets.html", {"editions": []})
    mine = Exists(sheets_proposable_by(request.user).filter(pk=OuterRef("pk")))
    sheets = narrowed(seen.of(edition).annotate(mine=mine), edition, request)
    light = sheets.defer("for_whom_it", "for_whom_en", "description_it", "description_en")
    page = Paginator(light, PER_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "editions": editions,
        "edition": edition,
        "axes": list(Axis.objects.filter(edition=edition).order_by("number")),
        "page": page,
        "rows": _rows(list(page)),
        "may_download": writes_plan(request.user) and page.paginator.count,
        "query": urlencode({**request.GET.dict(), "edizione": edition.label}),
        "filters": {name: request.GET.get(name, "") for name in ("asse", "stato", "mie", "q")},
        "states": [(value, label) for value, label in Proposal.State.choices if value in STATES],
    }
    return render(request, "desk/sheets/sheets.html", context)


def narrowed(sheets: Any, edition: Edition, request: DeskRequest) -> Any:
    """The sheets that the filters of the address leave; each is told whether she may change it, as `mine`."""
    axis, state, words = request.GET.get("asse", ""), request.GET.get("stato", ""), request.GET.get("q", "").strip()
    if (number := whole_number(axis)) is not None:
        sheets = sheets.filter(strategy__axis__number=number)
    if state == "none":
        sheets = sheets.exclude(pk__in=Proposal.objects.open().values("action"))
    elif state in STATES:
        sheets = sheets.filter(pk__in=Proposal.objects.filter(state=state).values("action"))
    if request.GET.get("mie"):
        sheets = sheets.filter(mine=True)
    return sheets.filter(_named(words, edition)) if words else sheets


def _named(words: str, edition: Edition) -> Q:
    """The sheets with this code, or those that the site would find by these words: accents, capitals, typing errors and
    everyday words are the same to both; what only means the like is left out, because here sheets are looked up."""
    wanted = Q(title_it__icontains=words) | Q(title_en__icontains=words)
    numbers = words.rstrip(".").split(".")
    if len(numbers) <= 3 and all(n.isascii() and n.isdigit() and len(n) < 4 for n in numbers):
        names = ("strategy__axis__number", "strategy__number", "number")
        return wanted | Q(**dict(zip(names, map(int, numbers), strict=False)))
    plan = search_of(edition)
    findings = plan.engine.find(words[:LONGEST_QUESTION], by_meaning=False)
    return wanted if findings.weak else wanted | Q(pk__in=[plan.documents[n].pk for n in findings.scores])


def _rows(sheets: list[Any]) -> list[dict[str, Any]]:
    keys = [sheet.pk for sheet in sheets]
    proposals = {p.action_id: p for p in Proposal.objects.open().filter(action__in=keys).select_related("author")}
    versions: dict[int | None, Version] = {}
    for version in Version.objects.filter(action__in=keys).order_by("number").defer("content"):
        versions[version.action_id] = version
    return [
        {
            "sheet": sheet,
            "proposal": proposals.get(sheet.pk),
            "version": versions.get(sheet.pk),
            "mine": sheet.mine,
        }
        for sheet in sheets
    ]
