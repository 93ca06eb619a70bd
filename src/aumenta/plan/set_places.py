"""The verb by which the office says where an action reaches: it confirms, declines and adds ties."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from aumenta.people.rules import NotAllowedError, Person
from aumenta.plan.models import Action, ActionPlace, Edition
from aumenta.plan.rules import may_set_places
from aumenta.territory.models import Belt, Municipality, Zone


@dataclass(frozen=True)
class Chosen:
    """One place the office chose: the whole, the small municipalities, or the belt, zone or municipality given."""

    reach: str
    belt: Belt | None = None
    zone: Zone | None = None
    municipality: Municipality | None = None

    @property
    def identity(self) -> tuple[str, int | None, int | None, int | None]:
        """What tells one tie of an action from another."""
        belt, zone, municipality = (thing.pk if thing else None for thing in (self.belt, self.zone, self.municipality))
        return (self.reach, belt, zone, municipality)


@transaction.atomic
def set_places(*, person: Person, action: Action, places: Iterable[Chosen]) -> None:
    """The action reaches these places and no others; proposals left out are declined, so that they don't come again.

    Raises NotAllowedError for whoever neither approves nor edits the action's axis.
    """
    if not may_set_places(person, action):
        raise NotAllowedError("places")
    chosen = {place.identity: place for place in places}
    for tie in ActionPlace.objects.select_for_update().filter(action=action):
        identity = (tie.reach, tie.belt_id, tie.zone_id, tie.municipality_id)
        if chosen.pop(identity, None):
            ActionPlace.objects.filter(pk=tie.pk).update(state=ActionPlace.State.CONFIRMED)
        elif tie.state == ActionPlace.State.PROPOSED:
            ActionPlace.objects.filter(pk=tie.pk).update(state=ActionPlace.State.DECLINED)
        elif tie.state == ActionPlace.State.CONFIRMED:
            tie.delete()
    ActionPlace.objects.bulk_create(
        ActionPlace(
            action=action,
            reach=place.reach,
            belt=place.belt,
            zone=place.zone,
            municipality=place.municipality,
            state=ActionPlace.State.CONFIRMED,
        )
        for place in chosen.values()
    )
    Edition.objects.filter(axes__strategies__actions=action).update(revision=F("revision") + 1)
