"""The calendar of events: a month as a table of days, and all events as a file that calendars subscribe to."""

import calendar
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aumenta.events.calendar_file import TYPE_OF_ALL, calendar_of
from aumenta.events.models import Event
from aumenta.following.news_of_place import news_of_events
from aumenta.people.reader import reader_language
from aumenta.site.following.feeds import feed_of
from aumenta.ui.caching import public_page
from aumenta.ui.not_found import NotHereError

FIRST_YEAR, LAST_YEAR = 2000, 2100


@require_safe
def month(request: HttpRequest) -> HttpResponse:
    """The events of a month day by day: `?mese=2026-12`, else the one of today."""
    first = _month_asked(request.GET.get("mese", ""))
    by_day: dict[date, list[Event]] = defaultdict(list)
    published = list(Event.objects.exclude(published_at=None).order_by("starts_at"))
    for event in published:
        day, last = timezone.localdate(event.starts_at), timezone.localdate(event.ends_at)
        while day <= last:
            by_day[day].append(event)
            day = date.fromordinal(day.toordinal() + 1)
    weeks = [
        [(day, day.month == first.month, by_day.get(day, [])) for day in week]
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    ]
    context = {
        "name": _month_name(first),
        "weekdays": WEEKDAYS.values(),
        "weeks": weeks,
        "today": timezone.localdate(),
        "before": _word(first, -1),
        "after": _word(first, 1),
        "others": _other_months(published, first),
        # On a phone the table is wider than the screen: its events stand in a list before it.
        "here": list(
            dict.fromkeys(event for day in sorted(by_day) if day.replace(day=1) == first for event in by_day[day])
        ),
    }
    return render(request, "site/events/calendar.html", context)


@require_safe
def all_events(request: HttpRequest) -> HttpResponse:
    """All published events as one calendar file, to keep or to subscribe to."""
    events = Event.objects.exclude(published_at=None).prefetch_related("venues").order_by("starts_at")
    rows = [(event, venues[0] if len(venues := list(event.venues.all())) == 1 else None) for event in events]
    headers = {"Content-Disposition": 'attachment; filename="incontri.ics"'}
    return HttpResponse(calendar_of(rows), content_type=TYPE_OF_ALL, headers=headers)


@public_page
def feed(request: HttpRequest) -> HttpResponse:
    """What is new about all events, as a feed: their announcement, their results, and that one was cancelled."""
    news = news_of_events(Event.objects.exclude(published_at=None))
    return feed_of(_("Events of the plan"), page="eventi/", own=request.path, news=news)


def _month_asked(asked: str) -> date:
    if not asked:
        return timezone.localdate().replace(day=1)
    try:
        first = date.fromisoformat(f"{asked}-01")
    except ValueError:
        first = None
    if first is None or not FIRST_YEAR <= first.year <= LAST_YEAR:
        raise NotHereError(_("“%(month)s” is no month: write year and month, such as 2026-12.") % {"month": asked[:20]})
    return first


def _word(first: date, step: int) -> str:
    number = first.year * 12 + first.month - 1 + step
    return f"{number // 12:04}-{number % 12 + 1:02}"


def _other_months(events: Iterable[Event], shown: date) -> list[tuple[str, str]]:
    """The months that have events, by word and name: nobody has to press «next» through empty ones."""
    months = sorted({timezone.localdate(event.starts_at).replace(day=1) for event in events} - {shown})
    return [(f"{one:%Y-%m}", _month_name(one)) for one in months]


def _month_name(first: date) -> str:
    """«dicembre 2026», «December 2026»: Italian writes months small, Django does not."""
    name = str(MONTHS[first.month])
    return f"{name.lower() if reader_language() == 'it' else name} {first.year}"
