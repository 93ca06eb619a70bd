"""Operations on events: those the office has published, and the results it has published of them."""

from collections.abc import Sequence
from typing import Any, Final

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query

from aumenta.events.models import Event
from aumenta.opendata.api import shapes
from aumenta.opendata.api.answers import Listing, Row, many, our_origin, page_address, single
from aumenta.opendata.api.asking import Many, One
from aumenta.opendata.api.problems import nothing_called
from aumenta.opendata.api.service import Slug, list_at, one_at
from aumenta.results.event_snapshot import EventSnapshot
from aumenta.results.published_rows import theme_rows, vote_rows


def public_events() -> QuerySet[Event]:
    """What the office has published."""
    return Event.objects.exclude(published_at=None).select_related("edition")


def _event(slug: str) -> Event:
    found = public_events().filter(slug=slug).first()
    if found is None:
        raise nothing_called(_("event"), slug)
    return found


def _results(event: Event) -> EventSnapshot:
    snapshot = event.snapshots.exclude(published_at=None).first()
    if snapshot is None:
        raise nothing_called(_("result"), event.slug)
    return snapshot.read()


def _events(found: Sequence[Event], wanted: frozenset[str]) -> list[Row]:
    return [
        {
            "event": event.slug,
            **event.titles,
            "summary_it": event.summary_it,
            "summary_en": event.summary_en,
            "edition": event.edition.label if event.edition and event.edition.is_public else None,
            "starts_at": event.starts_at.isoformat(),
            "ends_at": event.ends_at.isoformat(),
            "invented": event.invented,
            "cancelled": event.cancelled_at is not None,
            "results_published_at": event.results_published_at and event.results_published_at.isoformat(),
            "address": page_address("site:event", event.slug),
        }
        for event in found
    ]


def _as_they_are(found: Sequence[Row], wanted: frozenset[str]) -> list[Row]:
    return list(found)


EVENTS: Final = Listing(
    shapes.Event, _events, {"starts_at": ("starts_at",), "event": ("slug",)}, ("title_it", "title_en", "slug")
)
VOTES: Final = Listing(
    shapes.Votes, _as_they_are, {"stickers": ("stickers",), "strategy": ("strategy",)}, ("strategy_title_it", "session")
)
THEMES: Final = Listing(
    shapes.Theme, _as_they_are, {"theme": ("theme",), "observations": ("observations",)}, ("theme", "keywords")
)


def _origin(event: Event) -> dict[str, Any]:
    return our_origin(event.titles["title_it"])


@list_at("/events", gettext_noop("The events that the office has published"), shapes.Event)
def events(request: HttpRequest, asked: Query[Many]) -> HttpResponse:
    """The events that the office has published."""
    return many(request, asked, EVENTS, public_events(), our_origin("Aumenta"))


@one_at("/events/{slug}", gettext_noop("One event"), shapes.Event)
def event(request: HttpRequest, slug: Slug, asked: Query[One]) -> HttpResponse:
    """One event."""
    found = _event(slug)
    return single(asked, shapes.Event, _events([found], frozenset()), _origin(found))


@list_at("/events/{slug}/results", gettext_noop("The stickers of an event, by zone"), shapes.Votes)
def event_results(request: HttpRequest, slug: Slug, asked: Query[Many]) -> HttpResponse:
    """The stickers of an event: session by session, zone by zone, strategy by strategy."""
    found = _event(slug)
    return many(request, asked, VOTES, vote_rows(_results(found)), _origin(found))


@list_at("/events/{slug}/themes", gettext_noop("The themes of an event"), shapes.Theme)
def event_themes(request: HttpRequest, slug: Slug, asked: Query[Many]) -> HttpResponse:
    """The themes of an event, and where they came up."""
    found = _event(slug)
    return many(request, asked, THEMES, theme_rows(_results(found)), _origin(found))
