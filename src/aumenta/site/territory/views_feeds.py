"""What is new about a place, as an Atom feed: its events and their results, and its actions when they change."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from aumenta.core.tables.writing import clean
from aumenta.following.news import News
from aumenta.following.subjects import subject_of
from aumenta.people.reader import reader_language
from aumenta.ui.caching import public_page
from aumenta.ui.not_found import NotHereError

MOST = 30


@public_page
def municipality_feed(request: HttpRequest, code: str) -> HttpResponse:
    """What is new about a municipality."""
    return _feed_of(request, "comune", code)


@public_page
def zone_feed(request: HttpRequest, number: str) -> HttpResponse:
    """What is new about a zone."""
    return _feed_of(request, "zona", number)


def _feed_of(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    subject = subject_of(kind, key)
    if subject is None:
        raise NotHereError(_("There is no such place in this territory."))
    return _feed(subject.name, subject.path, request.path, subject.news())


def _feed(name: str, page: str, own: str, news: Iterable[News]) -> HttpResponse:
    start = f"{settings.PUBLIC_ADDRESS}/{reader_language()}/"
    made = Atom1Feed(
        title=_("The plan in %(place)s") % {"place": name},
        link=start + page,
        description="",
        language=reader_language(),
        feed_url=settings.PUBLIC_ADDRESS + own,
    )
    for one in sorted(news, key=lambda one: one.at, reverse=True)[:MOST]:
        made.add_item(
            title=clean(one.title),
            link=start + one.path,
            description=clean(one.words),
            # What it is about stays the same when its address or words change.
            unique_id=f"tag:{urlsplit(settings.PUBLIC_ADDRESS).hostname},{one.at.year}:{one.key}",
            pubdate=one.at,
            updateddate=one.at,
        )
    return HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
