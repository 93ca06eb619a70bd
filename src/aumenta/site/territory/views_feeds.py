"""What is new about a place, as an Atom feed: its events and their results, and its actions when they change."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from aumenta.core.tables.writing import clean
from aumenta.events.models import Event
from aumenta.people.reader import in_language, reader_language
from aumenta.review.models import Version
from aumenta.site.territory import shown as pages
from aumenta.site.territory.place_actions import ActionsOfPlace, actions_of
from aumenta.site.territory.place_news import events_at
from aumenta.territory.models import Municipality
from aumenta.territory.queries import MUNICIPALITY, ZONE
from aumenta.ui.caching import public_page

MOST = 30


class News(NamedTuple):
    """One entry: what it is about for ever (`key`), title, words, page, and when it became so."""

    key: str
    title: str
    words: str
    address: str
    at: datetime


@public_page
def municipality_feed(request: HttpRequest, code: str) -> HttpResponse:
    """What is new about a municipality."""
    shown = pages.shown_territory()
    place = shown.table.places[shown.at(MUNICIPALITY, code)]
    key = Municipality.objects.values_list("pk", flat=True).get(istat_code=code)
    news = [*_of_events(events_at(municipality=key, zone=place.zone)), *_of_actions(actions_of(shown, place))]
    return _feed(place.name, reverse("site:municipality", args=[code]), request.path, news)


@public_page
def zone_feed(request: HttpRequest, number: str) -> HttpResponse:
    """What is new about a zone."""
    shown = pages.shown_territory()
    position = shown.at(ZONE, number)
    place = shown.table.places[position]
    news = [*_of_events(events_at(zone=place.zone)), *_of_actions(actions_of(shown, place))]
    return _feed(pages.column(shown, position).name, reverse("site:zone", args=[number]), request.path, news)


def _of_events(events: list[Event]) -> Iterator[News]:
    for event in events:
        if event.published_at:
            address = reverse("site:event", args=[event.slug])
            yield News(f"event/{event.pk}", event.title, event.summary, address, event.published_at)
        if event.results_published_at:
            title = _("Results: %(event)s") % {"event": event.title}
            address = reverse("site:event_results", args=[event.slug])
            yield News(f"results/{event.pk}", title, "", address, event.results_published_at)


def _of_actions(actions: ActionsOfPlace | None) -> Iterator[News]:
    """The actions confirmed for the place, each with the moment of its last version; a guess is no news."""
    if actions is None:
        return
    entries = [one for _heading, group in actions.confirmed for one in group]
    codes = [one.entry.code for one in entries]
    rows = Version.objects.filter(edition=actions.edition, code__in=codes).order_by().values("code")
    changed = dict(rows.annotate(at=Max("made_at")).values_list("code", "at"))
    for one in entries:
        if one.entry.code in changed:
            title = f"{one.entry.code} {in_language(one.entry.title_it, one.entry.title_en)}"
            yield News(f"action/{one.entry.pk}", title, "", one.address, changed[one.entry.code])


def _feed(name: str, page: str, own: str, news: list[News]) -> HttpResponse:
    address = settings.PUBLIC_ADDRESS
    made = Atom1Feed(
        title=_("The plan in %(place)s") % {"place": name},
        link=address + page,
        description="",
        language=reader_language(),
        feed_url=address + own,
    )
    for one in sorted(news, key=lambda one: one.at, reverse=True)[:MOST]:
        made.add_item(
            title=clean(one.title),
            link=address + one.address,
            description=clean(one.words),
            # What it is about stays the same when its address or words change.
            unique_id=f"tag:{urlsplit(address).hostname},{one.at.year}:{one.key}",
            pubdate=one.at,
            updateddate=one.at,
        )
    return HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
