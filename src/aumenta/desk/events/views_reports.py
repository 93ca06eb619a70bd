"""What an event gives back: which state is public, the office's words in each report, and who has been sent it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from aumenta.core.text import whole_number
from aumenta.desk.access import DeskRequest, desk_page
from aumenta.desk.events.access import carried_out, event_or_404, tabs_of
from aumenta.desk.events.forms import ReportTextForm
from aumenta.events.models import Event
from aumenta.events.rules import may_prepare
from aumenta.mailing.pulse import silent_since
from aumenta.results import send_reports
from aumenta.results.models import Delivery, ReportText
from aumenta.results.publish_results import hide_results, publish_results
from aumenta.results.report_editions import latest_edition, unpublished_words
from aumenta.results.since_then import late_words, marked_since
from aumenta.results.take_out_voices import take_out_voices
from aumenta.territory.models import Zone

ON_A_PAGE = 50


@desk_page(may_prepare)
def show(request: DeskRequest, slug: str) -> HttpResponse:
    """The snapshots, the reports and their words, and the log of what was sent."""
    event = event_or_404(request, slug)
    snapshots = list(event.snapshots.defer("content").order_by("-number"))
    public = next((snapshot for snapshot in snapshots if snapshot.published_at), None)
    deliveries = Delivery.objects.filter(snapshot=public).select_related("registration").order_by("-state", "pk")
    deliveries = deliveries.prefetch_related("tries")
    counts = dict(deliveries.order_by().values_list("state").annotate(n=Count("pk")))
    zones = Zone.objects.filter(tables__event=event).distinct().order_by("number")
    written = set(ReportText.objects.filter(event=event).values_list("zone_id", flat=True))
    changed = unpublished_words(event, public)
    context = {
        "event": event,
        "snapshots": snapshots,
        "public": public,
        "edition": latest_edition(public) if public else None,
        "changed": changed,
        "worker_silent": silent_since(),
        "marked": len(marked_since(event)),
        "late": late_words(snapshots[0]) if snapshots else "",
        "reports": [("tutte", _("All zones"), None in written, "" in changed)]
        + [(zone.number, str(zone), zone.pk in written, str(zone.number) in changed) for zone in zones],
        "wanted": event.registrations.filter(state="confirmed", wants_report=True).count(),
        "states": [(label, counts[state]) for state, label in Delivery.State.choices if state in counts],
        "failed": counts.get(Delivery.State.FAILED, 0),
        "page": Paginator(deliveries, ON_A_PAGE).get_page(request.GET.get("pagina")),
        "tabs": tabs_of(request, event),
    }
    return render(request, "desk/events/reports.html", context)


@require_POST
@desk_page(may_prepare)
def act(request: DeskRequest, slug: str) -> HttpResponse:
    """Publish a state or take the results back, send, try again, note a mail that came back: `verb` says which."""
    event = event_or_404(request, slug)
    verb = request.POST.get("verb", "")
    number = whole_number(request.POST.get("numero", "")) or 0
    public = event.snapshots.exclude(published_at=None).select_related("event").first()
    if verb == "publish":
        snapshot = get_object_or_404(event.snapshots.select_related("event"), number=number)
        carried_out(request, lambda: publish_results(person=request.user, snapshot=snapshot))
    elif verb == "take_out":
        carried_out(request, lambda: take_out_voices(person=request.user, event=event))
    elif verb == "hide":
        carried_out(request, lambda: hide_results(person=request.user, event=event))
    elif verb in {"send", "again"} and public is not None:
        send = send_reports.send_reports if verb == "send" else send_reports.send_again
        queued = send(person=request.user, snapshot=public)
        words = ngettext("%(n)s e-mail is in the queue.", "%(n)s e-mails are in the queue.", queued)
        messages.success(request, words % {"n": queued})
    elif verb == "note":
        delivery = get_object_or_404(Delivery, pk=number, snapshot__event=event)
        reason = request.POST.get("motivo", "")
        carried_out(request, lambda: send_reports.note_failure(person=request.user, delivery=delivery, reason=reason))
    else:
        messages.error(request, _("Nothing was done: publish a frozen state first, then send its reports."))
    return redirect("desk:event_reports", slug)


@desk_page(may_prepare)
def text(request: DeskRequest, slug: str, zone: str) -> HttpResponse:
    """The office's words before and after the figures of one report; they survive every new state."""
    event = event_or_404(request, slug)
    place = _zone(event, zone)
    known = ReportText.objects.filter(event=event, zone=place).first()
    initial = {"introduction": known.introduction, "conclusion": known.conclusion} if known else {}
    form = ReportTextForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        write = send_reports.write_report_text
        if carried_out(request, lambda: write(person=request.user, event=event, zone=place, **given), form):
            return redirect("desk:event_reports", slug)
    name = str(place) if place else _("All zones")
    latest = event.snapshots.defer("content").order_by("-number").first()
    context = {"event": event, "form": form, "name": name, "zone": zone, "latest": latest}
    return render(request, "desk/events/report_text.html", context)


def _zone(event: Event, zone: str) -> Zone | None:
    if zone == "tutte":
        return None
    number = whole_number(zone)
    if number is None:
        raise Http404
    return get_object_or_404(Zone.objects.filter(tables__event=event).distinct(), number=number)
