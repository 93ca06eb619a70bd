"""Events: the list, one at a glance, what it is and when, a copy of an earlier one, and what the public sees."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import npgettext
from django.views.decorators.http import require_POST

from aumenta.desk.access import DeskRequest, desk_page
from aumenta.desk.events.access import carried_out, event_or_404, tabs_of
from aumenta.desk.events.asking import ask_to_hide
from aumenta.desk.events.forms import CopyEventForm, EventForm, short_name
from aumenta.desk.events.meanwhile import Meanwhile
from aumenta.events import create_event
from aumenta.events.edit_event import copy_event, edit_event
from aumenta.events.models import Event, Process, Registration, Table
from aumenta.events.participants.register import fill_seats, is_over
from aumenta.events.publish_event import publish_event
from aumenta.events.queries import asked, events_seen_by, zones_of_venues
from aumenta.events.rules import may_prepare, may_run_entrance, may_run_regia, may_see_events
from aumenta.results.hide_event import hide_event
from aumenta.ui.parts import KeyFigure


@desk_page(may_see_events)
def show_all(request: DeskRequest) -> HttpResponse:
    """Processes with their phases, and their events, the latest first; a facilitator sees the events of her tables."""
    prepares = may_prepare(request.user)
    processes = Process.objects.prefetch_related("phases") if prepares else Process.objects.none()
    events = events_seen_by(request.user).select_related("process").annotate(how_many=Count("tables"))
    # A query that groups has no order of its own.
    events = events.order_by("-starts_at")
    context = {"processes": processes, "events": events, "prepares": prepares, "now": timezone.now()}
    return render(request, "desk/events/events.html", context)


@desk_page(may_see_events)
def show(request: DeskRequest, slug: str) -> HttpResponse:
    """One event at a glance: what is ready, what is public; for a facilitator her tables."""
    event = event_or_404(request, slug)
    prepares = may_prepare(request.user)
    tables = event.tables.select_related("venue").prefetch_related("zones")
    context: dict[str, Any] = {"event": event, "prepares": prepares, "tabs": tabs_of(request, event)}
    if not prepares:
        hers = Q(facilitated_by=request.user) | Q(venue__managed_by=request.user)
        context["tables"] = tables.filter(hers)
        context["at_the_door"] = may_run_entrance(request.user, event)
        context["may_run_regia"] = may_run_regia(request.user, event)
        return render(request, "desk/events/mine.html", context)
    people = Registration.objects.filter(event=event).aggregate(
        confirmed=Count("pk", filter=Q(state="confirmed")), waiting=Count("pk", filter=Q(state="waiting"))
    )
    context["over"] = is_over(event)
    context |= {"figures": _figures(event, people), "missing": missing(event)}
    return render(request, "desk/events/event.html", context)


def _figures(event: Event, people: dict[str, int]) -> list[KeyFigure]:
    venues, tables, strategies = event.venues.count(), event.tables.count(), event.strategies.count()
    return [
        KeyFigure(str(venues), npgettext("how many", "venue", "venues", venues)),
        KeyFigure(str(tables), npgettext("how many", "table", "tables", tables)),
        KeyFigure(
            str(strategies), npgettext("how many", "strategy on the posters", "strategies on the posters", strategies)
        ),
        KeyFigure(
            str(people["confirmed"]),
            npgettext("how many", "person registered", "people registered", people["confirmed"]),
        ),
        KeyFigure(str(people["waiting"]), _("on the waiting list")),
    ]


def missing(event: Event) -> list[str]:
    """What the event still lacks, each as a sentence that says where to go on."""
    lacks = [
        (not event.programme.exists(), _("It has no programme.")),
        (not event.sessions.exists(), _("It has no sessions: nothing is asked at the tables.")),
        (not event.strategies.exists(), _("No edition is chosen: the posters have no strategies.")),
        (not event.venues.exists(), _("It has no venue.")),
        (not event.tables.exists(), _("It has no table.")),
        (not event.contact, _("There is no e-mail for questions.")),
        (event.tables.filter(facilitator="", facilitated_by=None).exists(), _("Some tables have no facilitator.")),
        (Table.objects.filter(event=event, zones=None).exists(), _("Some tables have no zone.")),
    ]
    return [sentence for lack, sentence in lacks if lack]


@desk_page(may_prepare)
def new(request: DeskRequest) -> HttpResponse:
    """Begin an event, with the usual two sessions."""
    processes = Process.objects.all()
    form = EventForm(request.POST or None, initial={"process": processes.last()})
    # The promise is counted from the event unless somebody writes another day.
    form.fields["forget_people_on"].required = False
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        edition = given.pop("edition")
        made: list[Event] = []

        def begin() -> None:
            event = create_event.create_event(person=request.user, slug=short_name(given["title_it"], Event), **given)
            create_event.set_sessions(person=request.user, event=event, sessions=create_event.default_sessions())
            if edition:
                create_event.set_strategies(person=request.user, event=event, edition=edition)
            made.append(event)

        if carried_out(request, begin, form):
            return redirect("desk:event", made[0].slug)
    return render(request, "desk/events/new.html", {"form": form, "processes": processes})


@desk_page(may_prepare)
def data(request: DeskRequest, slug: str) -> HttpResponse:
    """What an event is, when, how many, which rules."""
    event = event_or_404(request, slug)
    form = EventForm(request.POST or None, instance=event_or_404(request, slug))
    meanwhile = Meanwhile(request, form)
    if request.method == "POST" and form.is_valid() and not meanwhile.moved:
        given = form.cleaned_data
        before = (event.starts_at, event.ends_at, event.seats)

        def save() -> None:
            edit_event(person=request.user, event=event, **given)
            # More seats: those who wait move up at once.
            fill_seats(person=request.user, event=event)

        if carried_out(request, save, form):
            if (event.starts_at, event.ends_at) != before[:2] and event.registrations.exists():
                return redirect(f"{reverse('desk:event_people', args=[slug])}?avvisa=1")
            return redirect("desk:event_data", slug)
    context = {"event": event, "form": form, "meanwhile": meanwhile, "tabs": tabs_of(request, event)}
    return render(request, "desk/events/data.html", context)


@desk_page(may_prepare)
def copy(request: DeskRequest, slug: str) -> HttpResponse:
    """A new event like this one: programme, questions, venues and tables; no people and no PINs."""
    event = event_or_404(request, slug)
    form = CopyEventForm(request.POST or None, initial={"title_it": event.title_it})
    if request.method == "POST" and form.is_valid():
        name = short_name(form.cleaned_data["title_it"], Event)
        given = form.cleaned_data
        if carried_out(request, lambda: copy_event(person=request.user, source=event, slug=name, **given), form):
            return redirect("desk:event", name)
    return render(request, "desk/events/copy.html", {"event": event, "form": form})


@desk_page(may_prepare)
def preview(request: DeskRequest, slug: str) -> HttpResponse:
    """Everything that the public page of an event shows, before it is public."""
    event = event_or_404(request, slug)
    zones = zones_of_venues(event)
    context = {
        "event": event,
        "tabs": tabs_of(request, event),
        "programme": list(event.programme.all()),
        "places": [(venue, zones.get(venue.pk, [])) for venue in event.venues.select_related("municipality")],
        "sessions": asked(event),
    }
    return render(request, "desk/events/preview.html", context)


@require_POST
@desk_page(may_prepare)
def change_public(request: DeskRequest, slug: str) -> HttpResponse:
    """Put the page of an event on the public site, or take it off: `verb` says which."""
    event = event_or_404(request, slug)
    verb = {"publish": publish_event, "hide": hide_event}.get(request.POST.get("verb", ""))
    if verb is None:
        messages.error(request, _("Choose what to do with the page."))
    else:
        if verb is hide_event and (question := ask_to_hide(request, event)):
            return question
        carried_out(request, lambda: verb(person=request.user, event=event))
    return redirect("desk:event", slug)
