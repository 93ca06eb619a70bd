"""Who reads what the public writes, and who says how the authority is reached."""

from aumenta.people.models import Role
from aumenta.people.rules import Person, has_role, is_administrator


def may_read_messages(person: Person) -> bool:
    """Read messages and ratings, and say that a message is answered: administrators and approvers."""
    return has_role(person, Role.ADMINISTRATOR, Role.APPROVER)


def may_set_office(person: Person) -> bool:
    """Say how the authority is reached: administrators."""
    return is_administrator(person)
