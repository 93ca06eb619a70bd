"""Many sheets at once: a spreadsheet out and back, words replaced everywhere, what the sheets lack."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import replace as replace_in
from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from aumenta.core.tables import MEDIA_TYPES, Format
from aumenta.core.text import whole_number
from aumenta.desk.access import DeskRequest, desk_page, edition_or_404, tell_refusal
from aumenta.desk.sheets.views import narrowed
from aumenta.desk.waiting import check_mark, mark_of
from aumenta.pages.links import dead_links, last_check
from aumenta.people.refusals import RefusedError
from aumenta.people.rules import manages_pages, writes_plan
from aumenta.plan.models import Edition
from aumenta.plan.quality import LACKS, sheets_lacking
from aumenta.plan.rules import sheets_proposable_by, sheets_seen_by
from aumenta.review.replace_text import find_and_replace
from aumenta.review.spreadsheet import RowResult, propose_rows, read_spreadsheet, write_spreadsheet

KEPT = "desk_spreadsheet"
LARGEST = 3_000_000
MOST_TICKS = 900
"""A request with more than 1,000 fields is refused (DATA_UPLOAD_MAX_NUMBER_FIELDS)."""
WHOLE_ROW = "*"
FORMATS: dict[str, Format] = {"xlsx": "xlsx", "ods": "ods", "csv": "csv-semicolon"}
"""What the sheets can be taken away as; the CSV as Italian spreadsheets read it."""


def _editions(request: DeskRequest) -> list[Edition]:
    mine = sheets_proposable_by(request.user)
    return list(Edition.objects.filter(pk__in=mine.values("strategy__axis__edition")).order_by("-first_year"))


@desk_page(writes_plan)
def spreadsheet(request: DeskRequest) -> HttpResponse:
    """Download sheets, send a file back: what each row would change is shown before anything is proposed."""
    context: dict[str, Any] = {"editions": _editions(request)}
    file = request.FILES.get("file")
    if request.method == "POST":
        data = file.read(LARGEST + 1) if file else b""
        try:
            if not data:
                raise RefusedError("file_required")
            if len(data) > LARGEST:
                raise RefusedError("file_too_large", most=LARGEST // 1_000_000)
            found = read_spreadsheet(data, person=request.user)
            context |= {"rows": found.rows, "notes": found.notes}
            request.session[KEPT] = base64.b64encode(data).decode()
            context["mark"] = mark_of(request.session[KEPT])
        except RefusedError as refusal:
            tell_refusal(request, refusal)
    return render(request, "desk/sheets/spreadsheet.html", {**context, **_counted(context.get("rows"))})


def _counted(rows: Sequence[RowResult] | None) -> dict[str, Any]:
    rows = rows or []
    good = [row for row in rows if row.proposes]
    return {
        "good": good,
        "ticks": _ticks(good),
        "bad": [row for row in rows if row.problems],
        "same": sum(1 for row in rows if not row.changes and not row.problems),
    }


def _ticks(good: Sequence[RowResult]) -> str:
    """What has a tick: each change, each row where there are too many for one form, nothing where rows are too."""
    if sum(len(row.parts) for row in good) <= MOST_TICKS:
        return "fields"
    return "rows" if len(good) <= MOST_TICKS else ""


@desk_page(writes_plan)
def download(request: DeskRequest) -> HttpResponse:
    """The sheets of an edition that she may change, narrowed as the list of sheets is, as .xlsx, .ods or CSV."""
    labels = [edition.label for edition in _editions(request)]
    edition = edition_or_404(request, request.GET.get("edizione") or (labels[0] if labels else ""))
    mine = Exists(sheets_proposable_by(request.user).filter(pk=OuterRef("pk")))
    sheets = narrowed(sheets_seen_by(request.user).of(edition).filter(mine).annotate(mine=mine), edition, request)
    ending = request.GET.get("formato", "xlsx")
    file_format = FORMATS.get(ending, "xlsx")
    try:
        data = write_spreadsheet(sheets, file_format)
    except RefusedError as refusal:
        tell_refusal(request, refusal)
        return redirect("desk:spreadsheet")
    answer = HttpResponse(data, content_type=MEDIA_TYPES[file_format])
    ending = ending if ending in FORMATS else "xlsx"
    answer["Content-Disposition"] = f'attachment; filename="schede-{edition.label}.{ending}"'
    return answer


@require_POST
@desk_page(writes_plan)
def propose_file(request: DeskRequest) -> HttpResponse:
    """Open a draft for each good row of the file that was previewed, with the changes that are ticked."""
    kept = request.session.get(KEPT, "")
    try:
        found = read_spreadsheet(base64.b64decode(kept, validate=True), person=request.user)
    except (RefusedError, binascii.Error):
        messages.error(request, _("Send the file again, please: it is no longer kept."))
        return redirect("desk:spreadsheet")
    context = {"editions": _editions(request), "rows": found.rows, "notes": found.notes, "mark": mark_of(kept)}
    try:
        check_mark(request, kept)
    except RefusedError as refusal:
        tell_refusal(request, refusal)
        return render(request, "desk/sheets/spreadsheet.html", {**context, **_counted(found.rows)}, status=409)
    if "ticks" not in request.POST:
        chosen = found.rows
    elif not (chosen := _chosen(request, found.rows)):
        messages.error(request, _("Tick the changes to propose: nothing was written."))
        context |= {"chosen": [], **_counted(found.rows)}
        return render(request, "desk/sheets/spreadsheet.html", context, status=409)
    del request.session[KEPT]
    _propose(request, chosen)
    return redirect("desk:proposals")


def _chosen(request: DeskRequest, rows: Sequence[RowResult]) -> list[RowResult]:
    """The rows with what was ticked of them; those of which nothing was, are not there."""
    ticked: dict[str, set[str]] = {}
    for one in request.POST.getlist("change"):
        number, _colon, field = one.partition(":")
        ticked.setdefault(number, set()).add(field)
    kept = []
    for row in rows:
        fields = ticked.get(str(row.row), set())
        kept.append(row if WHOLE_ROW in fields else row.only(fields))
    return [row for row in kept if row.proposes]


def _propose(request: DeskRequest, rows: Sequence[RowResult]) -> None:
    """Open the drafts and tell how many, and why each of the others was not."""
    outcomes = propose_rows(person=request.user, rows=rows, reason=request.POST.get("reason", ""))
    made = [proposal for _row, proposal, _why in outcomes if proposal]
    text = ngettext("%(count)d draft opened.", "%(count)d drafts opened.", len(made))
    messages.success(request, text % {"count": len(made)})
    for row, proposal, why in outcomes:
        if proposal is None:
            messages.error(request, _("Sheet %(code)s: %(why)s") % {"code": row.code, "why": why})


@desk_page(writes_plan)
def replace(request: DeskRequest) -> HttpResponse:
    """Look for words in the sheets she may change, see what replacing them would do, propose it."""
    editions = _editions(request)
    asked = request.POST if request.method == "POST" else request.GET
    edition = next((e for e in editions if e.label == asked.get("edizione")), editions[0] if editions else None)
    context: dict[str, Any] = {
        "editions": editions,
        "edition": edition,
        "words": asked.get("cerca", ""),
        "by": asked.get("con", ""),
    }
    if not edition or "cerca" not in asked:
        return render(request, "desk/sheets/replace.html", context)
    try:
        rows = find_and_replace(person=request.user, edition=edition, words=context["words"], by=context["by"])
    except RefusedError as refusal:
        tell_refusal(request, refusal)
        return render(request, "desk/sheets/replace.html", context)
    context |= {"rows": rows, **_counted(rows)}
    if request.method != "POST":
        return render(request, "desk/sheets/replace.html", context)
    if not (chosen := _ticked(request, rows)):
        messages.error(request, _("Tick the sheets to propose: nothing was written."))
        return render(request, "desk/sheets/replace.html", {**context, "chosen": []}, status=409)
    _propose(request, chosen)
    return redirect("desk:proposals")


def _ticked(request: DeskRequest, rows: Sequence[RowResult]) -> list[RowResult]:
    """The rows that were ticked, each starting from the version that was shown: a newer one refuses it."""
    ticked = set(request.POST.getlist("sheet"))
    shown = {row.code: whole_number(request.POST.get(f"version-{row.code}", "")) for row in rows}
    return [replace_in(row, base=shown[row.code] or row.base) for row in rows if row.code in ticked]


@desk_page(writes_plan)
def quality(request: DeskRequest) -> HttpResponse:
    """What the sheets of an edition lack, with the sheets that lack it."""
    seen = sheets_seen_by(request.user)
    editions = list(Edition.objects.filter(pk__in=seen.values("strategy__axis__edition")).order_by("-first_year"))
    edition = next((e for e in editions if e.label == request.GET.get("edizione")), editions[0] if editions else None)
    titles = {
        "summary": _("Without a summary"),
        "for_whom": _("Without what it means for whom"),
        "description": _("Without a description"),
        "actors": _("Without any actor"),
        "alignments": _("Tied to no framework"),
        "funds": _("Without a possible fund"),
        "english": _("English is missing"),
    }
    found = []
    if edition:
        for what in LACKS:
            lacking = sheets_lacking(what, seen, edition).defer(
                "for_whom_it", "for_whom_en", "description_it", "description_en"
            )
            found.append((titles[what], list(lacking)))
    mine = set(sheets_proposable_by(request.user).values_list("pk", flat=True))
    manages = manages_pages(request.user)
    context = {
        "editions": editions,
        "edition": edition,
        "found": found,
        "mine": mine,
        "dead": dead_links(seen, edition, with_pages=manages),
        "checked_at": last_check(),
        "may_check": manages,
    }
    return render(request, "desk/sheets/quality.html", context)
