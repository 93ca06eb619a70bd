"""Stickers from one's own phone: the code of the badge, then the strategies, then a word that it is done."""

from datetime import timedelta
from typing import Any, Final

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from aumenta.events.models import Event
from aumenta.events.participants.phone_votes import badge_behind, place_stickers, sticker_session
from aumenta.people.rate_limit import Limit, note_attempt, take_back
from aumenta.people.refusals import RefusedError, refusal_sentence
from aumenta.site.events.views import public_event
from aumenta.ui.client import client_network

SALT = "site.phone"
LONGEST = 20 * 60
WRONG_CODES: Final = Limit("phone-code", 120, timedelta(minutes=10))
"""Codes of no badge, from one network: a whole venue may share an address, and most people type theirs right."""


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
        return _again(request, event, RefusedError("vote_too_many_tries"), 429)
    try:
        badge = badge_behind(event, request.POST.get("codice", "")[:40], timezone.now())
    except RefusedError as refusal:
        return _again(request, event, refusal)
    take_back([noted])
    return _ballot(request, event, signing.dumps(badge.pk, salt=SALT))


def _place(request: HttpRequest, event: Event) -> HttpResponse:
    ticket, ticked = request.POST["ticket"], request.POST.getlist("strategia")
    try:
        badge = signing.loads(ticket, salt=SALT, max_age=LONGEST)
        table = place_stickers(event=event, badge=badge, strategies=ticked, now=timezone.now())
    except signing.BadSignature:
        return _again(request, event, RefusedError("vote_too_slow"))
    except RefusedError as refusal:
        if refusal.code in {"vote_none", "vote_too_many", "vote_unknown_strategy"}:
            return _ballot(request, event, ticket, ticked, refusal_sentence(refusal))
        return _again(request, event, refusal)
    placed = event.strategies.filter(code__in=ticked)
    return render(request, "site/events/phone_done.html", {"event": event, "table": table, "placed": placed})


def _again(request: HttpRequest, event: Event, refusal: RefusedError, status: int = 409) -> HttpResponse:
    return render(
        request, "site/events/phone.html", {"event": event, "fault": refusal_sentence(refusal)}, status=status
    )


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
