"""Who may do what, as named predicates over the roles somebody holds. docs/roles.md shows them as one table."""

from typing import Final, TypeGuard

from django.contrib.auth.models import AnonymousUser

from aumenta.people.models import Role, User

Person = User | AnonymousUser
DESK_ROLES: Final = (
    Role.ADMINISTRATOR,
    Role.APPROVER,
    Role.EDITOR,
    Role.REFERENT,
    Role.FACILITATOR,
    Role.READER,
    Role.SECRETARY,
    Role.VENUE,
)
"""The roles for which the desk opens; each has its column in docs/roles.md, and a test holds both to it."""


def is_signed_in(person: Person) -> TypeGuard[User]:
    """Whether this is somebody with an account that still works."""
    return isinstance(person, User) and person.is_active


def has_role(person: Person, *roles: str) -> bool:
    """Whether she holds one of `roles`; a superuser counts as an administrator."""
    if not is_signed_in(person):
        return False
    return bool(person.roles.intersection(roles)) or (person.is_superuser and Role.ADMINISTRATOR in roles)


def is_administrator(person: Person) -> bool:
    """Runs the office: people, editions, everything."""
    return has_role(person, Role.ADMINISTRATOR)


def is_approver(person: Person) -> bool:
    """Decides on proposals."""
    return has_role(person, Role.ADMINISTRATOR, Role.APPROVER)


def enters_desk(person: Person) -> bool:
    """Whether the desk opens for her: named role by role, so that a new one stays outside until somebody lets it in."""
    return has_role(person, *DESK_ROLES)


def writes_plan(person: Person) -> bool:
    """Whether she can propose changes to some sheet at all; which ones is the plan's rule."""
    return has_role(person, Role.ADMINISTRATOR, Role.APPROVER, Role.EDITOR, Role.REFERENT)


def manages_people(person: Person) -> bool:
    """Accounts, roles and organisations."""
    return is_administrator(person)


def manages_pages(person: Person) -> bool:
    """Editorial pages, news, images and redirects of the site."""
    return has_role(person, Role.ADMINISTRATOR, Role.APPROVER, Role.EDITOR)


def changes_names(person: Person) -> bool:
    """Which wordings mean the same actor or framework item."""
    return has_role(person, Role.ADMINISTRATOR, Role.APPROVER, Role.EDITOR)
