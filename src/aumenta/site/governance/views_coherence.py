"""Coherence as the public reads it: the plan against other instruments, gaps, conflicts, and the matrix as a file."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from aumenta.core.tables import MEDIA_TYPES, SheetToWrite, write_table
from aumenta.governance.coherence.matrix import Matrix, edition_with_sheets, matrix, since
from aumenta.governance.models import InstrumentVersion, Tie
from aumenta.plan.models import Edition
from aumenta.site.files.dictionary import COHERENCE
from aumenta.site.plan.editions import editions
from aumenta.ui.caching import public_page
from aumenta.ui.files import csv_asked, data_file
from aumenta.ui.not_found import NotHereError

FORMATS = ("xlsx", "ods", "csv")


def _edition(label: str) -> Edition | None:
    """The edition that was asked for, or the latest public one with sheets; Http404 where it is not public."""
    public = Edition.objects.public().order_by("first_year")
    return get_object_or_404(public, label=label) if label else edition_with_sheets(public)


@public_page
def instruments(request: HttpRequest) -> HttpResponse:
    """The instruments that the plan is held against, each version with its act and its horizon."""
    shown = InstrumentVersion.objects.select_related("instrument", "act").order_by("instrument__position", "-label")
    return render(request, "site/governance/instruments.html", {"versions": shown})


@public_page
def instrument(request: HttpRequest, number: int) -> HttpResponse:
    """One instrument against an edition of the plan (`?edizione=`): what was judged, what was not, gaps, conflicts."""
    version = get_object_or_404(InstrumentVersion.objects.select_related("instrument__printed_as", "act"), pk=number)
    edition = _edition(request.GET.get("edizione", "")[:40])
    found = matrix(edition, version) if edition else None
    context = {
        "version": version,
        "choices": Edition.objects.public().order_by("-first_year"),
        "matrix": found,
        "since": since(edition, version) if edition and edition.opened_from and edition.opened_from.is_public else None,
        "kinds": Tie.Kind.choices,
        "judged": [row for row in found.rows if row.ties or row.printed] if found else [],
        **(editions(edition.label).context if edition else {}),
    }
    return render(request, "site/governance/instrument.html", context)


@data_file
def instrument_file(request: HttpRequest, number: int, file_format: str) -> HttpResponse:
    """The matrix of an instrument as XLSX, ODS or CSV: one row for each sheet and item, judged or not."""
    if file_format not in FORMATS:
        raise NotHereError(_("This can be had as .xlsx, .ods and .csv."))
    version = get_object_or_404(InstrumentVersion.objects.select_related("instrument__printed_as"), pk=number)
    edition = _edition(request.GET.get("edizione", "")[:40])
    if edition is None:
        raise Http404
    kind = csv_asked(request) if file_format == "csv" else file_format
    content = write_table([_long(matrix(edition, version))], kind, cut="…")  # type: ignore[arg-type]
    name = f"coerenza-{version.instrument.slug}-{edition.label}.{file_format}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=MEDIA_TYPES[file_format], headers=headers)


def _long(found: Matrix) -> SheetToWrite:
    address = settings.PUBLIC_ADDRESS + reverse("site:instrument", args=[found.version.pk])
    rows = []
    for row in found.rows:
        for item in found.items:
            tie = row.ties.get(item.pk)
            source = _("decided") if tie else _("printed in the plan") if row.printed else ""
            rows.append(
                (
                    found.edition.label,
                    row.action.code,
                    row.action.title_it,
                    str(found.version.instrument),
                    found.version.label,
                    item.code,
                    item.title_it,
                    str(tie.get_kind_display()) if tie else _("not yet judged"),
                    source,
                    tie.reason if tie else "",
                    tie.judged_on if tie else None,
                    tie.owner if tie else "",
                    tie.due_on if tie else None,
                    tie.settled_on if tie else None,
                    "1" if found.version.invented or (tie and tie.invented) else "0",
                    address,
                )
            )
    return SheetToWrite(_("Coherence"), [one.name for one in COHERENCE], rows, frozen=2)
