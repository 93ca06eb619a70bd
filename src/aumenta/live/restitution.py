"""What the plenary sees: a frozen state as slides, from the server or from a stick."""

import base64
from pathlib import Path

from django.contrib.auth.decorators import login_required
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from aumenta.listening.freeze import freeze
from aumenta.listening.models import Event, Freeze
from aumenta.listening.rules import may_run_regia, require
from aumenta.listening.slides import cut_line, slides_of


@login_required
@require_POST
def take(request: HttpRequest, slug: str) -> HttpResponse:
    """Freeze the state of now and show its slides."""
    require(may_run_regia(request.user))
    taken = freeze(by=request.user, event=get_object_or_404(Event, slug=slug))
    return redirect("regia-slides", slug, taken.number)


@login_required
@require_GET
def slides(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The slides of one frozen state. With `?scarica` as one file that needs nothing beside it."""
    require(may_run_regia(request.user))
    taken = get_object_or_404(Freeze.objects.select_related("event"), event__slug=slug, number=number)
    alone = "scarica" in request.GET
    context = {
        "freeze": taken,
        "event": taken.event,
        "cut": cut_line(taken),
        "slides": slides_of(taken, get_language() or "it"),
    }
    if alone:
        context |= {"style": _text("live/slides.css"), "script": _text("built/slides.js"), "fonts": _fonts()}
    response = render(request, "live/slides.html", {**context, "alone": alone})
    if alone:
        response["Content-Disposition"] = f'attachment; filename="{slug}-{number}.html"'
    return response


def _text(name: str) -> str:
    return Path(str(finders.find(name))).read_text(encoding="utf-8")


def _fonts() -> list[tuple[int, str]]:
    files = {400: "built/fonts/titillium-web-regular.woff2", 700: "built/fonts/titillium-web-700.woff2"}
    return [
        (weight, base64.b64encode(Path(str(finders.find(name))).read_bytes()).decode())
        for weight, name in files.items()
    ]
