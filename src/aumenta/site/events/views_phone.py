"""Stickers from one's own phone: the code of the badge, then the strategies, then a word that it is done."""

from datetime import timedelta
from typing import Any, Final

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from aumenta.events.models import Event
from aumenta.events.participants.phone_votes import CannotVoteError, badge_behind, place_stickers, sticker_session
from aumenta.people.rate_limit import Limit, note_attempt, take_back
from aumenta.site.events.views import public_event
from aumenta.ui.client import client_network

SALT = "site.phone"
LONGEST = 20 * 60
WRONG_CODES: Final = Limit("phone-code", 120, timedelta(minutes=10))
"""Codes of no badge, from one network: a whole venue may share an address, and most people type theirs right."""
_WORDS = {
    "off": gettext_lazy("Stickers are not placed by phone at this event."),
    "not-begun": gettext_lazy("The event has not begun yet: come back when the session does."),
    "over": gettext_lazy("The event is over: no more stickers can be placed."),
    "unknown-code": gettext_lazy(
        "No badge of this event has that code. Look at your badge and type its eight signs again."
    ),
    "used": gettext_lazy("This code has been used already: its stickers are on the poster. Each code works once."),
    "none": gettext_lazy("Tick at least one strategy."),
    "unknown-strategy": gettext_lazy("One of the strategies is no longer on the poster. Look at the list again."),
    "too-slow": gettext_lazy("Too much time has passed since you typed your code. Type it again: nothing was placed."),
    "too-many-tries": gettext_lazy(
        "Too many codes were tried from your network. Wait ten minutes, or ask your facilitator."
    ),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stickers(request: HttpRequest, slug: str) -> HttpResponse:
    """The page a participant opens on her phone; every answer is a page, and it works without a script."""
    event = public_event(slug)
    if not event.votes_by_phone:
        raise Http404
    if "ticket" in request.POST:
        return _place(request, event)
    if request.method != "POST":
        return render(request, "site/events/phone.html", {"event": event})
    noted = note_attempt(limit=WRONG_CODES, subject=f"{event.pk} {client_network(request)}")
    if noted is None:
        return _again(request, event, "too-many-tries", 429)
    try:
        badge = badge_behind(event, request.POST.get("codice", "")[:40], timezone.now())
    except CannotVoteError as refusal:
        return _again(request, event, refusal.code)
    take_back([noted])
    return _ballot(request, event, signing.dumps(badge.pk, salt=SALT))


def _place(request: HttpRequest, event: Event) -> HttpResponse:
    ticket, ticked = request.POST["ticket"], request.POST.getlist("strategia")
    try:
        badge = signing.loads(ticket, salt=SALT, max_age=LONGEST)
        table = place_stickers(event=event, badge=badge, strategies=ticked, now=timezone.now())
    except signing.BadSignature:
        return _again(request, event, "too-slow")
    except CannotVoteError as refusal:
        if refusal.code == "too-many":
            return _ballot(request, event, ticket, ticked, _too_many(event, len(set(ticked))))
        if refusal.code in {"none", "unknown-strategy"}:
            return _ballot(request, event, ticket, ticked, str(_WORDS[refusal.code]))
        return _again(request, event, refusal.code)
    placed = event.strategies.filter(code__in=ticked)
    return render(request, "site/events/phone_done.html", {"event": event, "table": table, "placed": placed})


def _too_many(event: Event, ticked: int) -> str:
    most = sticker_session(event).stickers_each or 0
    words = _("You have ticked %(ticked)s strategies and have %(most)s stickers: untick %(over)s.")
    return words % {"ticked": ticked, "most": most, "over": ticked - most}


def _again(request: HttpRequest, event: Event, code: str, status: int = 409) -> HttpResponse:
    return render(request, "site/events/phone.html", {"event": event, "fault": _WORDS[code]}, status=status)


def _ballot(
    request: HttpRequest, event: Event, ticket: str, ticked: list[str] | None = None, fault: str = ""
) -> HttpResponse:
    context: dict[str, Any] = {
        "event": event,
        "session": sticker_session(event),
        "strategies": event.strategies.all(),
        "ticket": ticket,
        "ticked": ticked or [],
        "fault": fault,
    }
    return render(request, "site/events/ballot.html", context, status=409 if fault else 200)
