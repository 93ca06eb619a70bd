"""Where people sit: venues and tables, who facilitates, and the QR code and PIN that open a table."""

import io

import segno
from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from aumenta.desk.access import DeskRequest, desk_page
from aumenta.desk.events.access import carried_out, event_or_404, tabs_of
from aumenta.desk.events.asking import ask_to_drop_table, ask_to_drop_venue, ask_to_shut_devices
from aumenta.desk.events.forms import AddTablesForm, TableForm, VenueForm
from aumenta.desk.events.meanwhile import Meanwhile
from aumenta.events import create_event, edit_event
from aumenta.events.models import Event, Table
from aumenta.events.participants.register import fill_seats
from aumenta.events.queries import table_address
from aumenta.events.rules import may_prepare, may_see_events, may_see_table
from aumenta.events.shared_tables import shared_rule
from aumenta.events.tables.open_table import wrong_pins


@desk_page(may_prepare)
def show_all(request: DeskRequest, slug: str) -> HttpResponse:
    """All venues with their tables, and forms for more; `verb` says which was sent."""
    event = event_or_404(request, slug)
    verb = request.POST.get("verb", "")
    venue = VenueForm(request.POST if verb == "venue" else None, prefix="sede")
    tables = AddTablesForm(request.POST if verb == "tables" else None, event=event, prefix="tavoli")
    if (verb == "venue" and _add_venue(request, event, venue)) or (verb == "tables" and _add_tables(request, tables)):
        return redirect("desk:event_tables", slug)
    venues = event.venues.select_related("municipality").prefetch_related("tables__zones", "tables__facilitated_by")
    context = {
        "event": event,
        "venues": venues,
        "venue_form": venue,
        "tables_form": tables,
        "tried": {one.pk for v in venues for one in v.tables.all() if wrong_pins(one)},
        "shared": shared_rule(
            {one.number: [z.number for z in one.zones.all()] for v in venues for one in v.tables.all()}
        ),
        "walls": [(event.title, "", event.wall_code)] + [(v.name, v.position, v.wall_code) for v in venues],
        "public_address": settings.PUBLIC_ADDRESS,
        "tabs": tabs_of(request, event),
    }
    return render(request, "desk/events/tables.html", context)


def _add_venue(request: DeskRequest, event: Event, form: VenueForm) -> bool:
    if not form.is_valid():
        return False
    given = dict(form.cleaned_data)
    access = {name: given.pop(name) for name in ("access_it", "access_en", "managed_by")}

    def add() -> None:
        made = create_event.add_venue(person=request.user, event=event, **given)
        edit_event.change_venue(person=request.user, venue=made, **access)

    return carried_out(request, add, form)


def _add_tables(request: DeskRequest, form: AddTablesForm) -> bool:
    def add() -> None:
        edit_event.add_tables(person=request.user, **form.cleaned_data)
        fill_seats(person=request.user, event=form.cleaned_data["venue"].event)

    return form.is_valid() and carried_out(request, add, form)


@desk_page(may_prepare)
def venue(request: DeskRequest, slug: str, number: int) -> HttpResponse:
    """One venue; with `togli` it is taken away."""
    event = event_or_404(request, slug)
    found = get_object_or_404(event.venues, position=number)
    form = VenueForm(request.POST or None, instance=get_object_or_404(event.venues, position=number))
    meanwhile = Meanwhile(request, form)
    if request.method == "POST" and "togli" in request.POST:
        if question := ask_to_drop_venue(request, found):
            return question
        carried_out(request, lambda: edit_event.drop_venue(person=request.user, venue=found))
        return redirect("desk:event_tables", slug)
    if request.method == "POST" and form.is_valid() and not meanwhile.moved:
        given = form.cleaned_data
        where = (found.name, found.address)
        if carried_out(request, lambda: edit_event.change_venue(person=request.user, venue=found, **given), form):
            if where != (found.name, found.address) and event.registrations.exists():
                return redirect(f"{reverse('desk:event_people', args=[slug])}?avvisa=1")
            return redirect("desk:event_tables", slug)
    context = {"event": event, "venue": found, "form": form, "meanwhile": meanwhile}
    return render(request, "desk/events/venue.html", context)


def _table_or_404(request: DeskRequest, event: Event, number: int) -> Table:
    table = get_object_or_404(event.tables.select_related("event", "venue", "facilitated_by"), number=number)
    if not may_see_table(request.user, table):
        raise Http404
    return table


@desk_page(may_see_events)
def table(request: DeskRequest, slug: str, number: int) -> HttpResponse:
    """One table with its QR code and PIN; those who prepare change it, renew the PIN, take it away."""
    event = event_or_404(request, slug)
    found = _table_or_404(request, event, number)
    prepares = may_prepare(request.user)
    form = TableForm(request.POST or None, instance=_table_or_404(request, event, number)) if prepares else None
    meanwhile = Meanwhile(request, form)
    if request.method == "POST" and (answer := _change(request, event, found, form, seen=not meanwhile.moved)):
        return answer
    address = table_address(found)
    context = {
        "event": event,
        "table": found,
        "form": form,
        "meanwhile": meanwhile,
        "address": address,
        "qr": _qr(address),
        "wrong_pins": wrong_pins(found),
        "devices": found.devices.filter(shut_at=None).count(),
    }
    return render(request, "desk/events/table.html", context)


def _change(
    request: DeskRequest, event: Event, found: Table, form: TableForm | None, *, seen: bool
) -> HttpResponse | None:
    """What was posted to a table's page: renewed, taken away, changed; None where the form is shown again."""
    if form is None:
        return redirect("desk:event_table", event.slug, found.number)
    if "rinnova" in request.POST:
        shut = "chiudi" in request.POST
        if shut and (question := ask_to_shut_devices(request, found)):
            return question
        carried_out(request, lambda: edit_event.renew_access(person=request.user, table=found, shut_devices=shut))
        return redirect("desk:event_table", event.slug, found.number)
    if "togli" in request.POST:
        if question := ask_to_drop_table(request, found):
            return question
        carried_out(request, lambda: edit_event.drop_table(person=request.user, table=found))
        return redirect("desk:event_tables", event.slug)
    if not form.is_valid() or not seen:
        return None
    given = form.cleaned_data

    def save() -> None:
        edit_event.change_table(person=request.user, table=found, **given)
        fill_seats(person=request.user, event=event)

    if carried_out(request, save, form):
        return redirect("desk:event_table", event.slug, given["number"])
    return None


def _qr(address: str) -> str:
    buffer = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        buffer, kind="svg", xmldecl=False, svgns=False, scale=6, border=4, title=_("QR code of the table")
    )
    return buffer.getvalue().decode()


@desk_page(may_see_events)
def prints(request: DeskRequest, slug: str) -> HttpResponse:
    """What there is to print, for all tables or one; a facilitator sees her own tables."""
    event = event_or_404(request, slug)
    tables = event.tables.select_related("venue")
    if not may_prepare(request.user):
        tables = tables.filter(Q(facilitated_by=request.user) | Q(venue__managed_by=request.user))
    kits = [
        ("manifesti", _("Posters"), _("The strategies with room for the stickers, A3, one for each table.")),
        ("fogli", _("Note sheets"), _("One for each question; copy as many as strategies are chosen.")),
        ("accesso", _("QR code and PIN"), _("How to open the console at the table. Keep it away from strangers.")),
        ("partecipanti", _("Participants"), _("Who sits at the table, to tick off at the entrance.")),
        ("cartellini", _("Badges"), _("With name and code, eight on a page; with the code for stickers by phone.")),
    ]
    context = {"event": event, "tables": tables, "kits": kits, "tabs": tabs_of(request, event)}
    return render(request, "desk/events/prints.html", context)
