"""The verbs of whoever follows: ask, confirm, stop. None of them asks who somebody is: the mailed link says it.

Nothing of them goes into the activity log, which is kept for good and must name nobody who only reads.
"""

from datetime import datetime, timedelta
from functools import partial
from typing import Final

from django.db import transaction

from aumenta.following.confirming_mail import send_confirming_mail
from aumenta.following.models import HELD_FOR, Subscription
from aumenta.following.subjects import subject_of
from aumenta.people.erasures import note_erasure
from aumenta.people.refusals import RefusedError

MOST_PER_ADDRESS: Final = 100
"""More than every municipality of a zone; beyond it nothing new is kept for an address."""
_AGAIN_AFTER: Final = timedelta(minutes=10)
STOPPED: Final = "subscription.stopped"
"""Kind of what the list of erasures notes."""


@transaction.atomic
def ask_to_follow(*, email: str, kind: str, key: str, rhythm: str, language: str, now: datetime) -> None:
    """Keep the request and write to the address: only its link makes it count. Whoever asks learns nothing of what the
    address follows already. Raises RefusedError where there is nothing of this kind and key."""
    if subject_of(kind, key) is None:
        raise RefusedError("nothing_to_follow")
    found = Subscription.objects.filter(email__iexact=email, kind=kind, key=key).first()
    if found is None:
        if Subscription.objects.filter(email__iexact=email).count() >= MOST_PER_ADDRESS:
            return
        found = Subscription.objects.create(
            email=email, kind=kind, key=key, rhythm=rhythm, language=language, asked_at=now
        )
    elif found.confirmed_at is None:
        # Asked again: the newest wish counts, and its day begins anew.
        if now - found.asked_at < _AGAIN_AFTER and found.attempts.exists():
            return
        found.rhythm, found.language, found.asked_at = rhythm, language, now
        found.save(update_fields=["rhythm", "language", "asked_at"])
    transaction.on_commit(partial(send_confirming_mail.enqueue, found.pk))


@transaction.atomic
def confirm_following(*, subscription: Subscription, now: datetime) -> None:
    """It counts from now on: what is public today is known, what comes after is news. Twice is once."""
    locked = Subscription.objects.select_for_update(no_key=True).filter(pk=subscription.pk).first()
    if locked is None or (locked.confirmed_at is None and now - locked.asked_at >= HELD_FOR):
        raise RefusedError("following_is_over")
    if locked.confirmed_at is not None:
        return
    subject = subject_of(locked.kind, locked.key)
    locked.told = [one.mark for one in subject.news()] if subject else []
    locked.confirmed_at = locked.last_told_at = now
    locked.save(update_fields=["told", "confirmed_at", "last_told_at"])


@transaction.atomic
def change_rhythm(*, subscription: Subscription, rhythm: str) -> None:
    """Write more or less often."""
    if rhythm in Subscription.Rhythm.values:
        Subscription.objects.filter(pk=subscription.pk).update(rhythm=rhythm)


@transaction.atomic
def stop_following(*, subscription: Subscription) -> None:
    """Erase it with its address and its mails, at once. Twice is once."""
    key = subscription.pk
    if Subscription.objects.filter(pk=key).delete()[0]:
        note_erasure(STOPPED, key)


def stop_again(key: str) -> None:
    """After a backup from before was restored."""
    Subscription.objects.filter(pk=key).delete()
