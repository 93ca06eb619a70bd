"""The register for machines: a table of all acts, and one act as Popolo (JSON) or Akoma Ntoso (XML)."""

import json

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from aumenta.governance.machine_texts import akoma_ntoso_of, popolo_of
from aumenta.governance.models import Act, Annex, Vote
from aumenta.governance.road.annexes import content_of
from aumenta.pages.document_types import TYPES
from aumenta.pages.models import Document
from aumenta.site.files.writing import file_of
from aumenta.site.governance.views import closed_polls, public_acts
from aumenta.ui.files import data_file


def _found(slug: str) -> tuple[Act, list[Vote], str]:
    act = get_object_or_404(public_acts().select_related("body__territory"), slug=slug)
    return act, list(closed_polls(act)), settings.PUBLIC_ADDRESS + reverse("site:act", args=[act.slug])


@data_file
def popolo(request: HttpRequest, slug: str) -> HttpResponse:
    """An act and its votes as a Popolo motion."""
    content = json.dumps(popolo_of(*_found(slug)), ensure_ascii=False, indent=1)
    return HttpResponse(content, content_type="application/json")


@data_file
def akoma_ntoso(request: HttpRequest, slug: str) -> HttpResponse:
    """An act as an Akoma Ntoso document."""
    return HttpResponse(akoma_ntoso_of(*_found(slug)), content_type="application/akn+xml; charset=utf-8")


def annex(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """An annex of a public act; nothing where its content is no longer what its hash says."""
    found = get_object_or_404(Annex.objects.select_related("act"), act__in=public_acts(), act__slug=slug, number=number)
    content = content_of(found)
    if content is None:
        raise Http404
    answer = HttpResponse(content, content_type=TYPES[Document.Kind(found.kind)])
    answer["Content-Disposition"] = f'attachment; filename="{found.file_name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "public, no-cache"
    answer["ETag"] = f'"{found.digest[:20]}"'
    return answer


@data_file
def table(request: HttpRequest, file_format: str) -> HttpResponse:
    """All public acts as a table."""
    rows = [
        {
            "body": act.body.name_it,
            "kind": act.kind,
            "number": act.number,
            "year": act.year,
            "date": act.day.isoformat() if act.day else act.day_words,
            "object_it": act.object_it,
            "state": act.state,
            "outcome": act.outcome,
            "vote_as_published": act.vote_words,
            "invented": "1" if act.invented else "0",
            "act_source": act.source,
            "address": settings.PUBLIC_ADDRESS + reverse("site:act", args=[act.slug]),
        }
        for act in public_acts()
    ]
    origin = {"source": _("Register of acts"), "licence": _("facts of public acts"), "licence_address": ""}
    return file_of(request, rows, origin, name="atti", what="acts", file_format=file_format)
