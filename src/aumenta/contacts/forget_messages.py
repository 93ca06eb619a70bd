"""What people wrote to the office goes when there is nothing more to answer."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q

from aumenta.contacts.models import Message, PageRating

AFTER_ANSWER: Final = timedelta(days=365)
AT_MOST: Final = timedelta(days=2 * 365)


def forget_messages(now: datetime) -> int:
    """Delete messages a year after they were answered and two years after they were sent, answered or not, and the
    words (not the stars) of ratings that are as old; returns how many."""
    over = Q(answered_at__lt=now - AFTER_ANSWER) | Q(sent_at__lt=now - AT_MOST)
    gone = Message.objects.filter(over).count()
    Message.objects.filter(over).delete()
    return gone + PageRating.objects.filter(on__lt=(now - AT_MOST).date()).exclude(note="").update(note="")
