"""The entrance of an event: who arrives, who comes without being registered, and the links of the walls."""

from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from aumenta.core.text import whole_number
from aumenta.desk.access import DeskRequest, desk_page
from aumenta.desk.events.access import carried_out, event_or_404, tabs_of
from aumenta.desk.events.crowded import crowded
from aumenta.desk.events.forms import DoorForm
from aumenta.events.models import Event, Venue
from aumenta.events.participants.at_the_door import (
    Arrival,
    arrival_of,
    check_in,
    may_pick,
    register_at_the_door,
)
from aumenta.events.participants.register import is_on
from aumenta.events.queries import people_by_table
from aumenta.events.rules import may_prepare, may_run_entrance, may_see_events
from aumenta.events.tables.project_log import project_log
from aumenta.events.wall_link import drop_wall_link, make_wall_link


@desk_page(may_see_events)
def show(request: DeskRequest, slug: str) -> HttpResponse:
    """Check in by the code of a badge, register at the door, and see who has come to each table."""
    event = event_or_404(request, slug)
    if not may_run_entrance(request.user, event):
        raise Http404
    tables = may_pick(request.user, event)
    verb = request.POST.get("verb", "")
    door = DoorForm(request.POST if verb == "register" else None, tables=tables, initial={"here": is_on(event)})
    if arrival := _carry_out(request, event, verb, door):
        # A page that is loaded again registers nobody a second time.
        asked = {"arrivo": arrival.badge.pk} | ({"gia": 1} if arrival.again else {})
        return redirect(f"{reverse('desk:event_entrance', args=[slug])}?{urlencode(asked)}")
    project_log(event)
    badge = whole_number(request.GET.get("arrivo", ""))
    again = "gia" in request.GET
    arrival = arrival_of(person=request.user, event=event, badge=badge, again=again) if badge else None
    context = {
        "event": event,
        "arrival": arrival,
        "crowded": crowded(arrival.badge.table) if arrival else [],
        "form": door,
        "rows": _rows(event, [table.pk for table in tables]),
        "tabs": tabs_of(request, event),
    }
    return render(request, "desk/events/entrance.html", context)


def _carry_out(request: DeskRequest, event: Event, verb: str, door: DoorForm) -> Arrival | None:
    """Check in or register as `verb` says; None where there was nothing to do or it was refused."""
    arrived: list[Arrival] = []

    def write() -> None:
        if verb == "check_in":
            arrived.append(check_in(person=request.user, event=event, code=request.POST.get("codice", "")))
        else:
            arrived.append(register_at_the_door(person=request.user, event=event, **door.cleaned_data))

    if verb == "check_in" or (verb == "register" and door.is_valid()):
        carried_out(request, write, door if verb == "register" else None, say_saved=False)
    return arrived[0] if arrived else None


def _rows(event: Event, tables: list[int]) -> list[tuple[object, int, int]]:
    """Each table with who is registered for it and who is there."""
    present = people_by_table(event)
    confirmed = Count("registrations", filter=Q(registrations__state="confirmed"))
    found = event.tables.filter(pk__in=tables).select_related("venue").annotate(expected=confirmed)
    return [(table, table.expected, present.get(table.pk, 0)) for table in found]


@require_POST
@desk_page(may_prepare)
def wall(request: DeskRequest, slug: str) -> HttpResponse:
    """Make or withdraw the link of a wall: of the event, or of the venue whose number is sent."""
    event = event_or_404(request, slug)
    place: Event | Venue = event
    if number := whole_number(request.POST.get("sede", "")):
        place = get_object_or_404(event.venues, position=number)
    verb = drop_wall_link if "togli" in request.POST else make_wall_link
    carried_out(request, lambda: verb(person=request.user, place=place))
    return redirect("desk:event_tables", slug)
