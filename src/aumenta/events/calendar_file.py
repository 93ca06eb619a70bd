"""An event as a calendar file (RFC 5545), for the agenda of whoever comes."""

from datetime import UTC
from urllib.parse import urlparse

from django.conf import settings

from aumenta.events.models import Event, Venue
from aumenta.people.reader import reader_language

TYPE = "text/calendar; charset=utf-8; method=PUBLISH"


def calendar_file(event: Event, venue: Venue | None = None) -> bytes:
    """The file's bytes: times in UTC, so that no time zone has to travel along; the place where a venue is known.

    It names nobody and carries no personal link, because calendars are shared.
    """
    # Loaded where it is used: it takes 0.2 s, which every start would pay.
    from icalendar import Calendar, vCalAddress
    from icalendar import Event as Appointment

    calendar = Calendar()
    calendar.add("prodid", "-//Aumenta//IT")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    entry = Appointment()
    host = urlparse(settings.PUBLIC_ADDRESS).hostname or "localhost"
    entry.add("uid", f"{event.slug}-{event.pk}@{host}")
    # The same event gives the same file: the stamp is when it was made public. A calendar that holds an earlier version
    # takes this one in its place by its number.
    entry.add("dtstamp", (event.published_at or event.starts_at).astimezone(UTC))
    entry.add("sequence", event.calendar_version)
    entry.add("dtstart", event.starts_at.astimezone(UTC))
    entry.add("dtend", event.ends_at.astimezone(UTC))
    entry.add("summary", event.title)
    if event.summary:
        entry.add("description", event.summary)
    if venue is not None:
        entry.add("location", ", ".join(part for part in (venue.name, venue.address) if part))
    entry.add("url", f"{settings.PUBLIC_ADDRESS}/{reader_language()}/eventi/{event.slug}/")
    if event.contact:
        entry.add("organizer", vCalAddress(f"mailto:{event.contact}"))
    calendar.add_component(entry)
    return bytes(calendar.to_ical())
