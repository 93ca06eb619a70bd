"""Make a state of an event public, and take it back: nothing is public before the office says so."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from aumenta.activity.log import log
from aumenta.activity.public_revision import touch
from aumenta.events.arrange import CannotArrangeError
from aumenta.events.models import Event, Observation
from aumenta.events.rules import may_publish
from aumenta.events.tables.bring_up_to_date import bring_up_to_date
from aumenta.people.permission import check_permission
from aumenta.results.activity import RESULTS_HIDDEN, RESULTS_PUBLISHED
from aumenta.results.models import Freeze
from aumenta.results.report_editions import new_edition
from aumenta.themes.private_names import refused_names


@transaction.atomic
def publish_results(*, by: Any, freeze: Freeze) -> Freeze:
    """Make one frozen state the public one, with the office's words as they are now; the event's page must be public
    before.

    Publishing the public state once more makes a new edition of its reports, where words have changed.
    CannotArrangeError where it says what has been marked since as not to be published.
    """
    check_permission(may_publish(by))
    event = Event.objects.select_for_update().get(pk=freeze.event_id)
    if event.published_at is None:
        raise CannotArrangeError(_("Publish the event's page first: the results stand on it."))
    _refuse_what_is_private_now(freeze)
    now = timezone.now()
    new_edition(by=by, freeze=freeze)
    Freeze.objects.filter(event=event).update(published_at=None)
    Freeze.objects.filter(pk=freeze.pk).update(published_at=now)
    Event.objects.filter(pk=event.pk).update(results_published_at=now)
    freeze.published_at = now
    log(code=RESULTS_PUBLISHED, person=by, subject=event.title_it, detail=str(freeze.number))
    touch()
    return freeze


@transaction.atomic
def hide_results(*, by: Any, event: Event) -> None:
    """Nobody outside the office reads them any more."""
    check_permission(may_publish(by))
    Freeze.objects.filter(event=event).update(published_at=None)
    event.results_published_at = None
    event.save(update_fields=["results_published_at"])
    log(code=RESULTS_HIDDEN, person=by, subject=event.title_it)
    touch()


def _refuse_what_is_private_now(freeze: Freeze) -> None:
    """A state never changes, but tables mark voices after it was taken too."""
    bring_up_to_date(freeze.event)
    if refused := refused_names(freeze.event, freeze.content["themes"]):
        raise CannotArrangeError(
            _(
                "Nothing was published: only voices not to be published say these words of a theme: %(themes)s. "
                "In the regia give the theme another name and other keywords, freeze again, and publish the new state."
            )
            % {"themes": refused}
        )
    quoted = [one["id"] for one in freeze.content["observations"]]
    private = set(
        Observation.objects.filter(table__event=freeze.event_id, private=True).order_by().values_list("pk", flat=True)
    )
    if private.intersection(quoted):
        raise CannotArrangeError(
            _(
                "Nothing was published: a table has marked an observation of this state as not to be published. "
                "In the regia freeze again, and publish the new state."
            )
        )
