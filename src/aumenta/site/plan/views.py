"""The plan to read: its picture, its axes, strategies and actions."""

from collections.abc import Sequence
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from aumenta.events.models import Event
from aumenta.people.dates import day_in_words
from aumenta.people.reader import reader_language
from aumenta.plan.connections import connections
from aumenta.plan.find.catalogue import catalogue
from aumenta.plan.models import Chapter, Edition, Strategy
from aumenta.plan.queries import tree
from aumenta.review.queries import ended_sheet, public_history
from aumenta.site.connections.connection_texts import connected
from aumenta.site.find.related_items import related_items
from aumenta.site.plan.editions import Editions, editions, public_editions
from aumenta.site.plan.missing import nothing_with_code
from aumenta.site.plan.neighbours import neighbours
from aumenta.site.plan.sheet_parts import sheet_with_parts
from aumenta.site.plan.two_way_links import citation, counterparts_of, said_of
from aumenta.ui.caching import public_page
from aumenta.ui.plan_picture import plan_picture
from aumenta.ui.sheet import body_of_action

MOST_EVENTS: Final = 3


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """The current edition as one picture, with a way in for each kind of reader."""
    public = public_editions()
    current = Edition.objects.current()
    if current is None:
        return render(request, "site/plan/no_edition.html")
    shown = next(edition for edition in public if edition.pk == current.pk)
    return _edition_page(request, Editions(shown, public), "site/plan/home.html", latest_events=_latest_events())


def _latest_events() -> list[Event]:
    """The three that begin last: a page that is kept can't know which are over, so each says its day."""
    public = Event.objects.exclude(published_at=None).select_related("process").order_by("-starts_at", "pk")
    return list(public[:MOST_EVENTS])


@public_page
def edition(request: HttpRequest, label: str) -> HttpResponse:
    """One edition: its picture, and its axes in words."""
    shown = editions(label)
    chapters = list(shown.shown.chapters.defer("text_it", "text_en"))
    return _edition_page(request, shown, "site/plan/edition.html", chapters)


def _edition_page(
    request: HttpRequest, shown: Editions, template: str, chapters: Sequence[Chapter] = (), **more: Any
) -> HttpResponse:
    axes = tree(shown.shown)
    picture = plan_picture(axes, at=reverse("site:edition", args=[shown.shown.label]))
    return render(
        request,
        template,
        {
            **shown.context,
            **more,
            "axes": axes,
            "chapters": chapters,
            "picture": picture,
            "number_of_strategies": sum(len(axis.strategies.all()) for axis in axes),
        },
    )


@public_page
def axis(request: HttpRequest, label: str, code: str) -> HttpResponse:
    """An axis with its strategies and their actions."""
    shown = editions(label)
    axes = tree(shown.shown)
    chosen = next((axis for axis in axes if axis.code == code), None)
    if chosen is None:
        raise nothing_with_code(shown, code, 1)
    return render(
        request,
        "site/plan/axis.html",
        {
            **shown.context,
            "axis": chosen,
            "around": neighbours(axes, chosen, "site:axis", label),
            "related": related_items(catalogue(shown.shown), "asse", code),
            "number_of_actions": sum(len(strategy.actions.all()) for strategy in chosen.strategies.all()),
        },
    )


@public_page
def strategy(request: HttpRequest, label: str, code: str) -> HttpResponse:
    """A strategy with its actions and what they tie to."""
    shown = editions(label)
    strategies = list(Strategy.objects.of(shown.shown))
    chosen = next((strategy for strategy in strategies if strategy.code == code), None)
    if chosen is None:
        raise nothing_with_code(shown, code, 2)
    return render(
        request,
        "site/plan/strategy.html",
        {
            **shown.context,
            "strategy": chosen,
            "actions": list(
                chosen.actions.order_by("number").defer(
                    "for_whom_it", "for_whom_en", "description_it", "description_en"
                )
            ),
            "around": neighbours(strategies, chosen, "site:strategy", label),
            "related": related_items(catalogue(shown.shown), "strategia", code),
            "counterparts": counterparts_of(chosen),
            "said": list(said_of(shown.shown, code, reader_language())),
        },
    )


@public_page
def action(request: HttpRequest, label: str, code: str) -> HttpResponse:
    """An action's sheet."""
    shown = editions(label)
    parts = sheet_with_parts(shown.shown, code)
    # Only the code itself is an address: «02.2.2» would be a second one for the same sheet.
    if parts is None and (ended := ended_sheet(shown.shown, code)):
        # Whoever follows an old link learns what became of it: it is gone for good, and its text can still be read.
        return render(request, "site/plan/ended.html", {**shown.context, "ended": ended, "code": code}, status=410)
    if parts is None or parts.action.code != code:
        raise nothing_with_code(shown, code, 3)
    chosen = parts.action
    entries = catalogue(shown.shown).entries
    here = next(entry for entry in entries if entry.pk == chosen.pk)
    changes = public_history(chosen, shown.shown)
    day = timezone.localtime(changes[0].on).date() if changes else None
    dated = reverse("site:past_action", args=[label, day.isoformat(), code]) if day else request.path
    return render(
        request,
        "site/plan/action.html",
        {
            **shown.context,
            "action": chosen,
            "strategy": chosen.strategy,
            "axis": chosen.strategy.axis,
            "sheet": body_of_action(chosen),
            "around": neighbours(entries, here, "site:action", label),
            "changes": changes,
            "standing": parts.standing,
            "updates": parts.standing.updates,
            "project_ties": parts.projects,
            "objectives": parts.objectives,
            "places": parts.places,
            "responsible": parts.offices,
            "follow": f"azione-{label}/{code}",
            "dated": dated,
            "citation": citation(chosen, shown.shown, dated, day_in_words(day, "al") if day else ""),
            "connected": connected(connections(shown.shown), code),
            "asked": parts.asked,
            "issues": parts.issues,
            "instrument_ties": parts.ties,
        },
    )
