"""Duties as a calendar file (RFC 5545), each on its day with a word three days before."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from aumenta.governance.duties.find_duties import Duty
from aumenta.people.reader import reader_language


def duties_calendar(duties: Sequence[Duty]) -> bytes:
    """The file's bytes. It names nobody: calendars are shared."""
    # Loaded where it is used: it takes 0.2 s, which every start would pay.
    from icalendar import Alarm, Calendar, Event

    made = Calendar()
    made.add("prodid", "-//Aumenta//Duties//IT")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", _("Duties of the plan"))
    made.add("x-published-ttl", "PT12H")
    host = urlsplit(settings.PUBLIC_ADDRESS).hostname or "localhost"
    for duty in duties:
        entry = Event()
        entry.add("uid", f"duty-{duty.key.replace(':', '-')}@{host}")
        # The same duty gives the same entry, whenever it is fetched.
        entry.add("dtstamp", timezone.make_aware(datetime.combine(duty.day, time(0))).astimezone(UTC))
        entry.add("dtstart", duty.day)
        entry.add("dtend", duty.day + timedelta(days=1))
        entry.add("summary", duty.words)
        entry.add("transp", "TRANSPARENT")
        entry.add("url", f"{settings.PUBLIC_ADDRESS}/{reader_language()}/scrivania/{duty.where}")
        word = Alarm()
        word.add("action", "DISPLAY")
        word.add("description", duty.words)
        word.add("trigger", timedelta(days=-3))
        entry.add_component(word)
        made.add_component(entry)
    return bytes(made.to_ical())
