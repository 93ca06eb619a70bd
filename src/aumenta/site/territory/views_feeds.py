"""What is new about a place, as an Atom feed: its events and their results, and its actions when they change."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from aumenta.following.subjects import subject_of
from aumenta.site.following.feeds import feed_of
from aumenta.ui.caching import public_page
from aumenta.ui.not_found import NotHereError


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
    title = _("The plan in %(place)s") % {"place": subject.name}
    return feed_of(title, page=subject.path, own=request.path, news=subject.news())
