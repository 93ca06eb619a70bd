"""Who may do what with questionnaires."""

from aumenta.people.models import Role
from aumenta.people.rules import Person, has_role


def may_keep_questionnaires(person: Person) -> bool:
    """Write questionnaires, invite, enter replies from paper, read what they say."""
    return has_role(person, Role.ADMINISTRATOR, Role.APPROVER, Role.EDITOR)


def may_publish_questionnaires(person: Person) -> bool:
    """Open a questionnaire to the public, close it, publish what it brought."""
    return has_role(person, Role.ADMINISTRATOR, Role.APPROVER)
