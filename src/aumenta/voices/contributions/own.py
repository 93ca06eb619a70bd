"""What whoever sent a contribution does with it herself, with its number and secret: no account, no office."""

from django.db import transaction
from django.utils import timezone

from aumenta.activity.log import log
from aumenta.activity.public_revision import touch
from aumenta.people.refusals import RefusedError
from aumenta.voices.activity import ERASURE_ASKED, HIDDEN_BY_SENDER, WITHDRAWN_BY_SENDER
from aumenta.voices.models import Contribution


@transaction.atomic
def withdraw_own(*, contribution: Contribution) -> Contribution:
    """It counts nowhere and is published nowhere any more, at once; the office can't bring it back."""
    own = _locked(contribution)
    if not own.withdrawn_by_sender:
        own.withdrawn = own.withdrawn_by_sender = True
        own.save(update_fields=["withdrawn", "withdrawn_by_sender"])
        log(code=WITHDRAWN_BY_SENDER, person=None, about=own, subject=own.label)
        touch()
    return own


@transaction.atomic
def unpublish_own(*, contribution: Contribution) -> Contribution:
    """She no longer wishes it published: it leaves every page at once, and still gets its answer."""
    own = _locked(contribution)
    if own.wish != Contribution.Wish.NO:
        own.wish, own.private, own.signature = Contribution.Wish.NO, True, ""
        own.save(update_fields=["wish", "private", "signature"])
        log(code=HIDDEN_BY_SENDER, person=None, about=own, subject=own.label)
        touch()
    return own


@transaction.atomic
def ask_erasure(*, contribution: Contribution) -> Contribution:
    """She asks that text and data be erased: it is withdrawn at once, and waits on top of the office's list."""
    own = withdraw_own(contribution=contribution)
    if own.erasure_asked_on is None:
        own.erasure_asked_on = timezone.localdate()
        own.save(update_fields=["erasure_asked_on"])
        log(code=ERASURE_ASKED, person=None, about=own, subject=own.label)
    return own


def _locked(contribution: Contribution) -> Contribution:
    own = Contribution.objects.select_for_update().filter(pk=contribution.pk).exclude(secret_digest="").first()
    if own is None:
        raise RefusedError("contribution_gone")
    return own
