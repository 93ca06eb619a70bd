"""Says where an action reaches and writes it in the activity log. Here and not in `plan` because of the log."""

from collections.abc import Collection, Iterable

from django.db import transaction

from aumenta.people.models import User
from aumenta.plan.models import Action, ActionPlace
from aumenta.plan.set_places import Chosen, Identity, set_places
from aumenta.review.log import log
from aumenta.review.models import ActivityEntry


@transaction.atomic
def settle_places(
    *,
    person: User,
    action: Action,
    places: Iterable[Chosen],
    undecided: Collection[Identity] = (),
    seen: str | None = None,
) -> None:
    """As `plan.set_places`, with the same errors, and one entry in the log that names what the action reaches now."""
    set_places(person=person, action=action, places=places, undecided=undecided, seen=seen)
    ties = action.places.exclude(state=ActionPlace.State.DECLINED).select_related("belt", "zone", "municipality")
    log(
        code=ActivityEntry.Code.PLACES,
        person=person,
        edition=action.strategy.axis.edition,
        action=action,
        subject=action.code,
        detail=", ".join(str(tie) if tie.state != "proposed" else f"{tie} (?)" for tie in ties.order_by("pk")),
    )
