"""Somebody always runs the office: the last administrator who can really sign in keeps role, account and address."""

from typing import Final

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db.models import Q

from aumenta.people.models import Grant, Role, User
from aumenta.people.refusals import RefusedError

FACTORS: Final = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def can_open(person: User) -> bool:
    """Whether she has chosen any way to open her account: a password, a passkey or an identity of the gateway.

    A password is chosen only by a link from the mailbox, so who has one has confirmed her address.
    """
    if person.has_usable_password() or SocialAccount.objects.filter(user=person).exists():
        return True
    passkeys = Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN)
    return bool(passkeys.exists())


def gets_in(person: User) -> bool:
    """Whether she can sign in and do her work: an invitation nobody answered, a closed account, a demo account where
    DEBUG is off, and an account still without the second factor it needs do not count."""
    if not person.is_active or (person.is_demo and not settings.DEBUG) or not can_open(person):
        return False
    if not settings.SECOND_FACTOR or Authenticator.objects.filter(user=person, type__in=FACTORS).exists():
        return True
    return bool(settings.OIDC_IS_STRONG) and SocialAccount.objects.filter(user=person).exists()


def keep_an_administrator(*, without: User) -> None:
    """Raise RefusedError «last_administrator» where nobody who can sign in would run the office without her.

    Inside a transaction: two administrators who take each other's role at the same moment wait for one another.
    """
    list(Grant.objects.select_for_update().filter(role=Role.ADMINISTRATOR))
    runs_it = Q(grants__role=Role.ADMINISTRATOR) | Q(is_superuser=True)
    administrators = User.objects.filter(runs_it, is_active=True).distinct()
    if not administrators.filter(pk=without.pk).exists():
        return
    if not any(gets_in(other) for other in administrators.exclude(pk=without.pk)):
        raise RefusedError("last_administrator")
