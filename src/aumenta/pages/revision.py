"""Counts what changes for the public, so that pages kept in memory are made anew."""

from django.db.models import Count, F, Max, Q, Subquery
from django.utils import timezone

from aumenta.pages.models import Page, Revision


def touch() -> None:
    """Something here looks different to the public from now on. Verbs call it inside their transaction."""
    if not Revision.objects.filter(pk=1).update(number=F("number") + 1):
        Revision.objects.get_or_create(pk=1)
        Revision.objects.filter(pk=1).update(number=F("number") + 1)


def public_state() -> str:
    """A short text that changes with every change of something public and whenever a page's moment comes or its end
    passes: the clock is asked, no job has to run. One query."""
    now = timezone.now()
    counts = Page.objects.filter(state=Page.State.RELEASED).aggregate(
        number=Max(Subquery(Revision.objects.values("number")[:1])),
        begun=Count("pk", filter=Q(from_at__lte=now)),
        ended=Count("pk", filter=Q(until_at__lte=now)),
    )
    return f"{counts['number'] or 0}.{counts['begun']}.{counts['ended']}"
