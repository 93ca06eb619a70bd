"""The receipt of a contribution by e-mail, written by the worker."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import override
from django_tasks import task

from aumenta.mailing.retries import outcome_of
from aumenta.people.secrets import decrypt
from aumenta.voices.models import Contribution, ContributionMailAttempt


@task()
def send_receipt(contribution_id: int, sealed: str, number: int = 1) -> None:
    """Send number and secret to who wrote; what can't be sent is tried again after a pause.

    `sealed` is the secret, encrypted: no table holds it otherwise. Where she was forgotten meanwhile nothing is sent.
    """
    contribution = Contribution.objects.filter(pk=contribution_id).select_related("consultation", "sender").first()
    sender = getattr(contribution, "sender", None)
    if contribution is None or sender is None or not sender.email:
        return
    fault = None
    try:
        with override(contribution.language):
            _written(contribution, sender.email, decrypt(sealed)).send()
    except Exception as refused:
        fault = refused
    outcome = outcome_of(send_receipt, number, fault)
    tried = ContributionMailAttempt.objects.create(contribution=contribution, **outcome)
    if tried.again_at:
        send_receipt.using(run_after=tried.again_at).enqueue(contribution_id, sealed, number + 1)


def _written(contribution: Contribution, to: str, secret: str) -> EmailMessage:
    context = {
        "contribution": contribution,
        "secret": secret,
        "site": settings.PUBLIC_ADDRESS,
    }
    subject = render_to_string("voices/mail/receipt_subject.txt", context)
    body = render_to_string("voices/mail/receipt.txt", context)
    return EmailMessage(" ".join(subject.split()), body.strip() + "\n", settings.DEFAULT_FROM_EMAIL, [to])
