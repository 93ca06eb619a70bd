"""Invented updates and milestones, marked as such, for whoever tries the site out: every status is seen once."""

from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from aumenta.activity.public_revision import touch
from aumenta.monitoring.models import ActionState, Milestone, MilestoneValue, Progress
from aumenta.people.models import User
from aumenta.plan.models import Action, Edition

REASON_IT: Final = "Aggiornamento inventato per provare il sito: nessuno lo ha comunicato."
REASON_EN: Final = "An update invented for trying the site out: nobody reported it."
WITHOUT: Final = 4
"""Every fourth action has no update, so that what nobody reported is seen too."""
WAITING: Final = 3
"""So many of the latest updates wait to be reviewed."""
PHASES: Final = ("planning", "design", "tender", "carrying_out", "concluded")


@transaction.atomic
def make_demo_updates(*, person: User, edition: Edition) -> int:
    """Give three actions in four of an edition an update and every second of these a milestone; returns how many
    updates there are. Nothing where there is one already, or where the edition is not over: an invented word stands
    only beside what is past."""
    if (
        Progress.objects.exists()
        or Milestone.objects.exists()
        or date(edition.last_year, 12, 31) > timezone.localdate()
    ):
        return 0
    states = list(ActionState.objects.filter(retired=False))
    actions = Action.objects.filter(strategy__axis__edition=edition)
    ordered = actions.order_by("strategy__axis__number", "strategy__number", "number")
    chosen = [action for place, action in enumerate(ordered) if place % WITHOUT]
    begins, ends = date(edition.first_year, 1, 1), date(edition.last_year, 12, 31)
    for place, action in enumerate(chosen):
        waits = place >= len(chosen) - WAITING
        made = Progress.objects.create(
            action=action,
            state=states[place % len(states)],
            phase=PHASES[place % len(PHASES)],
            as_of=ends - timedelta(days=place % 90),
            reason_it=REASON_IT,
            reason_en=REASON_EN,
            review="sent" if waits else "approved",
            decided_by=None if waits else person,
            decided_at=None if waits else timezone.now(),
            invented=True,
        )
        if place % 2 == 0:
            milestone = Milestone.objects.create(
                action=action,
                title_it="Tappa inventata",
                title_en="Invented milestone",
                unit="%",
                target=100.0,
                begins_on=begins,
                due_on=ends,
            )
            MilestoneValue.objects.create(progress=made, milestone=milestone, value=float(place * 7 % 101))
    touch()
    return len(chosen)
