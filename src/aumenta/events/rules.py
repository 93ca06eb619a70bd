"""Who may do what with events."""

from django.db.models import QuerySet

from aumenta.events.models import Event, Table, Venue
from aumenta.people.models import Role
from aumenta.people.rules import Person, has_role

_OFFICE = frozenset({Role.ADMINISTRATOR, Role.APPROVER})
_REGIA = _OFFICE | {Role.EDITOR, Role.FACILITATOR}
_SEE = _OFFICE | {Role.FACILITATOR}
MAY_KEEP_A_VENUE = (Role.VENUE, Role.FACILITATOR, Role.REFERENT, Role.READER)
"""Who can be put in charge of a venue: the role that does nothing else, and those who may do it besides."""


def may_prepare(person: Person) -> bool:
    """Make and change events, see who registered, write the reports' texts."""
    return has_role(person, *_OFFICE)


def may_see_events(person: Person) -> bool:
    """Look at events at the desk: those who prepare see all of them, a facilitator those of her tables; whoever has the
    role for a venue, or is a referent or a reader whom the office put in charge of one, those of her venue."""
    return has_role(person, *_SEE, Role.VENUE) or keeps_a_venue(person)


def keeps_a_venue(person: Person) -> bool:
    """Whether a referent or a reader is in charge of some venue. One query, for these roles alone."""
    return has_role(person, Role.REFERENT, Role.READER) and Venue.objects.filter(managed_by=person.pk).exists()


def may_see_table(person: Person, table: Table) -> bool:
    """See a table's QR code, PIN and printed kit."""
    if may_prepare(person):
        return True
    return may_see_events(person) and person.pk in (table.facilitated_by_id, table.venue.managed_by_id)


def may_run_entrance(person: Person, event: Event) -> bool:
    """Check people in, register who comes without: those who prepare, and who is in charge of a venue of the event."""
    return may_prepare(person) or (may_see_events(person) and event.venues.filter(managed_by=person.pk).exists())


def may_seat_at(person: Person, table: Table) -> bool:
    """Give somebody a seat at this table: those who prepare, and who is in charge of its venue."""
    return may_prepare(person) or (may_see_events(person) and table.venue.managed_by_id == person.pk)


def may_enter_regia(person: Person) -> bool:
    """Whether there can be events whose regia she runs; which ones is said by `may_run_regia`."""
    return has_role(person, *_REGIA)


def may_run_regia(person: Person, event: Event) -> bool:
    """See what the tables of an event send, group it into themes, freeze a state for the plenary. A facilitator only
    at events in which she leads a table."""
    if has_role(person, *(_REGIA - {Role.FACILITATOR})):
        return True
    return has_role(person, Role.FACILITATOR) and event.tables.filter(facilitated_by=person.pk).exists()


def events_of_regia(person: Person) -> QuerySet[Event]:
    """The events whose regia she may run."""
    if has_role(person, *(_REGIA - {Role.FACILITATOR})):
        return Event.objects.all()
    if not has_role(person, Role.FACILITATOR):
        return Event.objects.none()
    return Event.objects.filter(tables__facilitated_by=person.pk).distinct()


def may_publish(person: Person) -> bool:
    """Make an event, its results and its reports public, and send them."""
    return has_role(person, *_OFFICE)
