"""Puts the demo account of whoever keeps a venue in charge of one, on an installation that somebody only tries out."""

from aumenta.events.models import Event, Venue
from aumenta.people.models import Role, User


def make_demo_venue() -> Venue | None:
    """Give the demo account the first venue of the latest invented event; None where it has one, or there is none."""
    keeper = User.objects.filter(is_demo=True, grants__role=Role.VENUE).first()
    if keeper is None or Venue.objects.filter(managed_by=keeper).exists():
        return None
    event = Event.objects.filter(invented=True).order_by("-starts_at", "-pk").first()
    venue = event.venues.filter(managed_by=None).first() if event else None
    if venue is not None:
        venue.managed_by = keeper
        venue.save(update_fields=["managed_by"])
    return venue
