"""The two mails of a message: to the office, and the receipt to who wrote. Both are written by the worker."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import override
from django_tasks import task

from aumenta.contacts.models import Message, MessageMailAttempt
from aumenta.contacts.queries import office
from aumenta.mailing.retries import outcome_of
from aumenta.people.office_words import office_mail


@task()
def send_message_mail(kind: str, message_id: int, number: int = 1) -> None:
    """Send one of the two, `kind` office or receipt; what can't be sent is tried again after a pause.

    Without an address of the office the message waits at the desk alone: nothing is sent and nothing fails.
    """
    message = Message.objects.filter(pk=message_id).first()
    to = office().email if kind == "office" else message.email if message else ""
    if message is None or not to:
        return
    fault = None
    try:
        with override(message.language if kind == "receipt" else "it"):
            _written(kind, message, to).send()
    except Exception as refused:
        fault = refused
    outcome = outcome_of(send_message_mail, number, fault)
    tried = MessageMailAttempt.objects.create(message=message, kind=kind, **outcome)
    if tried.again_at:
        send_message_mail.using(run_after=tried.again_at).enqueue(kind, message_id, number + 1)


def _written(kind: str, message: Message, to: str) -> EmailMessage:
    context = {"message": message, "office": office(), "site": settings.PUBLIC_ADDRESS}
    subject = render_to_string(f"contacts/mail/{kind}_subject.txt", context)
    body = render_to_string(f"contacts/mail/{kind}.txt", context)
    answers = message.email if kind == "office" else office().email
    return office_mail(subject, body, to, reply_to=answers)
