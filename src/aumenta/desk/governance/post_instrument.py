"""What the page of an instrument sends, and the file it gives: items loaded, cells judged, ties proposed."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from aumenta.core.tables import MEDIA_TYPES, write_table
from aumenta.core.text import whole_number
from aumenta.desk.access import DeskRequest, desk_page, edition_or_404, tell_refusal
from aumenta.governance.coherence.judge_cells import Marked, judge_cells
from aumenta.governance.coherence.keep import import_items
from aumenta.governance.coherence.matrix import matrix
from aumenta.governance.coherence.propose import propose_ties
from aumenta.governance.coherence.table import grid_table, items_table, long_table, proposals_table
from aumenta.governance.models import InstrumentVersion
from aumenta.governance.rules import may_see_coherence
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Edition
from aumenta.ui.not_found import NotHereError

MOST_BYTES = 4_000_000
MOST_MARKED = 500
FORMATS = ("xlsx", "ods")


def post_instrument(request: DeskRequest, version: InstrumentVersion, edition: Edition | None) -> HttpResponse:
    """Do what the form asks, say what became of it, and show the same part of the grid again."""
    verb = request.POST.get("verb", "items")
    try:
        if verb == "items":
            _import(request, version)
        elif edition is None:
            raise Http404
        elif verb == "cells":
            _judge(request, version, edition)
        elif verb == "propose":
            n = propose_ties(person=request.user, edition=edition, version=version)
            messages.success(request, _("Ties proposed from the words: %(n)s. None of them is counted.") % {"n": n})
        else:
            raise RefusedError("unknown_verb")
    except RefusedError as refusal:
        tell_refusal(request, refusal)
    asked = {key: request.GET[key][:40] for key in ("edizione", "asse", "colonne") if key in request.GET}
    return redirect(f"{reverse('desk:instrument', args=[version.pk])}?{urlencode(asked)}")


def _import(request: DeskRequest, version: InstrumentVersion) -> None:
    file = request.FILES.get("file")
    if file is None:
        raise RefusedError("file_required")
    if file.size is not None and file.size > MOST_BYTES:
        raise RefusedError("file_too_large", most=MOST_BYTES // 1_000_000)
    n = import_items(person=request.user, version=version, data=file.read())
    messages.success(request, _("Items taken over: %(n)s.") % {"n": n})


def _judge(request: DeskRequest, version: InstrumentVersion, edition: Edition) -> None:
    cells = [_marked(one) for one in request.POST.getlist("cell")[: MOST_MARKED + 1]]
    if len(cells) > MOST_MARKED:
        raise RefusedError("too_many_cells", most=MOST_MARKED)
    lost = judge_cells(
        person=request.user, edition=edition, version=version, cells=cells, reason=request.POST.get("reason", "")
    )
    messages.success(request, _("Cells judged: %(n)s.") % {"n": len(cells) - len(lost)})
    if lost:
        words = _("Meanwhile somebody else judged these otherwise, and they were left as they are: %(names)s.")
        messages.warning(request, words % {"names": ", ".join(lost)})


def _marked(sent: str) -> Marked:
    """A cell as the page sends it: «sheet:item:what it showed:what it is to be»; raises RefusedError «cell_gone»."""
    action, item, was, kind = ([*sent.split(":"), "", "", "", ""])[:4]
    numbers = whole_number(action), whole_number(item)
    if numbers[0] is None or numbers[1] is None:
        raise RefusedError("cell_gone")
    return Marked(numbers[0], numbers[1], was, kind)


@desk_page(may_see_coherence)
def matrix_file(request: DeskRequest, number: int, label: str, file_format: str) -> HttpResponse:
    """The matrix of an instrument as the office has it, XLSX or ODS: grid, cell by cell, and what was proposed."""
    if file_format not in FORMATS:
        raise NotHereError(_("This can be had as .xlsx and .ods."))
    version = get_object_or_404(InstrumentVersion.objects.select_related("instrument__printed_as"), pk=number)
    found = matrix(edition_or_404(request, label), version)
    address = request.build_absolute_uri(reverse("desk:instrument", args=[number]))
    tables = [grid_table(found), long_table(found, address), proposals_table(found)]
    name = f"coerenza-{version.instrument.slug}-{label}.{file_format}"
    return HttpResponse(
        write_table(tables, file_format, cut="…"),  # type: ignore[arg-type]
        content_type=MEDIA_TYPES[file_format],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@desk_page(may_see_coherence)
def items_file(request: DeskRequest, number: int, file_format: str) -> HttpResponse:
    """The items of a version as the table that is loaded: to fill in, or to put right and load again."""
    if file_format not in FORMATS:
        raise NotHereError(_("This can be had as .xlsx and .ods."))
    version = get_object_or_404(InstrumentVersion.objects.select_related("instrument"), pk=number)
    name = f"voci-{version.instrument.slug}-{version.pk}.{file_format}"
    return HttpResponse(
        write_table([items_table(version)], file_format, cut="…"),  # type: ignore[arg-type]
        content_type=MEDIA_TYPES[file_format],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
