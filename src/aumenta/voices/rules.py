"""Who may do what with voices."""

from aumenta.people.models import Role
from aumenta.people.rules import Person, has_role


def may_keep_contributions(person: Person) -> bool:
    """Enter written contributions and say which strategy each concerns."""
    return has_role(person, Role.ADMINISTRATOR, Role.APPROVER, Role.EDITOR)


def may_publish_consultations(person: Person) -> bool:
    """Show a consultation to the public, and publish the answers to what was written."""
    return has_role(person, Role.ADMINISTRATOR, Role.APPROVER)
