"""Who may do what with indicators and readings."""

from aumenta.people.models import Role
from aumenta.people.rules import Person, has_role, is_approver


def may_keep_indicators(person: Person) -> bool:
    """Write cards of indicators, take readings in and correct them."""
    return has_role(person, Role.ADMINISTRATOR, Role.APPROVER, Role.EDITOR)


def may_publish_indicators(person: Person) -> bool:
    """Let everybody read an indicator, or nobody any more; freeze the goalposts of an edition."""
    return is_approver(person)
