"""Takes the name of somebody who was forgotten out of the log; what happened stays."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Q

from aumenta.activity.models import ActivityEntry


@transaction.atomic
def take_words_out(words: Collection[str], instead: str) -> int:
    """Put `instead` in the place of `words` wherever the log has them; returns how many entries there were.

    Entries never change, and the database sees to it: those that named her are taken away and written anew, with the
    same number, moment, person and code.
    """
    known = sorted({word for word in words if word.strip()}, key=len, reverse=True)
    named = Q()
    for word in known:
        named |= Q(subject__contains=word) | Q(detail__contains=word) | Q(within__contains=word)
    entries = list(ActivityEntry.objects.filter(named)) if known else []
    for entry in entries:
        for word in known:
            entry.subject = entry.subject.replace(word, instead)
            entry.detail = entry.detail.replace(word, instead)
            entry.within = entry.within.replace(word, instead)
    ActivityEntry.objects.filter(pk__in=[entry.pk for entry in entries]).delete()
    ActivityEntry.objects.bulk_create(entries)
    return len(entries)
