"""E-mails about sessions and opinions, to accounts: the secretaries of a body, and the referents of its municipalities.
Who holds an office has no address here; what a mail says waits at the desk anyway."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from functools import partial
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override
from django_tasks import task

from aumenta.governance.composition import municipalities_on
from aumenta.governance.models import Body, Opinion, Session
from aumenta.governance.rules import may_see_bodies
from aumenta.people.models import Role, User
from aumenta.people.office_words import office_mail

PAUSES: Final = (timedelta(minutes=5), timedelta(hours=1), timedelta(hours=12))
"""How long a mail that could not be sent waits before each further attempt."""
BEFORE_DUE: Final = timedelta(days=5)
"""How long before an opinion is due whoever has to give it is reminded."""


class MailNotSentError(Exception):
    """No server took the mail, however often it was tried; with the name of the last fault."""


def readers_of(body: Body) -> list[int]:
    """The accounts that are written to about a body: its secretaries, and who answers for municipalities in it."""
    wanted = Q(bodies__body=body, grants__role=Role.SECRETARY)
    if body.is_of_municipalities:
        codes = [
            one.istat_code
            for one, zone in municipalities_on(body, timezone.localdate())
            if body.zone_id is None or zone == body.zone_id
        ]
        wanted |= Q(grants__role=Role.REFERENT, grants__organisation__municipality_code__in=codes)
    return sorted(set(User.objects.written_to().filter(wanted).values_list("pk", flat=True)))


def tell_convened(session: Session) -> None:
    """A session of today or later was convened; one of the past is only entered."""
    if session.held_on >= timezone.localdate() and not session.invented:
        _enqueue("convened", session.pk, readers_of(session.body))


def tell_asked(opinion: Opinion) -> None:
    """An opinion was asked for; and, some days before it is due, a reminder to those who have not given it."""
    if opinion.act.invented or opinion.due_on < timezone.localdate():
        return
    people = readers_of(opinion.body)
    _enqueue("asked", opinion.pk, people)
    when = timezone.make_aware(datetime.combine(opinion.due_on - BEFORE_DUE, time(8)))
    if when > timezone.now():
        for person in people:
            transaction.on_commit(partial(send_body_mail.using(run_after=when).enqueue, "due_soon", opinion.pk, person))


def _enqueue(kind: str, number: int, people: Iterable[int]) -> None:
    for person in people:
        transaction.on_commit(partial(send_body_mail.enqueue, kind, number, person))


@task()
def send_body_mail(kind: str, number: int, person_id: int, tried: int = 0) -> None:
    """Write one person, in her language, that a session was convened, an opinion asked for, or that it is due soon.

    Nothing is sent where it has become idle: the account is closed, the opinion given. Raises MailNotSentError after
    the last attempt, without the fault's own words, which hold the address.
    """
    person = User.objects.written_to().filter(pk=person_id).first()
    about = (Session if kind == "convened" else Opinion).objects.filter(pk=number).first()
    if (
        person is None
        or about is None
        or (isinstance(about, Opinion) and kind == "due_soon" and about.given_on is not None)
    ):
        return
    with override(person.language):
        address = f"{settings.PUBLIC_ADDRESS}/{person.language}/{_path(about, person)}"
        context = {"about": about, "person": person, "address": address}
        subject = render_to_string(f"governance/mail/{kind}_subject.txt", context).strip()
        mail = office_mail(subject, render_to_string(f"governance/mail/{kind}.txt", context), person.email)
    try:
        mail.send()
    except OSError as fault:
        if tried == len(PAUSES):
            raise MailNotSentError(type(fault).__name__) from None
        later = timezone.now() + PAUSES[tried]
        send_body_mail.using(run_after=later).enqueue(kind, number, person_id, tried + 1)


def _path(about: Session | Opinion, person: User) -> str:
    """Where the mail leads: the desk's page of the session or the act; for who answers for a municipality, to whom
    those pages do not open, what is hers to write, or the public page."""
    if may_see_bodies(person):
        return f"scrivania/sedute/{about.pk}/" if isinstance(about, Session) else f"scrivania/atti/{about.act.slug}/"
    return "atti/sedute/" if isinstance(about, Session) else f"scrivania/osservazioni/#parere-{about.pk}"
