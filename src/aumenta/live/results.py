"""What the plenary sees: a snapshot as slides, from the server or from a stick."""

import base64
from pathlib import Path

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from aumenta.events.rules import events_of_regia
from aumenta.events.tables.import_file import import_file
from aumenta.live.access import event_of, operator_of
from aumenta.people.reader import reader_language
from aumenta.people.refusals import RefusedError, refusal_sentence
from aumenta.results.models import Snapshot
from aumenta.results.slides import cut_line, slides_of
from aumenta.results.take_snapshot import take_snapshot

LARGEST_FILE = 20 * 1024 * 1024


@login_required
@require_POST
def take(request: HttpRequest, slug: str) -> HttpResponse:
    """Freeze the state of now and show its slides; what is in the way stands at the top of the regia's page."""
    event = event_of(request, slug)
    try:
        taken = take_snapshot(person=operator_of(request), event=event)
    except RefusedError as refusal:
        messages.error(request, refusal_sentence(refusal))
        return redirect("regia", slug)
    return redirect("regia-slides", slug, taken.number)


@login_required
@require_GET
def slides(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The slides of one snapshot. With `?scarica` as one file that needs nothing beside it."""
    seen = Snapshot.objects.filter(event__in=events_of_regia(operator_of(request))).select_related("event")
    taken = get_object_or_404(seen, event__slug=slug, number=number)
    alone = "scarica" in request.GET
    context = {
        "snapshot": taken,
        "event": taken.event,
        "invented": taken.read().invented,
        "cut": cut_line(taken),
        "slides": slides_of(taken, reader_language()),
    }
    if alone:
        context |= {"style": _text("live/slides.css"), "script": _text("built/slides.js"), "fonts": _fonts()}
    response = render(request, "live/slides.html", {**context, "alone": alone})
    if alone:
        response["Content-Disposition"] = f'attachment; filename="{slug}-{number}.html"'
    return response


@login_required
@require_POST
def import_table_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Take in the encrypted file of a table; says what arrived and what was refused."""
    event = event_of(request, slug)
    file = request.FILES.get("file")
    try:
        if file is None or (file.size or 0) > LARGEST_FILE:
            raise RefusedError("file_not_ours")
        came = import_file(person=operator_of(request), event=event, content=file.read())
    except RefusedError as refusal:
        messages.error(request, refusal_sentence(refusal))
    else:
        values = {"table": came.table, "kept": came.kept, "refused": came.refused}
        messages.success(request, _("%(table)s: %(kept)s entries are at the centre, %(refused)s refused.") % values)
    return redirect("regia", slug)


def _text(name: str) -> str:
    return Path(str(finders.find(name))).read_text(encoding="utf-8")


def _fonts() -> list[tuple[int, str]]:
    files = {400: "built/fonts/titillium-web-regular.woff2", 700: "built/fonts/titillium-web-700.woff2"}
    return [
        (weight, base64.b64encode(Path(str(finders.find(name))).read_bytes()).decode())
        for weight, name in files.items()
    ]
