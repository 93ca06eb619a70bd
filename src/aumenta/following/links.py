"""The signed address under which somebody confirms and stops a subscription."""

from typing import Final

from django.conf import settings
from django.core import signing
from django.db.models import Q
from django.utils import timezone

from aumenta.following.models import HELD_FOR, Subscription

_SALT: Final = "following.subscription"


def link_of(subscription: Subscription) -> str:
    """The signed part of its address."""
    return signing.dumps(subscription.link, salt=_SALT)


def page_of(subscription: Subscription) -> str:
    """The whole address of its page, in its language."""
    return f"{settings.PUBLIC_ADDRESS}/{subscription.language}/segui/{link_of(subscription)}/"


def is_ours(token: str) -> bool:
    """Whether this site signed it, whatever became of the subscription."""
    try:
        signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return False
    return True


def subscription_behind(token: str) -> Subscription | None:
    """Whose link this is; None for one that was changed, for what was stopped, and for what was asked for more than a
    day ago and never confirmed."""
    try:
        link = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    too_late = Q(confirmed_at=None, asked_at__lte=timezone.now() - HELD_FOR)
    return Subscription.objects.filter(link=link).exclude(too_late).first()
