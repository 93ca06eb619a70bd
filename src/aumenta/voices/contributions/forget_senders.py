"""Who sent a contribution is forgotten when nobody has to answer her any more; her text stays, without her."""

from datetime import datetime

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from aumenta.activity.public_revision import touch
from aumenta.voices.contributions.attachments import stored_as
from aumenta.voices.models import (
    Answer,
    Contribution,
    ContributionAttachment,
    ContributionMailAttempt,
    ContributionSender,
)


def forget_senders(now: datetime) -> int:
    """Delete names and addresses whose day has come; returns how many. A signature that was published stays."""
    over = ContributionSender.objects.filter(forget_on__lte=timezone.localdate(now))
    ContributionMailAttempt.objects.filter(contribution__sender__in=over).delete()
    gone, _by_model = over.delete()
    return gone


def forget_attachments(now: datetime) -> int:
    """Delete the files whose day has come, and what was noted of them; returns how many."""
    over = ContributionAttachment.objects.filter(forget_on__lte=timezone.localdate(now))
    keys = list(over.values_list("key", flat=True))
    for key in keys:
        # The file first: where the disk refuses, the row stays and the next night tries again.
        default_storage.delete(stored_as(key))
    ContributionAttachment.objects.filter(key__in=keys).delete()
    return len(keys)


@transaction.atomic
def take_out_sender(contribution: Contribution) -> None:
    """Delete who sent it, its signature, its points and the answers to it alone, what came with it and the secret that
    leads to it: it was erased."""
    # The office's own words stay where they answer somebody else too; what answered her alone goes with her words.
    for answer in Answer.objects.filter(claims__contribution=contribution).distinct():
        if not answer.claims.exclude(contribution=contribution).exists():
            answer.delete()
    contribution.claims.all().delete()
    keys = list(contribution.attachments.values_list("key", flat=True))
    contribution.attachments.all().delete()
    contribution.attempts.all().delete()
    ContributionSender.objects.filter(contribution=contribution).delete()
    Contribution.objects.filter(pk=contribution.pk).update(
        signature="", secret_digest="", form_key=None, private=True, municipality=None, erasure_asked_on=None
    )
    touch()

    def files_away() -> None:
        for key in keys:
            default_storage.delete(stored_as(key))

    transaction.on_commit(files_away)
