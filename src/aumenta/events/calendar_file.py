"""Events as a calendar file (RFC 5545), for the agenda of whoever comes: one event, or all of them to subscribe to."""

from collections.abc import Sequence
from datetime import UTC
from email.utils import parseaddr
from typing import Any, Final
from urllib.parse import urlparse

from django.conf import settings
from django.utils.translation import gettext as _

from aumenta.events.models import Event, Venue
from aumenta.people.reader import reader_language

TYPE_OF_ALL: Final = "text/calendar; charset=utf-8; method=PUBLISH"


def calendar_type(event: Event) -> str:
    """The media type; its method must be that of the file (RFC 6047)."""
    return f"text/calendar; charset=utf-8; method={_method(event)}"


def _method(event: Event) -> str:
    return "CANCEL" if event.cancelled_at else "PUBLISH"


def calendar_file(event: Event, venue: Venue | None = None) -> bytes:
    """The file's bytes: times in UTC, so that no time zone has to travel along; the place where a venue is known.

    It names nobody and carries no personal link, because calendars are shared.
    """
    calendar = _calendar(_method(event))
    calendar.add_component(_appointment(event, venue))
    return bytes(calendar.to_ical())


def calendar_of(events: Sequence[tuple[Event, Venue | None]]) -> bytes:
    """All these events in one file: calendars that subscribe to it ask for it again by themselves, twice a day."""
    calendar = _calendar("PUBLISH")
    calendar.add("x-wr-calname", _("Events of the plan"))
    calendar.add("x-published-ttl", "PT12H")
    for event, venue in events:
        calendar.add_component(_appointment(event, venue))
    return bytes(calendar.to_ical())


def _calendar(method: str) -> Any:
    # Loaded where it is used: it takes 0.2 s, which every start would pay.
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Aumenta//IT")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    return calendar


def _appointment(event: Event, venue: Venue | None) -> Any:
    from icalendar import Event as Appointment
    from icalendar import vCalAddress

    entry = Appointment()
    host = urlparse(settings.PUBLIC_ADDRESS).hostname or "localhost"
    entry.add("uid", f"{event.slug}-{event.pk}@{host}")
    # The same event gives the same file: the stamp is when it was made public, or cancelled. A calendar that holds an
    # earlier version takes this one in its place by its number.
    entry.add("dtstamp", (event.cancelled_at or event.published_at or event.starts_at).astimezone(UTC))
    entry.add("status", "CANCELLED" if event.cancelled_at else "CONFIRMED")
    entry.add("sequence", event.calendar_version)
    entry.add("dtstart", event.starts_at.astimezone(UTC))
    entry.add("dtend", event.ends_at.astimezone(UTC))
    entry.add("summary", event.title)
    if about := (event.cancelled_why if event.cancelled_at else event.summary):
        entry.add("description", about)
    if venue is not None:
        entry.add("location", ", ".join(part for part in (venue.name, venue.address) if part))
    entry.add("url", f"{settings.PUBLIC_ADDRESS}/{reader_language()}/eventi/{event.slug}/")
    # A cancellation must name an organiser (RFC 5546): the office's sender where the event has no address of its own.
    if organiser := event.contact or (parseaddr(settings.DEFAULT_FROM_EMAIL)[1] if event.cancelled_at else ""):
        entry.add("organizer", vCalAddress(f"mailto:{organiser}"))
    return entry
