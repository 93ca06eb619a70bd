"""What the voices of an event say together: the matrix of themes, with files of it, and the words of its parts."""

from typing import Any, cast
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from aumenta.core.text import whole_number
from aumenta.events.invented import marked
from aumenta.events.models import Event
from aumenta.events.tables.project_log import project_log
from aumenta.live.access import event_of
from aumenta.live.matrix_files import as_ods, as_svg, as_xlsx, lines
from aumenta.people.reader import reader_language
from aumenta.territory.models import Zone
from aumenta.themes.matrix_queries import By, statements_of, theme_matrix
from aumenta.themes.voices_of_themes import Source
from aumenta.themes.word_queries import About, usual_source, words_of

_WORD: dict[Source, str] = {"all": "tutte", "tables": "tavoli", "written": "scritti"}
_TYPES = {
    "svg": "image/svg+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}


def _event(request: HttpRequest, slug: str) -> Event:
    event = event_of(request, slug)
    project_log(event)
    return event


def _by(request: HttpRequest) -> By:
    return "organisation" if request.GET.get("per") == "organizzazione" else "zone"


def _source(request: HttpRequest) -> Source | None:
    """Which voices: `?fonte=tavoli`, `scritti` or `tutte`; None where nothing (or nothing sensible) is asked."""
    asked = request.GET.get("fonte", "")
    return next((source for source, word in _WORD.items() if word == asked), None)


def _sources(chosen: Source) -> list[tuple[str, str, bool]]:
    return [
        ("tutte", _("tables and written contributions"), chosen == "all"),
        ("tavoli", _("tables only"), chosen == "tables"),
        ("scritti", _("written contributions only"), chosen == "written"),
    ]


@login_required
@require_GET
def matrix(request: HttpRequest, slug: str) -> HttpResponse:
    """Themes × zones (`?per=organizzazione`: × kinds of organisation); every count opens its statements."""
    event, by, source = _event(request, slug), _by(request), _source(request) or "all"
    found = theme_matrix(event, by, source)
    theme, column = whole_number(request.GET.get("tema", "")), request.GET.get("colonna", "")
    rows = [
        {
            "id": key,
            "name": name,
            "voices": found.counts.voices[row],
            "cells": [
                (column_, len(cell))
                for (column_, _name), cell in zip(found.columns, found.counts.cells[row], strict=True)
            ],
            "nowhere": len(found.counts.nowhere[row]),
        }
        for row, (key, name) in enumerate(found.themes)
    ]
    context: dict[str, Any] = {"event": event, "by": by, "rows": rows, "columns": found.columns, "part": "matrix"}
    asked = {"per": "organizzazione" if by == "organisation" else "", "fonte": _WORD[source] if source != "all" else ""}
    asked = {name: value for name, value in asked.items() if value}
    context |= {"sources": _sources(source), "fonte": asked.get("fonte", ""), "asked": urlencode(asked)}
    if theme is not None:
        context["open_theme"] = dict(found.themes).get(theme)
        context["open_column"] = dict(found.columns).get(column, "")
        context["statements"] = statements_of(event, found.cell(theme, column))
    return render(request, "live/matrix.html", context)


@login_required
@require_GET
def matrix_file(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """The matrix as a picture or a spreadsheet: `svg`, `xlsx` or `ods`."""
    event, by = _event(request, slug), _by(request)
    if ending not in _TYPES:
        raise Http404
    source = _source(request) or "all"
    rows = lines(theme_matrix(event, by, source), _("Theme"), _("Voices"), _("Without a place"))
    title = _("Themes by zone") if by == "zone" else _("Themes by kind of organisation")
    which = next(name for word, name, _chosen in _sources(source) if word == _WORD[source])
    content = {
        "svg": lambda: as_svg(rows, f"{event.title}: {title} ({which})", reader_language()).encode(),
        "xlsx": lambda: as_xlsx(rows, marked(title, invented=event.invented)),
        "ods": lambda: as_ods(rows, marked(title, invented=event.invented)),
    }[ending]()
    part = "" if source == "all" else f"-{_WORD[source]}"
    answer = HttpResponse(content, content_type=_TYPES[ending])
    answer["Content-Disposition"] = f'attachment; filename="{slug}-temi{part}.{ending}"'
    return answer


@login_required
@require_GET
def words(request: HttpRequest, slug: str) -> HttpResponse:
    """The words of the event, of a zone or of a strategy that the others do not say, as a picture and a table."""
    event = _event(request, slug)
    about, which = (*request.GET.get("di", "event").split(":", 1), "")[:2]
    zones = list(Zone.objects.filter(tables__event=event).distinct().order_by("number"))
    strategies = list(event.strategies.all())
    source = _source(request) or usual_source(event)
    known = {"event": {""}, "zone": {str(zone.number) for zone in zones}, "strategy": {one.code for one in strategies}}
    if which not in known.get(about, set()):
        about, which = "event", ""
    context = {
        "event": event,
        "choices": [
            (_("Event"), [("event", _("the whole event"))]),
            (_("Zones"), [(f"zone:{zone.number}", f"{zone.number}. {zone.name}") for zone in zones]),
            (_("Strategies"), [(f"strategy:{one.code}", f"{one.code} {one.title}") for one in strategies]),
        ],
        "chosen": f"{about}:{which}" if which else about,
        "found": words_of(event, cast(About, about), which, source),
        "sources": _sources(source),
        "part": "words",
    }
    return render(request, "live/words.html", context)
