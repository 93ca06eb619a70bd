"""Who keeps bodies, acts and votes."""

from aumenta.people.models import Role
from aumenta.people.rules import Person, has_role


def may_see_bodies(person: Person) -> bool:
    """See bodies, rules and acts in preparation at the desk."""
    return has_role(person, Role.ADMINISTRATOR, Role.APPROVER, Role.EDITOR)


def may_keep_bodies(person: Person) -> bool:
    """Write who sits where, which rules hold, which acts there are and how they were voted."""
    return has_role(person, Role.ADMINISTRATOR, Role.APPROVER)
