"""Forget whose a closed account was, a year after it was closed."""

from datetime import datetime, timedelta
from typing import Final

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from aumenta.people.models import User

KEPT_FOR: Final = timedelta(days=365)
"""Long enough for a colleague who comes back, and for questions about what was decided."""


@transaction.atomic
def forget_closed_accounts(*, now: datetime) -> int:
    """Take name, address, password and factors from accounts that were closed a year ago; returns how many.

    The row stays, with no name: versions and decisions go on saying that somebody, and not the same one, wrote and
    approved them. Nobody's permission is asked: the promise was made to all who have an account.
    """
    due = list(User.objects.filter(is_active=False, closed_at__lt=now - KEPT_FOR).exclude(email__endswith="@invalid"))
    for person in due:
        take_name_away(person)
    return len(due)


def take_name_away(person: User) -> None:
    """Leave an account without name, address, password, factors and roles."""
    for model in (EmailAddress, Authenticator, SocialAccount):
        model.objects.filter(user=person).delete()
    person.grants.all().delete()
    person.email, person.full_name = f"account-{person.pk}@invalid", ""
    person.set_unusable_password()
    person.save(update_fields=["email", "full_name", "password"])
