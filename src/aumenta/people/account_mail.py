"""Mails about somebody's own account: what was tried or changed, so that she hears of it if it was not she."""

import json
from datetime import timedelta
from functools import partial
from typing import Any, Final

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django_tasks import task

from aumenta.people.models import User
from aumenta.people.office_words import office_mail, signed
from aumenta.people.rate_limit import Limit, note_attempt
from aumenta.people.secrets import decrypt

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


def invite(person: User, *, by: User) -> None:
    """Write to somebody whose account was just made: who made it, and the link by which she chooses her password."""
    transaction.on_commit(partial(send_account_mail.enqueue, person.pk, "invitation", person.email, "", 0, str(by)))


def first_password_link(person: User) -> str:
    """The path where she chooses her password, for as long as `PASSWORD_RESET_TIMEOUT` says; made when the mail is
    sent, so that no link that opens an account waits in the database."""
    key = default_token_generator.make_token(person)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(person), "key": key})


@task()
def send_account_mail(person_id: int, kind: str, to: str, link: str, tried: int = 0, by: str = "") -> None:
    """Send one mail about an account. Tried again after each of PAUSES; raises AccountMailNotSentError after the last.

    `to` is not always the account's address: what changes it is told to the one before.
    """
    person = User.objects.written_to().filter(pk=person_id).first()
    if person is None:
        # Closed or removed while the mail waited: nobody signs in with it, and nobody is promised that she can.
        return
    if kind == "invitation" and (person.email != to or person.has_usable_password()):
        # While it waited the address was put right or a password chosen by another link: this one opens the account,
        # so it goes to nobody else.
        return
    with override(person.language):
        path = first_password_link(person) if kind == "invitation" else link
        context = {
            "person": person,
            "by": by,
            "days": settings.PASSWORD_RESET_TIMEOUT // 86_400,
            "site": settings.PUBLIC_ADDRESS,
            "address": f"{settings.PUBLIC_ADDRESS}{path}",
        }
        subject = render_to_string(f"people/mail/{kind}_subject.txt", context)
        body = signed(render_to_string(f"people/mail/{kind}.txt", context))
    _send(send_account_mail, (" ".join(subject.split()), body, to), (person_id, kind, to, link, tried + 1, by), tried)


@task()
def send_sealed_mail(sealed: str, tried: int = 0) -> None:
    """Send a mail that is written already: its subject, text and address, encrypted, because its link opens an account.

    Tried again as the others. Raises AccountMailNotSentError after the last attempt.
    """
    subject, body, to = json.loads(decrypt(sealed))
    _send(send_sealed_mail, (subject, body, to), (sealed, tried + 1), tried)


def _send(job: Any, mail: tuple[str, str, str], again: tuple[Any, ...], tried: int) -> None:
    """Send subject, text and address; what no server took is tried `again` by the same job, after a pause."""
    subject, body, to = mail
    try:
        office_mail(subject, body, to).send()
    except OSError as fault:
        if tried == len(PAUSES):
            raise AccountMailNotSentError(type(fault).__name__) from None
        job.using(run_after=timezone.now() + PAUSES[tried]).enqueue(*again)
