"""Who may do what with voices."""

from aumenta.people.models import Role
from aumenta.people.rules import Person, has_role


def may_keep_contributions(person: Person) -> bool:
    """Enter written contributions and say which strategy each concerns."""
    return has_role(person, Role.ADMINISTRATOR, Role.APPROVER, Role.EDITOR)
