"""Put a written contribution into a theme of an event."""

from django.db import transaction

from aumenta.activity.log import log
from aumenta.events.models import Event
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.themes.activity import CONTRIBUTION_PLACED
from aumenta.themes.models import ContributionSource, Theme
from aumenta.voices.models import Contribution
from aumenta.voices.rules import may_keep_contributions


@transaction.atomic
def put_into_theme(*, person: User, contribution: Contribution, event: Event, theme: Theme | None) -> None:
    """Say which theme of an event it belongs to (None: to none). Refused for another plan's event."""
    check_permission(may_keep_contributions(person))
    if event.edition_id != contribution.edition_id:
        raise RefusedError("event_of_another_edition")
    if theme is not None and (theme.event_id != event.pk or not theme.active):
        raise RefusedError("chosen_theme_gone")
    # Who presses twice at once writes one after the other.
    Contribution.objects.select_for_update().only("pk").get(pk=contribution.pk)
    ContributionSource.objects.filter(contribution=contribution, theme__event=event).delete()
    if theme is not None:
        ContributionSource.objects.create(contribution=contribution, theme=theme, by=person)
    log(
        code=CONTRIBUTION_PLACED,
        person=person,
        about=contribution,
        subject=str(contribution.pk),
        within=event.title_it,
    )
