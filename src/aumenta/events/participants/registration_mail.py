"""The e-mails of a registration, written by the worker after the transaction, in the language of the form."""

import io

import segno
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import override
from django_tasks import task

from aumenta.events.calendar_file import calendar_file, calendar_type
from aumenta.events.models import Registration, RegistrationMailAttempt
from aumenta.events.participants.links import link_of
from aumenta.mailing.retries import outcome_of
from aumenta.people.dates import day_in_words, moment_in_words
from aumenta.people.office_words import office_mail


@task()
def send_registration_mail(kind: str, registration_id: int, number: int = 1, after: int = 0) -> None:
    """Write one person. `kind`: asked (open the link to confirm), confirmed, waiting, promoted (from the waiting list),
    moved (to another table), changed (date or place), again (asked once more), cancelled, takes_place (a cancellation
    was taken back). While the event is cancelled every mail says so, whatever it was begun for.

    A mail that can't be sent is tried again after a pause (`number` says which attempt this is, `after` which was the
    one before), unless another mail was written to the person since: that one tells how things stand. Each attempt is
    noted with the registration, where the office sees it. Only the name of the fault is kept: its words, and the
    traceback that the queue would keep, hold the address.
    """
    registration = (
        Registration.objects.select_related("event", "table__venue", "badge_holder__badge")
        .exclude(state=Registration.State.WITHDRAWN)
        .filter(pk=registration_id)
        .first()
    )
    if registration is None or not registration.email:
        # Withdrawn or forgotten while the mail waited, or registered without an address: there is nobody to write to.
        return
    if number > 1 and RegistrationMailAttempt.objects.filter(registration=registration, pk__gt=after).exists():
        return
    fault = None
    try:
        with override(registration.language):
            message_to(kind, registration).send()
    except Exception as refused:
        fault = refused
    # Nobody needs the confirmation of a seat when the event is over.
    outcome = outcome_of(send_registration_mail, number, fault, until=registration.event.ends_at)
    tried = RegistrationMailAttempt.objects.create(registration=registration, **outcome)
    active = Registration.objects.exclude(state=Registration.State.WITHDRAWN)
    active.filter(pk=registration_id).update(mail_failure=tried.failure)
    if tried.again_at:
        job = send_registration_mail.using(run_after=tried.again_at)
        job.enqueue(kind, registration_id, number + 1, tried.pk)


def message_to(kind: str, registration: Registration) -> EmailMessage:
    """The mail, with the calendar file and the QR code of the badge where there is a seat."""
    event = registration.event
    kind = "cancelled" if event.cancelled_at else kind
    page = f"{settings.PUBLIC_ADDRESS}/{registration.language}/eventi/{event.slug}/"
    badge = registration.badge_holder.badge if hasattr(registration, "badge_holder") else None
    venue = registration.table.venue if registration.table else None
    confirmed = registration.state == Registration.State.CONFIRMED
    context = {
        "kind": kind,
        "registration": registration,
        "event": event,
        "venue": venue,
        "badge": badge,
        "confirmed": confirmed,
        "when": moment_in_words(event.starts_at),
        "forgotten_on": day_in_words(event.forget_people_on, "il"),
        "page": page,
        "own": f"{page}la-mia-iscrizione/{link_of(registration)}/",
    }
    subject = render_to_string("events/mail/registration_subject.txt", context)
    body = render_to_string("events/mail/registration.txt", context)
    message = office_mail(subject, body, registration.email, reply_to=event.contact)
    if confirmed:
        message.attach("incontro.ics", calendar_file(event, venue).decode(), calendar_type(event))
        if badge is not None and not event.cancelled_at:
            message.attach("codice.png", qr_png(badge.code), "image/png")
    return message


def qr_png(code: str) -> bytes:
    """A badge's code as a picture that a scanner reads."""
    buffer = io.BytesIO()
    segno.make(code, error="m", micro=False).save(buffer, kind="png", scale=8, border=4)
    return buffer.getvalue()
