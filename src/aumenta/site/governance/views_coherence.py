"""Coherence as the public reads it: the plan against other instruments, gaps, conflicts, and the matrix as a file."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from aumenta.core.tables import FORMATS, MEDIA_TYPES, write_table
from aumenta.governance.coherence.grid import Grid, grid, legend
from aumenta.governance.coherence.matrix import Matrix, edition_with_sheets, matrix, since
from aumenta.governance.coherence.table import grid_table, long_table
from aumenta.governance.models import InstrumentVersion, Tie
from aumenta.plan.models import Edition
from aumenta.site.plan.editions import editions
from aumenta.ui.caching import public_page
from aumenta.ui.files import csv_asked, data_file
from aumenta.ui.not_found import NotHereError


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
        "legend": legend(),
        "grid": _grid(request, found),
        "judged": [row for row in found.rows if row.ties or row.printed] if found else [],
        **(editions(edition.label).context if edition else {}),
    }
    return render(request, "site/governance/instrument.html", context)


def _grid(request: HttpRequest, found: Matrix | None) -> Grid | None:
    """What `?asse=` and `?colonne=` ask for of the matrix, without what the computer proposes."""
    asked = (request.GET.get("asse", "")[:10], request.GET.get("colonne", "")[:10])
    return grid(found, axis=asked[0], part=asked[1]) if found and found.items else None


@data_file
def instrument_file(request: HttpRequest, number: int, file_format: str) -> HttpResponse:
    """The matrix of an instrument as XLSX, ODS or CSV: one row for each sheet and item, judged or not; in the first two
    the grid too."""
    if file_format not in FORMATS:
        raise NotHereError(_("This can be had as .xlsx, .ods and .csv."))
    version = get_object_or_404(InstrumentVersion.objects.select_related("instrument__printed_as"), pk=number)
    edition = _edition(request.GET.get("edizione", "")[:40])
    if edition is None:
        raise Http404
    found, address = matrix(edition, version), settings.PUBLIC_ADDRESS + reverse("site:instrument", args=[version.pk])
    tables = [long_table(found, address), grid_table(found)]
    kind = csv_asked(request) if file_format == "csv" else FORMATS[file_format]
    content = write_table(tables, kind, cut="…")
    name = f"coerenza-{version.instrument.slug}-{edition.label}.{file_format}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=MEDIA_TYPES[file_format], headers=headers)
