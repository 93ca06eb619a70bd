"""Put a written contribution into a theme of an event."""

from django.db import transaction
from django.utils.translation import gettext as _

from aumenta.events.models import Event
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.themes.models import ContributionSource, Theme
from aumenta.voices.models import Contribution
from aumenta.voices.record_contributions import CannotRecordError
from aumenta.voices.rules import may_keep_contributions


@transaction.atomic
def put_into_theme(*, person: User, contribution: Contribution, event: Event, theme: Theme | None) -> None:
    """Say which theme of an event it belongs to (None: to none). Raises CannotRecordError for another plan's event."""
    check_permission(may_keep_contributions(person))
    if event.edition_id != contribution.edition_id:
        raise CannotRecordError(_("The event is about another edition of the plan."))
    if theme is not None and (theme.event_id != event.pk or not theme.active):
        raise CannotRecordError(_("This theme is no longer there: choose another one."))
    # Who presses twice at once writes one after the other.
    Contribution.objects.select_for_update().only("pk").get(pk=contribution.pk)
    ContributionSource.objects.filter(contribution=contribution, theme__event=event).delete()
    if theme is not None:
        ContributionSource.objects.create(contribution=contribution, theme=theme, by=person)
