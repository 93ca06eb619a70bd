"""Open an event to the public: nothing is public before the office says so."""

from django.db import transaction
from django.utils import timezone

from aumenta.activity.log import log
from aumenta.activity.public_revision import touch
from aumenta.events.activity import EVENT_PUBLISHED
from aumenta.events.models import Event, Process
from aumenta.events.rules import may_publish
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError


@transaction.atomic
def publish_event(*, person: User, event: Event) -> Event:
    """The page is public and registration opens; refused while it would have nothing to say."""
    check_permission(may_publish(person))
    if not event.venues.exists():
        raise RefusedError("venue_required")
    now = timezone.now()
    if event.published_at is None:
        event.published_at = now
        event.save(update_fields=["published_at"])
        log(code=EVENT_PUBLISHED, person=person, about=event)
        touch()
    Process.objects.filter(pk=event.process_id, published_at=None).update(published_at=now)
    return event
