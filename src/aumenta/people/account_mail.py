"""Mails about somebody's own account: what was tried or changed, so that she hears of it if it was not she."""

from datetime import timedelta
from functools import partial
from typing import Final

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override
from django_tasks import task

from aumenta.people.models import User
from aumenta.people.rate_limit import Limit, note_attempt

PAUSES: Final = (timedelta(minutes=5), timedelta(hours=1), timedelta(hours=12))
"""How long a mail that could not be sent waits before each further attempt."""
WARNING: Final = Limit("warning-mail", 1, timedelta(hours=1))


class AccountMailNotSentError(Exception):
    """No server took the mail, however often it was tried; with the name of the last fault."""


def tell_of_wrong_codes(person: User) -> None:
    """Somebody knows her password and guesses at her codes. Once an hour, however much is guessed."""
    if note_attempt(limit=WARNING, subject=str(person.pk)) is not None:
        tell(person, "wrong_codes", to=person.email)


def tell(person: User, kind: str, *, to: str, link: str = "") -> None:
    """Write to `to` in her language, after the transaction; `kind` names the templates, `link` a path of ours."""
    transaction.on_commit(partial(send_account_mail.enqueue, person.pk, kind, to, link))


@task()
def send_account_mail(person_id: int, kind: str, to: str, link: str, tried: int = 0) -> None:
    """Send one mail about an account. Tried again after each of PAUSES; raises AccountMailNotSentError after the last.

    `to` is not always the account's address: what changes it is told to the one before.
    """
    person = User.objects.get(pk=person_id)
    with override(person.language):
        context = {"person": person, "site": settings.PUBLIC_ADDRESS, "address": f"{settings.PUBLIC_ADDRESS}{link}"}
        subject = render_to_string(f"people/mail/{kind}_subject.txt", context)
        body = render_to_string(f"people/mail/{kind}.txt", context)
    try:
        send_mail(" ".join(subject.split()), body, settings.DEFAULT_FROM_EMAIL, [to])
    except OSError as fault:
        if tried == len(PAUSES):
            raise AccountMailNotSentError(type(fault).__name__) from None
        later = send_account_mail.using(run_after=timezone.now() + PAUSES[tried])
        later.enqueue(person_id, kind, to, link, tried + 1)
