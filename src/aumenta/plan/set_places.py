"""The verb by which the office says where an action reaches: it confirms, declines and adds ties."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction

from aumenta.activity.log import log
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.plan.activity import PLACES
from aumenta.plan.changed import changed
from aumenta.plan.models import Action, ActionPlace, Edition
from aumenta.plan.rules import may_set_places
from aumenta.territory.models import Belt, Municipality, Zone

Identity = tuple[str, int | None, int | None, int | None]
"""What tells one tie of an action from another: reach, and the keys of its belt, zone and municipality."""


@dataclass(frozen=True)
class Chosen:
    """One place the office chose: the whole, the small municipalities, or the belt, zone or municipality given."""

    reach: str
    belt: Belt | None = None
    zone: Zone | None = None
    municipality: Municipality | None = None

    @property
    def identity(self) -> Identity:
        """What tells one tie of an action from another."""
        belt, zone, municipality = (thing.pk if thing else None for thing in (self.belt, self.zone, self.municipality))
        return (self.reach, belt, zone, municipality)


def identity_of(tie: ActionPlace) -> Identity:
    """What tells this tie from the others of its action."""
    return (tie.reach, tie.belt_id, tie.zone_id, tie.municipality_id)


def state_of_places(ties: Iterable[ActionPlace]) -> str:
    """The ties and their states as a short text, to be held against what they are when they are set."""
    return " ".join(sorted("-".join(str(part or "") for part in (*identity_of(tie), tie.state)) for tie in ties))


@transaction.atomic
def set_places(
    *,
    person: User,
    action: Action,
    places: Iterable[Chosen],
    undecided: Collection[Identity] = (),
    seen: str | None = None,
) -> None:
    """The action reaches these places and no others; proposals left out are declined, so that they don't come again.

    Proposals in `undecided` stay proposals. `seen` is what `state_of_places` said when she was shown them. Raises
    NotAllowedError for whoever neither approves nor edits the action's axis, RefusedError «places_changed» where
    somebody else changed them since.
    """
    check_permission(may_set_places(person, action), "places")
    # One at a time, also where the action has no tie yet that could be locked; the edition first, as every verb does.
    edition = Edition.objects.select_for_update(no_key=True).get(pk=action.strategy.axis.edition_id)
    held = list(ActionPlace.objects.filter(action=action))
    if seen is not None and seen != state_of_places(held):
        raise RefusedError("places_changed")
    chosen = {place.identity: place for place in places}
    for tie in held:
        if chosen.pop(identity_of(tie), None):
            ActionPlace.objects.filter(pk=tie.pk).update(state=ActionPlace.State.CONFIRMED)
        elif tie.state == ActionPlace.State.PROPOSED and identity_of(tie) not in undecided:
            ActionPlace.objects.filter(pk=tie.pk).update(state=ActionPlace.State.DECLINED)
        elif tie.state == ActionPlace.State.CONFIRMED:
            _take_away(tie)
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
    changed(Edition.objects.filter(pk=edition.pk))
    ties = action.places.exclude(state=ActionPlace.State.DECLINED).select_related("belt", "zone", "municipality")
    log(
        code=PLACES,
        person=person,
        about=action,
        subject=action.code,
        within=edition.label,
        detail=", ".join(str(tie) if tie.state != "proposed" else f"{tie} (?)" for tie in ties.order_by("pk")),
    )


def _take_away(tie: ActionPlace) -> None:
    """What somebody once chose goes; what was once proposed is declined, or its words would propose it again."""
    if tie.found_words:
        ActionPlace.objects.filter(pk=tie.pk).update(state=ActionPlace.State.DECLINED)
    else:
        tie.delete()
