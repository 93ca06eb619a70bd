"""Make a state of an event public, and take it back: nothing is public before the office says so."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from aumenta.activity.log import log
from aumenta.activity.public_revision import touch
from aumenta.events.models import Event, Observation, Photo
from aumenta.events.rules import may_publish
from aumenta.events.tables.project_log import project_log
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.results.activity import RESULTS_HIDDEN, RESULTS_PUBLISHED
from aumenta.results.models import Snapshot
from aumenta.results.report_editions import new_edition
from aumenta.themes.confidential_words import refused_names


@transaction.atomic
def publish_results(*, person: User, snapshot: Snapshot) -> Snapshot:
    """Make one snapshot the public one, with the office's words as they are now; the event's page must be public
    before.

    Publishing the public state once more makes a new edition of its reports, where words have changed.
    Refused where it says what has been marked since as not to be published, withdrawn or removed.
    """
    check_permission(may_publish(person))
    event = Event.objects.select_for_update().get(pk=snapshot.event_id)
    if event.published_at is None:
        raise RefusedError("event_not_public")
    _refuse_what_is_private_now(snapshot)
    now = timezone.now()
    new_edition(published_by=person, snapshot=snapshot)
    Snapshot.objects.filter(event=event).update(published_at=None)
    Snapshot.objects.filter(pk=snapshot.pk).update(published_at=now)
    Event.objects.filter(pk=event.pk).update(results_published_at=now)
    snapshot.published_at = now
    log(code=RESULTS_PUBLISHED, person=person, about=event, detail=str(snapshot.number))
    touch()
    return snapshot


@transaction.atomic
def hide_results(*, person: User, event: Event) -> None:
    """Nobody outside the office reads them any more."""
    check_permission(may_publish(person))
    Snapshot.objects.filter(event=event).update(published_at=None)
    event.results_published_at = None
    event.save(update_fields=["results_published_at"])
    log(code=RESULTS_HIDDEN, person=person, about=event)
    touch()


def _refuse_what_is_private_now(snapshot: Snapshot) -> None:
    """A state never changes, but tables mark and withdraw voices and remove photos after it was taken too."""
    project_log(snapshot.event)
    said = snapshot.read()
    if refused := refused_names(snapshot.event, said.themes):
        raise RefusedError("private_words_in_state", themes=refused)
    hidden = Observation.objects.filter(Q(private=True) | Q(withdrawn=True), table__event=snapshot.event_id)
    if set(hidden.order_by().values_list("pk", flat=True)).intersection(one.id for one in said.observations):
        raise RefusedError("private_voice_in_state")
    removed = Photo.objects.filter(table__event=snapshot.event_id, removed=True).values_list("file", flat=True)
    if set(removed).intersection(photo.file for photo in said.photos):
        raise RefusedError("removed_photo_in_state")
