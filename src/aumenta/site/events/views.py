"""Events for everybody: which there are, one with programme and venues, registering, and giving the seat back."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from aumenta.events.calendar_file import calendar_file, calendar_type
from aumenta.events.models import Event
from aumenta.events.participants.links import registration_behind
from aumenta.events.participants.register import confirm, is_open, register, withdraw
from aumenta.events.queries import asked, zones_of_venues
from aumenta.events.shared_tables import shared_rule, sums_rule
from aumenta.people.reader import reader_language
from aumenta.people.refusals import RefusedError
from aumenta.results.slides import bars_of, cut_line, figures_of
from aumenta.results.zone_map import zone_map
from aumenta.site.events.forms import RegistrationForm, mailbox_is_full, registers_too_often
from aumenta.territory.models import Territory
from aumenta.ui.parts import KeyFigure


def public_event(slug: str) -> Event:
    """The event, if the office has published it."""
    return get_object_or_404(Event.objects.select_related("process", "edition"), slug=slug, published_at__isnull=False)


@require_safe
def show_all(request: HttpRequest) -> HttpResponse:
    """Events to come and past ones."""
    events = list(Event.objects.exclude(published_at=None).select_related("process"))
    now = timezone.now()
    context = {
        "coming": sorted((e for e in events if e.ends_at >= now), key=lambda e: e.starts_at),
        "past": [e for e in events if e.ends_at < now],
    }
    return render(request, "site/events/events.html", context)


@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """One event: when, where, how to get in, the programme, and whether one can register."""
    event = public_event(slug)
    zones = zones_of_venues(event)
    places = [(venue, zones.get(venue.pk, [])) for venue in event.venues.select_related("municipality")]
    context = {
        "event": event,
        "programme": list(event.programme.all()),
        "places": places,
        "home_territory": getattr(Territory.objects.home(), "pk", None),
        "sessions": asked(event),
        "open": is_open(event),
        "coming": event.ends_at >= timezone.now(),
    }
    return render(request, "site/events/event.html", context)


@require_safe
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The event as a calendar file."""
    event = public_event(slug)
    venues = list(event.venues.all()[:2])
    content = calendar_file(event, venues[0] if len(venues) == 1 else None)
    named = {"Content-Disposition": f'attachment; filename="{slug}.ics"'}
    return HttpResponse(content, content_type=calendar_type(event), headers=named)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def registration(request: HttpRequest, slug: str) -> HttpResponse:
    """The registration form. Whatever the answer is, it comes by e-mail: the page says the same to everybody."""
    event = public_event(slug)
    if not is_open(event):
        return render(request, "site/events/closed.html", {"event": event})
    form = RegistrationForm(request.POST or None, event=event)
    status = 200
    if request.method == "POST":
        if registers_too_often(request):
            form.add_error(None, _("Too many registrations came from your network. Try again in ten minutes."))
            status = 429
        elif form.is_valid():
            if mailbox_is_full(request, form.cleaned_data["email"]):
                return redirect("site:registration_sent", slug)
            try:
                language = reader_language()
                register(event=event, now=timezone.now(), language=language, **form.person)
            except RefusedError as refusal:
                if refusal.code != "registration_closed":
                    raise
                return render(request, "site/events/closed.html", {"event": event})
            return redirect("site:registration_sent", slug)
    context = {"event": event, "form": form}
    return render(request, "site/events/registration.html", context, status=status)


@require_safe
def registration_sent(request: HttpRequest, slug: str) -> HttpResponse:
    """Says that an e-mail is on its way, whoever asks."""
    return render(request, "site/events/sent.html", {"event": public_event(slug)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_registration(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Where the link in the e-mail leads: the button that confirms, then how things stand and the one that withdraws.

    Opening it changes nothing by itself: programs that look through mails open every link.
    """
    mine = registration_behind(token)
    if mine is None or mine.event.slug != slug:
        event = Event.objects.filter(slug=slug).exclude(published_at=None).first()
        if event is None:
            raise Http404
        return render(request, "site/events/no_registration.html", {"event": event}, status=404)
    if request.method == "POST" and "conferma" in request.POST:
        try:
            confirm(registration=mine)
        except RefusedError:
            # Over, or withdrawn at this very moment: the page says how things stand.
            return render(request, "site/events/closed.html", {"event": mine.event}, status=409)
        return redirect(request.path)
    if request.method == "POST":
        asked = mine.state == mine.State.ASKED
        withdraw(registration=mine)
        return render(request, "site/events/withdrawn.html", {"event": mine.event, "asked": asked})
    return render(request, "site/events/mine.html", {"event": mine.event, "registration": mine})


@require_safe
def results(request: HttpRequest, slug: str) -> HttpResponse:
    """What the tables said, from the state the office has published: figures, stickers, themes, the reports."""
    event = public_event(slug)
    snapshot = get_object_or_404(event.snapshots.exclude(published_at=None))
    language = reader_language()
    state = snapshot.read()
    context = {
        "event": event,
        "cut": cut_line(snapshot),
        "figures": [KeyFigure(number, words) for number, words in figures_of(state)],
        "votes": [
            (
                bars_of(state, votes.whole, language),
                zone_map(snapshot, state.zones, votes.zones, _("Stickers of each zone")),
                sums_rule(sum(votes.whole.values()), sum(sum(counts.values()) for counts in votes.zones.values())),
            )
            for votes in state.votes.values()
        ],
        "shared": shared_rule({table.number: table.zones for table in state.tables}),
        "themes": state.themes,
        "zones": state.zones,
    }
    return render(request, "site/events/results.html", context)
