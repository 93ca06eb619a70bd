"""The next step of one thing in the chain, for its own page."""

from aumenta.themes.models import Issue
from aumenta.voices.models import Contribution, Passage


def issues_named_in(contribution: Contribution) -> list[Issue]:
    """The issues that readers found in a contribution, where its words are for everybody. One query."""
    passages = Passage.objects.quotable().filter(contribution=contribution)
    rows = Issue.objects.in_use().issues().filter(codings__passage__in=passages, parent__active=True).distinct()
    return list(rows.select_related("parent", "edition").order_by("parent__position", "position"))
