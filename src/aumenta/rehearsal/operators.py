"""The invented operator on whose behalf a rehearsal prepares, groups and freezes."""

from aumenta.people.models import Grant, Role, User


def rehearsal_operator() -> User:
    """An account nobody can sign in with."""
    person, _made = User.objects.get_or_create(
        email="regia@esempio.invalid", defaults={"full_name": "Regia della prova", "password": "!"}
    )
    Grant.objects.get_or_create(person=person, role=Role.APPROVER, organisation=None)
    return person
