"""When the bodies meet, as a file for a calendar."""

from collections.abc import Iterable
from datetime import UTC, datetime, time
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from aumenta.governance.models import Session


def sessions_calendar(sessions: Iterable[Session]) -> bytes:
    """The file's bytes: moments in UTC, so that no calendar needs to know our time zone (RFC 5545 wants it described
    wherever it is named); a session whose hour nobody wrote takes the day."""
    # Loaded where it is used: it takes 0.2 s, which every start would pay.
    from icalendar import Calendar, Event

    made = Calendar()
    made.add("prodid", "-//Aumenta//Sessions//IT")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", _("Sessions of the bodies"))
    made.add("x-published-ttl", "PT12H")
    host = urlsplit(settings.PUBLIC_ADDRESS).hostname or "localhost"
    for one in sessions:
        entry = Event()
        entry.add("uid", f"session-{one.pk}@{host}")
        # The same session gives the same entry, whenever it is fetched.
        entry.add("dtstamp", _moment(datetime.combine(one.convened_on or one.held_on, time(12))))
        entry.add("dtstart", _moment(datetime.combine(one.held_on, one.begins)) if one.begins else one.held_on)
        number = f" ({one.number})" if one.number else ""
        mark = f" ({_('invented')})" if one.invented else ""
        entry.add("summary", f"{one.body}{number}{mark}")
        if one.agenda_list:
            entry.add("description", "\n".join(one.agenda_list))
        if one.place:
            entry.add("location", one.place)
        entry.add("url", settings.PUBLIC_ADDRESS + reverse("site:body_sessions"))
        made.add_component(entry)
    return bytes(made.to_ical())


def _moment(local: datetime) -> datetime:
    return timezone.make_aware(local).astimezone(UTC)
