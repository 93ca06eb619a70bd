"""The regia: all tables at one glance, the inbox and the themes, the wall; and the stream that keeps them current."""

import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from functools import partial
from importlib import import_module
from typing import Any, Final

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user
from django.contrib.auth.decorators import login_required
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from aumenta.core.text import whole_number
from aumenta.events.call_tables import MOST_MINUTES, call_of, call_tables
from aumenta.events.models import Event
from aumenta.events.queries import zones_of_tables
from aumenta.events.rules import events_of_regia
from aumenta.events.shared_tables import shared_rule
from aumenta.events.tables.project_log import project_log
from aumenta.live.access import event_of, operator_of
from aumenta.live.background import background
from aumenta.live.broadcaster import REGIA, WALL, Position, broadcaster, count, overview, poll
from aumenta.live.json_body import JsonBody, refused
from aumenta.live.messages import words
from aumenta.people.models import User
from aumenta.people.refusals import RefusedError, refusal_sentence
from aumenta.results.since_then import late_words, marked_since
from aumenta.themes import group_themes
from aumenta.themes.confidential_words import warned_themes
from aumenta.themes.models import Theme, ThemeStep
from aumenta.themes.rules import ThemeKind
from aumenta.themes.theme_queries import last_steps, said_rows, theme_rows

ASKED_AGAIN: Final = 10.0
"""Seconds after which an open stream asks whether it may go on."""


def given_for(event: Event, **more: Any) -> dict[str, Any]:
    """What the scripts of every screen need."""
    return {
        "words": words(),
        "stream": reverse("regia-stream", args=[event.slug]),
        "call": call_of(event),
        "strategies": [{"code": s.code, "axis": s.axis, "title": s.title} for s in event.strategies.all()],
        "sessions": [{"code": s.code, "title": s.title} for s in event.sessions.all() if s.kind == "stickers"],
        **more,
    }


@login_required
@require_GET
def events(request: HttpRequest) -> HttpResponse:
    """The events there are, the latest first."""
    own = events_of_regia(operator_of(request))
    return render(request, "live/events.html", {"events": own.select_related("process")})


@login_required
@require_GET
def tables(request: HttpRequest, slug: str) -> HttpResponse:
    """All tables at one glance, and the running count."""
    event = event_of(request, slug)
    return _tables(request, event, event.called)


def _tables(request: HttpRequest, event: Event, words: str, minutes: str = "") -> HttpResponse:
    """The page of the tables; `words` and `minutes` stand in the fields of what is said to all."""
    project_log(event)
    given = given_for(event, overview=overview(event))
    snapshots = list(event.snapshots.defer("content"))
    context = {
        "event": event,
        "given": given,
        "snapshots": snapshots,
        "late": late_words(snapshots[-1]) if snapshots else "",
        "marked": len(marked_since(event)),
        "shared": shared_rule({table["number"]: table["zones"] for table in given["overview"]["tables"]}),
        "part": "tables",
        "call_words": words,
        "call_minutes": minutes,
    }
    return render(request, "live/tables.html", context)


@login_required
@require_GET
def wall(request: HttpRequest, slug: str) -> HttpResponse:
    """The screen for the room during the stickers."""
    event = event_of(request, slug)
    project_log(event)
    return render(request, "live/wall.html", {"event": event, "given": given_for(event, count=count(event))})


@login_required
@require_POST
def call(request: HttpRequest, slug: str) -> HttpResponse:
    """Say something to every table at once, with or without a countdown; an empty text takes it away."""
    event = event_of(request, slug)
    words = "" if "togli" in request.POST else request.POST.get("testo", "")
    asked = "" if "togli" in request.POST else request.POST.get("minuti", "").strip()
    minutes = whole_number(asked)
    try:
        if asked and minutes is None:
            raise RefusedError("call_minutes", most=MOST_MINUTES)
        call_tables(person=operator_of(request), event=event, text=words, minutes=minutes)
    except RefusedError as refusal:
        messages.error(request, refusal_sentence(refusal))
        # What she typed stays in its fields.
        return _tables(request, event, words, asked)
    return redirect("regia", slug)


@login_required
@require_GET
def themes(request: HttpRequest, slug: str) -> HttpResponse:
    """The inbox and the themes."""
    event = event_of(request, slug)
    questions = [
        {"code": question.code, "short": question.short}
        for session in event.sessions.prefetch_related("questions")
        for question in session.questions.all()
    ]
    given = given_for(
        event,
        questions=questions,
        kinds={kind.value: kind.label for kind in ThemeKind},
        state=reverse("regia-themes-state", args=[event.slug]),
        step=reverse("regia-step", args=[event.slug]),
        proposals=reverse("regia-suggested-themes", args=[event.slug]),
        propose=reverse("regia-propose", args=[event.slug]),
        voice=reverse("regia-voice", args=[event.slug, 0]),
    )
    numbers = dict(event.tables.values_list("pk", "number"))
    shared = shared_rule({numbers[table]: zones for table, zones in zones_of_tables(event).items()})
    return render(request, "live/themes.html", {"event": event, "given": given, "shared": shared, "part": "themes"})


@login_required
@require_GET
def themes_state(request: HttpRequest, slug: str) -> JsonResponse:
    """Themes and last steps; with `?tutto` the observations as well."""
    event = event_of(request, slug)
    position = Position(project_log(event))
    state: dict[str, Any] = {**_grouping(event), "position": str(position)}
    if "tutto" in request.GET:
        state["said"] = [row for row in said_rows(event) if not row["withdrawn"]]
    return JsonResponse(state)


@login_required
@require_POST
def step(request: HttpRequest, slug: str) -> JsonResponse:
    """One step of the grouping: {"verb", "theme", "into", "observations", "name", "keywords", "step"}."""
    event = event_of(request, slug)
    try:
        _take_step(operator_of(request), event, JsonBody(request.body))
    except RefusedError as refusal:
        answer = refused(refusal)
        if answer.status_code != 409:
            return answer
        # With the state of now: what is on the screen is what the next press is about.
        told = {"message": refusal_sentence(refusal), "ask": refusal.code == "moved_meanwhile", **_grouping(event)}
        return JsonResponse(told, status=409)
    return JsonResponse(_grouping(event))


def _grouping(event: Event) -> dict[str, Any]:
    return {"themes": theme_rows(event), "steps": last_steps(event), "warned": warned_themes(event)}


def _take_step(person: User, event: Event, body: JsonBody) -> None:
    """Read what is asked, then do it: a fault of the page is refused before any verb is called."""
    verb = body.text("verb")
    if verb == "place":
        observations, name = body.numbers("observations"), body.text("name", "")
        target = _theme(event, body, "theme") if body.has("theme") else None
        seen = body.places("seen")
        group_themes.place(person=person, event=event, observations=observations, theme=target, name=name, seen=seen)
    elif verb == "rename":
        theme, name, keywords = _theme(event, body, "theme"), body.text("name", ""), body.text("keywords", "")
        was = body.two_texts("seen", ("name", "keywords"))
        group_themes.rename(person=person, theme=theme, name=name, keywords=keywords, seen=was)
    elif verb == "merge":
        theme, into = _theme(event, body, "theme"), _theme(event, body, "into")
        group_themes.merge(person=person, theme=theme, into=into)
    elif verb == "split":
        theme, observations, name = _theme(event, body, "theme"), body.numbers("observations"), body.text("name", "")
        group_themes.split(person=person, theme=theme, observations=observations, name=name)
    elif verb == "undo":
        step = ThemeStep.objects.filter(event=event, pk=body.number("step")).select_related("event").first()
        if step is None:
            raise RefusedError("step_gone")
        group_themes.take_back(person=person, step=step)
    else:
        raise RefusedError("unreadable_request", field="verb")


def _theme(event: Event, body: JsonBody, field: str) -> Theme:
    found = Theme.objects.filter(event=event, pk=body.number(field)).select_related("event").first()
    if found is None:
        raise RefusedError("theme_gone")
    return found


@require_GET
async def stream(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The server-sent events of one screen: `?schermo` for the wall's count alone."""
    event = await sync_to_async(_watched)(request, slug)
    if event is None:
        return HttpResponse(status=403)
    # The session is known here; what it opens is asked again while the stream goes on.
    still = partial(_still_watched, request.session.session_key, slug)
    return await stream_of(request, event, WALL if "schermo" in request.GET else REGIA, still)


async def stream_of(request: HttpRequest, event: Event, screen: str, allowed: Callable[[], bool]) -> HttpResponseBase:
    """The server-sent events of `screen`, for somebody who may see it, for as long as she is `allowed` to."""
    last = Position.read(request.headers.get("Last-Event-ID") or request.GET.get("da", ""))
    if isinstance(request, ASGIRequest):
        content = while_allowed(broadcaster.follow(event, screen, last), allowed)
        response: HttpResponseBase = StreamingHttpResponse(content, content_type="text/event-stream")
    else:
        # A server that cannot keep answers open gives what is new and lets the screen ask again.
        _now, news = await sync_to_async(poll)(event, last, True)
        await sync_to_async(background.refresh_if_due)(event)
        body = b"retry: 1000\n\n" + b"".join(news[screen])
        response = HttpResponse(body, content_type="text/event-stream")
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"
    return response


async def while_allowed(content: AsyncIterator[bytes], allowed: Callable[[], bool]) -> AsyncIterator[bytes]:
    """What a screen is told until whoever opened it may no longer see it: her account closed, her role or table taken
    away, her password changed. Asked again every ASKED_AGAIN seconds."""
    asked = time.monotonic()
    try:
        async for part in content:
            if time.monotonic() - asked >= ASKED_AGAIN:
                if not await sync_to_async(allowed)():
                    return
                asked = time.monotonic()
            yield part
    finally:
        # The screen is let go at once, and not when somebody collects what is left.
        if isinstance(content, AsyncGenerator):
            await content.aclose()


def _still_watched(session_key: str | None, slug: str) -> bool:
    """Whether this session opens the event now, read anew from the database."""
    again = HttpRequest()
    again.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    return events_of_regia(get_user(again)).filter(slug=slug).exists()


def _watched(request: HttpRequest, slug: str) -> Event | None:
    return events_of_regia(request.user).filter(slug=slug).first()
