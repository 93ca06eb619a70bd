"""The link of a wall without an account: it shows counts and the regia's call, and nothing else."""

from django.db import transaction

from aumenta.activity.log import log
from aumenta.events.activity import WALL_LINK_DROPPED, WALL_LINK_MADE
from aumenta.events.models import Event, Venue
from aumenta.events.models.venue import new_table_code
from aumenta.events.rules import may_prepare
from aumenta.people.models import User
from aumenta.people.permission import check_permission


@transaction.atomic
def make_wall_link(*, person: User, place: Event | Venue) -> str:
    """A new link for the wall of the event or of one venue; one that was there before opens nothing any more."""
    check_permission(may_prepare(person))
    place.wall_code = new_table_code()
    place.save(update_fields=["wall_code"])
    log(code=WALL_LINK_MADE, person=person, about=place)
    return place.wall_code


@transaction.atomic
def drop_wall_link(*, person: User, place: Event | Venue) -> None:
    """The link opens nothing any more."""
    check_permission(may_prepare(person))
    place.wall_code = ""
    place.save(update_fields=["wall_code"])
    log(code=WALL_LINK_DROPPED, person=person, about=place)


def wall_behind(code: str) -> tuple[Event, Venue | None] | None:
    """The event, and the venue where the link is one venue's; None for a code that opens nothing."""
    if not code:
        return None
    venue = Venue.objects.filter(wall_code=code).select_related("event").first()
    if venue is not None:
        return venue.event, venue
    event = Event.objects.filter(wall_code=code).first()
    return (event, None) if event is not None else None
