"""A message of the office to everybody registered for an event: its own words, one e-mail for each person."""

from dataclasses import dataclass
from functools import partial
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import override
from django_tasks import task

from aumenta.activity.log import log
from aumenta.events.activity import EVERYBODY_WRITTEN_TO
from aumenta.events.models import Event, Registration
from aumenta.events.participants.links import link_of
from aumenta.events.participants.register import is_over
from aumenta.events.rules import may_prepare
from aumenta.mailing.retries import outcome_of
from aumenta.people.dates import day_in_words
from aumenta.people.models import User
from aumenta.people.office_words import office_mail
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError

LONGEST_SUBJECT: Final = 150
LONGEST_TEXT: Final = 5_000


@dataclass(frozen=True, slots=True)
class Letter:
    """What is written: in Italian, and for those who registered in English in English, where there is such a text."""

    subject_it: str
    text_it: str
    subject_en: str = ""
    text_en: str = ""

    def in_language(self, language: str) -> tuple[str, str]:
        """Subject and text for somebody who registered in `language`."""
        if language == "en" and self.text_en:
            return self.subject_en or self.subject_it, self.text_en
        return self.subject_it, self.text_it


def addressed(event: Event) -> list[Registration]:
    """Whom such a message reaches: everybody registered, those who wait too, who left an address."""
    # Whose link was not opened yet is nobody we know: perhaps a stranger typed the address.
    silent = [Registration.State.WITHDRAWN, Registration.State.ASKED]
    active = event.registrations.exclude(state__in=silent).exclude(email="")
    return list(active.select_related("event").order_by("pk"))


@transaction.atomic
def write_to_all(*, person: User, event: Event, letter: Letter) -> int:
    """Put the e-mails into the queue; returns how many. Refused: an empty or too long subject or text, an event that is
    over: what people told us was for the event, and its report goes to those who asked for it."""
    check_permission(may_prepare(person))
    if is_over(event):
        raise RefusedError("over_nobody_told")
    for subject, text in ((letter.subject_it, letter.text_it), (letter.subject_en, letter.text_en)):
        if len(subject) > LONGEST_SUBJECT or len(text) > LONGEST_TEXT:
            raise RefusedError("letter_too_long", subject=LONGEST_SUBJECT, text=LONGEST_TEXT)
    if not letter.subject_it.strip() or not letter.text_it.strip():
        raise RefusedError("letter_empty")
    keys = [one.pk for one in addressed(event)]
    words = (letter.subject_it, letter.text_it, letter.subject_en, letter.text_en)
    for key in keys:
        transaction.on_commit(partial(send_letter.enqueue, key, *words))
    log(code=EVERYBODY_WRITTEN_TO, person=person, about=event, detail=f"{letter.subject_it} ({len(keys)})")
    return len(keys)


@task()
def send_letter(
    registration_id: int, subject_it: str, text_it: str, subject_en: str = "", text_en: str = "", number: int = 1
) -> None:
    """Write one person; tried again after a pause, until the event ends. After the last attempt the office sees with
    the registration that an e-mail was not sent.

    Its attempts are not among those of the registration's own mails: of these a later one takes the place of an earlier
    one, and a message of the office takes the place of none.
    """
    registration = (
        Registration.objects.select_related("event")
        .exclude(state=Registration.State.WITHDRAWN)
        .filter(pk=registration_id)
        .first()
    )
    if registration is None or not registration.email:
        # Withdrawn or forgotten while the mail waited.
        return
    fault = None
    try:
        letter_to(registration, Letter(subject_it, text_it, subject_en, text_en)).send()
    except Exception as refused:
        fault = refused
    outcome = outcome_of(send_letter, number, fault, until=registration.event.ends_at)
    if outcome["again_at"]:
        job = send_letter.using(run_after=outcome["again_at"])
        job.enqueue(registration_id, subject_it, text_it, subject_en, text_en, number + 1)
    elif outcome["failure"]:
        active = Registration.objects.exclude(state=Registration.State.WITHDRAWN)
        active.filter(pk=registration_id).update(mail_failure=outcome["failure"])


def letter_to(registration: Registration, letter: Letter) -> EmailMessage:
    """The e-mail as this person gets it."""
    event = registration.event
    subject, text = letter.in_language(registration.language)
    with override(registration.language):
        page = f"{settings.PUBLIC_ADDRESS}/{registration.language}/eventi/{event.slug}/"
        context = {
            "registration": registration,
            "event": event,
            "text": "\n".join(line.rstrip() for line in text.strip().splitlines()),
            "page": page,
            "own": f"{page}la-mia-iscrizione/{link_of(registration)}/",
            "forgotten_on": day_in_words(event.forget_people_on, "il"),
        }
        body = render_to_string("events/mail/letter.txt", context)
        return office_mail(subject, body, registration.email, reply_to=event.contact)
