"""What nobody confirmed goes after a day, what was confirmed after three years, mails a month after they were made."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q

from aumenta.following.models import HELD_FOR, KEPT_FOR, FollowingMail, Subscription

MAILS_KEPT_FOR: Final = timedelta(days=30)


def forget_subscriptions(now: datetime) -> int:
    """Delete what is over at `now`; returns how many rows went."""
    over = Q(confirmed_at=None, asked_at__lte=now - HELD_FOR) | Q(confirmed_at__lte=now - KEPT_FOR)
    gone = Subscription.objects.filter(over).delete()[0]
    return gone + FollowingMail.objects.filter(made_at__lte=now - MAILS_KEPT_FOR).delete()[0]
