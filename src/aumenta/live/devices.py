"""The devices at an event's tables: which are held, letting one go on or shutting it out; and keeping tables open."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from aumenta.core.tablelog.operation import TEXT
from aumenta.events.models import TableDevice
from aumenta.events.tables.look_after_devices import keep_tables_open, let_on, shut_out
from aumenta.live.access import event_of, operator_of


@login_required
@require_GET
def devices(request: HttpRequest, slug: str) -> HttpResponse:
    """All devices of an event with what each sent, those that are held first; until when its tables are open."""
    event = event_of(request, slug)
    rows = (
        TableDevice.objects.filter(table__event=event)
        .select_related("table")
        .annotate(entries=Count("operations"), texts=Count("operations", filter=Q(operations__what=TEXT)))
        .order_by(F("held_for").desc(), "table__number", "pk")
    )
    shut = event.tables_shut_at <= timezone.now()
    return render(request, "live/devices.html", {"event": event, "devices": rows, "shut": shut})


@login_required
@require_POST
def look_after(request: HttpRequest, slug: str, device: int) -> HttpResponse:
    """Let a device go on, or shut it out: `verb` says which, `leave_out` whether what it sent goes with it."""
    found = get_object_or_404(
        TableDevice.objects.select_related("table__event"), pk=device, table__event=event_of(request, slug)
    )
    person = operator_of(request)
    if request.POST.get("verb") == "let_on":
        let_on(person=person, device=found)
        messages.success(request, _("Device %(name)s goes on.") % {"name": found.short_name})
    elif request.POST.get("verb") == "shut_out":
        shut_out(person=person, device=found, leave_out="leave_out" in request.POST)
        messages.success(request, _("Device %(name)s is shut out.") % {"name": found.short_name})
    else:
        messages.error(request, _("Choose what to do with the device."))
    return redirect("regia-devices", slug)


@login_required
@require_POST
def keep_open(request: HttpRequest, slug: str) -> HttpResponse:
    """Let the event's tables open for some days more."""
    keep_tables_open(person=operator_of(request), event=event_of(request, slug))
    messages.success(request, _("The tables are open again: devices that hold entries send them now."))
    return redirect("regia-devices", slug)
