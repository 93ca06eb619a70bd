"""Reads: how the authority is reached, and how pages are rated."""

from dataclasses import dataclass

from django.db.models import Avg, Count, Q

from aumenta.contacts.models import GOOD_FROM, Office, PageRating


def office() -> Office:
    """How the authority is reached; empty where nobody has said it yet. One query."""
    return Office.objects.filter(pk=1).first() or Office(pk=1)


@dataclass(frozen=True)
class RatedPage:
    """A page with how often it was rated, its mean from 1 to 5, and how many ratings were below four stars."""

    path: str
    ratings: int
    mean: float
    poor: int


def rated_pages() -> list[RatedPage]:
    """Every rated page, those with most poor ratings first. One query."""
    rows = PageRating.objects.values("path").annotate(
        ratings=Count("pk"), mean=Avg("stars"), poor=Count("pk", filter=Q(stars__lt=GOOD_FROM))
    )
    return [RatedPage(**row) for row in rows.order_by("-poor", "-ratings", "path")]
