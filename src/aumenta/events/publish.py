"""Open an event and its results to the public, and take them back: nothing is public before the office says so."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from aumenta.listening.arrange import CannotArrangeError
from aumenta.listening.freeze import publish_results
from aumenta.listening.models import Event, Freeze, Process
from aumenta.listening.rules import may_publish, require
from aumenta.pages.revision import touch
from aumenta.review.log import log
from aumenta.review.models import ActivityEntry

Code = ActivityEntry.Code


@transaction.atomic
def publish_event(*, by: Any, event: Event) -> Event:
    """The page is public and registration opens; refused while it would have nothing to say."""
    require(may_publish(by))
    if not event.venues.exists():
        raise CannotArrangeError(_("Add at least one venue first: the public must know where to go."))
    now = timezone.now()
    if event.published_at is None:
        event.published_at = now
        event.save(update_fields=["published_at"])
        log(code=Code.EVENT_PUBLISHED, person=by, subject=event.title_it)
        touch()
    Process.objects.filter(pk=event.process_id, published_at=None).update(published_at=now)
    return event


@transaction.atomic
def hide_event(*, by: Any, event: Event) -> Event:
    """Off the public site, results included. Links already sent to participants go on working."""
    require(may_publish(by))
    if event.results_published_at:
        hide_results(by=by, event=event)
    event.published_at = None
    event.save(update_fields=["published_at"])
    log(code=Code.EVENT_HIDDEN, person=by, subject=event.title_it)
    touch()
    return event


@transaction.atomic
def show_results(*, by: Any, freeze: Freeze) -> Freeze:
    """Make one frozen state the public one; the event's page must be public before."""
    require(may_publish(by))
    if freeze.event.published_at is None:
        raise CannotArrangeError(_("Publish the event's page first: the results stand on it."))
    published = publish_results(by=by, freeze=freeze)
    log(code=Code.RESULTS_PUBLISHED, person=by, subject=freeze.event.title_it, detail=str(freeze.number))
    touch()
    return published


@transaction.atomic
def hide_results(*, by: Any, event: Event) -> None:
    """Nobody outside the office reads them any more."""
    require(may_publish(by))
    Freeze.objects.filter(event=event).update(published_at=None)
    event.results_published_at = None
    event.save(update_fields=["results_published_at"])
    log(code=Code.RESULTS_HIDDEN, person=by, subject=event.title_it)
    touch()
