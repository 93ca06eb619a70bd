"""Take an event off the public site, with what stands on its page."""

from django.db import transaction

from aumenta.activity.log import log
from aumenta.activity.public_revision import touch
from aumenta.events.models import Event
from aumenta.events.rules import may_publish
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.results.activity import EVENT_HIDDEN
from aumenta.results.publish_results import hide_results


@transaction.atomic
def hide_event(*, person: User, event: Event) -> Event:
    """Off the public site, results included. Links already sent to participants go on working."""
    check_permission(may_publish(person))
    if event.results_published_at:
        hide_results(person=person, event=event)
    event.published_at = None
    event.save(update_fields=["published_at"])
    log(code=EVENT_HIDDEN, person=person, about=event)
    touch()
    return event
