"""What an event gives back on paper: the plenary slides, and the reports as PDF, ODT and page."""

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aumenta.core.process_cache import ProcessCache
from aumenta.core.text import whole_number
from aumenta.events.rules import events_of_regia, may_enter_regia
from aumenta.people.permission import check_permission
from aumenta.people.reader import reader_language
from aumenta.printing.odt import report_odt
from aumenta.printing.paper import compile_pdf
from aumenta.results.models import Snapshot
from aumenta.results.report_editions import latest_edition
from aumenta.results.reports import Report, report_of
from aumenta.results.slides import cut_line, slides_of

PDF = "application/pdf"
ODT = "application/vnd.oasis.opendocument.text"

MOST_BYTES: Final = 64 * 1024 * 1024
"""All reports of an event of ten tables, with the photos of their posters, in both languages."""
REPORTS: Final[ProcessCache[str, bytes]] = ProcessCache.of_the_process(MOST_BYTES, len)
"""Reports made once: whoever asks for the same report again gets the same bytes, without the compiler at work."""


def _snapshot(request: HttpRequest, slug: str, number: int) -> Snapshot:
    check_permission(may_enter_regia(request.user))
    seen = Snapshot.objects.filter(event__in=events_of_regia(request.user)).select_related("event")
    return get_object_or_404(seen, event__slug=slug, number=number)


def _language() -> str:
    return reader_language()


def slides_pdf(snapshot: Snapshot, language: str) -> bytes:
    """The plenary slides of a snapshot, as PDF/UA-1."""
    state = snapshot.read()
    slides, pictures = [], {}
    for number, slide in enumerate(slides_of(snapshot, language)):
        row = asdict(slide)
        if slide.map is not None:
            name = f"map-{number}.svg"
            pictures[name] = slide.map.svg.encode()
            row["map"] = {**row["map"], "svg": name}
        slides.append(row)
    data: dict[str, Any] = {
        "title": state.title(language),
        "language": language,
        "cut": cut_line(snapshot),
        "invented": _("Rehearsal: invented") if state.invented else "",
        "map_label": _("Map of the zones, coloured by their stickers"),
        "slides": slides,
    }
    return compile_pdf("slides.typ", data, pictures)


def report_pdf(report: Report) -> bytes:
    """One report as PDF/UA-1, with the photos whose files have arrived."""
    pictures: dict[str, bytes] = {}
    photos = []
    for number, (file, caption) in enumerate(_arrived(report)):
        name = f"photo-{number}{Path(file).suffix}"
        with default_storage.open(file) as content:
            pictures[name] = content.read()
        photos.append((name, caption))
    return compile_pdf("report.typ", {**report.as_json(), "photos": photos}, pictures)


def _arrived(report: Report) -> list[tuple[str, str]]:
    return [(file, caption) for file, caption in report.photos if default_storage.exists(file)]


def report_file(report: Report, kind: str) -> bytes:
    """The report as `pdf` or `odt`: made once, and anew when a figure, a word of the office or a photo is new."""
    content = json.dumps([kind, report.as_json(), _arrived(report)], sort_keys=True)
    make = report_pdf if kind == "pdf" else report_odt
    return REPORTS.get(hashlib.sha256(content.encode()).hexdigest(), lambda: make(report))


@login_required
@require_safe
def slides(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The slides to keep, to send, to show from any reader."""
    snapshot = _snapshot(request, slug, number)
    return _file(slides_pdf(snapshot, _language()), PDF, f"{slug}-{number}.pdf")


@login_required
@require_safe
def reports(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """All reports of a snapshot."""
    snapshot = _snapshot(request, slug, number)
    return render(request, "printing/reports.html", {"snapshot": snapshot, "state": snapshot.read()})


@login_required
@require_safe
def report(request: HttpRequest, slug: str, number: int, zone: str, kind: str) -> HttpResponse:
    """The report of one zone, or of `tutte`, as page, PDF or ODT."""
    return _report(request, _snapshot(request, slug, number), zone, kind, public=False)


@require_safe
def public_report(request: HttpRequest, slug: str, zone: str, kind: str) -> HttpResponse:
    """The report that the office has published, for everybody."""
    published = Snapshot.objects.exclude(published_at=None).exclude(event__published_at=None).select_related("event")
    return _report(request, get_object_or_404(published, event__slug=slug), zone, kind, public=True)


def _report(request: HttpRequest, snapshot: Snapshot, zone: str, kind: str, *, public: bool) -> HttpResponse:
    number = None if zone == "tutte" else whole_number(zone)
    if zone != "tutte" and number not in {there.number for there in snapshot.read().zones}:
        raise Http404
    found = report_of(snapshot, number, _language(), latest_edition(snapshot) if public else None)
    name = f"{snapshot.event.slug}-{snapshot.number}-{zone}"
    if kind == "pdf":
        return _file(report_file(found, kind), PDF, f"{name}.pdf")
    if kind == "odt":
        return _file(report_file(found, kind), ODT, f"{name}.odt")
    context = {"report": found, "snapshot": snapshot, "zone": zone, "public": public}
    return render(request, "printing/report.html", context)


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
