"""Makes the first administrator, from the console of the server."""

from django.db import transaction

from aumenta.people.models import Grant, Role, User


@transaction.atomic
def create_administrator(*, email: str, password: str, full_name: str = "") -> User:
    """An account that may do everything; one that exists becomes an administrator and gets this password.

    For the console: who may run it is whoever may run commands on the server.
    """
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = User.objects.create_superuser(email, password, full_name=full_name)
    else:
        user.set_password(password)
        user.is_superuser = user.is_staff = user.is_active = True
        user.save(update_fields=["password", "is_superuser", "is_staff", "is_active"])
    Grant.objects.get_or_create(person=user, role=Role.ADMINISTRATOR)
    return user
