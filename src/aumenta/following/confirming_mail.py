"""The mail that asks whether a request to follow something was meant."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from aumenta.following.links import page_of
from aumenta.following.models import HELD_FOR, FollowingMailAttempt, Subscription
from aumenta.following.subjects import FollowedQuestion, FollowedSearch, Subject, subject_of
from aumenta.mailing.retries import outcome_of
from aumenta.people.office_words import office_mail


@task()
def send_confirming_mail(subscription_id: int, number: int = 1) -> None:
    """Write to who asked: the link to confirm, or, where the address follows it already, the link to stop."""
    subscription = Subscription.objects.filter(pk=subscription_id).first()
    if subscription is None:
        return
    fault = None
    try:
        with override(subscription.language):
            subject = subject_of(subscription.kind, subscription.key)
            if subject is None:
                return
            confirming_mail(subscription, _without_words_of_askers(subject)).send()
    except Exception as refused:
        fault = refused
    outcome = outcome_of(send_confirming_mail, number, fault, until=subscription.asked_at + HELD_FOR)
    tried = FollowingMailAttempt.objects.create(subscription=subscription, **outcome)
    if tried.again_at:
        send_confirming_mail.using(run_after=tried.again_at).enqueue(subscription_id, number + 1)


def _without_words_of_askers(subject: Subject) -> str:
    """What is followed, in words of the plan alone: anybody has this mail sent to anybody."""
    if isinstance(subject, FollowedSearch | FollowedQuestion):
        return _("a search in the plan %(label)s") % {"label": subject.edition.label}
    return subject.name


def confirming_mail(subscription: Subscription, name: str) -> EmailMessage:
    """The mail itself, in the reader's language."""
    context = {
        "name": name,
        "known": subscription.confirmed_at is not None,
        "page": page_of(subscription),
        "site": settings.PUBLIC_ADDRESS,
    }
    subject = render_to_string("following/mail/confirm_subject.txt", context)
    body = render_to_string("following/mail/confirm.txt", context)
    return office_mail(subject, body, subscription.email)
