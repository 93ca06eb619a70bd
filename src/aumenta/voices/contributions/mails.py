"""What is mailed to whoever sent a contribution: receipt, why it was not admitted, the answers."""

from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import override
from django_tasks import task

from aumenta.mailing.retries import outcome_of
from aumenta.people.office_words import office_mail
from aumenta.people.secrets import decrypt
from aumenta.voices.models import Answer, Contribution, ContributionMailAttempt, ContributionSender

Kind = ContributionMailAttempt.Kind


def tell_sender(contribution: Contribution, kind: str) -> None:
    """Let the worker write her after the commit, where she gave an address."""
    if ContributionSender.objects.filter(contribution=contribution).exclude(email="").exists():
        transaction.on_commit(partial(send_word.enqueue, kind, contribution.pk))


@task()
def send_receipt(contribution_id: int, sealed: str, number: int = 1) -> None:
    """Send number and secret to who wrote; what can't be sent is tried again after a pause.

    `sealed` is the secret, encrypted: no table holds it otherwise. Where she was forgotten meanwhile nothing is sent.
    """
    if (found := _with_address(contribution_id)) is None:
        return
    again_at = _send(found, Kind.RECEIPT, number, send_receipt, {"secret": decrypt(sealed)})
    if again_at:
        send_receipt.using(run_after=again_at).enqueue(contribution_id, sealed, number + 1)


@task()
def send_word(kind: str, contribution_id: int, number: int = 1) -> None:
    """Send why it was not admitted, or the answers; nothing where that is no longer so."""
    found = _with_address(contribution_id)
    if found is None or not _still_true(Kind(kind), found):
        return
    again_at = _send(found, Kind(kind), number, send_word, {})
    if again_at:
        send_word.using(run_after=again_at).enqueue(kind, contribution_id, number + 1)


def _still_true(kind: str, contribution: Contribution) -> bool:
    """Whether a mail that waited still says how things stand."""
    if contribution.withdrawn:
        return False
    if kind == Kind.REFUSED:
        return contribution.admission == Contribution.Admission.REFUSED
    return contribution.closed_at is not None


def _with_address(contribution_id: int) -> Contribution | None:
    rows = Contribution.objects.filter(pk=contribution_id).exclude(sender=None).exclude(sender__email="")
    return rows.select_related("consultation", "sender").first()


def _send(contribution: Contribution, kind: str, number: int, job: Any, more: dict[str, Any]) -> Any:
    fault = None
    try:
        with override(contribution.language):
            written(contribution, kind, more).send()
    except Exception as refused:
        fault = refused
    outcome = outcome_of(job, number, fault)
    return ContributionMailAttempt.objects.create(contribution=contribution, kind=kind, **outcome).again_at


def written(contribution: Contribution, kind: str, more: dict[str, Any]) -> EmailMessage:
    """The mail as it goes out, in the language that is active."""
    claims = contribution.claims.filter(answer__state=Answer.State.PUBLISHED).select_related("answer__version")
    context = {"contribution": contribution, "claims": claims, "site": settings.PUBLIC_ADDRESS, **more}
    subject = render_to_string(f"voices/mail/{kind}_subject.txt", context)
    body = render_to_string(f"voices/mail/{kind}.txt", context)
    to = contribution.sender.email
    return office_mail(subject, body, to)
