"""What is new about something, as an Atom feed."""

from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed

from aumenta.core.tables.writing import clean
from aumenta.following.news import News
from aumenta.people.reader import reader_language

MOST: Final = 30


def feed_of(title: str, *, page: str, own: str, news: Iterable[News]) -> HttpResponse:
    """The latest news first; `page` is what they are about, without the language, `own` the path of the feed."""
    start = f"{settings.PUBLIC_ADDRESS}/{reader_language()}/"
    made = Atom1Feed(
        title=title,
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
