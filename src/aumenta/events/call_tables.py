"""What the regia says to every table at once: the phase of the session, and how much time is left."""

from datetime import datetime, timedelta
from typing import Final, TypedDict

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from aumenta.activity.log import log
from aumenta.events.activity import TABLES_CALLED
from aumenta.events.models import Event
from aumenta.events.rules import may_run_regia
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError

LONGEST: Final = 120
MOST_MINUTES: Final = 180
# After that a call without a countdown, or one that has run out, is of another moment.
SHOWN_FOR: Final = timedelta(hours=3)
SHOWN_AFTER: Final = timedelta(minutes=5)


class Call(TypedDict):
    """What is shown: the words, the seconds left (None: no countdown), and a number that tells one call from the next.

    Seconds left and not a time of day: the clocks of phones are wrong.
    """

    text: str
    left: int | None
    number: int


@transaction.atomic
def call_tables(*, person: User, event: Event, text: str, minutes: int | None) -> Event:
    """Show `text` at every table and wall, with a countdown of `minutes` where there are some; an empty text takes the
    call away. Refused: a text that is too long, minutes that make no sense."""
    check_permission(may_run_regia(person, event))
    text = " ".join(text.split())
    if len(text) > LONGEST:
        raise RefusedError("call_too_long", most=LONGEST)
    if minutes is not None and not 1 <= minutes <= MOST_MINUTES:
        raise RefusedError("call_minutes", most=MOST_MINUTES)
    if minutes is not None and not text:
        raise RefusedError("call_without_words")
    now = timezone.now()
    event.called, event.called_at = text, now
    event.called_until = now + timedelta(minutes=minutes) if minutes else None
    event.save(update_fields=["called", "called_at", "called_until"])
    log(code=TABLES_CALLED, person=person, about=event, detail=text)
    return event


def call_of(event: Event, now: datetime | None = None) -> Call | None:
    """The call that stands now, if there is one; while the event is cancelled, that it is."""
    now = now or timezone.now()
    if event.cancelled_at is not None:
        # Whoever opened a table before learns of it there, without a new page.
        words = gettext("Cancelled: this event does not take place. %(why)s") % {"why": event.cancelled_why}
        return Call(text=words.strip(), left=None, number=round(event.cancelled_at.timestamp() * 1000))
    if not event.called or event.called_at is None or now > event.called_at + SHOWN_FOR:
        return None
    if event.called_until is None:
        left = None
    elif now > event.called_until + SHOWN_AFTER:
        return None
    else:
        left = max(0, round((event.called_until - now).total_seconds()))
    return Call(text=event.called, left=left, number=round(event.called_at.timestamp() * 1000))
