"""Open an event to the public: nothing is public before the office says so."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from aumenta.activity.log import log
from aumenta.activity.public_revision import touch
from aumenta.events.activity import EVENT_PUBLISHED
from aumenta.events.edit_event import EventRefusedError
from aumenta.events.models import Event, Process
from aumenta.events.rules import may_publish
from aumenta.people.models import User
from aumenta.people.permission import check_permission


@transaction.atomic
def publish_event(*, person: User, event: Event) -> Event:
    """The page is public and registration opens; refused while it would have nothing to say."""
    check_permission(may_publish(person))
    if not event.venues.exists():
        raise EventRefusedError(_("Add at least one venue first: the public must know where to go."))
    now = timezone.now()
    if event.published_at is None:
        event.published_at = now
        event.save(update_fields=["published_at"])
        log(code=EVENT_PUBLISHED, person=person, subject=event.title_it)
        touch()
    Process.objects.filter(pk=event.process_id, published_at=None).update(published_at=now)
    return event
