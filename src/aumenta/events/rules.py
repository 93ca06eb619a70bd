"""Who may do what with events."""

from aumenta.events.models import Table
from aumenta.people.models import Role
from aumenta.people.rules import Person, has_role

_PREPARE = frozenset({Role.ADMINISTRATOR, Role.APPROVER})
_REGIA = _PREPARE | {Role.EDITOR, Role.FACILITATOR}
_SEE = _PREPARE | {Role.FACILITATOR}
_PUBLISH = frozenset({Role.ADMINISTRATOR, Role.APPROVER})


def may_prepare(person: Person) -> bool:
    """Make and change events, see who registered, write the reports' texts."""
    return has_role(person, *_PREPARE)


def may_see_events(person: Person) -> bool:
    """Look at events at the desk: those who prepare see all of them, a facilitator those of her tables."""
    return has_role(person, *_SEE)


def may_see_table(person: Person, table: Table) -> bool:
    """See a table's QR code, PIN and printed kit."""
    return may_prepare(person) or (may_see_events(person) and table.facilitated_by_id == person.pk)


def may_run_regia(person: Person) -> bool:
    """See what the tables send and group it into themes; freeze a state for the plenary."""
    return has_role(person, *_REGIA)


def may_publish(person: Person) -> bool:
    """Make an event, its results and its reports public, and send them."""
    return has_role(person, *_PUBLISH)
