"""Who sent a contribution is forgotten when nobody has to answer her any more; her text stays, without her."""

from datetime import datetime

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from aumenta.voices.contributions.attachments import stored_as
from aumenta.voices.models import Contribution, ContributionMailAttempt, ContributionSender


def forget_senders(now: datetime) -> int:
    """Delete names and addresses whose day has come; returns how many. A signature that was published stays."""
    over = ContributionSender.objects.filter(forget_on__lte=timezone.localdate(now))
    ContributionMailAttempt.objects.filter(contribution__sender__in=over).delete()
    gone, _by_model = over.delete()
    return gone


@transaction.atomic
def take_out_sender(contribution: Contribution) -> None:
    """Delete who sent it, its signature, what came with it and the secret that leads to it: it was erased."""
    keys = list(contribution.attachments.values_list("key", flat=True))
    contribution.attachments.all().delete()
    contribution.attempts.all().delete()
    ContributionSender.objects.filter(contribution=contribution).delete()
    Contribution.objects.filter(pk=contribution.pk).update(
        signature="", secret_digest="", form_key=None, private=True, municipality=None
    )

    def files_away() -> None:
        for key in keys:
            default_storage.delete(stored_as(key))

    transaction.on_commit(files_away)
