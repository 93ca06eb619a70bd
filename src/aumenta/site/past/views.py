"""The plan as it was: what every sheet said at the end of a given day."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from aumenta.people.dates import day_in_words
from aumenta.people.reader import reader_language
from aumenta.plan.models import Edition
from aumenta.review.queries import (
    content_as_of,
    contents_as_of,
    days_with_changes,
    headings_as_of,
    public_releases,
    was_public_on,
)
from aumenta.review.sentences import RowNames
from aumenta.site.plan.editions import editions
from aumenta.ui.caching import public_page
from aumenta.ui.not_found import NotHereError


def _day(text: str) -> date:
    """A day written as 2022-12-22; Http404 for anything else and for days to come."""
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise NotHereError(_("“%(words)s” is not a day: write it as in 2022-12-22.") % {"words": text[:40]})
    if day > localdate():
        raise NotHereError(_("%(words)s is still to come.") % {"words": text})
    return day


def _public_day(edition: Edition, text: str) -> date:
    """A day on which everybody could read the edition; Http404 for any other."""
    day = _day(text)
    if not was_public_on(edition, day):
        raise NotHereError(_("On %(day)s this edition was not public yet.") % {"day": day_in_words(day, "Il")})
    return day


@public_page
def days(request: HttpRequest, label: str) -> HttpResponse:
    """The days on which an edition changed; `giorno` leads to the plan of any day."""
    shown = editions(label)
    if asked := request.GET.get("giorno", ""):
        return redirect("site:past_edition", label, _day(asked).isoformat())
    context = {**shown.context, "days": days_with_changes(shown.shown), "releases": public_releases(shown.shown)}
    return render(request, "site/past/days.html", context)


@public_page
def edition(request: HttpRequest, label: str, day: str) -> HttpResponse:
    """The sheets of an edition as they were at the end of a day."""
    shown = editions(label)
    wanted = _public_day(shown.shown, day)
    headings = headings_as_of(shown.shown, wanted)
    context = {
        **shown.context,
        "day": wanted,
        "day_word": day,
        "called": headings["edition"],
        "axes": _axes(shown.shown, wanted, headings),
    }
    return render(request, "site/past/edition.html", context)


def _axes(edition: Edition, day: date, headings: dict[str, Any]) -> list[dict[str, Any]]:
    """Axes, strategies and sheets as they were called at the end of a day; one query."""
    sheets: dict[str, list[tuple[str, Any]]] = {}
    for code, content in contents_as_of(edition, day).items():
        sheets.setdefault(code.rpartition(".")[0], []).append((code, content))
    named = _by_code(headings)
    axes: dict[str, dict[str, Any]] = {}
    for code, rows in sheets.items():
        number = code.partition(".")[0]
        axis = axes.setdefault(number, {"code": number, "texts": named.get(number, {}), "strategies": []})
        axis["strategies"].append({"code": code, "texts": named.get(code, {}), "sheets": rows})
    return list(axes.values())


def _by_code(headings: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The titles of axes and strategies by their codes."""
    named = {}
    for axis in headings["axes"]:
        named[str(axis["number"])] = axis
        named |= {f"{axis['number']}.{strategy['number']}": strategy for strategy in axis["strategies"]}
    return named


@public_page
def action(request: HttpRequest, label: str, day: str, code: str) -> HttpResponse:
    """One sheet as it was at the end of a day."""
    shown = editions(label)
    wanted = _public_day(shown.shown, day)
    version = content_as_of(shown.shown, code, wanted)
    if version is None:
        words = {"code": code[:40], "day": day}
        raise NotHereError(_("On %(day)s this edition had no action “%(code)s”.") % words)
    language = reader_language()
    content = version.content
    names = RowNames([content], language)
    named = _by_code(headings_as_of(shown.shown, wanted))
    context = {
        **shown.context,
        "day": wanted,
        "day_word": day,
        "version": version,
        "axis": named.get(code.partition(".")[0], {}),
        "strategy": named.get(code.rpartition(".")[0], {}),
        "strategy_code": code.rpartition(".")[0],
        "texts": {
            stem: content[f"{stem}_{language}"] or content[f"{stem}_it"]
            for stem in ("title", "summary", "for_whom", "description")
        },
        "lists": {
            name: [names.words(name, row) for row in content[name]]
            for name in ("actors", "alignments", "examples", "rows")
        },
        "links": content["links"],
    }
    return render(request, "site/past/action.html", context)
