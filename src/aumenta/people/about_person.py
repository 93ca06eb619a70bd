"""An account, where somebody asks what is held about her."""

from collections.abc import Iterator
from typing import Final

from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils.translation import gettext as _

from aumenta.activity.take_out import take_words_out
from aumenta.people.accounts import close_account
from aumenta.people.dates import day_in_words
from aumenta.people.erasures import note_erasure
from aumenta.people.forget_accounts import KEPT_FOR, take_name_away
from aumenta.people.last_administrator import keep_an_administrator
from aumenta.people.models import User
from aumenta.people.subjects import Held, Who

ACCOUNT_FORGOTTEN: Final = "people.account_forgotten"
"""A kind of erasure; the log says that somebody was forgotten."""


def find_accounts(who: Who) -> Iterator[Held]:
    """Her account, open or closed."""
    named = Q(email__iexact=who.email) if who.email else Q(full_name__iexact=who.name)
    for account in User.objects.filter(named).exclude(email__endswith="@invalid"):
        roles = ", ".join(grant.get_role_display() for grant in account.grants.all())
        said = {
            _("name and surname"): account.full_name,
            _("e-mail"): account.email,
            _("roles"): roles,
            _("account made on"): day_in_words(account.joined_at.date()),
        }
        until = _("a year after it is closed")
        if account.closed_at:
            until = day_in_words((account.closed_at + KEPT_FOR).date())
        yield Held(_("account"), said, until, lambda person, account=account: forget_account(account, person))  # type: ignore[misc]


def forget_account(account: User, person: User | None) -> None:
    """Close it and take away at once what says whose it was; what she wrote and decided stays an account's without a
    name. Raises RefusedError «last_administrator»."""
    if account.is_active and person is not None:
        close_account(person=person, whose=account)
    elif account.is_active:
        keep_an_administrator(without=account)
        User.objects.filter(pk=account.pk).update(is_active=False)
    _forget(account)
    note_erasure(ACCOUNT_FORGOTTEN, account.pk)


def forget_account_again(key: str) -> None:
    """After a backup from before was restored."""
    for account in User.objects.filter(pk=key).exclude(email__endswith="@invalid"):
        User.objects.filter(pk=account.pk).update(is_active=False)
        _forget(account)


def _forget(account: User) -> None:
    words = [account.email, *([account.full_name] if " " in account.full_name.strip() else [])]
    for session in Session.objects.all():
        if str(session.get_decoded().get("_auth_user_id", "")) == str(account.pk):
            session.delete()
    take_name_away(account)
    take_words_out(words, f"account-{account.pk}")
