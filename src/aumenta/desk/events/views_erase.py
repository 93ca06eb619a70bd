"""Erase what somebody said at a table, or the photo of a poster, because she asks for it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from aumenta.core.text import whole_number
from aumenta.desk.access import DeskRequest, desk_page
from aumenta.desk.asking import asked_for_good
from aumenta.desk.events.access import event_or_404, tabs_of
from aumenta.events.models import Event, Observation, Photo
from aumenta.events.rules import may_publish
from aumenta.results.erase_observation import erase_observation
from aumenta.results.erase_photo import erase_photo

MOST_SHOWN = 50


@desk_page(may_publish)
def erase(request: DeskRequest, slug: str) -> HttpResponse:
    """Find an observation by its words, or a photo, and erase it; what is erased does not come back."""
    event = event_or_404(request, slug)
    if request.method == "POST":
        return _ask(request, event) or _erase(request, event)
    words = request.GET.get("cerca", "").strip()[:200]
    said = Observation.objects.filter(table__event=event).select_related("table")
    context = {
        "event": event,
        "tabs": tabs_of(request, event),
        "words": words,
        "said": said.filter(text__icontains=words)[:MOST_SHOWN] if words else [],
        "photos": Photo.objects.filter(table__event=event, removed=False).select_related("table"),
    }
    return render(request, "desk/events/erase.html", context)


def _ask(request: DeskRequest, event: Event) -> HttpResponse | None:
    photo = request.POST.get("what") == "photo"
    if photo:
        says = [_("The photo is gone from every page and file, also from results that are public.")]
    else:
        says = [_("Its words are gone from every page and file, also from results that are public; a notice stays.")]
    return asked_for_good(
        request,
        title=_("Erase this photo?") if photo else _("Erase this observation?"),
        says=says,
        submit=_("Erase for good"),
        cancel=reverse("desk:event_erase", args=[event.slug]),
    )


def _erase(request: DeskRequest, event: Event) -> HttpResponse:
    key = whole_number(request.POST.get("number", "")) or 0
    if request.POST.get("what") == "photo":
        erase_photo(person=request.user, photo=get_object_or_404(Photo, table__event=event, pk=key))
        messages.success(request, _("The photo is erased."))
    else:
        found = get_object_or_404(Observation, table__event=event, pk=key)
        erase_observation(person=request.user, observation=found)
        messages.success(request, _("The observation is erased: a notice stands in its place."))
    return redirect("desk:event_erase", event.slug)
