"""The wall of a venue without an account: whoever has its link sees the counts, and nothing else."""

from asgiref.sync import sync_to_async
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from aumenta.events.models import Event
from aumenta.events.tables.project_log import project_log
from aumenta.events.wall_link import wall_behind
from aumenta.live.broadcaster import WALL, count
from aumenta.live.views import given_for, stream_of


@never_cache
@require_GET
def wall(request: HttpRequest, code: str) -> HttpResponse:
    """The counts of the event; with the venue's name where the link is of one venue."""
    found = wall_behind(code)
    if found is None:
        raise Http404
    event, venue = found
    project_log(event)
    given = given_for(event, stream=reverse("wall-stream", args=[code]), count=count(event))
    return render(request, "live/wall.html", {"event": event, "venue": venue, "given": given})


@require_GET
async def stream(request: HttpRequest, code: str) -> HttpResponseBase:
    """What keeps that wall current."""
    event = await sync_to_async(_event)(code)
    if event is None:
        return HttpResponse(status=403)
    # A link that is withdrawn shuts the walls that are open, too.
    return await stream_of(request, event, WALL, lambda: _event(code) is not None)


def _event(code: str) -> Event | None:
    found = wall_behind(code)
    return found[0] if found else None
